/** What a message asks: it may hold more than one question, and a story around them. */
import type { Language } from './library.ts';
import { normalise } from './normalise.ts';

export interface Asked {
  /** The entries that are surely meant, in the order in which they are asked. */
  readonly faqs: readonly string[];
  /** Those that may be, when none is sure. */
  readonly choices: readonly string[];
  readonly isElsewhere: boolean;
  /** How sure (0–1). */
  readonly score: number;
}

/** Two answers fit on a screen. */
const mostAnswers = 2;
/** Shorter pieces are no questions. */
const shortestPart = 3;

export function askedIn(text: string, { matcher, words }: Pick<Language, 'matcher' | 'words'>): Asked {
  if (!/\p{L}/u.test(text)) return { faqs: [], choices: [], isElsewhere: false, score: 0 };
  const whole = matcher.match(text);
  const parts = partsOf(text, words.between);
  const inParts = parts.length < 2 ? [] : parts.map((part) => matcher.match(part));
  const sure = inParts.filter(({ faq }) => faq !== null).map(({ faq, score }) => ({ faq: faq as string, score }));
  const several = [...new Set(sure.map(({ faq }) => faq))];
  const { choices, isElsewhere, score } = whole;
  // Two clear questions together can look like neither.
  const isAllClear = sure.length === parts.length;
  if (several.length > 1 && (!isElsewhere || isAllClear))
    return sureOf(several.slice(0, mostAnswers), Math.min(...sure.map((each) => each.score)));
  if (whole.faq !== null) return sureOf([whole.faq], score);
  // A clear question in a long story: the rest of the story is no question of ours, or no question at all.
  const [only] = sure;
  return only && !isElsewhere ? sureOf([only.faq], only.score) : { faqs: [], choices, isElsewhere, score };
}

function sureOf(faqs: readonly string[], score: number): Asked {
  return { faqs, choices: [], isElsewhere: false, score };
}

/** Sentence by sentence, and at words like 「あと」 that stand between two questions. */
function partsOf(text: string, between: readonly string[]): string[] {
  return text
    .split(/[。．?？!！\n]+|\.(?=\s)/)
    .flatMap((sentence) => between.reduce((parts, word) => parts.flatMap((part) => part.split(word)), [sentence]))
    .filter((part) => normalise(part).length >= shortestPart);
}
