/** Replies → LINE message objects. Choices become the quick replies of the last message: LINE shows only those. */
import type { messagingApi } from '@line/bot-sdk';
import type { Choice, Reply } from '../../bot/dialogue/types.ts';
import { cardBubble } from './flex.ts';
import { encodeButton } from './postback.ts';

export type LineMessage = messagingApi.TextMessage | messagingApi.FlexMessage;
export type LineAction = messagingApi.MessageAction | messagingApi.PostbackAction | messagingApi.DatetimePickerAction;

export function toLineMessages(replies: readonly Reply[]): LineMessage[] {
  const messages = replies.flatMap(messagesOf);
  const items = replies.at(-1)?.choices.map(quickReply) ?? [];
  const last = messages.at(-1);
  if (!last || items.length === 0) return messages;
  return [...messages.slice(0, -1), { ...last, quickReply: { items } }];
}

function messagesOf({ text, card }: Reply): LineMessage[] {
  const flex: LineMessage[] = card ? [{ type: 'flex', altText: card.alt, contents: cardBubble(card) }] : [];
  return text === '' ? flex : [...flex, { type: 'text', text }];
}

function quickReply(choice: Choice): messagingApi.QuickReplyItem {
  return { type: 'action', action: actionOf(choice) };
}

/** What a tap on the choice does on LINE. */
export function actionOf({ label, does }: Choice): LineAction {
  if (does.kind === 'say') return message(label, does.text);
  const data = encodeButton(does.button);
  if (does.kind === 'button') return postback(label, data);
  const { from, until, likely } = does.range;
  const [min, max] = [clamp(from), clamp(until)];
  // The middle one of the three lies within the range.
  const initial = [min, likely, max].sort()[1] ?? min;
  if (!does.withTime) return picker('date', { label, data, min, max, initial });
  return picker('datetime', { label, data, min: `${min}T00:00`, max: `${max}T23:59`, initial: `${initial}T10:00` });
}

function message(label: string, text: string): messagingApi.MessageAction {
  return { type: 'message', label, text };
}

function postback(label: string, data: string): messagingApi.PostbackAction {
  return { type: 'postback', label, data, displayText: label };
}

/** The date comes back in `postback.params`: it is not posted into the talk. */
function picker(
  mode: 'date' | 'datetime',
  picker: { label: string; data: string; min: string; max: string; initial: string },
): messagingApi.DatetimePickerAction {
  return { type: 'datetimepicker', mode, ...picker };
}

/** LINE's picker knows these years only. */
function clamp(on: string): string {
  if (on < '1900-01-01') return '1900-01-01';
  return on > '2100-12-31' ? '2100-12-31' : on;
}
