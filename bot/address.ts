/** Where, and until when, the answer to an event can be sent. */
import { createHash } from 'node:crypto';
import type { Address, Attempt, Incoming } from './ports.ts';

/** LINE keeps a reply token for a minute after a delivery of the event, and for 20 minutes after the event itself; a margin is kept. */
const replyWithinMs = 50_000;
const replyAtAllWithinMs = 19 * 60_000;

export function addressOf(incoming: Incoming, { mayBeDelivered }: Attempt): Address {
  return {
    resident: incoming.resident,
    replyToken: incoming.replyToken,
    replyUntil: Math.min(incoming.receivedAt + replyWithinMs, incoming.at + replyAtAllWithinMs),
    retryKey: uuidOf(incoming.id),
    mayBeDelivered,
  };
}

/** The same event always gives the same key, so that LINE recognises a second try by whomever it is made. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(`push ${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
