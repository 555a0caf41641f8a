/** 「知らせてもらう」「お知らせの一覧」「済んだ」「お知らせをやめる」「臨時窓口も知らせて」. */
import type { Facts } from '../rules/rule.ts';
import type { CommonText } from './common-texts.ts';
import { labelOf } from './family.ts';
import { aside, carryOn, datesFirst, type Response } from './proceed.ts';
import { daysAhead, factsOfReminder } from './reminder-days.ts';
import { keepable, withoutReminder, withReminder } from './reminders.ts';
import { lead, text } from './say-text.ts';
import type { Situation } from './situation.ts';
import type { Command, PersonAction, Reminder, ReminderAct, Row } from './types.ts';

type ReminderCommand = Extract<Command, 'remind' | 'reminders' | 'done' | 'stop-reminders' | 'news' | 'no-news'>;

export const reminderCommands: Readonly<Record<ReminderCommand, (situation: Situation) => Response>> = {
  remind(situation) {
    const { session, flow, world } = situation;
    const kept = keepable(situation);
    if (!kept || !flow) return nothingToKeep(situation);
    const reminded = withReminder(session, kept, { flow, now: world.now });
    const [reminder] = reminded.reminders.slice(-1);
    const days = reminder ? daysAhead(reminder, flow, world.now) : [];
    const rows = days.map(({ on }) => ({ line: 'common.reminder-day', facts: { on } }));
    const key: CommonText = rows.length > 0 ? 'common.reminded' : 'common.reminded-none-left';
    return aside(reminded, [{ kind: 'list', key, rows }], situation);
  },

  reminders(situation) {
    const { session, world, language } = situation;
    const sorted = [...session.reminders].sort((one, other) => (one.until < other.until ? -1 : 1));
    const rows = sorted.flatMap((reminder): Row[] => {
      const flow = world.library.flows.get(reminder.flow);
      if (!flow?.family) return [];
      const [next] = daysAhead(reminder, flow, world.now);
      const person = labelOf(reminder.person, { language });
      const nextDay: Facts = next ? { nextDay: 'known', nextDayOn: next.on } : { nextDay: 'none' };
      const facts = { ...factsOfReminder(reminder, flow, world.now), person, ...nextDay };
      return [{ line: `${flow.id}.${flow.family.line}`, facts }];
    });
    if (rows.length === 0) return aside(session, [text('common.no-reminders')], situation);
    return aside(session, [{ kind: 'list', key: 'common.reminders', rows }], situation);
  },

  done: (situation) => of('done', situation),
  'stop-reminders': (situation) => of('stop', situation),
  news: (situation) => withNews(true, situation),
  'no-news': (situation) => withNews(false, situation),
};

/** One person's reminders come to their end. */
export function endReminder(act: ReminderAct, person: string, situation: Situation): Response {
  const { session } = situation;
  const reminder = session.reminders.find((each) => each.person === person);
  if (!reminder) return aside(session, [text('common.no-reminders')], situation);
  const key: CommonText = act === 'done' ? 'common.reminder-done' : 'common.reminder-stopped';
  const after = withoutReminder(session, person);
  const others = after.reminders.length > 0 ? 'yes' : 'no';
  return aside(after, [{ kind: 'reminder', key, reminder, facts: { others }, isOfOne: true }], situation);
}

/** Whose? With one reminder that is no question. */
function of(act: ReminderAct, situation: Situation): Response {
  const { session } = situation;
  const people = [...new Set(session.reminders.map(({ person }) => person))];
  const [only, ...others] = people;
  if (only === undefined && act === 'done') return aside(session, [text('common.done-without-reminder')], situation);
  if (only === undefined) return aside(session, [text('common.no-reminders')], situation);
  // Who speaks of the mother does not mean the own reminder.
  const isMeant = only === session.person || Object.keys(session.others).length === 0;
  if (others.length === 0 && isMeant) return endReminder(act, only, situation);
  const actions: PersonAction[] = people.map((person) => ({ kind: 'reminder', act, person }));
  return { session: { ...session, offered: { actions } }, says: [{ kind: 'people', key: 'common.whose', actions }] };
}

function withNews(news: boolean, situation: Situation): Response {
  const { session } = situation;
  if (session.reminders.length === 0) return aside(session, [text('common.no-reminders')], situation);
  const reminders = session.reminders.map((each): Reminder => ({ ...each, news }));
  return aside({ ...session, reminders }, [text(news ? 'common.news-on' : 'common.news-off')], situation);
}

/** First the dates must be known. */
function nothingToKeep(situation: Situation): Response {
  const { session, world, journey } = situation;
  if (world.withoutReminders) return aside(session, [text('common.reminders-off')], situation);
  // Something was told, so the dates are known.
  const isKnown = journey !== undefined && journey.tells.length > 0;
  if (journey?.open && !isKnown) return carryOn(session, { before: situation, first: [lead('common.dates-first')] });
  if (journey) return aside(session, [text('common.nothing-to-remind')], situation);
  return datesFirst(situation, ({ remind }) => remind.length > 0);
}
