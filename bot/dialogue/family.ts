/** Several people in one talk: whose turn it is, what is known of each, and what comes of it together. */
import type { FactKind, Facts } from '../rules/rule.ts';
import { calendarDays } from './calendar-days.ts';
import { journeyOf } from './journey.ts';
import { isWorthIt, keepable, wantsNews } from './reminders.ts';
import { text } from './say-text.ts';
import { self } from './session.ts';
import type { Situation } from './situation.ts';
import type { Say, Session } from './types.ts';

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
  privacy: ['linked', 'none'],
  privacyPage: 'text',
} as const satisfies Readonly<Record<string, FactKind | 'text'>>;

export function talkFacts(situation: Situation): Facts {
  const { session, flow, world } = situation;
  const kept = keepable(situation);
  const isLeft = kept !== undefined && flow !== undefined && isWorthIt(kept, { flow, now: world.now });
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
    ...privacyFacts(world),
  };
}

function privacyFacts({ links }: Situation['world']): Facts {
  return links ? { privacy: 'linked', privacyPage: links.privacy } : { privacy: 'none' };
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

/** Everybody's dates in a table, whoever writes first; nothing while there is only one. */
export function familyTable({ session, flow, world, language }: Situation): Say[] {
  if (!flow?.family) return [];
  const order = [...language.words.people.keys()];
  const all = [...Object.entries(session.others), [session.person, session.answers] as const];
  const told = all
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([person, answers]) => ({ person, journey: journeyOf(flow, answers, world.now) }))
    .filter(({ journey }) => journey.tells.length > 0);
  if (told.length < 2) return [];
  const line = `${flow.id}.${flow.family.line}`;
  const rows = told.map(({ person, journey }) => ({
    line,
    facts: { ...journey.facts, person: labelOf(person, { language }) },
  }));
  return [
    { kind: 'list', key: 'common.family-table', rows },
    text(`${flow.id}.${flow.family.together}`, flow.rule?.together?.(told.map(({ journey }) => journey.facts))),
  ];
}

function othersOf({ others }: Session): string[] {
  return Object.entries(others).flatMap(([person, answers]) => (Object.keys(answers).length > 0 ? [person] : []));
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}
