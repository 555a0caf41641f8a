/** What a resident typed, folded so that spellings compare equal. */
import { toHiragana } from '../rules/wareki-text.ts';

/** NFKC, lower case, hiragana, without spaces, marks and emoji: 「ハイ！」 and 「はい」 are one. */
export function normalise(text: string): string {
  return toHiragana(text.normalize('NFKC').toLowerCase()).replace(/[\s\p{P}\p{S}\p{M}\p{Cf}]/gu, '');
}

/** A normalised answer without its polite or dialect ending: 「本人です」「本人やで」 → 「本人」. */
export function withoutEnding(typed: string): string {
  // One at a time: a pattern that repeats them all tries every way of cutting 「だよだよだよ」 up.
  const rest = typed.replace(ending, '');
  return rest === typed ? typed : withoutEnding(rest);
}

const ending =
  /(?:でした|です|だよ|だ|やねん|やけど|やで|や|よ|ね|わ|と(?:思い|おもい)ます|と(?:思う|おもう)|かもしれません|かも|かな|けど|を?(?:よろしく)?(?:お願い|おねがい)(?:いた)?します|で|する?予定|の?予定|する?つもり|の?つもり|が行きます|がいきます|が行く|がいく)$/;

/** Whether the message asks something, so that a word in it is not taken for an answer: 「代理って嫁でもええん?」. */
export function isQuestion(text: string): boolean {
  const folded = text.normalize('NFKC').trim();
  return (
    isForeignQuestion(folded) ||
    /\?|(?:ですか|ますか|ませんか|でしょうか|のか|すか|なん|ええん|いるん|のん)[。!！]*$/.test(folded)
  );
}

/** What questions end or begin with in the other languages; many leave the mark out. */
function isForeignQuestion(text: string): boolean {
  return /[吗呢]$|(?:까요|나요|가요|니까|죠)[.!~]*$|\s(?:không|khong|chưa|chua|đâu|dau|nào|nao|gì|gi|sao)[.!]*$|^(?:who|what|when|where|which|why|how|can|could|do|does|is|are|should|will)\s/i.test(
    text,
  );
}

const kanjiNumerals = '一二三四五六七八九';
const kanaNumerals = ['いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう'];

/** The number of a numbered choice, however it is typed (1, １, ①, 一, いち, 「1番で」); undefined when the message is no such number. */
export function readChoiceNumber(text: string): number | undefined {
  const folded = normalise(text.replace(/[❶-❾]/g, circledDigit)).replace(
    /(?:番目|番|ばんめ|ばん)?(?:です|で|を|お願いします|おねがいします)?$/,
    '',
  );
  if (folded.length === 1 && kanjiNumerals.includes(folded)) return kanjiNumerals.indexOf(folded) + 1;
  const kana = kanaNumerals.indexOf(folded);
  if (kana >= 0) return kana + 1;
  return /^\d{1,2}$/.test(folded) ? Number(folded) : undefined;
}

/** NFKC knows ① but not ❶. */
function circledDigit(character: string): string {
  return String(character.charCodeAt(0) - 0x2775);
}
