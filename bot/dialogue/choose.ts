/** Free text → one of the choices offered, by number, label or another word for it. */
import { isQuestion, normalise, readChoiceNumber } from './normalise.ts';

export interface Choosable<T> {
  readonly label: string;
  readonly also: readonly string[];
  readonly means: T;
}

/** The choice that the text names, or undefined when it names none, or more than one. */
export function choose<T>(text: string, choices: readonly Choosable<T>[]): T | undefined {
  const number = readChoiceNumber(text);
  if (number !== undefined) return choices[number - 1]?.means;
  const typed = normalise(text);
  if (typed === '') return undefined;
  const same = choices.find((choice) => [choice.label, ...choice.also].some((word) => normalise(word) === typed));
  if (same) return same.means;
  if (isQuestion(text) || typed.length > 30) return undefined;
  const [only, another] = choices.filter((choice) => choice.also.some((word) => typed.includes(normalise(word))));
  return another ? undefined : only?.means;
}
