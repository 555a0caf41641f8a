/**
 * Sends to LINE: by reply token while it is young (free), else by push with a retry key (counted). Each answer once, as far as LINE allows.
 */
import { HTTPFetchError, LineBotClient } from '@line/bot-sdk';
import type { Reply } from '../../bot/dialogue/types.ts';
import { type Address, DeliveryError, type Log, type Messenger } from '../../bot/ports.ts';
import { problemsOf } from './limits.ts';
import { type LineMessage, toLineMessages } from './messages.ts';

export interface LineMessengerOptions {
  readonly channelAccessToken: string;
  readonly apiBaseUrl: string;
  readonly log: Log;
  readonly now: () => number;
}

/** Every call ends in time only if the process has time-outs on outgoing requests: see `adapters/timeouts.ts`. */
export function lineMessenger({ channelAccessToken, apiBaseUrl, log, now }: LineMessengerOptions): Messenger {
  const line = LineBotClient.fromChannelAccessToken({ channelAccessToken, apiBaseURL: apiBaseUrl });

  async function reply({ replyToken }: Address, messages: LineMessage[]): Promise<'delivered' | 'invalid-token'> {
    try {
      await line.replyMessage({ replyToken: replyToken ?? '', messages });
      return 'delivered';
    } catch (error) {
      if (isInvalidToken(error)) return 'invalid-token';
      throw failureOf('reply', error);
    }
  }

  async function push({ resident, retryKey }: Address, messages: LineMessage[]): Promise<void> {
    if (resident === null) return; // a group whose token is gone: nothing more is owed
    try {
      await line.pushMessage({ to: resident, messages }, retryKey);
    } catch (error) {
      if (error instanceof HTTPFetchError && error.status === 409) return; // the retry key is known: delivered before
      throw failureOf('push', error);
    }
  }

  return {
    async send(to, replies: readonly Reply[]) {
      const messages = toLineMessages(replies);
      const problems = problemsOf(messages);
      if (problems.length > 0) throw new DeliveryError('refused', `LINE would refuse this: ${problems.join('; ')}`);
      // A reply that may have arrived is only ever tried again as a reply: LINE then calls the token invalid. A push would say it twice.
      if (to.replyToken && (to.mayBeDelivered || now() < to.replyUntil)) {
        const outcome = await reply(to, messages);
        if (outcome === 'delivered' || to.mayBeDelivered) return;
      }
      log.info({ messages: messages.length }, 'pushing: the reply token is too old or spent');
      await push(to, messages);
    },
  };
}

function isInvalidToken(error: unknown): boolean {
  return error instanceof HTTPFetchError && error.status === 400 && error.body.includes('Invalid reply token');
}

/** What LINE's answer, or its silence, means for us. */
function failureOf(endpoint: string, cause: unknown): DeliveryError {
  if (cause instanceof HTTPFetchError) {
    const { status, body } = cause;
    const requestId = cause.headers.get('x-line-request-id') ?? undefined;
    const mayBeDelivered = endpoint === 'reply' && status >= 500;
    return new DeliveryError(kindOf(status, body), `LINE ${endpoint}: ${status}`, {
      status,
      requestId,
      mayBeDelivered,
    });
  }
  const code = codeOf(cause);
  const mayBeDelivered = endpoint === 'reply' && !neverArrived.has(code);
  return new DeliveryError('retry', `LINE ${endpoint}: no answer (${code})`, { mayBeDelivered });
}

/** The connection was never made. */
const neverArrived: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** `fetch` wraps the reason of a failure: the code of its cause. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.name : 'unknown';
}

function kindOf(status: number, body: string): DeliveryError['kind'] {
  if (status === 429) return body.includes('monthly limit') ? 'quota' : 'retry';
  return status >= 500 ? 'retry' : 'refused';
}
