/** What a resident typed, folded so that spellings compare equal. */
import { toHiragana } from '../rules/wareki-text.ts';

/** NFKC, lower case, hiragana, without spaces, marks and emoji: 「ハイ！」 and 「はい」 are one. */
export function normalise(text: string): string {
  return toHiragana(text.normalize('NFKC').toLowerCase()).replace(/[\s\p{P}\p{S}\p{M}\p{Cf}]/gu, '');
}

/** Whether the message asks something, so that a word in it is not taken for an answer: 「代理って嫁でもええん?」. */
export function isQuestion(text: string): boolean {
  const folded = text.normalize('NFKC').trim();
  return /\?|(?:ですか|ますか|でしょうか|かな|のか|すか|なん|ええん|いるん|のん)[。!！]*$/.test(folded);
}

const numerals = ['一二三四五六七八九', '①②③④⑤⑥⑦⑧⑨', '❶❷❸❹❺❻❼❽❾'];
const kanaNumerals = ['いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう'];

/** The number of a numbered choice, however it is typed (1, １, ①, 一, いち, 「1番」); undefined when the message is no such number. */
export function readChoiceNumber(text: string): number | undefined {
  const trimmed = text.trim();
  for (const row of numerals) if (trimmed.length === 1 && row.includes(trimmed)) return row.indexOf(trimmed) + 1;
  const folded = normalise(trimmed).replace(/(?:ばん|番|番目|です|で)$/, '');
  const kana = kanaNumerals.indexOf(folded);
  if (kana >= 0) return kana + 1;
  return /^\d{1,2}$/.test(folded) ? Number(folded) : undefined;
}
