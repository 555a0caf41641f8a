/** Our city's name in ways of asking and in notes, in every writing, becomes the new one's. */
import { valueAt } from '../../edit/splice.ts';
import type { Texts } from '../../load/texts.ts';
import type { Answers } from './questions.ts';

/** 市, し and the like: names are also said without. */
const suffix = /(?:市|区|町|村|し|く|まち|ちょう|むら|そん)$/;

export function renaming(base: Texts, { name, reading, latin }: Answers): (text: string) => string {
  const city = (file: string, path: readonly string[]) => String(valueAt(base[file] ?? '', path) ?? '');
  const office = 'content/office.yaml';
  const called = Object.keys(base)
    .filter((file) => /^content\/[^/]+\/office-words\.yaml$/.test(file))
    .map((file) => city(file, ['city']));
  const ours = {
    whole: city(office, ['facts', 'city']),
    kanji: city(office, ['facts', 'city']).replace(suffix, ''),
    latin: city(office, ['facts', 'cityInEnglish']).split(' ')[0] ?? '',
    kana: called.flatMap((each) => /（([ぁ-ん]+)）/.exec(each)?.[1] ?? [])[0]?.replace(suffix, '') ?? '',
  };
  // In letters of their own (한글) it ends with one for 市; nobody was asked how the new one is written in them.
  const others = called.flatMap(
    (each) => each.match(/[^\P{L}\p{sc=Latn}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}]{3,}/gu) ?? [],
  );
  const pairs: readonly (readonly [string, string])[] = [
    [ours.whole, name],
    [ours.kanji, name.replace(suffix, '')],
    [ours.kana, reading.replace(suffix, '')],
    [ours.latin, latin],
    [ours.latin.toLowerCase(), latin.toLowerCase()],
    ...others.map((each) => [each.slice(0, -1), latin] as const),
  ];
  const own = officeOf(name.slice(-1));
  return (text) => own(pairs.reduce((so, [old, becomes]) => (old === '' ? so : so.replaceAll(old, becomes)), text));
}

/** A town's office is called by other words than a city's. */
function officeOf(kind: string): (text: string) => string {
  const hall = { 町: '町役場', 村: '村役場', 区: '区役所' }[kind];
  if (hall === undefined) return (text) => text;
  return (text) =>
    text.replaceAll('市役所', hall).replace(/(?<!\p{sc=Hani})市(?=内|の(?:ページ|ホームページ|職員|人))/gu, kind);
}
