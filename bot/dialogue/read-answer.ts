/** Free text → an answer to the open question, a reason why not, or undefined when it is no attempt at one. */

import { isPlainDate, type PlainDate, partsOf } from '../rules/dates.ts';
import type { Answers } from '../rules/rule.ts';
import { type DateReading, readDate, readYear } from '../rules/wareki.ts';
import { choosableAnswers, saysOneOf, saysUnknown } from './answer-words.ts';
import { choose } from './choose.ts';
import { labelledSlots, placeDate } from './labelled-date.ts';
import type { Question } from './library.ts';
import { isQuestion, normalise } from './normalise.ts';
import { questionText } from './question-text.ts';
import { readDayAnswer } from './read-day.ts';
import { refusal, type Situation } from './situation.ts';
import type { Intent } from './types.ts';
import { optionChoices } from './which.ts';

export function readAnswer(text: string, question: Question, situation: Situation): Intent | undefined {
  if (question.kind === 'choice') return readChoice(text, question, situation);
  if (question.kind === 'day')
    return (
      readPending(text, question, situation) ?? notNow(text, situation) ?? readDayAnswer(text, question, situation)
    );
  return (
    readPending(text, question, situation) ??
    readUnknown(text, question, situation) ??
    readDateAnswer(text, question, situation)
  );
}

function readChoice(text: string, question: Question, situation: Situation): Intent | undefined {
  const { slot, choices } = question;
  const isUnknown = choices.includes('unknown') && saysUnknown(text, situation.language);
  const value = isUnknown ? 'unknown' : choose(text, choosableAnswers(question, situation.language));
  return value === undefined ? undefined : { kind: 'answer', values: { [slot]: value } };
}

/** 「わからない」「まだ決めていない」 to what was asked on request: never mind. */
function notNow(text: string, { language }: Situation): Intent | undefined {
  const isOpen = saysOneOf(text, language.words.no) || saysUnknown(text, language);
  return isOpen ? { kind: 'revisit', slot: null } : undefined;
}

function readUnknown(text: string, question: Question, { language }: Situation): Intent | undefined {
  const label = questionText(language, question)?.unknown ?? '';
  // 「発行日はわかりますか」「いいえ」
  const isNo = saysOneOf(text, language.words.no);
  const isUnknown = normalise(text) === normalise(label) || isNo || saysUnknown(text, language);
  return isUnknown ? { kind: 'answer', values: { [question.slot]: 'unknown' } } : undefined;
}

/** The message after 「何年ですか」 or 「…でよろしいですか」. */
function readPending(text: string, question: Question, situation: Situation): Intent | undefined {
  const { pending } = situation.session;
  if (pending?.slot !== question.slot) return undefined;
  if (pending.kind === 'year') return dateIntent(text, readYear(text, pending.month, pending.day), question, situation);
  const { yes, no, wrong } = situation.language.words;
  const [first, ...others] = pending.options;
  if (first && others.length === 0 && saysOneOf(text, yes)) return { kind: 'answer', values: first };
  if (saysOneOf(text, [...no, ...wrong])) return retry(question, 'none-of-these');
  const chosen = choose(text, optionChoices(pending.options, question, situation.language.dates));
  if (chosen) return { kind: 'answer', values: chosen };
  return question.kind === 'day' ? undefined : otherYear(text, pending.options, question, situation);
}

/** 「昭和55年です」 to 「1990年3月3日でよろしいですか」: month and day stand, the year is another. */
function otherYear(
  text: string,
  options: readonly Answers[],
  question: Question,
  situation: Situation,
): Intent | undefined {
  const on = options[0]?.[question.slot];
  if (!isPlainDate(on) || Object.keys(options[0] ?? {}).length > 1) return undefined;
  const { month, day } = partsOf(on);
  const reading = readYear(text, month, day);
  return reading.kind === 'date' ? dateIntent(text, reading, question, situation) : undefined;
}

/** Reads the text as a date for the question. */
export function readDateAnswer(text: string, question: Question, situation: Situation): Intent | undefined {
  return dateIntent(text, readDate(text), question, situation);
}

function dateIntent(text: string, reading: DateReading, question: Question, situation: Situation): Intent | undefined {
  const { slot, flow } = question;
  if (isQuestion(text) && !(reading.kind === 'date' && reading.isBare)) return undefined;
  if ((reading.kind === 'which' || reading.kind === 'month-day') && isOfAnother(reading.around, question, situation)) {
    return retry(question, 'other-date');
  }
  switch (reading.kind) {
    case 'not-a-date':
      return undefined;
    case 'date':
      return ofOneDate(reading, question, situation);
    case 'which':
      if (reading.dayFirst && situation.language.dates.isDayFirst)
        return ofOneDate(
          { on: reading.dayFirst, respelt: false, around: reading.around, isBare: true },
          question,
          situation,
        );
      return (
        whichOf(reading.among, question, situation) ??
        retry(question, reading.among[0] && refusal(situation, slot, reading.among[0]))
      );
    case 'two-dates':
      return pairOf(reading.on, question, situation) ?? retry(question, 'two-dates');
    case 'month-day':
      return { kind: 'ask-back', flow, pending: { kind: 'year', slot, month: reading.month, day: reading.day } };
    default:
      return retry(question, reading.kind);
  }
}

function isOfAnother(around: string, { slot }: Question, situation: Situation): boolean {
  const labels = labelledSlots(around, situation);
  return labels.length > 0 && !labels.includes(slot);
}

function ofOneDate(
  { on, respelt, around, isBare }: Omit<Extract<DateReading, { kind: 'date' }>, 'kind'>,
  question: Question,
  situation: Situation,
): Intent | undefined {
  const { slot } = question;
  const [label, another] = labelledSlots(around, situation);
  const isAskedFor = label === undefined || label === slot || another === slot;
  if (!isAskedFor) return another === undefined ? placeDate(on, label, situation) : retry(question, 'other-date');
  const why = refusal(situation, slot, on);
  if (why) return retry(question, why);
  return isBare ? { kind: 'answer', values: { [slot]: on }, respelt } : whichOf([on], question, situation);
}

/** The readings that the slot accepts; even a single one is asked back, never chosen silently. */
function whichOf(among: readonly PlainDate[], { slot, flow }: Question, situation: Situation): Intent | undefined {
  const options = among.filter((on) => refusal(situation, slot, on) === undefined).map((on) => ({ [slot]: on }));
  return options.length > 0 ? { kind: 'ask-back', flow, pending: { kind: 'which', slot, options } } : undefined;
}

function pairOf(
  on: readonly [PlainDate, PlainDate],
  { slot, flow }: Question,
  situation: Situation,
): Intent | undefined {
  const pair = situation.flow?.rule?.datePair;
  if (!pair?.includes(slot)) return undefined;
  const values: Answers = { [pair[0]]: on[0], [pair[1]]: on[1] };
  const fits = pair.every((name, index) => refusal(situation, name, on[index === 0 ? 0 : 1], values) === undefined);
  return fits ? { kind: 'ask-back', flow, pending: { kind: 'which', slot, options: [values] } } : undefined;
}

function retry({ flow, slot }: Question, why = 'no-such-day'): Intent {
  return { kind: 'retry', flow, slot, why };
}
