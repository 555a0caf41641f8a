/** Delivers events as LINE does: signed over the very bytes, given up after two seconds, and again later when that was no success. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Happening, LineEvent } from './events.ts';

export interface WebhookOptions {
  readonly channelSecret: string;
  /** The bot's user id. */
  readonly destination: string;
  /** Waits before each further try; LINE does not disclose its own. */
  readonly redeliverAfterMs: readonly number[];
}

/** LINE counts a later answer as a failure. */
const answerWithinMs = 2_000;

export interface Delivery {
  /** The status the bot answered with; undefined: no answer in time. */
  readonly status: number | undefined;
  readonly tookMs: number;
}

/** Delivers until the bot answers 2xx or the tries are used up; `told` hears of each try before it starts and after it ended. */
export async function deliver(
  event: Happening & LineEvent,
  url: string,
  { channelSecret, destination, redeliverAfterMs }: WebhookOptions,
  told: { readonly before: () => void; readonly after: (delivery: Delivery) => void },
): Promise<void> {
  for (const [tries, waitMs] of [0, ...redeliverAfterMs].entries()) {
    if (waitMs > 0) await sleep(waitMs, undefined, { ref: false });
    const isRedelivery = tries > 0 || event.deliveryContext.isRedelivery;
    told.before();
    const delivery = await post(
      url,
      bodyOf({ ...event, deliveryContext: { isRedelivery } }, destination),
      channelSecret,
    );
    told.after(delivery);
    if (delivery.status !== undefined && delivery.status >= 200 && delivery.status < 300) return;
  }
}

/** A body without events, signed like any other. */
export function tryOut(url: string, { channelSecret, destination }: WebhookOptions): Promise<Delivery> {
  return post(url, JSON.stringify({ destination, events: [] }), channelSecret);
}

async function post(url: string, body: string, channelSecret: string): Promise<Delivery> {
  const startedAt = performance.now();
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'LineBotWebhook/2.0',
    'x-line-signature': createHmac('sha256', channelSecret).update(body).digest('base64'),
  };
  const status = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerWithinMs) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => undefined,
  );
  return { status, tookMs: performance.now() - startedAt };
}

/** LINE escapes emoji, so that a body read and written again has another signature. */
function bodyOf(event: object, destination: string): string {
  const body = JSON.stringify({ destination, events: [event] });
  return body.replace(/[\u{10000}-\u{10ffff}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`)
      .join(''),
  );
}
