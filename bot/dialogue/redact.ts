/**
 * What a resident asked, without the resident. Only words stay that the city's own texts use, and verbs and the like (characters with an
 * ending, as in 「使い」): a name is neither. Of everything else a 「…」 stays.
 */
import type { Language } from './library.ts';

const words = new Intl.Segmenter('ja', { granularity: 'word' });
/** Questions are short; what is longer tells a story. */
const longest = 80;
/** A particle or an ending of a verb: shorter than any name worth hiding. */
const ending = /^[ぁ-ん]{1,2}$/;
const withEnding = /^\p{Script=Han}{1,2}[ぁ-ん]{1,3}$/u;

/** Undefined: nothing is left that anybody could answer. */
export function redact(text: string, language: Language): string | undefined {
  if (text.length > longest) return undefined;
  const known = vocabularyOf(language);
  const parts = [...words.segment(text.normalize('NFKC'))].map(({ segment, isWordLike }) => {
    if (/\p{N}/u.test(segment)) return { shown: '…', isKnown: false };
    if (!isWordLike) return { shown: /^[\s\p{P}]+$/u.test(segment) ? segment : '…', isKnown: false };
    const isKnown = known.has(segment.toLowerCase());
    return { shown: isKnown || ending.test(segment) || withEnding.test(segment) ? segment : '…', isKnown };
  });
  const telling = parts.filter(({ shown, isKnown }) => isKnown && !ending.test(shown)).length;
  const kept = parts
    .map(({ shown }) => shown)
    .join('')
    .replaceAll(/…(?:[\s…]*…)+/g, '…')
    .trim();
  return telling > 0 ? kept : undefined;
}

/** Every word of the FAQ and of the texts. What residents call things by is among the ways of asking. */
function vocabularyOf(language: Language): ReadonlySet<string> {
  const ready = vocabularies.get(language);
  if (ready) return ready;
  const asks = [...language.faq.values()].flatMap((entry) => entry.asks);
  const texts = [...language.texts.values()]
    .flat()
    .flatMap(({ text = [] }) => text.filter((part) => typeof part === 'string'));
  const all = new Set([...asks, ...texts].flatMap(segments).map((word) => word.toLowerCase()));
  vocabularies.set(language, all);
  return all;
}

const vocabularies = new WeakMap<Language, ReadonlySet<string>>();

function segments(text: string): string[] {
  return [...words.segment(text.normalize('NFKC'))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}
