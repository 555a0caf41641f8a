/** Free text → one of the choices offered, by number, label or another word for it. */
import { isQuestion, normalise, readChoiceNumber, withoutEnding } from './normalise.ts';

export interface Choosable<T> {
  readonly label: string;
  /** Folded words that mean the choice when they are the whole message. */
  readonly also: readonly string[];
  /** Folded words that mean it anywhere in the message. */
  readonly contains: readonly string[];
  readonly means: T;
}

/** What takes a word back when it stands after it: 「更新したことはない」「代理ちゃう」「本人が行きたいけど無理」. */
const doubt =
  /ない|なく|なかった|無い|なし|ません|まへん|へん|ひん|ちゃう|ちが|違|いら|ずに|たい|っけ|どうか|けど|けれど|無理|むり|だめ|不|没|안|못|아니|없|không|khong|chưa|chua|not|cant|wont|dont|doesnt|didnt/;

/** Longer messages tell a story; a word in them is no answer. */
const longestAnswer = 30;

/** The choice that the text names, or undefined when it names none, or more than one. */
export function choose<T>(text: string, choices: readonly Choosable<T>[]): T | undefined {
  const number = readChoiceNumber(text);
  if (number !== undefined) return choices[number - 1]?.means;
  const typed = normalise(text);
  if (typed === '') return undefined;
  const spellings = [typed, withoutEnding(typed)];
  const named = choices.find(({ label, also }) => [normalise(label), ...also].some((word) => spellings.includes(word)));
  if (named) return named.means;
  return isQuestion(text) || typed.length > longestAnswer ? undefined : containedIn(typed, choices);
}

/** The longest word wins (「更新したことない」 is not 「更新した」); a word that is denied or doubted after it means nothing. */
function containedIn<T>(typed: string, choices: readonly Choosable<T>[]): T | undefined {
  const found = choices
    .flatMap((choice) => choice.contains.map((word) => ({ choice, word })))
    .filter(({ word }) => typed.includes(word))
    .sort((one, other) => other.word.length - one.word.length);
  const [best] = found;
  if (!best) return undefined;
  const rest = typed.slice(typed.indexOf(best.word) + best.word.length);
  if (doubt.test(rest)) return undefined;
  const isTie = found.some(({ choice, word }) => choice !== best.choice && word.length === best.word.length);
  return isTie ? undefined : best.choice.means;
}
