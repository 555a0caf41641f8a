/**
 * What a resident asked, without the resident. Only words stay that the city's own texts use: of everything else a 「…」 stays. And of
 * those words none that stands where a name does: a name may be an ordinary word.
 */
import type { Language } from './library.ts';

const words = new Intl.Segmenter('ja', { granularity: 'word' });
/** Questions are short; what is longer tells a story. */
const longest = 80;
/** Marks, endings, and short words of other languages: with nothing else there is no question. */
const tellsNothing = /^(?:[\p{P}\s]*|[ぁ-ん]{1,3}|\p{Script=Latin}{1,3})$/u;
/** Behind a name. */
const honorific = /^(?:さん|様|さま|ちゃん|くん|君|氏|殿)$/;
/** Single characters that are nobody's name. */
const plain = new Set('何私僕母父妻夫子孫娘兄姉弟妹嫁親顔紙今年月日時分人円枚回度家駅');
/** 「わたしは…です」「…と申します」 */
const introduction =
  /(?:名前は|(?:私|わたし|ぼく|僕|うち)は)\s*([^\s、。]+?)(?=です|だ|や|と(?:申|い|言))|(^|[\s、。])([^\s、。]+?)(?=と申し|といいます|と言います)/gu;

/** Undefined: nothing is left that anybody could answer. */
export function redact(text: string, language: Language): string | undefined {
  if (text.length > longest) return undefined;
  const known = vocabularyOf(language);
  const nameless = text
    .normalize('NFKC')
    .replaceAll(introduction, (found, one, _, other) => found.replace(one ?? other, '…'));
  const parts = [...words.segment(nameless)];
  const shown = parts.map(({ segment, isWordLike }, index) => {
    if (/\p{N}/u.test(segment)) return '…';
    if (!isWordLike) return /^[\s\p{P}]+$/u.test(segment) ? segment : '…';
    const isName = honorific.test(parts[index + 1]?.segment ?? '') || isSurname(segment, parts[index - 1]?.segment);
    return known.has(segment.toLowerCase()) && !isName ? segment : '…';
  });
  const telling = shown.filter((each) => each.length > 1 && !tellsNothing.test(each));
  const kept = shown
    .join('')
    .replaceAll(/…(?:[\s…]*…)+/g, '…')
    .trim();
  return telling.length > 0 ? kept : undefined;
}

/** A single character, or a short word in kana, at the beginning or behind 「の」: 「中の…」「母のえりの…」. */
function isSurname(segment: string, before = ''): boolean {
  if (/^\p{Script=Han}$/u.test(segment)) return !plain.has(segment);
  return /^(?:[ぁ-ん]{2,3}|[ァ-ヶー]{2,4})$/.test(segment) && /^[のはと\s、。]?$/u.test(before) && !kana.has(segment);
}

/** Short words in kana that begin a question or stand behind a particle. */
const kana = new Set([
  'いつ',
  'どこ',
  'なに',
  'なん',
  'どう',
  'です',
  'ます',
  'まで',
  'から',
  'ため',
  'もう',
  'また',
  'とき',
  'こと',
  'もの',
  'だけ',
  'コンビニ',
  'スマホ',
  'カード',
  'ネット',
  'マイナ',
  'パソコン',
]);

/** Every word of the texts, and those that two ways of asking have: what residents call things by, and no detail of a single story. */
function vocabularyOf(language: Language): ReadonlySet<string> {
  const ready = vocabularies.get(language);
  if (ready) return ready;
  const asks = [...language.faq.values()].flatMap((entry) => entry.asks);
  const texts = [...language.texts.values()]
    .flat()
    .flatMap(({ text = [] }) => text.filter((part) => typeof part === 'string'));
  const wordsOf = (sentences: readonly string[]) =>
    sentences.flatMap((sentence) => [...new Set(segments(sentence).map((word) => word.toLowerCase()))]);
  const common = [...Map.groupBy(wordsOf(asks), (word) => word)].flatMap(([word, { length }]) =>
    length > 1 ? [word] : [],
  );
  const all = new Set([...common, ...wordsOf(texts)]);
  vocabularies.set(language, all);
  return all;
}

const vocabularies = new WeakMap<Language, ReadonlySet<string>>();

function segments(text: string): string[] {
  return [...words.segment(text.normalize('NFKC'))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}
