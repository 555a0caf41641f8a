/** Where, and until when, the answer to an event can be sent. */
import { createHash } from 'node:crypto';
import type { Address, Attempt, Incoming, Outgoing, ReplyToken } from './ports.ts';

/** LINE keeps a reply token for a minute after a delivery of the event, and for 20 minutes after the event itself; a margin is kept. */
const replyWithinMs = 50_000;
const replyAtAllWithinMs = 19 * 60_000;

/** `token`: one that an earlier event brought and nothing was said with. */
export function addressOf(
  incoming: Incoming,
  { mayBeDelivered }: Attempt,
  { token: spare, retryAs }: Pick<Outgoing, 'token' | 'retryAs'>,
): Address {
  const { token, until } = tokenOf(incoming) ?? spare ?? { token: null, until: 0 };
  return {
    resident: incoming.resident,
    replyToken: token,
    replyUntil: until,
    retryKey: uuidOf(retryAs ?? incoming.id),
    mayBeDelivered,
  };
}

export function tokenOf({ replyToken, receivedAt, at }: Incoming): ReplyToken | null {
  if (replyToken === null) return null;
  return { token: replyToken, until: Math.min(receivedAt + replyWithinMs, at + replyAtAllWithinMs) };
}

/** The ticket that an event opens: the same whenever it is tried again, and nothing of the resident in it. */
export function ticketOf(eventId: string): string {
  return createHash('sha256').update(`ticket ${eventId}`).digest('hex').slice(0, 16);
}

/** The same event always gives the same key, so that LINE recognises a second try by whomever it is made. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(`push ${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
