/** A talk: a conversation as lines of text. The terminal shows it, the terminal and the chat page save it, and the tests play it. */
import { isDeepStrictEqual } from 'node:util';
import type { Button, Choice, Message, Now, Reply, TalkStep } from './dialogue/types.ts';

/**
 * The file of a conversation, its day and time in the heading and again wherever they change. `menu` is what can be tapped at any time;
 * `language` is that of phones that say nothing else; `withLinks`: the bot had an address to put calendars behind.
 */
export function writeTalk(
  steps: readonly TalkStep[],
  { menu, language, withLinks }: { menu: readonly Choice[]; language: string; withLinks: boolean },
): string {
  const first = steps.find((step) => step.kind === 'turn')?.now;
  const lines = [`# 保存した会話${first ? `　${nowText(first)}` : ''}${withLinks ? `　${linksText}` : ''}`];
  let now = first;
  let visible: readonly Choice[] = [];
  let isKnown = false;
  for (const step of steps) {
    if (step.kind === 'unsend') lines.push(unsentLine(step.nth));
    if (step.kind === 'unfollow') lines.push(blockedLine);
    if (step.kind === 'unfollow') isKnown = false;
    if (step.kind !== 'turn') continue;
    if (step.isFirst && isKnown) lines.push(forgottenLine);
    if (!isDeepStrictEqual(step.now, now)) lines.push(`（${nowText(step.now)}）`);
    const spoken = step.session.language === language ? undefined : step.session.language;
    const line = step.message.kind === 'follow' ? followedText(spoken) : messageLine(step.message, visible, menu);
    lines.push(line, ...step.replies.flatMap(replyLines));
    [now, isKnown, visible] = [step.now, true, step.replies.at(-1)?.choices ?? []];
  }
  return `${withoutAddress(lines.join('\n'))}\n`;
}

/** Links differ from server to server, and from turn to turn. */
function withoutAddress(text: string): string {
  return text
    .replace(/https?:\/\/[^\s/]+\/(?=privacy\b|calendar\/)/g, 'https://…/')
    .replace(/(https:\/\/…\/calendar\/)[\w-]+/g, '$1token');
}

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

export const bot = '案内';
export const resident = '市民';
/** Added as a friend, from a phone in that language. */
export const followedText = (language?: string) =>
  language === undefined ? '（友だち追加）' : `（友だち追加 ${language}）`;
export const blockedLine = '（ブロック）';
/** So long without a message that the conversation was forgotten. */
export const forgottenLine = '（時間がたって、忘れる）';
export const unsentLine = (nth: number) => `（${nth}番目の送信を取消）`;
/** In the heading: there are links to calendars. */
export const linksText = 'カレンダーあり';
export const stickerText = '（スタンプ）';
/** `question`: the one whose picker it was ('flow.slot'), when it is not the picker that shows. */
export const pickedText = (on: string, question?: string) =>
  question === undefined ? `（日付を選ぶ ${on}）` : `（日付を選ぶ ${on} ${question}）`;
export const menuText = (label: string) => `（メニュー ${label}）`;
export const nowText = ({ today, time }: Now) => `今日 ${today} ${time}`;
const margin = '      ';

/** A resident's message on one line: what was typed, or what the button says. */
function messageLine(
  message: Exclude<Message, { kind: 'follow' }>,
  visible: readonly Choice[],
  menu: readonly Choice[],
): string {
  switch (message.kind) {
    case 'media':
      return `${resident}: ${stickerText}`;
    case 'text':
      return `${resident}: ${typedText(message.text, visible)}`;
    case 'button':
      return `${resident}: ${tapText(message.button, visible, menu)}`;
  }
}

/** What would be read as something else than these very words (several lines, a button's name, words of this file) stands in quotes. */
function typedText(text: string, visible: readonly Choice[]): string {
  const isPlain = text === text.trim() && !/[\n\r]|^[（"]/.test(text);
  return isPlain && !visible.some(({ label }) => label === text) ? text : JSON.stringify(text);
}

function tapText(button: Button, visible: readonly Choice[], menu: readonly Choice[]): string {
  const isIt = ({ does }: Choice) => does.kind === 'button' && isDeepStrictEqual(does.button, button);
  const shown = visible.find(isIt);
  if (shown) return shown.label;
  const area = menu.find(isIt);
  if (area) return menuText(area.label);
  // Nothing else can be tapped: cards have no buttons of their own yet.
  if (button.kind !== 'answer') return '（ボタン）';
  const picker = visible.find(({ does }) => does.kind === 'pick-date')?.does;
  const isShown = picker?.kind === 'pick-date' && isDeepStrictEqual({ ...picker.button, value: button.value }, button);
  return pickedText(button.value, isShown ? undefined : `${button.flow}.${button.slot}`);
}
