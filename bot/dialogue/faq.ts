/** Question → what it is about: an entry of the FAQ, some to choose from, another counter's business, or nothing that is known. Pure and explainable. */
import { anyOf, type Fold, gramsOf } from './grams.ts';
import { type Reason, rankerOf } from './rank.ts';

export interface FaqMatcher {
  match(question: string): FaqMatch;
  explain(question: string): FaqExplanation;
}

export interface FaqMatch {
  /** The entry that is meant; null when that is not sure. */
  readonly faq: string | null;
  /** The entries that may be meant, the likeliest first, when none is sure; else empty. */
  readonly choices: readonly string[];
  /** A question for another counter, or for nobody here. */
  readonly isElsewhere: boolean;
  /** How sure (0–1). */
  readonly score: number;
}

export interface FaqExplanation {
  /** The question as it is compared: one word for each meaning. */
  readonly read: string;
  /** A word that by itself says that another counter is asked. */
  readonly elsewhereWord: string | undefined;
  /** The likeliest first. `id`: null is elsewhere. */
  readonly candidates: readonly {
    readonly id: string | null;
    readonly score: number;
    readonly reasons: readonly Reason[];
  }[];
}

/** What a matcher learns from. */
export interface Taught {
  /** Entries with their ways of asking and the sentences of their answers: what stands only in an answer is asked about, too. */
  readonly entries: Iterable<{ readonly id: string; readonly sentences: readonly string[] }>;
  /** Questions for other counters, and words that decide by themselves. */
  readonly elsewhere: { readonly asks: readonly string[]; readonly words: readonly string[] };
  readonly fold: Fold;
  /** From which score on an entry is answered, or offered. */
  readonly sure: number;
  readonly maybe: number;
}

/** More to choose from is no help. */
const mostChoices = 4;
/** What is offered beside the likeliest has at least this much for it. */
const leastChoice = 0.01;

export function faqMatcher({ entries, elsewhere, fold, sure, maybe }: Taught): FaqMatcher {
  const known = [{ id: null, sentences: [...elsewhere.asks, ...elsewhere.words] }, ...entries];
  const ranker = rankerOf(
    known.map(({ sentences }) => sentences),
    (sentence) => gramsOf(fold(sentence)),
  );
  let patterns: readonly (readonly [word: string, pattern: RegExp])[] | undefined;
  const elsewhereWordIn = (read: string) => {
    patterns ??= elsewhere.words.map((word) => [word, anyOf([fold(word)])]);
    return patterns.find(([, pattern]) => pattern.test(read))?.[0];
  };
  const candidatesFor = (read: string) =>
    ranker
      .rank(gramsOf(read))
      .sort((one, other) => other.score - one.score)
      .map(({ entry, score }) => ({ id: known[entry]?.id ?? null, entry, score }));

  return {
    match(question) {
      const read = fold(question);
      if (elsewhereWordIn(read) !== undefined) return { faq: null, choices: [], isElsewhere: true, score: 1 };
      const candidates = candidatesFor(read);
      const [best] = candidates;
      const score = best?.score ?? 0;
      if (!best || score < maybe) return { faq: null, choices: [], isElsewhere: false, score };
      const isSure = score >= sure;
      if (isSure && best.id !== null) return { faq: best.id, choices: [], isElsewhere: false, score };
      const ours = candidates.filter(({ id }) => id !== null);
      // Asking back once too often is better than sending somebody away who is right here.
      if (best.id === null && (isSure || (ours[0]?.score ?? 0) < maybe))
        return { faq: null, choices: [], isElsewhere: true, score };
      const likely = ours.filter((each, index) => index === 0 || each.score >= leastChoice);
      const choices = likely.slice(0, mostChoices).flatMap(({ id }) => id ?? []);
      return { faq: null, choices, isElsewhere: false, score: ours[0]?.score ?? 0 };
    },
    explain(question) {
      const read = fold(question);
      const grams = gramsOf(read);
      return {
        read,
        elsewhereWord: elsewhereWordIn(read),
        candidates: candidatesFor(read).map(({ id, entry, score }) => ({
          id,
          score,
          reasons: ranker.reasons(grams, entry),
        })),
      };
    },
  };
}
