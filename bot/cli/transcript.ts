/** A conversation as lines of text: what the terminal shows and what a talk file holds. */
import type { Reply } from '../dialogue/types.ts';

/** Everything a bubble says, a card row by row. */
export function replyText({ text, card }: Reply): string {
  if (!card) return text;
  const rows = card.rows.map(({ label, value }) => `${label}: ${value.replaceAll('\n', ' ')}`);
  return [`【${card.title}】`, ...rows, card.note, text].filter((line) => line !== '').join('\n');
}

/** 「［本人］［代理の人］」, or nothing. */
export function choicesText({ choices }: Reply): string {
  return choices.map(({ label }) => `［${label}］`).join('');
}

/** The bubble as a talk shows it: the first line behind the speaker, the others under it. */
export function replyLines(reply: Reply): string[] {
  const lines = [...replyText(reply).split('\n'), choicesText(reply)].filter((line) => line !== '');
  return lines.map((line, index) => (index === 0 ? `${bot}: ${line}` : `${margin}${line}`));
}

/** A resident's message on one line. */
export function residentLine(text: string): string {
  return `${resident}: ${text.replaceAll('\n', ' ')}`;
}

export const bot = '案内';
export const resident = '市民';
const margin = '      ';
