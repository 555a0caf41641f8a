/**
 * For collections of many entries with few sentences each: every sentence votes for its entry with the third power of its likeness (cosine) to the
 * question, so that the nearest count most, and many that are near count more than one. Nothing to learn.
 */
import type { GramIndex } from './gram-index.ts';
import type { Ranker } from './rank.ts';

const power = 3;
/** Among so many the votes are shared out: a thousand entries that are a little alike make the best one no less sure. */
const rivals = 5;

export function likeness(index: GramIndex, entryOf: readonly number[], entries: number): Ranker {
  /** Of each gram, the sentences that have it, with its weight there: plain lists side by side, for they are long and read at every question. */
  const places = Array.from({ length: index.size }, (): number[] => []);
  const weightsAt = Array.from({ length: index.size }, (): number[] => []);
  for (const [place, { grams, weights }] of index.sentences.entries()) {
    for (const [at, gram] of grams.entries()) {
      places[gram]?.push(place);
      weightsAt[gram]?.push(weights[at] ?? 0);
    }
  }

  function likenessTo(question: ReadonlySet<string>): Float64Array {
    const { grams, weights, known } = index.vectorOf(question);
    const alike = new Float64Array(entryOf.length);
    for (const [at, gram] of grams.entries()) {
      const size = (weights[at] ?? 0) * Math.sqrt(known);
      const [having, heavy] = [places[gram] ?? [], weightsAt[gram] ?? []];
      for (let each = 0; each < having.length; each += 1) {
        const place = having[each] ?? 0;
        alike[place] = (alike[place] ?? 0) + size * (heavy[each] ?? 0);
      }
    }
    return alike;
  }

  return {
    rank(question) {
      const alike = likenessTo(question);
      const votes = new Float64Array(entries);
      const nearest = new Float64Array(entries);
      for (let place = 0; place < alike.length; place += 1) {
        const near = alike[place] ?? 0;
        if (near === 0) continue;
        const entry = entryOf[place] ?? 0;
        votes[entry] = (votes[entry] ?? 0) + near ** power;
        if (near > (nearest[entry] ?? 0)) nearest[entry] = near;
      }
      const best = [...votes.keys()].sort((one, other) => (votes[other] ?? 0) - (votes[one] ?? 0)).slice(0, rivals);
      const all = best.reduce((sum, entry) => sum + (votes[entry] ?? 0), 0) || 1;
      return best
        .filter((entry) => (votes[entry] ?? 0) > 0)
        .map((entry) => ({ entry, score: ((votes[entry] ?? 0) / all) * Math.min(1, 2 * (nearest[entry] ?? 0)) }));
    },
    reasons(question, entry) {
      const { grams, weights } = index.vectorOf(question);
      return grams
        .map((gram, at) => {
          const own = (weightsAt[gram] ?? []).filter((_, each) => entryOf[places[gram]?.[each] ?? -1] === entry);
          return { gram: index.gram(gram), weight: (weights[at] ?? 0) * Math.max(0, ...own) };
        })
        .sort((one, other) => other.weight - one.weight);
    },
  };
}
