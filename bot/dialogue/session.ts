/** A session and its answers: how they are given, taken back and forgotten. */
import type { Answers } from '../rules/rule.ts';
import type { Flow } from './library.ts';
import type { Session } from './types.ts';

/** Whoever writes; everybody else is one of the family. */
export const self = 'self';

/** Of a resident nothing is known yet, but perhaps the language. */
export function newSession(language: string, isLanguageKept = false): Session {
  return {
    language,
    isLanguageKept,
    flow: null,
    answers: {},
    person: self,
    others: {},
    reminders: [],
    wish: null,
    asked: null,
    pending: null,
    offered: null,
    more: null,
    misses: 0,
    handoff: null,
  };
}

/** Begun anew; whoever waits for an answer of staff's still does. */
export function begunAnew({ language, isLanguageKept, handoff, reminders }: Session): Session {
  return { ...newSession(language, isLanguageKept), handoff, reminders };
}

/** The same, about whom it was about; what is known of the others is kept. */
export function begunAgain(session: Session): Session {
  return { ...begunAnew(session), person: session.person, others: session.others };
}

/** With these answers; what was said about an answer that is another now is not known any more. */
export function withAnswers(
  session: Session,
  values: Answers,
  { messageId, flow }: { messageId: string | null; flow: Flow | undefined },
): Session {
  const changed = Object.keys(values).filter((slot) => session.answers[slot]?.value !== values[slot]);
  const kept = changed.reduce((answers, slot) => withoutThoseAbout(answers, slot, flow), session.answers);
  const messageIds = messagesOf(session, messageId);
  const given = Object.entries(values).map(([slot, value]) => [slot, { value, messageIds }] as const);
  const wish = session.wish !== null && session.wish in values ? null : session.wish;
  return { ...session, answers: { ...kept, ...Object.fromEntries(given) }, wish, pending: null, misses: 0 };
}

/** Without that answer, to be given anew. */
export function withoutAnswer(session: Session, slot: string, flow: Flow): Session {
  const { [slot]: _, ...answers } = withoutThoseAbout(session.answers, slot, flow);
  return { ...session, answers, pending: null, misses: 0 };
}

/** The messages that an understanding rests on: this one, and those that were asked back about. */
export function messagesOf({ pending }: Session, messageId: string | null): readonly string[] {
  return [...(pending?.messageIds ?? []), ...(messageId === null ? [] : [messageId])];
}

/** The messages that the answers came with. */
export function messagesBehind({ answers, others }: Session): readonly string[] {
  return [answers, ...Object.values(others)]
    .flatMap((each) => Object.values(each))
    .flatMap(({ messageIds }) => messageIds);
}

/** Without what came with that message. */
export function withoutMessage(session: Session, messageId: string): Session {
  const without = (answers: Session['answers']) =>
    Object.fromEntries(Object.entries(answers).filter(([, { messageIds }]) => !messageIds.includes(messageId)));
  const others = Object.fromEntries(Object.entries(session.others).map(([person, each]) => [person, without(each)]));
  const reminders = session.reminders.filter(({ messageIds }) => !messageIds.includes(messageId));
  return { ...session, answers: without(session.answers), others, reminders, pending: null };
}

function withoutThoseAbout(answers: Session['answers'], slot: string, flow: Flow | undefined): Session['answers'] {
  const about = flow?.rule?.about ?? {};
  return Object.fromEntries(Object.entries(answers).filter(([other]) => about[other] !== slot));
}
