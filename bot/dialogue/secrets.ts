/**
 * Numbers that must not be typed into a chat: the 12-digit personal number and the PINs. The bot never asks for them,
 * and a message that holds one is dropped with a warning.
 */
import { normalise } from './normalise.ts';

const personalNumber = /(?<!\d)(?:\d{12}|\d{4}[ -]\d{4}[ -]\d{4}|\d{3}(?:[ -]\d{3}){3})(?!\d)/;
const pinLike = /(?<![\da-z])(?:\d{4}(?![年/.-])|(?=[a-z\d]*[a-z])(?=[a-z\d]*\d)[a-z\d]{6,16})(?![\da-z])/;

/** A 12-digit number, in one piece or in groups. */
export function holdsPersonalNumber(text: string): boolean {
  return personalNumber.test(fold(text));
}

/** A PIN beside a word for it (「暗証番号は…」). */
export function holdsPin(text: string, secretWords: readonly string[]): boolean {
  const typed = normalise(text);
  if (!secretWords.some((word) => typed.includes(word))) return false;
  const folded = fold(text);
  const digits = folded.replace(/[〇一二三四五六七八九]/g, (digit) => String('〇一二三四五六七八九'.indexOf(digit)));
  return pinLike.test(folded) || pinLike.test(digits.replace(/(?<=\d) (?=\d)/g, ''));
}

/** Four digits or a password by themselves: nothing else they could be once they have not been read as an answer. */
export function looksLikePin(text: string): boolean {
  const folded = text.normalize('NFKC').trim();
  return /^\d{4}$/.test(folded) || /^(?=[A-Za-z\d]*[A-Za-z])(?=[A-Za-z\d]*\d)[A-Za-z\d]{6,16}$/.test(folded);
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐‑–—−ー]/g, '-');
}
