/**
 * A sentence → what it is compared by: characters and pairs of neighbours; of Latin words (English, Vietnamese) the words, pairs of them, and
 * three letters at a time, so that a typo spoils a few grams and not the sentence.
 */
import { toHiragana } from '../rules/wareki-text.ts';

/** Sentence → the same sentence with one word for each meaning, marks and spaces folded away but for the ends of Latin words. */
export type Fold = (text: string) => string;

/** `groups`: words that mean the same; each is read as the first of its group. Longer words go first. */
export function foldWith(groups: readonly (readonly string[])[]): Fold {
  const meant = new Map<string, string>();
  for (const [first = '', ...others] of groups) {
    for (const other of others.map(spelt)) if (!meant.has(other)) meant.set(other, spelt(first));
  }
  const words = [...meant.keys()].filter((word) => word !== '').sort((one, other) => other.length - one.length);
  if (words.length === 0) return spelt;
  let pattern: RegExp | undefined;
  return (text) => {
    pattern ??= anyOf(words, 'gu');
    return spelt(text).replace(pattern, (word) => meant.get(word) ?? word);
  };
}

/** Every gram once. */
export function gramsOf(folded: string): ReadonlySet<string> {
  const units = unitsOf(folded);
  const grams = new Set<string>();
  let before = edge;
  for (const unit of units) {
    grams.add(unit).add(`${before} ${unit}`);
    if (unit.length > 1) for (const letters of lettersOf(unit)) grams.add(letters);
    before = unit;
  }
  if (units.length > 0) grams.add(`${before} ${edge}`);
  return grams;
}

/** The beginning and the end count as neighbours: a message of one word is mostly that. */
const edge = '^';

/** Latin words and numbers as they are, everything else character by character; marks are nothing. */
function unitsOf(folded: string): readonly string[] {
  return folded.match(/[\p{Script=Latin}\p{M}\p{N}]+|\p{L}\p{M}*/gu) ?? [];
}

function lettersOf(word: string): string[] {
  const marked = `<${word}>`;
  return word.length < 4 ? [] : Array.from({ length: marked.length - 2 }, (_, at) => marked.slice(at, at + 3));
}

function spelt(text: string): string {
  return toHiragana(text.normalize('NFKC').toLowerCase());
}

/** Any of the words: Latin ones only whole; what stands around them is looked at once for all, not once for each. */
export function anyOf(words: readonly string[], flags = 'u'): RegExp {
  const isLatin = (word: string) => /^\p{Script=Latin}/u.test(word);
  const latin = words.filter(isLatin).map(escaped).join('|');
  const others = words
    .filter((word) => !isLatin(word))
    .map(escaped)
    .join('|');
  const whole = String.raw`(?<!\p{Script=Latin})(?:${latin})(?!\p{Script=Latin})`;
  return new RegExp([latin === '' ? '' : whole, others].filter((part) => part !== '').join('|'), flags);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
