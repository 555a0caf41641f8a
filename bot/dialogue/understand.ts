/**
 * Message → intent: one readable ladder. Commands come first, so that nobody is trapped; an answer comes before the FAQ,
 * so that 「4月1日」 is never a question.
 */
import { readDate } from '../rules/wareki.ts';
import { saysOnly, saysUnknown } from './answer-words.ts';
import { actionIntent, understandButton } from './buttons.ts';
import { choose } from './choose.ts';
import { underHandoff } from './handoff.ts';
import { normalise } from './normalise.ts';
import { correctionAskedFor, dateOutOfTheBlue, denial, labelledDate, nothingMore, otherChoice } from './out-of-turn.ts';
import { readAnswer } from './read-answer.ts';
import { holdsPersonalNumber, holdsPin, looksLikePin } from './secrets.ts';
import { askedQuestion, type Situation } from './situation.ts';
import { commands, type Intent, type Message } from './types.ts';
import { factsOf, variantOf } from './words.ts';

type Rung = (text: string, situation: Situation) => Intent | undefined;

/** More than anybody types about a certificate; nothing beyond it is looked at. */
const longestText = 1000;

export function understand(message: Message, situation: Situation): Intent {
  const toStaff = underHandoff(message, situation);
  if (toStaff) return toStaff;
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
  labelledDate,
  correctionAskedFor,
  answer,
  offeredChoice,
  otherChoice,
  nothingMore,
  denial,
  upset,
  topic,
  changedQuestion,
  dateOutOfTheBlue,
  bareSecret,
  atALoss,
];

function tooLong(text: string): Intent | undefined {
  return text.length > longestText ? { kind: 'too-long' } : undefined;
}

function secret(text: string, { language }: Situation): Intent | undefined {
  const isSecret =
    holdsPersonalNumber(text) || (holdsPin(text, language.words.secrets) && readDate(text).kind === 'not-a-date');
  return isSecret ? { kind: 'secret' } : undefined;
}

function command(text: string, { language, session }: Situation): Intent | undefined {
  const typed = normalise(text);
  // 「もういいです」 to the bot is no word about the message that waits for staff.
  const [leaving] = language.words.commands.leave;
  const isToTheBot = session.handoff?.stage === 'message' && typed !== leaving;
  if (isToTheBot && language.words.commands.leave.includes(typed)) return { kind: 'command', command: 'thanks' };
  const found = commands.find((name) => language.words.commands[name].includes(typed));
  return found && actionIntent({ kind: 'command', command: found });
}

function answer(text: string, situation: Situation): Intent | undefined {
  const question = askedQuestion(situation);
  return question && readAnswer(text, question, situation);
}

/** A number or label of the choices shown last, when no question is open. */
function offeredChoice(text: string, situation: Situation): Intent | undefined {
  const { session, language } = situation;
  if (session.offered === null) return undefined;
  const offered = variantOf(language.texts.get(session.offered), factsOf(situation));
  if (!offered?.numbered) return undefined;
  const choices = offered.choices.map(({ label, button: means }) => ({ label, also: [], contains: [], means }));
  const button = choose(text, choices);
  return button && understandButton(button, situation);
}

/** Nobody who is angry is to be left with the opening hours alone. */
function upset(text: string, { language }: Situation): Intent | undefined {
  const typed = normalise(text);
  const isUpset = language.words.upset.some((word) => typed.includes(word));
  return isUpset ? { kind: 'upset', faq: language.matcher.match(text).faq } : undefined;
}

/** An FAQ entry, or a flow. A message of nothing but the words that begin a flow is no other question, however alike. */
function topic(text: string, situation: Situation): Intent | undefined {
  const { language } = situation;
  if (saysUnknown(text, language)) return flowStart(text, situation);
  const { faq, isElsewhere } = language.matcher.match(text);
  const answer: Intent | undefined = faq === null ? undefined : { kind: 'faq', faq };
  if (faq !== null && language.faq.get(faq)?.starts !== undefined) return answer;
  return flowStart(text, situation) ?? (isElsewhere ? { kind: 'out-of-scope' } : answer);
}

/** 「電子証明書の更新をしたい」: words that begin the flow, and nothing else, so that 「更新ありがとう」 does not begin it again. */
function flowStart(text: string, { world, language }: Situation): Intent | undefined {
  for (const { id, startsWith } of world.library.flows.values()) {
    const starts = saysOnly(text, startsWith, [...startsWith, ...language.words.aroundStart]);
    if (starts) return { kind: 'start', flow: id, values: {}, afterIdle: false };
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

/** 「わからない」 when nothing was asked: what there is to ask. */
function atALoss(text: string, { session, language }: Situation): Intent | undefined {
  const isAtALoss = session.asked === null && saysUnknown(text, language);
  return isAtALoss ? { kind: 'command', command: 'menu' } : undefined;
}
