/** Intent → new session and what to say: one short answer a kind of intent. */
import type { Answers, Facts } from '../rules/rule.ts';
import type { CommonText } from './common-texts.ts';
import { carryOn, type Response, showTopics } from './proceed.ts';
import { type Situation, situationOf } from './situation.ts';
import type { Command, Intent, Say, Session } from './types.ts';

type Respond = {
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
  const handler: Respond[Kind] = responses[intent.kind as Kind];
  return handler(intent, situation, messageId);
}

/** Misses in a row after which a person is offered. */
const patience = 2;

const responses: Respond = {
  answer({ values, respelt }, situation, messageId) {
    const { session, flow } = situation;
    const slot = Object.keys(values)[0];
    const read = slot === undefined ? undefined : values[slot];
    const lead: Say[] =
      respelt && read
        ? [text('common.respelt', { read })]
        : flow && slot && values[slot] !== 'unknown'
          ? [{ kind: 'taken', flow: flow.id, slot }]
          : [];
    return carryOn(withAnswers(session, values, messageId), { before: situation, lead });
  },

  correction({ values }, situation) {
    const { session, flow } = situation;
    if (!flow) return showTopics(session, [text('common.stale-button')]);
    const isKnown = Object.values(values).some((value) => value !== 'unknown');
    return carryOn(withAnswers(session, values, null), {
      before: situation,
      lead: isKnown ? [text('common.corrected', { name: namesOf(Object.keys(values), situation) })] : [],
    });
  },

  revisit({ slot }, situation) {
    const { session, flow, journey } = situation;
    const given = Object.keys(journey?.given ?? {});
    const again = slot ?? given.at(-1);
    if (!flow || again === undefined)
      return carryOn(session, { before: situation, lead: [text('common.nothing-before')] });
    const { [again]: _, ...answers } = session.answers;
    const lead = text('common.revisit', { name: namesOf([again], situation), others: given.length > 1 ? 'yes' : 'no' });
    return carryOn(
      { ...session, answers, pending: null, misses: 0 },
      { before: situation, lead: [lead], wording: 'again' },
    );
  },

  retry({ slot, why }, situation) {
    const { session, flow } = situation;
    if (!flow) return missed(session, situation, text('common.not-understood'));
    return missed({ ...session, pending: null }, situation, { kind: 'retry', flow: flow.id, slot, why });
  },

  'ask-back'({ pending }, { session, flow }) {
    const says: Say[] =
      pending.kind === 'year'
        ? [text('common.which-year-missing', { monthDay: `${pending.month}月${pending.day}日` })]
        : [{ kind: 'which', flow: flow?.id ?? '', slot: pending.slot, options: pending.options }];
    return { session: { ...session, pending, offered: null }, says };
  },

  start({ flow, values, afterIdle }, situation, messageId) {
    const { session, journey } = situation;
    const goesOn = session.flow === flow && journey?.open !== undefined;
    if (goesOn) return carryOn(session, { before: situation, lead: [text('common.continue')] });
    const fresh: Session = { ...session, flow, answers: {}, asked: null, pending: null, misses: 0 };
    return carryOn(withAnswers(fresh, values, messageId), {
      before: situationOf(fresh, situation.world),
      lead: afterIdle ? [text('common.after-idle')] : [],
      wording: 'full',
    });
  },

  faq({ faq }, situation) {
    const { session, flow, journey, language } = situation;
    const entry = language.faq.get(faq);
    const calm = { ...session, misses: 0 };
    if (entry?.command) return respond({ kind: 'command', command: entry.command }, situation, null);
    const answer = text(`faq.${faq}`, {}, false);
    if (journey?.open) return carryOn(calm, { before: situation, lead: [answer, text('common.continue')] });
    if (entry?.starts && flow?.id !== entry.starts) {
      return carryOn(
        { ...calm, flow: entry.starts, answers: {} },
        {
          before: situationOf({ ...calm, flow: entry.starts, answers: {} }, situation.world),
          lead: [answer],
          wording: 'full',
        },
      );
    }
    return showTopics(calm, [answer], 'common.more');
  },

  command({ command }, situation) {
    return commandResponses[command](situation);
  },

  follow(_, { session, world }) {
    return showTopics(
      { ...situationOf(session, world).session, flow: null, answers: {}, asked: null, pending: null, misses: 0 },
      [],
      'common.greeting',
    );
  },

  'question-changed'(_, situation) {
    const kept = namesOf(Object.keys(situation.journey?.given ?? {}), situation);
    const lead = text(kept === '' ? 'common.changed' : 'common.changed-kept', { kept });
    return carryOn({ ...situation.session, pending: null }, { before: situation, lead: [lead] });
  },

  'stale-button': (_, situation) =>
    carryOn(situation.session, { before: situation, lead: [text('common.stale-button')] }),
  'out-of-scope': (_, situation) =>
    carryOn(situation.session, { before: situation, lead: [text('common.out-of-scope')] }),
  secret: (_, situation) => carryOn(situation.session, { before: situation, lead: [text('common.secret')] }),
  'too-long': (_, situation) => carryOn(situation.session, { before: situation, lead: [text('common.too-long')] }),
  media: (_, situation) => carryOn(situation.session, { before: situation, lead: [text('common.media')] }),
  'not-understood': (_, situation) => missed(situation.session, situation, text('common.not-understood')),
};

const commandResponses: Readonly<Record<Command, (situation: Situation) => Response>> = {
  'start-over': (situation) => {
    const { session, flow } = situation;
    const fresh: Session = { ...session, answers: {}, asked: null, pending: null, misses: 0 };
    if (!flow) return showTopics(fresh, []);
    return carryOn(fresh, {
      before: situationOf(fresh, situation.world),
      lead: [text('common.started-over')],
      wording: 'full',
    });
  },
  back: (situation) => respond({ kind: 'revisit', slot: null }, situation, null),
  human: ({ session }) => ({ session: { ...session, misses: 0 }, says: [text('common.human', {}, false)] }),
  forget: ({ session }) =>
    showTopics({ ...session, flow: null, answers: {}, asked: null, pending: null, misses: 0 }, [
      text('common.forgotten'),
    ]),
  language: ({ session }) => ({ session, says: [text('common.language', {}, false)] }),
  menu: ({ session }) => showTopics(session, []),
  hello: (situation) =>
    situation.journey?.open
      ? carryOn(situation.session, { before: situation, lead: [text('common.hello')] })
      : showTopics(situation.session, [], 'common.greeting'),
  thanks: (situation) => carryOn(situation.session, { before: situation, lead: [text('common.thanks')], quiet: true }),
};

/** Not understood: the same question once more, and from the second time on a person. */
function missed(session: Session, situation: Situation, lead: Say): Response {
  const misses = session.misses + 1;
  const offer: Say[] = misses >= patience ? [text('common.offer-human', {}, false)] : [];
  return carryOn({ ...session, misses }, { before: situation, lead: [lead, ...offer] });
}

function withAnswers(session: Session, values: Answers, messageId: string | null): Session {
  const given = Object.entries(values).map(([slot, value]) => [slot, { value, messageId }] as const);
  return { ...session, answers: { ...session.answers, ...Object.fromEntries(given) }, pending: null, misses: 0 };
}

function namesOf(slots: readonly string[], { flow, language }: Situation): string {
  return slots.map((slot) => language.questions.get(`${flow?.id}.${slot}`)?.name ?? slot).join('、');
}

function text(key: CommonText | `faq.${string}`, facts: Facts = {}, leads = true): Say {
  return { kind: 'text', key, facts, leads };
}
