/** What the answers make of `content/`: the values of each file that are another city's own. */
import type { Place, Value } from '../../edit/change.ts';
import { closedText, hoursText } from './hours.ts';
import type { Answers } from './questions.ts';

/** A place in a file, and what stands there from now on; null: nothing. */
export type Edit = readonly [path: Place, becomes: Value | null];

/** The facts of `content/office.yaml` that the answers tell; whatever else stands there is to be confirmed. */
export function told(answers: Answers): Readonly<Record<string, string>> {
  const { name, counter, place, address, section, hours, yearEnd, phone, mainPhone, fax } = answers;
  return {
    city: name,
    cityInEnglish: `${inEnglish(answers)} Hall`,
    place: `${counter}（${place}）`,
    placeNote: '場所は、入口の案内でも聞けます。',
    counterName: counter,
    address,
    section,
    hours: hoursText(hours),
    closedDays: closedText(hours, yearEnd),
    phone,
    phoneNumber: phone.replace(/（.*$/, ''),
    mainPhone,
    fax,
  };
}

/** Mihon City, Mihon Town. */
export function inEnglish({ name, latin }: Pick<Answers, 'name' | 'latin'>): string {
  return `${latin} ${kinds[name.slice(-1)] ?? 'City'}`;
}

const kinds: Readonly<Record<string, string>> = { 町: 'Town', 村: 'Village' };

/** Numbers and pages of ours that have to be another city's: the nearest that it told. */
function guessed(ours: Readonly<Record<string, string>>, { mainPhone, page }: Answers): Record<string, string> {
  const isPhone = (text: string) => /^0\d[\d-]+/.test(text);
  return Object.fromEntries(
    Object.entries(ours).map(([fact, text]) => [fact, isPhone(text) ? mainPhone : /^https?:/.test(text) ? page : text]),
  );
}

/** By file. `ours`: the facts of our `content/office.yaml`; `year`: the one that this year's hours are written from. */
export function editsOf(
  answers: Answers,
  { ours, year }: { readonly ours: Readonly<Record<string, string>>; readonly year: number },
): Readonly<Record<string, readonly Edit[]>> {
  const facts = told(answers);
  const others = Object.entries(guessed(ours, answers)).filter(([fact]) => facts[fact] === undefined);
  const { weekdays, periods } = answers.hours;
  const hours: Value = [{ from: `${year}-01-01`, weekdays, periods }];
  const [from = '', until = ''] = answers.yearEnd.split('~');
  return {
    'content/office.yaml': [
      ...[...Object.entries(facts), ...others].map(([fact, text]): Edit => [['facts', fact], text]),
      [['to confirm'], others.map(([fact]) => fact)],
    ],
    'content/calendar.yaml': [
      [['hours'], hours],
      [['closed each year'], until ? [{ from, until }] : []],
      [['closures'], []],
      [['extra openings'], []],
    ],
    'content/helpdesk.yaml': [[['hours'], hours]],
    'content/sources.yaml': [
      [[cityPage, 'title'], '電子証明書の更新手続きの案内'],
      [[cityPage, 'publisher'], `${answers.name} ${answers.section}`],
      [[cityPage, 'place'], answers.page],
      [[cityPage, 'updated'], null],
      [[cityPage, 'checked'], null],
    ],
  };
}

/** The source that stands for the city's own page; the other ones are the same for every city. */
const cityPage = 'city-renewal';
