/**
 * Question → FAQ entry, by the characters they share. Pure and explainable: every way of asking is a set of one- and
 * two-character grams, each weighing more the fewer entries know it.
 */
import { normalise } from './normalise.ts';

export interface FaqMatcher {
  match(question: string): FaqMatch;
}

/** The best entry and how sure it is (0–1); no entry below the threshold, nor for a question that belongs to another counter. */
export interface FaqMatch {
  readonly faq: string | null;
  readonly isElsewhere: boolean;
  readonly score: number;
}

interface Phrase {
  readonly id: string;
  readonly grams: ReadonlySet<string>;
  readonly weight: number;
}

/** Below this a question is not taken for one of the entries: a wrong answer is worse than asking back. */
const threshold = 0.5;

/** No entry's id can be empty. */
const elsewhereId = '';

/** A gram no entry knows says little about which entry is meant. */
const unknownGramWeight = 0.4;

/** Questions for other counters: ways of asking, matched like an entry's, and words that decide by themselves. */
export interface Elsewhere {
  readonly asks: readonly string[];
  readonly words: readonly string[];
}

export function faqMatcher(
  entries: Iterable<{ readonly id: string; readonly asks: readonly string[] }>,
  elsewhere: Elsewhere = { asks: [], words: [] },
): FaqMatcher {
  const asked = [...entries, { id: elsewhereId, asks: elsewhere.asks }].flatMap(({ id, asks }) =>
    asks.map((ask) => ({ id, grams: gramsOf(normalise(ask)) })),
  );
  const weights = gramWeights(asked);
  const weigh = (grams: Iterable<string>) => sum([...grams].map((gram) => weights.get(gram) ?? unknownGramWeight));
  const phrases: readonly Phrase[] = asked.map((phrase) => ({ ...phrase, weight: weigh(phrase.grams) }));
  const knowing = phrasesByGram(phrases);
  const elsewhereWords = elsewhere.words.map(normalise);

  return {
    match(question) {
      const typed = normalise(question);
      if (elsewhereWords.some((word) => typed.includes(word))) return { faq: null, isElsewhere: true, score: 1 };
      const grams = gramsOf(typed);
      const whole = weigh(grams);
      const shared = new Float64Array(phrases.length);
      for (const gram of grams) {
        const weight = weights.get(gram) ?? 0;
        for (const phrase of knowing.get(gram) ?? []) shared[phrase] = (shared[phrase] ?? 0) + weight;
      }
      let best = { faq: null as string | null, score: 0 };
      for (let index = 0; index < phrases.length; index += 1) {
        const phrase = phrases[index];
        if (!phrase) continue;
        const score = (2 * (shared[index] ?? 0)) / (whole + phrase.weight);
        if (score > best.score) best = { faq: phrase.id, score };
      }
      const isSure = best.score >= threshold;
      const isElsewhere = isSure && best.faq === elsewhereId;
      return { faq: isSure && !isElsewhere ? best.faq : null, isElsewhere, score: best.score };
    },
  };
}

function gramsOf(normalised: string): ReadonlySet<string> {
  const characters = [...normalised];
  return new Set(characters.flatMap((character, index) => [character, character + (characters[index + 1] ?? '')]));
}

/** Inverse document frequency over entries; a single character counts less than a pair. */
function gramWeights(
  phrases: readonly { readonly id: string; readonly grams: ReadonlySet<string> }[],
): Map<string, number> {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, grams } of phrases) {
    for (const gram of grams) idsOf.set(gram, (idsOf.get(gram) ?? new Set()).add(id));
  }
  const entries = new Set(phrases.map((phrase) => phrase.id)).size;
  return new Map(
    [...idsOf].map(([gram, ids]) => [gram, Math.log(1 + entries / ids.size) * ([...gram].length > 1 ? 1 : 0.3)]),
  );
}

/** Gram → the places of the phrases that have it. */
function phrasesByGram(phrases: readonly Phrase[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { grams }] of phrases.entries()) {
    for (const gram of grams) {
      const known = places.get(gram);
      if (known) known.push(place);
      else places.set(gram, [place]);
    }
  }
  return places;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
