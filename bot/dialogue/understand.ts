/**
 * Message → intent: one readable ladder. Commands come first, so that nobody is trapped; an answer comes before the FAQ,
 * so that 「4月1日」 is never a question.
 */
import { readDate } from '../rules/wareki.ts';
import { saysOneOf, saysOnly, saysUnknown } from './answer-words.ts';
import { actionIntent, understandButton } from './buttons.ts';
import { choose } from './choose.ts';
import { datesByTheWay } from './dates-by-the-way.ts';
import { underHandoff } from './handoff.ts';
import type { Language } from './library.ts';
import { isQuestion, normalise, readChoiceNumber } from './normalise.ts';
import { correctionAskedFor, dateOutOfTheBlue, denial, labelledDate, nothingMore, otherChoice } from './out-of-turn.ts';
import { askedIn } from './questions.ts';
import { readAnswer } from './read-answer.ts';
import { holdsPersonalNumber, holdsPin, looksLikePin } from './secrets.ts';
import { askedQuestion, type Situation } from './situation.ts';
import { commands, type Intent, type Message } from './types.ts';
import { factsOf, variantOf } from './words.ts';

type Rung = (text: string, situation: Situation) => Intent | undefined;

/** How sure it must be that a message is no answer to what is asked. */
const beyondDoubt = 0.9;
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
  moreOfIt,
  labelledDate,
  correctionAskedFor,
  offeredAction,
  answer,
  offeredChoice,
  otherChoice,
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

function answer(text: string, situation: Situation): Intent | undefined {
  const question = askedQuestion(situation);
  return question && readAnswer(text, question, situation);
}

/** A number or label of the choices shown last, when no question is open. */
function offeredChoice(text: string, situation: Situation): Intent | undefined {
  const { session, language } = situation;
  if (session.offered === null || 'actions' in session.offered) return undefined;
  const offered = variantOf(language.texts.get(session.offered.text), factsOf(situation));
  if (!offered?.numbered) return undefined;
  const choices = offered.choices.map(({ label, button: means }) => ({ label, also: [], contains: [], means }));
  const button = choose(text, choices);
  return button && understandButton(button, situation);
}

/** A number after 「もしかして」: it belongs to what was shown last, whatever is still open. */
function offeredAction(text: string, { session }: Situation): Intent | undefined {
  const number = readChoiceNumber(text);
  if (number === undefined || session.offered === null || !('actions' in session.offered)) return undefined;
  const action = session.offered.actions[number - 1];
  return action && actionIntent(action);
}

/** 「くわしく」; where there is nothing more, what else there is. */
function moreOfIt(text: string, { session, language }: Situation): Intent | undefined {
  if (!saysOneOf(text, language.words.more)) return undefined;
  return session.more === null ? { kind: 'command', command: 'menu' } : { kind: 'more', text: session.more };
}

/** Nobody who is angry is to be left with the opening hours alone. */
function upset(text: string, { language }: Situation): Intent | undefined {
  const typed = normalise(text);
  const isUpset = language.words.upset.some((word) => typed.includes(word));
  return isUpset ? { kind: 'upset', faq: askedIn(text, language).faqs[0] ?? null } : undefined;
}

/** An FAQ entry, or a flow. A message of nothing but the words that begin a flow is no other question, however alike. */
function topic(text: string, situation: Situation): Intent | undefined {
  const { language, world } = situation;
  const begun = [...world.library.flows.values()].find(({ startsWith }) => saysOneOf(text, startsWith));
  if (begun || (saysUnknown(text, language) && !isListed(text, language))) return flowStart(text, situation);
  const { faqs, choices, isElsewhere, score } = askedIn(text, language);
  const [faq, ...also] = faqs;
  const starts = faqs.map((id) => language.faq.get(id)?.starts).find((flow) => flow !== undefined);
  if (faq !== undefined && starts !== undefined)
    return { kind: 'faq', faq, also, values: datesByTheWay(text, starts, situation) };
  const start = flowStart(text, situation);
  if (start) return start;
  if (faq !== undefined) return { kind: 'faq', faq, also };
  // A clumsy answer is not sent to another counter.
  if (isElsewhere) return score >= beyondDoubt || isNoAnswer(text, situation) ? { kind: 'out-of-scope' } : undefined;
  return choices.length > 0 && isNoAnswer(text, situation) ? { kind: 'maybe', faqs: choices } : undefined;
}

/** 「カードがない」 is no answer when nothing was asked: staff have listed it as a question of its own. */
function isListed(text: string, language: Language): boolean {
  const ready = listed.get(language) ?? new Set([...language.faq.values()].flatMap(({ asks }) => asks.map(normalise)));
  listed.set(language, ready);
  return ready.has(normalise(text));
}

/** Folded once for each language. */
const listed = new WeakMap<Language, ReadonlySet<string>>();

/** While something is asked, what is no question is an attempt at an answer; and 「来年の3月ごろ」 is one at a date. */
function isNoAnswer(text: string, situation: Situation): boolean {
  return isQuestion(text) || (!askedQuestion(situation) && readDate(text).kind === 'not-a-date');
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

/** In none of the city's languages: which of them do they read? */
function unknownLanguage(text: string, { world, session }: Situation): Intent | undefined {
  return world.library.spokenIn(text, session.language) === null ? { kind: 'command', command: 'language' } : undefined;
}

/** 「ありがとうございます、助かりました」: thanks, and nothing else but more of them. */
function courtesy(text: string, { language }: Situation): Intent | undefined {
  const { commands: known, yes, aroundUnknown } = language.words;
  const isThanks = !isQuestion(text) && saysOnly(text, known.thanks, [...known.thanks, ...yes, ...aroundUnknown]);
  return isThanks ? { kind: 'command', command: 'thanks' } : undefined;
}

/** 「わからない」 when nothing was asked: what there is to ask. */
function atALoss(text: string, { session, language }: Situation): Intent | undefined {
  const isAtALoss = session.asked === null && saysUnknown(text, language);
  return isAtALoss ? { kind: 'command', command: 'menu' } : undefined;
}
