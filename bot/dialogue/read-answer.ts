/** Free text → an answer to the open question, a reason why not, or undefined when it is no attempt at one. */
import { isPlainDate, type PlainDate } from '../rules/dates.ts';
import type { Answers } from '../rules/rule.ts';
import { type DateReading, readDate, readYear } from '../rules/wareki.ts';
import { choose } from './choose.ts';
import type { Question, QuestionText } from './library.ts';
import { isQuestion, normalise } from './normalise.ts';
import type { Situation } from './situation.ts';
import type { Intent } from './types.ts';
import { yearChoices } from './which.ts';

export function readAnswer(text: string, question: Question, situation: Situation): Intent | undefined {
  const words = situation.language.questions.get(`${question.flow}.${question.slot}`);
  if (question.kind === 'choice') return readChoice(text, question, { situation, words });
  return (
    readPending(text, question, situation) ??
    readUnknown(text, question, situation) ??
    readDateAnswer(text, question, situation)
  );
}

function readChoice(
  text: string,
  { slot, choices }: Question,
  { situation, words }: { situation: Situation; words: QuestionText | undefined },
): Intent | undefined {
  const value = choose(
    text,
    choices.map((means) => ({
      label: words?.choices[means]?.label ?? means,
      also: words?.choices[means]?.also ?? [],
      means,
    })),
  );
  if (value !== undefined) return { kind: 'answer', values: { [slot]: value } };
  return choices.includes('unknown') && saysUnknown(text, situation)
    ? { kind: 'answer', values: { [slot]: 'unknown' } }
    : undefined;
}

function readUnknown(text: string, { slot, flow }: Question, situation: Situation): Intent | undefined {
  const label = situation.language.questions.get(`${flow}.${slot}`)?.unknown ?? '';
  const typedLabel = normalise(text) === normalise(label);
  return typedLabel || saysUnknown(text, situation) ? { kind: 'answer', values: { [slot]: 'unknown' } } : undefined;
}

function saysUnknown(text: string, { language }: Situation): boolean {
  const typed = normalise(text);
  return (
    typed.length <= 20 && !isQuestion(text) && language.words.unknown.some((word) => typed.includes(normalise(word)))
  );
}

/** The message after 「何年ですか」 or 「…のことですか」. */
function readPending(text: string, question: Question, situation: Situation): Intent | undefined {
  const { pending } = situation.session;
  if (pending?.slot !== question.slot) return undefined;
  if (pending.kind === 'year') return dateIntent(readYear(text, pending.month, pending.day), question, situation);
  const { yes, no } = situation.language.words;
  const { options } = pending;
  if (options.length === 1 && isOneOf(text, yes)) return { kind: 'answer', values: options[0] ?? {} };
  if (isOneOf(text, no)) return { kind: 'retry', slot: question.slot, why: 'none-of-these' };
  const chosen = choose(text, yearChoices(options, question.slot));
  return chosen && { kind: 'answer', values: chosen };
}

/** Reads the text as a date for the question. */
export function readDateAnswer(text: string, question: Question, situation: Situation): Intent | undefined {
  const reading = readDate(text);
  if (isQuestion(text) && reading.kind !== 'date') return undefined;
  return dateIntent(reading, question, situation);
}

function dateIntent(reading: DateReading, question: Question, situation: Situation): Intent | undefined {
  const { slot } = question;
  const retry = (why: string): Intent => ({ kind: 'retry', slot, why });
  switch (reading.kind) {
    case 'not-a-date':
      return undefined;
    case 'date': {
      const why = refuse(reading.on, slot, situation);
      return why ? retry(why) : { kind: 'answer', values: { [slot]: reading.on }, respelt: reading.respelt };
    }
    case 'which':
      return (
        whichOf(reading.among, slot, situation) ?? retry(refuse(reading.among[0], slot, situation) ?? 'no-such-day')
      );
    case 'two-dates':
      return pairOf(reading.on, slot, situation) ?? retry('two-dates');
    case 'month-day':
      return { kind: 'ask-back', pending: { ...reading, kind: 'year', slot } };
    default:
      return retry(reading.kind);
  }
}

/** The readings that the slot accepts; even a single one is asked back, never chosen silently. */
function whichOf(among: readonly PlainDate[], slot: string, situation: Situation): Intent | undefined {
  const options = among.filter((on) => refuse(on, slot, situation) === undefined).map((on) => ({ [slot]: on }));
  return options.length > 0 ? { kind: 'ask-back', pending: { kind: 'which', slot, options } } : undefined;
}

function pairOf(on: readonly [PlainDate, PlainDate], slot: string, situation: Situation): Intent | undefined {
  const pair = situation.flow?.rule?.datePair;
  if (!pair?.includes(slot)) return undefined;
  const values: Answers = { [pair[0]]: on[0], [pair[1]]: on[1] };
  const fits = pair.every((name) => refuse(values[name], name, situation, values) === undefined);
  return fits ? { kind: 'ask-back', pending: { kind: 'which', slot, options: [values] } } : undefined;
}

function refuse(on: unknown, slot: string, { flow, journey, world }: Situation, given?: Answers): string | undefined {
  return isPlainDate(on) ? flow?.rule?.slots[slot]?.refuse(on, given ?? journey?.given ?? {}, world.now) : undefined;
}

function isOneOf(text: string, words: readonly string[]): boolean {
  const typed = normalise(text);
  return words.some((word) => normalise(word) === typed);
}
