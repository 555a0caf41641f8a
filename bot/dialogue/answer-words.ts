/** Words that mean an answer, whatever the question. */

import type { Choosable } from './choose.ts';
import type { Language, Question } from './library.ts';
import { isQuestion, normalise, withoutEnding } from './normalise.ts';
import { questionText } from './question-text.ts';

/** A question's choices with all the words for them; 「はい」「いいえ」「わからない」 have words of their own everywhere. */
export function choosableAnswers(question: Question, language: Language): Choosable<string>[] {
  const words = questionText(language, question)?.choices;
  const everywhere: Readonly<Record<string, readonly string[]>> = {
    yes: language.words.yes,
    no: [...language.words.no, ...language.words.wrong],
    unknown: language.words.unknown,
  };
  return question.choices.map((means) => ({
    label: words?.[means]?.label ?? means,
    also: [...(words?.[means]?.also ?? []), ...(Object.hasOwn(everywhere, means) ? (everywhere[means] ?? []) : [])],
    contains: words?.[means]?.contains ?? [],
    means,
  }));
}

/** Whether the whole message is one of the (folded) words, a polite ending apart. */
export function saysOneOf(text: string, words: readonly string[]): boolean {
  const typed = normalise(text);
  const spellings = [typed, withoutEnding(typed)];
  return words.some((word) => spellings.includes(word));
}

/** 「わからない」, with nothing around it but words like 「日付は、ちょっと…」: 「暗証番号がわからない」 is a question of its own. */
export function saysUnknown(text: string, { words }: Language): boolean {
  return !isQuestion(text) && saysOnly(text, words.unknown, words.aroundUnknown);
}

/** Whether the message is one of the (folded) words with nothing around it but the others. */
export function saysOnly(text: string, words: readonly string[], around: readonly string[]): boolean {
  const typed = normalise(text);
  if (typed.length > 30) return false;
  const held = words.filter((word) => typed.includes(word));
  if (held.length === 0) return false;
  const fillers = [...around].sort((one, other) => other.length - one.length);
  return held.some((word) => {
    const rest = typed.split(word).map(withoutEnding).join('');
    return fillers.reduce((left, filler) => left.replaceAll(filler, ''), rest) === '';
  });
}
