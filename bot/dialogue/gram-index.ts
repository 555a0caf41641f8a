/** Grams of the sentences that are known, numbered and weighed: the fewer sentences have one, the more it tells (inverse document frequency). */

export interface GramIndex {
  readonly size: number;
  /** Of each sentence: its grams by number, and their weights; together they have the length 1. */
  readonly sentences: readonly Vector[];
  /** Of any other sentence. Grams that no sentence has are left out; `known`: what part of its weight is not (0–1). */
  vectorOf(grams: ReadonlySet<string>): Vector & { readonly known: number };
  gram(number: number): string;
}

export interface Vector {
  readonly grams: readonly number[];
  readonly weights: readonly number[];
}

export function gramIndex(sentences: readonly ReadonlySet<string>[]): GramIndex {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  for (const grams of sentences) {
    for (const gram of grams) {
      const number = numbers.get(gram) ?? numbers.set(gram, numbers.size).size - 1;
      counts[number] = (counts[number] ?? 0) + 1;
    }
  }
  const weigh = (count: number) => Math.log(1 + sentences.length / count);
  const weights = counts.map(weigh);
  /** A gram that nobody has weighs as if half a sentence had it. */
  const strange = weigh(0.5);

  function vectorOf(grams: ReadonlySet<string>) {
    const found = [...grams].flatMap((gram) => numbers.get(gram) ?? []);
    const raw = found.map((number) => weights[number] ?? 0);
    const squares = raw.reduce((sum, weight) => sum + weight ** 2, 0);
    const length = Math.sqrt(squares) || 1;
    const all = squares + (grams.size - found.length) * strange ** 2;
    return { grams: found, weights: raw.map((weight) => weight / length), known: all === 0 ? 0 : squares / all };
  }

  const names = [...numbers.keys()];
  return { size: numbers.size, sentences: sentences.map(vectorOf), vectorOf, gram: (number) => names[number] ?? '' };
}
