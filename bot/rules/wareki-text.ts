/**
 * The many spellings of one date → one: 「㍼五十五年３月３日（月）生まれ」 becomes 's55.3.3生まれ'.
 * Era letters m t s h r, digits, dots; words around the date stay, in hiragana where they were katakana.
 */
import { withForeignDates } from './foreign-dates.ts';

/** Katakana → hiragana, letter by letter (the long mark ー stays). */
export function toHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** The whole message in the one spelling that `readDate` reads. Linear in the length of the text. */
export function normaliseDateText(text: string): string {
  const folded = toHiragana(text.normalize('NFKC').toLowerCase()).replace(/\s+/g, ' ').trim();
  const numbered = spellings.reduce((current, [pattern, by]) => current.replace(pattern, by), withForeignDates(folded));
  return separators.reduce((current, [pattern, by]) => current.replace(pattern, by), withArabicNumerals(numbered));
}

export type Replacement = readonly [pattern: RegExp, by: string];

const kanjiDigits = '〇○◯零一二三四五六七八九十百千';
const eraFollows = `(?=[ .]?[\\d元${kanjiDigits}])`;

const spellings: readonly Replacement[] = [
  [/([\d〇○◯零一二三四五六七八九]) ?[ー―‐‑–—−ｰ] ?(?=[\d〇○◯零一二三四五六七八九])/g, '$1-'],
  [/\([月火水木金土日祝](?:曜日?)?\)|[月火水木金土日]曜日?/g, ''],
  [/めいじ/g, '明治'],
  [/たいしょう/g, '大正'],
  [/しょうわ/g, '昭和'],
  [/へいせい/g, '平成'],
  [/れいわ/g, '令和'],
  [new RegExp(`明治?${eraFollows}`, 'g'), 'm'],
  [new RegExp(`大正?${eraFollows}`, 'g'), 't'],
  [new RegExp(`昭和?${eraFollows}`, 'g'), 's'],
  [new RegExp(`平成?${eraFollows}`, 'g'), 'h'],
  [new RegExp(`令和?${eraFollows}`, 'g'), 'r'],
  [/(?<![a-z])([mtshr])[. ](?=[\d元])/g, '$1'],
  [/([mtshr])(?:元|がん(?=ねん|年))/g, '$11'],
  [new RegExp(`([\\d${kanjiDigits}])ねん`, 'g'), '$1年'],
  [new RegExp(`([\\d${kanjiDigits}])がつ`, 'g'), '$1月'],
  [new RegExp(`([\\d${kanjiDigits}])(?:にち|か(?![月げ]))`, 'g'), '$1日'],
  [/月(?:ついたち|朔日)/g, '月1日'],
  [/月ふつか/g, '月2日'],
  [/月みっか/g, '月3日'],
  [/月よっか/g, '月4日'],
  [/月いつか/g, '月5日'],
  [/月むいか/g, '月6日'],
  [/月なのか/g, '月7日'],
  [/月ようか/g, '月8日'],
  [/月ここのか/g, '月9日'],
  [/月とおか/g, '月10日'],
  [/月はつか/g, '月20日'],
];

const separators: readonly Replacement[] = [
  // The same year in the other calendar: 「1980年(昭和55年)3月」「令和8(2026)年」.
  [/\((?:西暦)?[mtshr]?\d{1,4}年?\)/g, ''],
  [/西暦(?=\d)/g, ''],
  [/(?<=\d)日/g, ''],
  [/(?<=\d) ?[年月./\-・,、]の? ?(?=\d)/g, '.'],
  [/(?<=\d) (?=\d)/g, '.'],
  [/(?<=\d)[年月]/g, '.'],
];

const digitOf: Readonly<Record<string, number>> = {
  〇: 0,
  '○': 0,
  '◯': 0,
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  百: 100,
  千: 1000,
};

/** Kanji numerals next to a unit or an era, or at the end: positional (一九八〇) and multiplicative (五十五). One pass, so linear. */
export function withArabicNumerals(text: string): string {
  return text.replace(/[〇○◯零一二三四五六七八九十百千]+/g, (numeral, at: number) => {
    const [before, after] = [text[at - 1] ?? '', text[at + numeral.length] ?? ''];
    if (!/[mtshr]/.test(before) && !/^[年月日週時か./\-・)]?$/.test(after)) return numeral;
    return /[十百千]/.test(numeral) ? multiplied(numeral) : positional(numeral);
  });
}

function positional(numeral: string): string {
  return [...numeral].map((digit) => digitOf[digit]).join('');
}

function multiplied(numeral: string): string {
  let total = 0;
  let pending = 0;
  for (const character of numeral) {
    const value = digitOf[character] ?? 0;
    if (value < 10) {
      pending = pending * 10 + value;
    } else {
      total += (pending || 1) * value;
      pending = 0;
    }
  }
  return String(total + pending);
}
