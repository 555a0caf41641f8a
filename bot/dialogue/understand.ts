/**
 * Message → intent: one readable ladder. Commands come first, so that nobody is trapped; an answer comes before the FAQ,
 * so that 「4月1日」 is never a question.
 */
import { readDate } from '../rules/wareki.ts';
import { saysOneOf, saysOnly, saysUnknown } from './answer-words.ts';
import { actionIntent, understandButton } from './buttons.ts';
import { underHandoff } from './handoff.ts';
import { normalise } from './normalise.ts';
import { moreOfIt, offeredAction, offeredChoice } from './offered.ts';
import {
  anotherDay,
  correctionAskedFor,
  dateOutOfTheBlue,
  denial,
  labelledDate,
  nothingMore,
  otherChoice,
} from './out-of-turn.ts';
import { questionText } from './question-text.ts';
import { readAnswer } from './read-answer.ts';
import { holdsPersonalNumber, holdsPin, looksLikePin } from './secrets.ts';
import { askedQuestion, type Situation } from './situation.ts';
import { courtesy, topic, upset } from './topic.ts';
import { commands, type Intent, type Message } from './types.ts';

type Rung = (text: string, situation: Situation) => Intent | undefined;

/** More than anybody types about a certificate; nothing beyond it is looked at. */
export const longestText = 1000;

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
  languageByName,
  command,
  request,
  moreOfIt,
  labelledDate,
  correctionAskedFor,
  offeredAction,
  answer,
  offeredChoice,
  otherChoice,
  anotherDay,
  nothingMore,
  denial,
  upset,
  courtesy,
  topic,
  changedQuestion,
  dateOutOfTheBlue,
  bareSecret,
  atALoss,
  unknownLanguage,
];

function tooLong(text: string): Intent | undefined {
  return text.length > longestText ? { kind: 'too-long' } : undefined;
}

function secret(text: string, { language }: Situation): Intent | undefined {
  const isSecret =
    holdsPersonalNumber(text) || (holdsPin(text, language.words.secrets) && readDate(text).kind === 'not-a-date');
  return isSecret ? { kind: 'secret' } : undefined;
}

/** 「English」「英語でお願いします」 */
function languageByName(text: string, { world }: Situation): Intent | undefined {
  const typed = normalise(text);
  const languages = [...world.library.languages.values()];
  const around = languages.flatMap(({ words }) => words.aroundLanguage);
  const named =
    languages.find(({ called }) => called.includes(typed)) ??
    languages.find(({ called }) => saysOnly(text, called, around));
  return named && { kind: 'language', language: named.tag };
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

/** 「行く日を決める」: a question that is asked on request; of the flow under way first. */
function request(text: string, { world, flow, language }: Situation): Intent | undefined {
  const flows = [...world.library.flows.values()].sort((one) => (one === flow ? -1 : 0));
  const asked = flows
    .flatMap(({ ask }) => ask)
    .find(
      ({ onRequest, ...question }) => onRequest && saysOneOf(text, questionText(language, question)?.requests ?? []),
    );
  return asked && { kind: 'wish', flow: asked.flow, slot: asked.slot };
}

function answer(text: string, situation: Situation): Intent | undefined {
  const question = askedQuestion(situation);
  return question && readAnswer(text, question, situation);
}

function bareSecret(text: string): Intent | undefined {
  return looksLikePin(text) ? { kind: 'secret' } : undefined;
}

function changedQuestion(_: string, situation: Situation): Intent | undefined {
  const { session } = situation;
  return session.asked !== null && !askedQuestion(situation) ? { kind: 'question-changed' } : undefined;
}

/** In none of the city's languages: which of them do they read? */
function unknownLanguage(text: string, { world, session }: Situation): Intent | undefined {
  return world.library.spokenIn(text, session.language) === null ? { kind: 'command', command: 'language' } : undefined;
}

/** 「わからない」 when nothing was asked: what there is to ask. */
function atALoss(text: string, { session, language }: Situation): Intent | undefined {
  const isAtALoss = session.asked === null && saysUnknown(text, language);
  return isAtALoss ? { kind: 'command', command: 'menu' } : undefined;
}
