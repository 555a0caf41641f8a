/** Sentences of entries → how well each entry fits a question. */
import { gramIndex } from './gram-index.ts';
import { likeness } from './likeness.ts';
import { regression } from './regression.ts';

export interface Ranker {
  /** Each entry that fits at all, in no order. Scores are between 0 and 1, together at most 1. */
  rank(question: ReadonlySet<string>): Ranked[];
  /** What in the question speaks for the entry, the most telling first. */
  reasons(question: ReadonlySet<string>, entry: number): Reason[];
}

export interface Ranked {
  readonly entry: number;
  readonly score: number;
}

export interface Reason {
  readonly gram: string;
  readonly weight: number;
}

/** Beyond it, learning would hold up the start: it takes as long as sentences times entries (docs/faq-quality.md). */
const mostToLearn = 250_000;

/** `entries`: the sentences of each. It learns when it is first asked: most libraries that are loaded are only looked at. */
export function rankerOf(
  entries: readonly (readonly string[])[],
  gramsIn: (sentence: string) => ReadonlySet<string>,
): Ranker {
  const sentences = entries.flat();
  const entryOf = entries.flatMap((own, entry) => own.map(() => entry));
  const isSmall = sentences.length * entries.length <= mostToLearn;
  let ready: Ranker | undefined;
  const get = () => {
    ready ??= (isSmall ? regression : likeness)(gramIndex(sentences.map(gramsIn)), entryOf, entries.length);
    return ready;
  };
  return { rank: (question) => get().rank(question), reasons: (question, entry) => get().reasons(question, entry) };
}
