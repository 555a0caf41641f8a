/**
 * Numbers that must not be typed into a chat: the 12-digit personal number and the PINs. The bot never asks for them,
 * and a message that holds one is dropped with a warning.
 */
import { normalise } from './normalise.ts';

const personalNumber = /(?<!\d)(?:\d{12}|\d{4}[ -]\d{4}[ -]\d{4})(?!\d)/;
const pinLike = /(?<![\da-z])(?:\d{4}|(?=[a-z\d]*[a-z])(?=[a-z\d]*\d)[a-z\d]{6,16})(?![\da-z])/;

/** A 12-digit number anywhere, or a PIN beside a word for it (「暗証番号は…」). */
export function holdsSecret(text: string, secretWords: readonly string[]): boolean {
  const folded = text.normalize('NFKC').toLowerCase();
  if (personalNumber.test(folded.replace(/[‐‑–—−ー]/g, '-'))) return true;
  const typed = normalise(text);
  return pinLike.test(folded) && secretWords.some((word) => typed.includes(normalise(word)));
}

/** Four digits or a password by themselves: nothing else they could be once they have not been read as an answer. */
export function looksLikePin(text: string): boolean {
  const folded = text.normalize('NFKC').trim();
  return /^\d{4}$/.test(folded) || /^(?=[A-Z\d]*[A-Z])(?=[A-Z\d]*\d)[A-Z\d]{6,16}$/.test(folded);
}
