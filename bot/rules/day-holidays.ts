/** Days that are named after holidays and seasons: 「お盆明け」「連休明け」「敬老の日の翌日」「年末」. The next one, today among them. */
import { nationalHoliday } from './calendar.ts';
import { addDays, type PlainDate, partsOf, plainDate, weekdayOf } from './dates.ts';
import { numberedMonth } from './day-spans.ts';

type Span = readonly [from: PlainDate, until: PlainDate];

export function holidayDay(text: string, today: PlainDate): PlainDate | Span | undefined {
  const season = seasons.find(([pattern]) => pattern.test(text));
  if (season) return shifted(text, season[1](today, text), today);
  const name = names.find(([pattern]) => pattern.test(text))?.[1];
  const on = name === undefined ? undefined : nextHoliday(name, today);
  return on && shifted(text, [on, on], today);
}

/** What people call each holiday → its name in the law's list. */
const names: readonly (readonly [RegExp, string])[] = [
  [/元日|元旦|がんたん/, '元日'],
  [/成人の日/, '成人の日'],
  [/建国記念/, '建国記念の日'],
  [/天皇誕生日/, '天皇誕生日'],
  [/春分/, '春分の日'],
  [/昭和の日/, '昭和の日'],
  [/憲法記念/, '憲法記念日'],
  [/みどりの日/, 'みどりの日'],
  [/こどもの日|子供の日|子どもの日/, 'こどもの日'],
  [/海の日/, '海の日'],
  [/山の日/, '山の日'],
  [/敬老の日/, '敬老の日'],
  [/秋分/, '秋分の日'],
  [/すぽーつの日|体育の日/, 'スポーツの日'],
  [/文化の日/, '文化の日'],
  [/勤労感謝/, '勤労感謝の日'],
];

const seasons: readonly (readonly [RegExp, (today: PlainDate, text: string) => Span])[] = [
  [/大晦日|おおみそか|大みそか/, (today) => yearly(today, '12-31', '12-31')],
  [/三が日|さんがにち|三ヶ日/, (today) => yearly(today, '01-01', '01-03')],
  [/年内|今年中|年が明ける前/, (today) => [today, endOf(today)]],
  [/年明け|としあけ|年始|正月明け|しょうがつあけ|new year/, (today) => yearly(today, '01-04', '01-10')],
  [/お?正月|おしょうがつ/, (today) => yearly(today, '01-01', '01-03')],
  [/年度末/, (today) => yearly(today, '03-25', '03-31')],
  [/年度初め|年度はじめ|新年度/, (today) => yearly(today, '04-01', '04-07')],
  [/年末|ねんまつ|年の瀬|end of the year/, (today) => yearly(today, '12-25', '12-31')],
  [/くりすます ?いぶ|christmas eve/, (today) => yearly(today, '12-24', '12-24')],
  [/くりすます|christmas/, (today) => yearly(today, '12-25', '12-25')],
  [/お?盆|おぼん/, (today) => yearly(today, '08-13', '08-16')],
  [/ごーるでんうぃーく|gw|golden week/, (today) => runAround(yearly(today, '05-03', '05-05')[0])],
  [/しるばーうぃーく/, (today) => nextRun(nextHoliday('敬老の日', today) ?? today)],
  [/連休|れんきゅう/, (today, text) => nextRun(monthIn(text, today) ?? today)],
];

/** 「5月の連休」 */
function monthIn(text: string, today: PlainDate): PlainDate | undefined {
  const [, month] = /(\d{1,2})月の?(?:連休|れんきゅう)/.exec(text) ?? [];
  const first = month === undefined ? undefined : numberedMonth(today, Number(month));
  if (first === undefined) return undefined;
  // The days after New Year have a name of their own.
  const from = Number(month) === 1 ? addDays(first, 3) : first;
  return from < today ? today : from;
}

/** The day after, or before; the week before; and 「…明け」: the first weekday after. */
function shifted(text: string, [from, until]: Span, today: PlainDate): PlainDate | Span {
  if (/(?:の)?(?:翌日|よくじつ|次の日|つぎの日|あくる日)/.test(text)) return addDays(until, 1);
  if (/(?:の)?(?:前日|ぜんじつ|前の日|まえの日)/.test(text)) return addDays(from, -1);
  if (/(?:前|まえ)(?!日|の日)|before/.test(text) && !/年が明ける前/.test(text))
    return addDays(from, -7) < today ? [today, addDays(from, -1)] : [addDays(from, -7), addDays(from, -1)];
  if (
    /(?:明け|あけ|後|あと|が終わった|がおわった)|after/.test(text) &&
    !/年明け|としあけ|正月明け|しょうがつあけ|new year/.test(text)
  ) {
    let on = addDays(until, 1);
    while (isFree(on)) on = addDays(on, 1);
    return on;
  }
  return from < today ? [today, until] : [from, until];
}

/** The next such days of a year that are not over. */
function yearly(today: PlainDate, from: string, until: string): Span {
  const { year } = partsOf(today);
  const of = (of: number): Span => [`${of}-${from}` as PlainDate, `${of}-${until}` as PlainDate];
  return of(year)[1] >= today ? of(year) : of(year + 1);
}

function endOf(today: PlainDate): PlainDate {
  return plainDate(partsOf(today).year, 12, 31) ?? today;
}

function nextHoliday(name: string, today: PlainDate): PlainDate | undefined {
  for (let days = 0; days <= 366; days += 1) {
    const on = addDays(today, days);
    if (nationalHoliday(on)?.includes(name)) return on;
  }
  return undefined;
}

function isFree(on: PlainDate): boolean {
  return weekdayOf(on) === 0 || weekdayOf(on) === 6 || nationalHoliday(on) !== undefined;
}

/** The free days around one. */
function runAround(on: PlainDate): Span {
  let [from, until] = [on, on];
  while (isFree(addDays(from, -1))) from = addDays(from, -1);
  while (isFree(addDays(until, 1))) until = addDays(until, 1);
  return [from, until];
}

/** The next three free days in a row or more; the run that has begun counts. */
function nextRun(today: PlainDate): Span {
  for (let days = 0; days <= 366; days += 1) {
    const on = addDays(today, days);
    if (!isFree(on)) continue;
    const [from, until] = runAround(on);
    if (addDays(from, 2) <= until) return [from, until];
  }
  return [today, today];
}
