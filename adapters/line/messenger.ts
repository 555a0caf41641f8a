/**
 * Sends to LINE: by reply token while it is young (free), else by push with a retry key (counted). Each answer once, as far as LINE allows.
 */
import type { Reply } from '../../bot/dialogue/types.ts';
import { type Address, DeliveryError, type Messenger } from '../../bot/ports.ts';
import { type HttpAnswer, httpPost, type LineAccess } from './http.ts';
import { problemsOf } from './limits.ts';
import { type LineMessage, toLineMessages } from './messages.ts';
import { type AccessToken, asChannel } from './token.ts';

export interface LineMessengerOptions extends LineAccess {
  readonly now: () => number;
  /** Told of every answer that was delivered: a reply is free, a push counts. */
  readonly delivered?: (by: Endpoint) => void;
  /** For the connection, and again for the answer. */
  readonly timeoutMs?: number;
}

type Endpoint = 'reply' | 'push';

const answerWithinMs = 5_000;

export function lineMessenger(options: LineMessengerOptions): Messenger {
  const { accessToken, apiBaseUrl, log, now, delivered, timeoutMs = answerWithinMs } = options;
  const post = httpPost({ baseUrl: apiBaseUrl, timeoutMs });

  // Nothing was sent yet.
  const held: AccessToken = {
    ...accessToken,
    get: () =>
      accessToken.get().catch((error: unknown) => {
        throw new DeliveryError('retry', String(error), { mayBeDelivered: false });
      }),
  };

  async function reply({ replyToken }: Address, messages: LineMessage[]): Promise<'delivered' | 'invalid-token'> {
    const answer = await call('reply', { replyToken, messages });
    if (answer.status < 300) return 'delivered';
    if (answer.status === 400 && answer.body.includes('Invalid reply token')) return 'invalid-token';
    throw refusalOf('reply', answer);
  }

  async function push({ resident, retryKey }: Address, messages: LineMessage[]): Promise<void> {
    if (resident === null) return; // a group whose token is gone: nothing more is owed
    const answer = await call('push', { to: resident, messages }, { 'x-line-retry-key': retryKey });
    if (answer.status === 409) return; // the retry key is known: delivered before
    if (answer.status >= 300) throw refusalOf('push', answer);
  }

  async function call(
    endpoint: Endpoint,
    body: object,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    return asChannel(held, (authorization) =>
      post(`/v2/bot/message/${endpoint}`, body, { ...authorization, ...more }).catch((error: unknown) => {
        throw silenceOf(endpoint, error);
      }),
    );
  }

  return {
    async send(to, replies: readonly Reply[]) {
      const messages = toLineMessages(replies);
      const problems = problemsOf(messages);
      if (problems.length > 0) throw new DeliveryError('refused', `LINE would refuse this: ${problems.join('; ')}`);
      // A reply that may have arrived is only ever tried again as a reply: LINE then calls the token invalid. A push would say it twice.
      if (to.replyToken && (to.mayBeDelivered || now() < to.replyUntil)) {
        const outcome = await reply(to, messages);
        if (outcome === 'delivered') {
          delivered?.('reply');
          return 'reply';
        }
        if (to.mayBeDelivered) return 'before';
      }
      log.info({ messages: messages.length }, 'pushing: there is no reply token, or it is too old or spent');
      await push(to, messages);
      delivered?.('push');
      return 'push';
    },
  };
}

/** What LINE's refusal means for us. */
function refusalOf(endpoint: Endpoint, { status, body, requestId }: HttpAnswer): DeliveryError {
  const mayBeDelivered = endpoint === 'reply' && status >= 500;
  return new DeliveryError(kindOf(status, body), `LINE ${endpoint}: ${status}`, { status, requestId, mayBeDelivered });
}

/** What its silence means. */
function silenceOf(endpoint: Endpoint, error: unknown): DeliveryError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const mayBeDelivered = endpoint === 'reply' && !neverArrived.has(code);
  return new DeliveryError('retry', `LINE ${endpoint}: no answer (${code})`, { mayBeDelivered });
}

/** The connection was never made. */
const neverArrived: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNTIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

function kindOf(status: number, body: string): DeliveryError['kind'] {
  if (status === 429) return body.includes('monthly limit') ? 'quota' : 'retry';
  return status >= 500 ? 'retry' : 'refused';
}
