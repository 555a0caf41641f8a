/** Intent → new session and what to say: one short answer for each kind of intent. */

import type { Answers } from '../rules/rule.ts';
import type { CommonText } from './common-texts.ts';
import { withPerson } from './family.ts';
import { isSilent, openTicket, tellStaff } from './handoff.ts';
import { leftBy } from './handoff-end.ts';
import type { Flow } from './library.ts';
import { listed } from './listed.ts';
import { aboutWhom, aside, carryOn, closing, type Response, showTopics, withoutWish } from './proceed.ts';
import { nameOf } from './question-text.ts';
import { reminderFor } from './reminders.ts';
import { respondToCommand } from './respond-command.ts';
import { endReminder } from './respond-reminder.ts';
import { lead, text } from './say-text.ts';
import { begunAgain, begunAnew, messagesOf, withAnswers, withoutAnswer } from './session.ts';
import { type Situation, situationOf } from './situation.ts';
import type { Intent, Say, Session } from './types.ts';
import { factsOf, variantOf } from './words.ts';

type Responses = {
  readonly [Kind in Intent['kind']]: (
    intent: Extract<Intent, { kind: Kind }>,
    situation: Situation,
    messageId: string | null,
  ) => Response;
};

export function respond<Kind extends Intent['kind']>(
  intent: Extract<Intent, { kind: Kind }>,
  situation: Situation,
  messageId: string | null,
): Response {
  const response: Responses[Kind] = responses[intent.kind as Kind];
  return response(intent, situation, messageId);
}

/** Misses in a row after which a person is offered. */
const patience = 2;

const responses: Responses = {
  answer({ values, respelt }, situation, messageId) {
    const session = withAnswers(situation.session, values, { messageId, flow: situation.flow });
    return carryOn(session, { before: situation, first: readBack(values, respelt ?? false, situation) });
  },

  correction({ values }, situation, messageId) {
    const { session, flow } = situation;
    if (!flow) return showTopics(session, [lead('common.stale-button')]);
    const slots = Object.keys(values);
    // The same once more: what rests on it is said again.
    if (slots.every((slot) => session.answers[slot]?.value === values[slot])) {
      const without = slots.reduce((rest, slot) => withoutAnswer(rest, slot, flow), session);
      return carryOn(session, { before: situationOf(without, situation.world), first: [] });
    }
    const isKnown = Object.values(values).some((value) => value !== 'unknown');
    const notice = lead('common.corrected', { name: namesOf(slots, situation) });
    return carryOn(withAnswers(session, values, { messageId, flow }), {
      before: situation,
      first: isKnown ? [notice] : [],
    });
  },

  revisit({ slot }, situation) {
    const { session, flow, journey } = situation;
    if (session.pending && slot === null)
      return carryOn({ ...session, pending: null }, { before: situation, first: [] });
    const cancelled = slot === null ? withoutWish(situation) : undefined;
    if (cancelled) return cancelled;
    const given = Object.keys(journey?.given ?? {});
    const again = slot ?? lastAnswered(situation);
    if (!flow || again === undefined) {
      return carryOn(session, { before: situation, first: [lead('common.nothing-before')] });
    }
    const without = withoutAnswer(session, again, flow);
    const isAskedAgain = situationOf(without, situation.world).journey?.open?.slot === again;
    const name = namesOf([again], situation);
    const notice = isAskedAgain
      ? lead('common.revisit', { name, others: given.length > 1 ? 'yes' : 'no' })
      : lead('common.taken-back', { name });
    return carryOn(without, { before: situation, first: [notice], ...(isAskedAgain && { wording: 'again' }) });
  },

  retry({ flow, slot, why }, situation) {
    const { session, world } = situation;
    const asking = situationOf({ ...session, flow, pending: null }, world);
    return missed(asking.session, asking, { kind: 'retry', flow, slot, why });
  },

  'ask-back'({ flow, pending }, { session, world, ...situation }, messageId) {
    const messageIds = messagesOf(session, messageId);
    // A day that was named without being asked for is asked for now.
    const wished = situation.flow?.ask.find(({ slot, onRequest }) => slot === pending.slot && onRequest);
    const asked = wished && situation.flow ? wishing(session, pending.slot, situation.flow) : session;
    const asking = situationOf({ ...asked, flow, pending: { ...pending, messageIds } }, world);
    return carryOn(asking.session, { before: asking, first: [] });
  },

  start({ flow, values, afterIdle }, situation, messageId) {
    const { session, journey, world } = situation;
    const goesOn = session.flow === flow && journey?.open !== undefined;
    if (goesOn) return carryOn(session, { before: situation, first: [lead('common.continue')] });
    const fresh = situationOf({ ...begunAgain(session), flow }, world);
    const isAnew = Object.keys(journey?.given ?? {}).length > 0;
    const notice = afterIdle ? [lead('common.after-idle')] : isAnew ? [lead('common.started-over')] : [];
    const first = [...notice, ...aboutWhom(session), ...readBack(values, false, fresh)];
    const begun = withAnswers(fresh.session, values, { messageId, flow: fresh.flow });
    return carryOn(begun, { before: fresh, first, wording: 'full' });
  },

  faq: respondToFaq,

  maybe: ({ faqs }, { session }) => ({
    session: {
      ...session,
      offered: { actions: faqs.map((id) => ({ kind: 'faq', faq: id })) },
      misses: session.misses + 1,
    },
    says: [{ kind: 'maybe', faqs }, ...(session.misses + 1 >= patience ? [text('common.offer-human')] : [])],
  }),

  more({ text: key }, situation) {
    const rest: Say = { kind: 'more', key };
    return aside(situation.session, [rest], situation);
  },

  language({ language }, situation) {
    if (!situation.world.library.languages.has(language)) return digression('common.stale-button', situation);
    const session = { ...situation.session, language, isLanguageKept: true };
    const { journey, world } = situation;
    const first = [lead('common.in-this-language')];
    const before = situationOf(session, world);
    if (journey?.open) return carryOn(session, { before, first, wording: 'full' });
    return journey
      ? showTopics(session, [...first, ...cardsOf(before)], closing(before))
      : showTopics(session, first, 'common.greeting');
  },

  wish({ flow: id, slot, person }, situation) {
    const { session, world } = situation;
    const flow = world.library.flows.get(id);
    const theirs = person === undefined || person === session.person ? session : withPerson(session, person);
    const isUnderWay = situation.flow?.id === id && Object.keys(theirs.answers).length > 0;
    // What is kept for a reminder need not be asked again.
    const begun = isUnderWay ? theirs : { ...fromReminder(theirs, id), flow: id };
    const before = situationOf(flow ? wishing(begun, slot, flow) : begun, world);
    if (!before.journey?.open) return digression('common.stale-button', situation);
    const first = before.session.person === session.person ? [] : [lead('common.about-person')];
    return carryOn(before.session, { before, first, wording: 'full' });
  },

  person({ person }, situation) {
    const { session, world, language } = situation;
    const flow = situation.flow ?? [...world.library.flows.values()].find(({ family }) => family !== undefined);
    if (!flow || !language.words.people.has(person)) return digression('common.stale-button', situation);
    const after = situationOf({ ...withPerson(session, person), flow: flow.id }, world);
    const first = [lead('common.about-person')];
    if (after.journey?.open) return carryOn(after.session, { before: after, first, wording: 'full' });
    return showTopics(after.session, [...first, ...cardsOf(after)], closing(after));
  },

  reminder: ({ act, person }, situation) => endReminder(act, person, situation),

  command: ({ command }, situation) => respondToCommand(command, situation),

  follow: (_, { session }) => ({
    ...showTopics({ ...begunAnew(session), handoff: null }, [], 'common.greeting'),
    desk: leftBy(session),
  }),

  'question-changed'(_, situation) {
    const kept = namesOf(Object.keys(situation.journey?.given ?? {}), situation);
    const notice = lead(kept === '' ? 'common.changed' : 'common.changed-kept', { kept });
    return carryOn({ ...situation.session, pending: null }, { before: situation, first: [notice] });
  },

  about: ({ message }, situation, messageId) => openTicket(message, situation, messageId),
  'to-staff': ({ message }, situation, messageId) => tellStaff(message, situation, messageId),
  'with-staff': (_, { session }) => ({ session, says: [text('common.with-staff')] }),
  'out-of-scope': (_, situation) => digression('common.out-of-scope', situation),
  'stale-button': (_, situation) => digression('common.stale-button', situation),
  secret: (_, situation) =>
    isSilent(situation.session)
      ? { session: situation.session, says: [text('common.secret')] }
      : digression('common.secret', situation),
  upset: ({ faq }, situation) => {
    const command = faq === null ? undefined : situation.language.faq.get(faq)?.command;
    if (command) {
      const response = respondToCommand(command, situation);
      return { ...response, says: [lead('common.upset'), ...response.says] };
    }
    const first = [lead('common.upset'), ...(faq === null ? [] : [text(`faq.${faq}`)]), text('common.offer-human')];
    return carryOn({ ...situation.session, misses: 0 }, { before: situation, first, quiet: true });
  },
  'too-long': (_, situation) => digression('common.too-long', situation),
  media: (_, situation) => digression('common.media', situation),
  'not-understood': (_, situation) => missed(situation.session, situation, lead('common.not-understood')),
};

/** The answers; an entry that is a command, or that begins a flow, goes last and goes on. */
function respondToFaq(
  { faq, also = [], values = {} }: Extract<Intent, { kind: 'faq' }>,
  situation: Situation,
  messageId: string | null,
): Response {
  const { session, journey, language, world } = situation;
  const entries = [faq, ...also].map((id) => ({ id, ...language.faq.get(id) }));
  const command = entries.find((entry) => entry.command)?.command;
  const answers = entries.filter((entry) => !entry.command).map(({ id }) => text(`faq.${id}`));
  if (command) {
    const response = respondToCommand(command, situation);
    return { ...response, says: [...answers, ...response.says] };
  }
  const calm = { ...session, misses: 0 };
  const starts = entries.find((entry) => entry.starts)?.starts;
  if (journey?.open) return carryOn(calm, { before: situation, first: [...answers, lead('common.continue')] });
  if (!starts) return showTopics(calm, answers, closing(situation));
  if (starts === session.flow && journey)
    return showTopics(calm, [...answers, ...cardsOf(situation)], closing(situation));
  const begun = respond({ kind: 'start', flow: starts, values, afterIdle: false }, situationOf(calm, world), messageId);
  return { ...begun, says: [...answers, ...begun.says] };
}

/** What was asked on request was asked last; else the answers come in the order of the file. */
function lastAnswered({ session, flow, journey }: Situation): string | undefined {
  const last = Object.keys(session.answers).at(-1);
  const isRequested = flow?.ask.some(({ slot, onRequest }) => slot === last && onRequest) ?? false;
  const given = Object.keys(journey?.given ?? {});
  return isRequested && last !== undefined && given.includes(last) ? last : given.at(-1);
}

/** A talk that begins with what is kept for a reminder, and is about whom that is about. */
function fromReminder(session: Session, flow: string): Session {
  const kept = reminderFor(session, flow);
  const answers = Object.entries(kept?.answers ?? {}).map(
    ([slot, value]) => [slot, { value, messageIds: [] }] as const,
  );
  const person = kept?.person ?? session.person;
  return { ...begunAgain(session), person, answers: Object.fromEntries(answers) };
}

/** To be asked that question, though it may have been answered before. */
function wishing(session: Session, slot: string, flow: Flow): Session {
  return { ...withoutAnswer(session, slot, flow), wish: slot };
}

/** The cards of the answer that stands: 「いつまで?」 once more. */
function cardsOf(situation: Situation): Say[] {
  const { journey, language } = situation;
  const facts = factsOf(situation);
  const keys = (journey?.tells ?? []).filter((key) => variantOf(language.texts.get(key), facts)?.card);
  return keys.map((key) => text(key));
}

/** One sentence, and on with what was asked. */
function digression(key: CommonText, situation: Situation): Response {
  return carryOn(situation.session, { before: situation, first: [lead(key)] });
}

/** Not understood: the same question once more, and from the second time on a person. */
function missed(session: Session, situation: Situation, why: Say): Response {
  const misses = session.misses + 1;
  const offer: Say[] = misses >= patience ? [text('common.offer-human')] : [];
  return carryOn({ ...session, misses }, { before: situation, first: [why, ...offer] });
}

/** What was understood, for the resident to see: a date in the right era if its own had ended, else the question's `taken` or `reassure`. */
function readBack(values: Answers, respelt: boolean, situation: Situation): Say[] {
  const { flow, session } = situation;
  const [slot, value] =
    Object.entries(values).find(([, each]) => each !== 'unknown') ?? Object.entries(values)[0] ?? [];
  if (!flow || slot === undefined || value === undefined) return [];
  if (respelt) return [lead('common.respelt', { read: value })];
  const isAhead = session.asked !== null && session.asked.slot !== slot;
  return isAhead
    ? [lead('common.noted', { name: namesOf([slot], situation) })]
    : [{ kind: 'taken', flow: flow.id, slot, value }];
}

function namesOf(slots: readonly string[], { flow, language }: Situation): string {
  const names = slots.map((slot) => nameOf(language, { flow: flow?.id ?? '', slot }));
  return listed(names, language);
}
