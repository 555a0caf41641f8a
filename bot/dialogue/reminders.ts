/** What a resident wants to be reminded of: kept as dates, said on the days that the flow names. Pure: when it is due follows from the day, and is stored nowhere. */
import { addDays, daysBetween, isPlainDate, minutesBetween, moment, type PlainDate } from '../rules/dates.ts';
import type { Facts, Kept } from '../rules/rule.ts';
import type { Flow, Library, World } from './library.ts';
import type { Situation } from './situation.ts';
import type { Now, Reminder, Session } from './types.ts';

/** Something to say today. */
export interface Due {
  readonly reminder: Reminder;
  /** The text. */
  readonly key: string;
  /** Beside those of the reminder itself. */
  readonly facts: Facts;
  /** What it is remembered by once it is said. */
  readonly name: string;
  /** The lower, the sooner it must be said: days until there is nothing to be reminded of; news can wait for everything else. */
  readonly daysLeft: number;
}

/** A day on which something will be said. */
export interface Stage {
  readonly text: string;
  readonly on: PlainDate;
}

/** Erased so many days after there was anything to be reminded of. */
export const keptDaysAfter = 30;

/** What would be kept of the flow under way, once the dates are known; undefined: nothing can be. */
export function keepable({ flow, journey, world }: Situation): Kept | undefined {
  if (!flow || !journey || flow.remind.length === 0 || world.withoutReminders) return undefined;
  return flow.rule?.keeps?.(journey.facts);
}

/** Whether anything would be said yet. */
export function hasStageAhead({ answers }: Kept, { flow, now }: { flow: Flow; now: Now }): boolean {
  return stagesOf({ answers }, flow, now).some(({ on }) => on > now.today);
}

/** With a reminder for the person in hand; of the stages, those that are past by then are not said any more. */
export function withReminder(
  session: Session,
  { answers, until }: Kept,
  { flow, now }: { flow: Flow; now: Now },
): Session {
  const { person } = session;
  const earlier = session.reminders.find((each) => isOf(each, person, flow.id));
  const fresh: Reminder = {
    person,
    flow: flow.id,
    answers,
    until,
    said: {},
    news: earlier?.news ?? wantsNews(session),
  };
  const past = stagesOf(fresh, flow, now).filter(({ on }) => on <= now.today);
  const said = Object.fromEntries(past.map(({ text }) => [text, '']));
  return withoutReminder(session, person, flow.id, [{ ...fresh, said }]);
}

export function withoutReminder(
  session: Session,
  person: string,
  flow?: string,
  instead: readonly Reminder[] = [],
): Session {
  const reminders = session.reminders.filter((each) => !isOf(each, person, flow ?? each.flow));
  return { ...session, reminders: [...reminders, ...instead] };
}

export function wantsNews({ reminders }: Pick<Session, 'reminders'>): boolean {
  return reminders.some(({ news }) => news);
}

/** The days on which something is said, in order, as the files and the calendar are today. */
export function stagesOf(reminder: Pick<Reminder, 'answers'>, flow: Flow, now: Now): Stage[] {
  const facts = factsOfReminder(reminder, flow, now);
  return flow.remind.flatMap(({ text, on }) => {
    const day = facts[on];
    return isPlainDate(day) ? [{ text, on: day }] : [];
  });
}

/** The next day on which something will be said. */
export function nextStage(reminder: Reminder, flow: Flow, now: Now): Stage | undefined {
  return stagesOf(reminder, flow, now).find(({ text, on }) => reminder.said[text] === undefined && on >= now.today);
}

export function factsOfReminder({ answers }: Pick<Reminder, 'answers'>, { rule }: Flow, now: Now): Facts {
  return { ...answers, ...rule?.facts(answers, now) };
}

/**
 * What is to be said now: nothing while the counter is closed, so never at night or on a holiday, and whoever has a question can ask it. Of several
 * stages that have come meanwhile only the last one.
 */
export function dueNow(reminders: readonly Reminder[], world: World): Due[] {
  if (reminders.length === 0 || world.withoutReminders || world.library.factsNow(world.now).counter !== 'open')
    return [];
  return reminders.flatMap((reminder) => [...stageDue(reminder, world), ...newsDue(reminder, world)]);
}

function stageDue(reminder: Reminder, { library, now }: World): Due[] {
  const flow = library.flows.get(reminder.flow);
  if (!flow || now.today > reminder.until) return [];
  const stage = stagesOf(reminder, flow, now).findLast(({ on }) => on <= now.today);
  if (!stage || reminder.said[stage.text] !== undefined) return [];
  const key = `${flow.id}.${stage.text}`;
  return [{ reminder, key, facts: {}, name: stage.text, daysLeft: daysBetween(now.today, reminder.until) }];
}

/** Temporary counters on which somebody could come who agreed to hear of them. */
function newsDue(reminder: Reminder, { library, now }: World): Due[] {
  const flow = library.flows.get(reminder.flow);
  if (!flow || !reminder.news || now.today > reminder.until) return [];
  const facts = factsOfReminder(reminder, flow, now);
  const from = flow.remind.map(({ on }) => facts[on]).find(isPlainDate) ?? now.today;
  return library
    .openingsFrom(now.today)
    .filter(({ on }) => on >= from && on <= reminder.until && on > now.today)
    .map(({ on, opens, closes }) => ({ on, opens, closes, name: `opening ${on}` }))
    .filter(({ name }) => reminder.said[name] === undefined)
    .map(({ on, opens, closes, name }) => ({
      reminder,
      key: 'common.opening-news',
      facts: { openingOn: on, openingOpens: opens, openingCloses: closes },
      name,
      daysLeft: newsWait,
    }));
}

/** Behind every reminder. */
const newsWait = 1_000;

/** The same, remembered as said in that event. */
export function withSaid(reminders: readonly Reminder[], dues: readonly Due[], eventId: string): Reminder[] {
  return reminders.map((reminder) => {
    const mine = dues.filter((due) => due.reminder === reminder);
    const names = Object.fromEntries(mine.map(({ name }) => [name, eventId]));
    return mine.length === 0 ? reminder : { ...reminder, said: { ...reminder.said, ...names } };
  });
}

/** What that event was to say was not said after all. */
export function withoutSaid(reminders: readonly Reminder[], eventId: string): Reminder[] {
  return reminders.map((reminder) => ({
    ...reminder,
    said: Object.fromEntries(Object.entries(reminder.said).filter(([, by]) => by !== eventId)),
  }));
}

/** How long they are kept (ms); 0: there are none. */
export function remindersLife({ reminders }: Pick<Session, 'reminders'>, { today, time }: Now): number {
  const last = reminders
    .map(({ until }) => until)
    .sort()
    .at(-1);
  if (last === undefined) return 0;
  return Math.max(0, minutesBetween(moment(today, time), moment(addDays(last, keptDaysAfter), '23:59'))) * 60_000;
}

/** The flow whose reminders these are, if its file still exists. */
export function flowOf({ flow }: Reminder, { flows }: Library): Flow | undefined {
  return flows.get(flow);
}

function isOf(reminder: Reminder, person: string, flow: string): boolean {
  return reminder.person === person && reminder.flow === flow;
}
