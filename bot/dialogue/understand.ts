/**
 * Message → intent: one readable ladder. Commands come first, so that nobody is trapped; an answer comes before the FAQ,
 * so that 「4月1日」 is never a question.
 */
import { readDate } from '../rules/wareki.ts';
import { understandButton } from './buttons.ts';
import { choose } from './choose.ts';
import { journeyOf } from './journey.ts';
import { normalise } from './normalise.ts';
import { readAnswer, readDateAnswer } from './read-answer.ts';
import { holdsSecret, looksLikePin } from './secrets.ts';
import { actionIntent, askedQuestion, type Situation } from './situation.ts';
import { commands, type Intent, type Message } from './types.ts';

type Rung = (text: string, situation: Situation) => Intent | undefined;

/** More than anybody types about a certificate; nothing beyond it is looked at. */
const longestText = 1000;

export function understand(message: Message, situation: Situation): Intent {
  if (message.kind === 'follow') return { kind: 'follow' };
  if (message.kind === 'media') return { kind: 'media' };
  if (message.kind === 'button') return understandButton(message.button, situation);
  for (const rung of ladder) {
    const intent = rung(message.text, situation);
    if (intent) return intent;
  }
  return { kind: 'not-understood' };
}

const ladder: readonly Rung[] = [
  tooLong,
  secret,
  command,
  correctionAskedFor,
  answer,
  offeredChoice,
  faq,
  flowStart,
  changedQuestion,
  dateOutOfTheBlue,
  bareSecret,
];

function tooLong(text: string): Intent | undefined {
  return text.length > longestText ? { kind: 'too-long' } : undefined;
}

function secret(text: string, { language }: Situation): Intent | undefined {
  return holdsSecret(text, language.words.secrets) ? { kind: 'secret' } : undefined;
}

function command(text: string, { language }: Situation): Intent | undefined {
  const typed = normalise(text);
  const found = commands.find((name) => language.words.commands[name].some((word) => normalise(word) === typed));
  if (found === 'back') return { kind: 'revisit', slot: null };
  return found && { kind: 'command', command: found };
}

/** 「生年月日を直したい」 */
function correctionAskedFor(text: string, { flow, journey, language }: Situation): Intent | undefined {
  const typed = normalise(text);
  if (typed.length > 40 || !language.words.correct.some((word) => typed.includes(normalise(word)))) return undefined;
  const question = flow?.ask.find(({ slot }) => {
    const name = language.questions.get(`${flow.id}.${slot}`)?.name;
    return journey?.given[slot] !== undefined && name !== undefined && typed.includes(normalise(name));
  });
  return question && { kind: 'revisit', slot: question.slot };
}

function answer(text: string, situation: Situation): Intent | undefined {
  const question = askedQuestion(situation);
  return question && readAnswer(text, question, situation);
}

function offeredChoice(text: string, { session, language }: Situation): Intent | undefined {
  if (session.offered === null) return undefined;
  const choices =
    language.texts.get(session.offered)?.flatMap((variant) => (variant.numbered ? variant.choices : [])) ?? [];
  const action = choose(
    text,
    choices.map(({ label, action: means }) => ({ label, also: [], means })),
  );
  return action && actionIntent(action);
}

function faq(text: string, { language }: Situation): Intent | undefined {
  const match = language.matcher.match(text);
  if (match.isElsewhere) return { kind: 'out-of-scope' };
  return match.faq === null ? undefined : { kind: 'faq', faq: match.faq };
}

function flowStart(text: string, { world }: Situation): Intent | undefined {
  const typed = normalise(text);
  if (typed.length > 40) return undefined;
  for (const flow of world.library.flows.values()) {
    const starts = flow.startsWith.some((word) => typed.includes(normalise(word)));
    if (starts) return { kind: 'start', flow: flow.id, values: {}, afterIdle: false };
  }
  return undefined;
}

/** A date when nothing was asked: the first question of the flow that begins with one. */
function dateOutOfTheBlue(text: string, situation: Situation): Intent | undefined {
  if (situation.session.flow !== null || readDate(text).kind === 'not-a-date') return undefined;
  for (const flow of situation.world.library.flows.values()) {
    const first = journeyOf(flow, {}, situation.world.now).open;
    if (first?.kind !== 'date') continue;
    const intent = readDateAnswer(text, first, {
      ...situation,
      flow,
      journey: journeyOf(flow, {}, situation.world.now),
    });
    if (intent?.kind === 'answer') return { kind: 'start', flow: flow.id, values: intent.values, afterIdle: false };
    if (intent) return { kind: 'start', flow: flow.id, values: {}, afterIdle: false };
  }
  return undefined;
}

function bareSecret(text: string): Intent | undefined {
  return looksLikePin(text) ? { kind: 'secret' } : undefined;
}

function changedQuestion(_: string, situation: Situation): Intent | undefined {
  const { session } = situation;
  return session.asked !== null && !askedQuestion(situation) ? { kind: 'question-changed' } : undefined;
}
