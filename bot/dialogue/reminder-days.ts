/** When something is said to whoever wants to be reminded. It follows from the day and the files as they are, and is stored nowhere. */
import { daysBetween, isPlainDate, type PlainDate } from '../rules/dates.ts';
import type { Facts } from '../rules/rule.ts';
import type { DayText, Flow, World } from './library.ts';
import type { Now, Reminder } from './types.ts';

/** A text of a flow, and its day. */
export interface TextOnDay {
  readonly text: string;
  readonly on: PlainDate;
}

/** Something to say now. */
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

/** Those of the lines whose day is known, in the order of the file. */
export function daysOf(lines: readonly DayText[], facts: Facts): TextOnDay[] {
  return lines.flatMap(({ text, on }) => {
    const day = facts[on];
    return isPlainDate(day) ? [{ text, on: day }] : [];
  });
}

/** The days on which something is said, in order. */
export function reminderDays(reminder: Pick<Reminder, 'answers'>, flow: Flow, now: Now): TextOnDay[] {
  return daysOf(flow.remind, factsOfReminder(reminder, flow, now));
}

/** Those of them that are still to come. */
export function daysAhead(reminder: Pick<Reminder, 'answers' | 'said'>, flow: Flow, now: Now): TextOnDay[] {
  return reminderDays(reminder, flow, now).filter(
    ({ text, on }) => reminder.said[text] === undefined && on >= now.today,
  );
}

export function factsOfReminder({ answers }: Pick<Reminder, 'answers'>, { rule }: Flow, now: Now): Facts {
  return { ...answers, ...rule?.facts(answers, now) };
}

/**
 * What is to be said now: nothing while the counter is closed, so never at night or on a holiday, and whoever has a question can ask it. Of several
 * days that have come meanwhile only the last one counts.
 */
export function dueNow(reminders: readonly Reminder[], world: World): Due[] {
  const { library, now, withoutReminders } = world;
  if (reminders.length === 0 || withoutReminders || library.factsNow(now).counter !== 'open') return [];
  return reminders.flatMap((reminder) => {
    const flow = library.flows.get(reminder.flow);
    if (!flow || now.today > reminder.until) return [];
    return [...dayDue(reminder, flow, world), ...newsDue(reminder, world)];
  });
}

function dayDue(reminder: Reminder, flow: Flow, { now }: World): Due[] {
  const day = reminderDays(reminder, flow, now).findLast(({ on }) => on <= now.today);
  if (!day || reminder.said[day.text] !== undefined) return [];
  const key = `${flow.id}.${day.text}`;
  return [{ reminder, key, facts: {}, name: day.text, daysLeft: daysBetween(now.today, reminder.until) }];
}

/** Temporary counters on which somebody could come who agreed to hear of them. */
function newsDue(reminder: Reminder, { library, now }: World): Due[] {
  if (!reminder.news) return [];
  return library
    .openingsFrom(now.today)
    .filter(({ on }) => on > now.today && on >= reminder.from && on <= reminder.until)
    .map(({ on, opens, closes }) => ({
      reminder,
      key: newsKey,
      facts: { openingOn: on, openingOpens: opens, openingCloses: closes },
      name: `${newsOf}${on}`,
      daysLeft: newsWait,
    }))
    .filter(({ name }) => reminder.said[name] === undefined);
}

/** What is said of a temporary counter. */
export const newsKey = 'common.opening-news';

/** What news is remembered by: this, and the day. */
export const newsOf = 'opening ';

/** Behind every reminder. */
const newsWait = 1_000;
