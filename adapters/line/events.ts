/**
 * LINE's webhook body → what happened. LINE adds event types and properties without notice, so nothing here is strict: what is
 * not known, or not meant for a one-to-one talk, is left out, and never an exception.
 */
import { createHash } from 'node:crypto';
import type { Media, Message } from '../../bot/dialogue/types.ts';
import type { Incoming } from '../../bot/ports.ts';
import { decodeButton } from './postback.ts';

/** The events of a webhook body that the bot answers or obeys, in order. */
export function readEvents(body: unknown, receivedAt: number): Incoming[] {
  const events = field(body, 'events');
  return Array.isArray(events) ? events.flatMap((event) => readEvent(event, receivedAt) ?? []) : [];
}

function readEvent(event: unknown, receivedAt: number): Incoming | undefined {
  if (text(event, 'mode') === 'standby') return undefined; // another module holds the talk: say nothing
  const replyToken = text(event, 'replyToken') ?? null;
  if (replyToken && isDummyToken(replyToken)) return undefined;
  const common = { id: idOf(event), at: whenOf(event, receivedAt), receivedAt, replyToken };
  const source = field(event, 'source');
  const type = text(event, 'type');
  if (text(source, 'type') !== 'user')
    return type === 'join' && replyToken ? { ...common, kind: 'group', resident: null } : undefined;
  const resident = text(source, 'userId');
  if (!resident) return undefined;
  if (type === 'unfollow') return { ...common, kind: 'unfollow', resident };
  if (type === 'unsend') {
    const messageId = text(field(event, 'unsend'), 'messageId');
    return messageId === undefined ? undefined : { ...common, kind: 'unsend', resident, messageId };
  }
  const message = messageOf(type, event);
  return (
    message && { ...common, kind: 'message', resident, message, messageId: text(field(event, 'message'), 'id') ?? null }
  );
}

function messageOf(type: string | undefined, event: unknown): Message | undefined {
  if (type === 'follow') return { kind: 'follow' };
  if (type === 'postback') {
    const postback = field(event, 'postback');
    const params = field(postback, 'params');
    const date = text(params, 'date') ?? text(params, 'datetime')?.replace('t', 'T');
    return { kind: 'button', button: decodeButton(text(postback, 'data') ?? '', date) };
  }
  if (type !== 'message') return undefined;
  const message = field(event, 'message');
  const written = text(message, 'type') === 'text' ? text(message, 'text') : undefined;
  return written === undefined ? { kind: 'media', media: mediaOf(message) } : { kind: 'text', text: written };
}

/** Where LINE says in words what was sent (docs: webhook event objects, message objects). */
const notes: Readonly<Record<Media['type'], readonly string[]>> = {
  sticker: ['text', 'keywords'],
  location: ['title', 'address'],
  file: ['fileName'],
  image: [],
  video: [],
  audio: [],
  other: [],
};

function mediaOf(message: unknown): Media {
  const said = text(message, 'type') ?? 'other';
  const type = Object.hasOwn(notes, said) ? (said as Media['type']) : 'other';
  const words = notes[type].flatMap((name) => wordsIn(field(message, name)));
  return { type, note: words.slice(0, mostWords).join('、') };
}

/** A sticker has up to fifteen keywords; the first say what it is. */
const mostWords = 3;

function wordsIn(value: unknown): string[] {
  return [value].flat().filter((each): each is string => typeof each === 'string' && each !== '');
}

/** Old verification requests carry tokens of one repeated character; they belong to nobody. */
function isDummyToken(token: string): boolean {
  return /^(?:0{32}|f{32})$/i.test(token);
}

/** `webhookEventId`; for payloads older than that, the message's id, or what makes the event itself. */
function idOf(event: unknown): string {
  const id = text(event, 'webhookEventId') ?? text(field(event, 'message'), 'id');
  if (id) return id;
  const parts = ['type', 'timestamp', 'source', 'postback'].map((name) => field(event, name));
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 26);
}

function whenOf(event: unknown, receivedAt: number): number {
  const timestamp = field(event, 'timestamp');
  return typeof timestamp === 'number' && Number.isFinite(timestamp) ? timestamp : receivedAt;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}
