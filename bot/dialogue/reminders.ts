/** What a resident wants to be reminded of: how it is kept, changed and given up. Pure; when it is due is `reminder-days.ts`. */
import { addDays, minutesBetween, moment, type PlainDate } from '../rules/dates.ts';
import type { Kept } from '../rules/rule.ts';
import { journeyOf } from './journey.ts';
import type { Flow } from './library.ts';
import { type Due, daysAhead, newsOf, reminderDays } from './reminder-days.ts';
import type { Situation } from './situation.ts';
import type { Now, Reminder, Session } from './types.ts';

/** Erased so many days after there was anything to be reminded of. */
export const keptDaysAfter = 30;

/** What would be kept of the flow under way, once the dates are known; undefined: nothing can be. */
export function keepable({ flow, journey, world }: Situation): Kept | undefined {
  if (!flow || !journey || flow.remind.length === 0 || world.withoutReminders) return undefined;
  return flow.rule?.keeps?.(journey.facts);
}

/** Whether anything would be said yet. */
export function isWorthIt({ answers }: Kept, { flow, now }: { flow: Flow; now: Now }): boolean {
  return daysAhead({ answers, said: {} }, flow, now).some(({ on }) => on > now.today);
}

/** With a reminder for the person in hand; what belongs to days that are past by then is not said any more. */
export function withReminder(session: Session, kept: Kept, { flow, now }: { flow: Flow; now: Now }): Session {
  const { person, reminders } = session;
  const earlier = reminders.find((each) => each.person === person && each.flow === flow.id);
  const past = reminderDays(kept, flow, now).filter(({ on }) => on <= now.today);
  const fresh: Reminder = {
    ...kept,
    person,
    flow: flow.id,
    said: { ...newsSaid(earlier), ...Object.fromEntries(past.map(({ text }) => [text, ''])) },
    news: earlier?.news ?? wantsNews(session),
    messageIds: messagesOfDates(session, kept, { flow, now }),
  };
  return { ...session, reminders: [...reminders.filter((each) => each !== earlier), fresh] };
}

/** The messages without which there would be no such dates. */
function messagesOfDates({ answers }: Session, kept: Kept, { flow, now }: { flow: Flow; now: Now }): readonly string[] {
  const same = JSON.stringify(kept);
  return Object.entries(answers).flatMap(([slot, { messageIds }]) => {
    const { [slot]: _, ...others } = answers;
    const without = flow.rule?.keeps?.(journeyOf(flow, others, now).facts);
    return JSON.stringify(without) === same ? [] : messageIds;
  });
}

/** News that was told is not told again because the dates are others now. */
function newsSaid(earlier: Reminder | undefined): Reminder['said'] {
  return Object.fromEntries(Object.entries(earlier?.said ?? {}).filter(([name]) => name.startsWith(newsOf)));
}

export function withoutReminder(session: Session, person: string): Session {
  return { ...session, reminders: session.reminders.filter((each) => each.person !== person) };
}

export function wantsNews({ reminders }: Pick<Session, 'reminders'>): boolean {
  return reminders.some(({ news }) => news);
}

/** The reminder of a flow that a talk can go on from: the person's own, or the only one. */
export function reminderFor({ reminders, person }: Session, flow: string): Reminder | undefined {
  const ofFlow = reminders.filter((each) => each.flow === flow);
  return ofFlow.find((each) => each.person === person) ?? (ofFlow.length === 1 ? ofFlow[0] : undefined);
}

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

/** Without those whose time is over. */
export function withoutEnded(reminders: readonly Reminder[], today: PlainDate): readonly Reminder[] {
  const isOver = ({ until }: Reminder) => today > addDays(until, keptDaysAfter);
  return reminders.some(isOver) ? reminders.filter((each) => !isOver(each)) : reminders;
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
