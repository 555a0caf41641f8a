/**
 * Softmax regression: how much each gram speaks for each entry, learnt from all known sentences together, so that what two entries share counts
 * for neither. Plain stochastic gradient descent with chance that repeats: the same texts always give the same answers.
 */
import type { GramIndex } from './gram-index.ts';
import type { Ranker } from './rank.ts';

const rounds = 10;
const firstStep = 3;
const lastStep = 0.6;
/** What is this certain needs no step. */
const settled = 0.001;

/** `entryOf`: the entry of each sentence. Learning takes some 50 ms for a thousand sentences of 30 entries. */
export function regression(index: GramIndex, entryOf: readonly number[], entries: number): Ranker {
  const weights = new Float32Array(index.size * entries);
  const order = [...entryOf.keys()];
  const draw = drawer();
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, draw);
    const step = firstStep + ((lastStep - firstStep) * round) / rounds;
    for (const place of order) learn(place, step);
  }

  function learn(place: number, step: number): void {
    const sentence = index.sentences[place];
    if (!sentence) return;
    const errors = shares(sentence.grams, sentence.weights);
    const own = entryOf[place] ?? 0;
    errors[own] = (errors[own] ?? 0) - 1;
    for (let at = 0; at < sentence.grams.length; at += 1) {
      const base = (sentence.grams[at] ?? 0) * entries;
      const size = (sentence.weights[at] ?? 0) * step;
      for (let entry = 0; entry < entries; entry += 1) {
        const error = errors[entry] ?? 0;
        if (error > settled || error < -settled) weights[base + entry] = (weights[base + entry] ?? 0) - size * error;
      }
    }
  }

  /** The probability of each entry. */
  function shares(grams: readonly number[], gramWeights: readonly number[]): Float32Array {
    const sums = new Float32Array(entries);
    for (let at = 0; at < grams.length; at += 1) {
      const base = (grams[at] ?? 0) * entries;
      const size = gramWeights[at] ?? 0;
      for (let entry = 0; entry < entries; entry += 1)
        sums[entry] = (sums[entry] ?? 0) + (weights[base + entry] ?? 0) * size;
    }
    const highest = Math.max(...sums);
    let all = 0;
    for (let entry = 0; entry < entries; entry += 1) {
      const share = Math.exp((sums[entry] ?? 0) - highest);
      sums[entry] = share;
      all += share;
    }
    return sums.map((share) => share / all);
  }

  return {
    rank(question) {
      const { grams, weights: gramWeights, known } = index.vectorOf(question);
      // Of a sentence that is mostly strange nobody can be sure.
      const trust = Math.min(1, 2 * known);
      const found = shares(grams, gramWeights);
      return [...found.keys()].map((entry) => ({ entry, score: (found[entry] ?? 0) * trust }));
    },
    reasons(question, entry) {
      const { grams, weights: gramWeights } = index.vectorOf(question);
      return grams
        .map((gram, at) => ({
          gram: index.gram(gram),
          weight: (weights[gram * entries + entry] ?? 0) * (gramWeights[at] ?? 0),
        }))
        .sort((one, other) => other.weight - one.weight);
    },
  };
}

/** Numbers from 0 to 1 that look like chance and are always the same (a linear congruential generator). */
function drawer(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}

function shuffle(list: number[], draw: () => number): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const at = Math.floor(draw() * (last + 1));
    const moved = list[last] ?? 0;
    list[last] = list[at] ?? 0;
    list[at] = moved;
  }
}
