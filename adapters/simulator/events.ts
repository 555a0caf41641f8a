/** What happens on a phone → a webhook event in LINE's own shape (docs: Messaging API reference, webhook event objects). */
import { randomBytes, randomInt } from 'node:crypto';

/** What sets an event apart; the rest of it is the same for all. */
export type Happening =
  | { readonly type: 'follow'; readonly follow: { readonly isUnblocked: boolean } }
  | { readonly type: 'unfollow' }
  | { readonly type: 'unsend'; readonly unsend: { readonly messageId: string } }
  | {
      readonly type: 'message';
      readonly message: { readonly id: string; readonly type: string; readonly [key: string]: unknown };
    }
  | {
      readonly type: 'postback';
      readonly postback: { readonly data: string; readonly params?: Readonly<Record<string, string>> };
    };

export interface LineEvent {
  readonly webhookEventId: string;
  readonly timestamp: number;
  readonly deliveryContext: { readonly isRedelivery: boolean };
  readonly source: { readonly type: 'user'; readonly userId: string };
  readonly mode: 'active';
  readonly replyToken?: string;
}

/** An event of that resident, at that instant (ms). Where nothing can be answered there is no reply token. */
export function eventOf(happening: Happening, resident: string, at: number): Happening & LineEvent {
  const isAnswerable = happening.type !== 'unfollow' && happening.type !== 'unsend';
  return {
    ...happening,
    webhookEventId: ulid(at),
    timestamp: at,
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId: resident },
    mode: 'active',
    ...(isAnswerable && { replyToken: hex(16) }),
  };
}

export function textMessage(id: string, text: string) {
  return { id, type: 'text', text, ...tokens() };
}

export function stickerMessage(id: string, { label, ...sticker }: Sticker) {
  return { id, type: 'sticker', ...sticker, stickerResourceType: 'STATIC', keywords: [label], ...tokens() };
}

export function imageMessage(id: string) {
  return { id, type: 'image', contentProvider: { type: 'line' }, ...tokens() };
}

export interface Sticker {
  readonly packageId: string;
  readonly stickerId: string;
  readonly label: string;
}

/** Ids as LINE's look: users `U` and 32 hex digits, messages 18 digits. */
export const newUserId = (): string => `U${hex(16)}`;
export const newMessageId = (): string => `5${randomInt(10 ** 8, 10 ** 9)}${randomInt(10 ** 7, 10 ** 8)}`;

function tokens() {
  return { quoteToken: hex(24), markAsReadToken: hex(24) };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Sorts by time: ten characters of milliseconds, sixteen of chance, in Crockford's base 32. */
function ulid(at: number): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const time = Array.from({ length: 10 }, (_, place) => digits[Math.floor(at / 32 ** (9 - place)) % 32]);
  const chance = [...randomBytes(16)].map((byte) => digits[byte % 32]);
  return [...time, ...chance].join('');
}
