/** A new ticket by webhook, signed as Standard Webhooks 1.0.0 says (standardwebhooks.com): other systems have libraries for it. */
import { createHmac } from 'node:crypto';
import type { Announce } from './announce.ts';

export interface WebhookOptions {
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
}

const withinMs = 10_000;

/** Rejects when the answer is no 2xx. */
export function webhookAnnouncement({ url, secret }: WebhookOptions, now: () => number): Announce {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return async ({ id, ticket, openedAt, isMessage, waiting }) => {
    const timestamp = Math.floor(now() / 1_000);
    const data = { ticket, openedAt: new Date(openedAt).toISOString(), isMessage, waiting };
    const body = JSON.stringify({ type: 'ticket.opened', timestamp: new Date(now()).toISOString(), data });
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${signature}`,
      },
      body,
      signal: AbortSignal.timeout(withinMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw Object.assign(new Error('the webhook was refused'), { code: answer.status });
  };
}
