/**
 * Dates as English, Chinese, Korean and Vietnamese write them → the spelling with dots that `readDate` reads: "March 3rd, 1980",
 * 「1980년 3월 3일」, "ngày 3 tháng 3 năm 1980" become "1980.3.3". Lower case comes in.
 */
import type { Replacement } from './wareki-text.ts';

const months = [
  'jan(?:uary)?',
  'feb(?:ruary)?',
  'mar(?:ch)?',
  'apr(?:il)?',
  'may',
  'june?',
  'july?',
  'aug(?:ust)?',
  'sept?(?:ember)?',
  'oct(?:ober)?',
  'nov(?:ember)?',
  'dec(?:ember)?',
];

const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?(?!\d)`;
const year = String.raw`(\d{4})(?!\d)`;
const gap = String.raw`(?:\s*,\s*|\s+|\.\s*)`;

const english = months.flatMap((name, index): Replacement[] => {
  const month = `(?<![a-z])${name}(?![a-z])`;
  return [
    [new RegExp(`${month}${gap}${day}${gap}${year}`, 'g'), `$2.${index + 1}.$1`],
    [new RegExp(`(?<!\\d)${day}(?:\\s+of)?\\s+${month}${gap}${year}`, 'g'), `$2.${index + 1}.$1`],
    [new RegExp(`${year}${gap}${month}${gap}${day}`, 'g'), `$1.${index + 1}.$2`],
    [new RegExp(`${month}${gap}${day}`, 'g'), `${index + 1}.$1`],
    [new RegExp(`(?<!\\d)${day}(?:\\s+of)?\\s+${month}`, 'g'), `${index + 1}.$1`],
    [new RegExp(`${month}${gap}${year}`, 'g'), `$1.${index + 1}`],
  ];
});

/** With and without marks over the letters. */
const vietnamese: readonly Replacement[] = [
  [/(?:ng[àa]y\s*)?(?<!\d)(\d{1,2})\s*th[áa]ng\s*(\d{1,2})(?:\s*,?\s*n[ăa]m\s*|\s*,\s*|\s+)(\d{4})(?!\d)/g, '$3.$2.$1'],
  [/(?:ng[àa]y\s*)?(?<!\d)(\d{1,2})\s*th[áa]ng\s*(\d{1,2})(?!\d)/g, '$2.$1'],
  [/th[áa]ng\s*(\d{1,2})(?:\s*,?\s*n[ăa]m\s*|\s*\/\s*|\s+)(\d{4})(?!\d)/g, '$2.$1'],
];

const korean: readonly Replacement[] = [
  [/(?<=\d)\s*년/g, '年'],
  [/(?<=\d)\s*월/g, '月'],
  [/(?<=\d)\s*일(?=\s|$|[^가-힣]|생|에|이|입|까|부)/g, '日'],
];

const chinese: readonly Replacement[] = [[/(?<=月\s?\d{1,2})\s*[号號]/g, '日']];

const spellings: readonly Replacement[] = [...english, ...vietnamese, ...korean, ...chinese];
/** In most messages there is nothing to do. */
const worthLooking = /[a-z\u00c0-\u1eff]{3}|[년월일号號]/;

export function withForeignDates(text: string): string {
  if (!worthLooking.test(text)) return text;
  return spellings.reduce((current, [pattern, by]) => current.replace(pattern, by), text);
}
