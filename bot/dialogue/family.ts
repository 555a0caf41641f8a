/** Certificates of several people in one talk: whose turn it is, and everybody's dates. */
import type { FactKind, Facts } from '../rules/rule.ts';
import { calendarDays } from './calendar-days.ts';
import { journeyOf } from './journey.ts';
import { hasStageAhead, keepable, wantsNews } from './reminders.ts';
import { self } from './session.ts';
import type { Situation } from './situation.ts';
import type { Session } from './types.ts';

/** What a text may ask of the talk itself. */
export const talkKinds = {
  person: 'text',
  isSelf: ['yes', 'no'],
  family: ['yes', 'no'],
  remind: ['offered', 'kept', 'none'],
  calendar: ['offered', 'none'],
  hasReminders: ['yes', 'no'],
  wantsNews: ['yes', 'no'],
  ending: ['first', 'again'],
  nextDay: ['known', 'none'],
  nextDayOn: 'date',
} as const satisfies Readonly<Record<string, FactKind | 'text'>>;

export function talkFacts(situation: Situation): Facts {
  const { session, flow, world } = situation;
  const kept = keepable(situation);
  const isLeft = kept !== undefined && flow !== undefined && hasStageAhead(kept, { flow, now: world.now });
  const isKept = session.reminders.some(
    ({ person, flow: id, until }) => person === session.person && id === flow?.id && until === kept?.until,
  );
  return {
    person: labelOf(session.person, situation),
    isSelf: yesNo(session.person === self),
    ending: 'again',
    family: yesNo(othersOf(session).length > 0),
    remind: isKept ? 'kept' : isLeft ? 'offered' : 'none',
    calendar: calendarDays(situation).length > 0 ? 'offered' : 'none',
    hasReminders: yesNo(session.reminders.length > 0),
    wantsNews: yesNo(wantsNews(session)),
  };
}

/** What somebody is called: 「お母さま」. */
export function labelOf(person: string, { language }: Pick<Situation, 'language'>): string {
  return language.words.people.get(person)?.label ?? person;
}

/** The talk goes on about somebody else; what is known of each is kept. */
export function withPerson(session: Session, person: string): Session {
  const { [person]: known = {}, ...others } = { ...session.others, [session.person]: session.answers };
  const fresh = { wish: null, asked: null, pending: null, offered: null, more: null, misses: 0 };
  return { ...session, ...fresh, person, answers: known, others };
}

/** The facts of everybody whose certificate's end is known, whoever writes first. */
export function everybody({ session, flow, world, language }: Situation): Facts[] {
  if (!flow) return [];
  const all = [...Object.entries(session.others), [session.person, session.answers] as const];
  const order = [...language.words.people.keys()];
  return all
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([person, answers]) => ({
      person: labelOf(person, { language }),
      ...journeyOf(flow, answers, world.now).facts,
    }))
    .filter(({ expiresOn }: Facts) => expiresOn !== undefined);
}

function othersOf({ others }: Session): string[] {
  return Object.entries(others).flatMap(([person, answers]) => (Object.keys(answers).length > 0 ? [person] : []));
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}
