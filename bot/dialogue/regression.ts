/**
 * Softmax regression: how much each gram speaks for each entry, learnt from all known sentences together, so that what two entries share counts
 * for neither. Plain stochastic gradient descent with chance that repeats: the same texts always give the same answers.
 */
import type { GramIndex, Vector } from './gram-index.ts';
import type { Ranker } from './rank.ts';

const rounds = 10;
const firstStep = 3;
const lastStep = 0.6;
/** A sentence that is this sure of its entry is passed over for some rounds: most of them are, soon. */
const known = 0.98;
const restRounds = 2;

/** `entryOf`: the entry of each sentence. Learning takes some 100 ms for two thousand sentences of 30 entries. */
export function regression(index: GramIndex, entryOf: readonly number[], entries: number): Ranker {
  const weights = new Float32Array(index.size * entries);
  const shares = new Float32Array(entries);
  const restsUntil = new Uint8Array(entryOf.length);
  const order = [...entryOf.keys()];
  const draw = drawer();
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, draw);
    const step = firstStep + ((lastStep - firstStep) * round) / rounds;
    for (const place of order) {
      const sentence = index.sentences[place];
      if (!sentence || (restsUntil[place] ?? 0) > round) continue;
      if (learn(sentence, entryOf[place] ?? 0, step) > known) restsUntil[place] = round + 1 + restRounds;
    }
  }

  /** Goes a step against the error; how sure the sentence was of its entry before. */
  function learn(sentence: Vector, own: number, step: number): number {
    spread(sentence);
    const before = shares[own] ?? 0;
    shares[own] = before - 1;
    const { grams, weights: sizes } = sentence;
    for (let at = 0; at < grams.length; at += 1) {
      const base = (grams[at] ?? 0) * entries;
      const size = (sizes[at] ?? 0) * step;
      for (let entry = 0; entry < entries; entry += 1)
        weights[base + entry] = (weights[base + entry] ?? 0) - size * (shares[entry] ?? 0);
    }
    return before;
  }

  /** Into `shares`: the probability of each entry. */
  function spread({ grams, weights: sizes }: Vector): void {
    shares.fill(0);
    for (let at = 0; at < grams.length; at += 1) {
      const base = (grams[at] ?? 0) * entries;
      const size = sizes[at] ?? 0;
      for (let entry = 0; entry < entries; entry += 1)
        shares[entry] = (shares[entry] ?? 0) + (weights[base + entry] ?? 0) * size;
    }
    let highest = Number.NEGATIVE_INFINITY;
    for (let entry = 0; entry < entries; entry += 1) highest = Math.max(highest, shares[entry] ?? 0);
    let all = 0;
    for (let entry = 0; entry < entries; entry += 1) {
      const share = Math.exp((shares[entry] ?? 0) - highest);
      shares[entry] = share;
      all += share;
    }
    for (let entry = 0; entry < entries; entry += 1) shares[entry] = (shares[entry] ?? 0) / all;
  }

  return {
    rank(question) {
      const vector = index.vectorOf(question);
      // Of a sentence that is mostly strange nobody can be sure.
      const trust = Math.min(1, 2 * vector.known);
      spread(vector);
      return Array.from(shares, (share, entry) => ({ entry, score: share * trust }));
    },
    reasons(question, entry) {
      const { grams, weights: sizes } = index.vectorOf(question);
      return grams
        .map((gram, at) => ({
          gram: index.gram(gram),
          weight: (weights[gram * entries + entry] ?? 0) * (sizes[at] ?? 0),
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
