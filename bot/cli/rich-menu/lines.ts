/** The words of an area in one line, or in two of about the same width, broken where their language allows it. */
import { loadDefaultJapaneseParser, loadDefaultSimplifiedChineseParser } from 'budoux';

/** What is no wider stays on one line (ems). */
const oneLine = 6;

export function linesOf(label: string, language: string): readonly string[] {
  const whole = label.trim();
  const parts = partsOf(whole, language);
  if (widthInEms(whole) <= oneLine || parts.length < 2) return [whole];
  const breaks = parts.slice(1).map((_, index): [string, string] => {
    const [first, second] = [parts.slice(0, index + 1), parts.slice(index + 1)];
    return [first.join('').trim(), second.join('').trim()];
  });
  const widest = (lines: readonly string[]) => Math.max(...lines.map(widthInEms));
  return breaks.reduce((best, lines) => (widest(lines) < widest(best) ? lines : best));
}

/** About: a full-width character is one em, a letter of a bold sans serif six tenths. */
export function widthInEms(text: string): number {
  return [...text].reduce((ems, character) => ems + (/[\u1100-\u11ff\u2e80-\uffe6]/.test(character) ? 1 : 0.6), 0);
}

function partsOf(text: string, language: string): string[] {
  const { language: base } = new Intl.Locale(language);
  // Between words, and around brackets.
  const words = text.split(/(?<=[\s）)])|(?=[（(])/);
  const parser =
    base === 'ja' ? loadDefaultJapaneseParser() : base === 'zh' ? loadDefaultSimplifiedChineseParser() : undefined;
  return parser ? words.flatMap((word) => parser.parse(word)) : words;
}
