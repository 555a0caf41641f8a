/**
 * The language that a message is written in, by the words and letters of the city's own texts: 「续费」 has letters that no Japanese text has, and
 * "how much" words. No table of languages: whoever adds one adds its texts.
 */
import type { Language } from './library.ts';

interface Spoken {
  /** The first of those that share letters: 「ja」 of 「ja」 and 「ja-simple」. */
  readonly tag: string;
  readonly family: string;
  readonly vocabulary: ReadonlySet<string>;
  /** Whole ways of asking, and words that are said by themselves. */
  readonly sentences: ReadonlySet<string>;
}

/** So much of the message must be known there, and so much more than in the language spoken so far. */
const knownAtLeast = 0.5;
const moreAtLeast = 0.25;

/** Of what is known so little anywhere, it is none of our languages. */
const strangeAtMost = 0.2;

/** Null: in none of them. Collects the words when it is first asked. */
export function spokenAmong(
  languages: () => Iterable<Language>,
): (text: string, current: string) => string | null | undefined {
  let ready: readonly Spoken[] | undefined;
  return (text, current) => {
    ready ??= families(languages());
    const units = unitsOf(text);
    if (units.length === 0 || ready.length < 2) return undefined;
    const known = ({ vocabulary }: Spoken) => units.filter((unit) => vocabulary.has(unit)).length / units.length;
    const family = familyOf(current);
    const here = ready.find((spoken) => spoken.family === family);
    const others = ready.filter((spoken) => spoken !== here).map((spoken) => ({ ...spoken, known: known(spoken) }));
    const best = others.reduce((one, other) => (other.known > one.known ? other : one));
    const knownHere = here ? known(here) : 0;
    if (units.length > 1 && Math.max(best.known, knownHere) <= strangeAtMost) return null;
    // One word may be a name, or a brand: only one that is asked by itself is of a language.
    const isOne = units.length === 1 && !best.sentences.has(text.normalize('NFKC').toLowerCase().trim());
    if (isOne || (family === japanese && isJapanese(text))) return undefined;
    const isPlain = best.known >= knownAtLeast && best.known - knownHere >= moreAtLeast;
    return isPlain ? best.tag : undefined;
  };
}

function families(languages: Iterable<Language>): Spoken[] {
  return [...Map.groupBy(languages, ({ tag }) => familyOf(tag))].map(([family, members]) => ({
    family,
    tag: members[0]?.tag ?? '',
    // Its kinds are asked in with words of other languages, too.
    sentences: new Set(members[0]?.spoken.map((each) => each.normalize('NFKC').toLowerCase().trim())),
    vocabulary: vocabularyOf(members[0]?.spoken.flatMap(unitsOf) ?? []),
  }));
}

/** Without the letters of other scripts that stand in it by the way: 「カード」 is no English. */
function vocabularyOf(units: readonly string[]): ReadonlySet<string> {
  const counts = Map.groupBy(units, scriptOf);
  const isOwn = (unit: string) => (counts.get(scriptOf(unit))?.length ?? 0) >= ownAtLeast * units.length;
  return new Set(units.filter((unit) => unit.length > 1 || isOwn(unit)));
}

function scriptOf(unit: string): string {
  return scripts.find(([, pattern]) => pattern.test(unit))?.[0] ?? '';
}

const scripts = [
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['han', /\p{Script=Han}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['latin', /\p{Script=Latin}/u],
] as const;

/** So much of what is written in a language is in its own scripts, each. */
const ownAtLeast = 0.1;

const japanese = 'ja';

/** Characters alone, and all of them in the Japanese standard (JIS X 0208): 「配偶者」 is Japanese, whatever else it is; 「续费」 is not. */
function isJapanese(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  kanji ??= readKanji();
  return letters.length > 0 && letters.every((letter) => kanji?.has(letter));
}

let kanji: ReadonlySet<string> | undefined;

/** Every character that Shift_JIS has two bytes for. */
function readKanji(): ReadonlySet<string> {
  const decoder = new TextDecoder('shift_jis');
  const leads = [...range(0x88, 0x9f), ...range(0xe0, 0xea)];
  return new Set(leads.flatMap((lead) => range(0x40, 0xfc).map((trail) => decoder.decode(Uint8Array.of(lead, trail)))));
}

function range(from: number, until: number): number[] {
  return Array.from({ length: until - from + 1 }, (_, index) => from + index);
}

function familyOf(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

/** Latin words of two letters or more, and every other letter: numbers and marks belong to no language. */
function unitsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{Script=Latin}\p{M}']{2,}|(?!\p{Script=Latin})\p{L}/gu) ?? []
  );
}
