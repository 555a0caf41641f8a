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

  /** True when delivered; false when the token was no good, so that a push must follow. */
  async function reply({ replyToken, mayBeDelivered }: Address, messages: LineMessage[]): Promise<boolean> {
    let uncertain = mayBeDelivered;
    for (let tries = 1; ; tries += 1) {
      try {
        await line.replyMessage({ replyToken: replyToken ?? '', messages });
        return true;
      } catch (error) {
        const failure = failureOf('reply', error);
        // A reply that timed out may have arrived; LINE then calls the token invalid the next time.
        if (failure.isInvalidToken) return uncertain;
        if (failure.error.kind !== 'retry' || failure.error.status === 429 || tries === 2) throw failure.error;
        uncertain = true;
      }
    }
  }

  async function push({ resident, retryKey }: Address, messages: LineMessage[]): Promise<void> {
    if (resident === null)
      throw new DeliveryError('refused', 'the reply token is spent and there is nobody to push to');
    for (let tries = 1; ; tries += 1) {
      try {
        await line.pushMessage({ to: resident, messages }, retryKey);
        return;
      } catch (error) {
        const failure = failureOf('push', error);
        if (failure.error.status === 409) return; // the retry key is known: delivered before
        if (failure.error.kind !== 'retry' || failure.error.status === 429 || tries === 2) throw failure.error;
      }
    }
  }

  return {
    async send(to, replies: readonly Reply[]) {
      const messages = toLineMessages(replies);
      const problems = problemsOf(messages);
      if (problems.length > 0) throw new DeliveryError('refused', `LINE would refuse this: ${problems.join('; ')}`);
      if (to.replyToken && now() < to.replyUntil && (await reply(to, messages))) return;
      if (to.replyToken && to.resident === null) return; // a group whose token is gone: nothing more is owed
      log.info({ messages: messages.length }, 'pushing: the reply token is too old or spent');
      await push(to, messages);
    },
  };
}

interface Failure {
  readonly error: DeliveryError;
  readonly isInvalidToken: boolean;
}

/** What LINE's answer, or its silence, means for us. */
function failureOf(endpoint: string, cause: unknown): Failure {
  if (!(cause instanceof HTTPFetchError)) {
    const reason =
      cause instanceof Error ? ((cause.cause as { code?: string } | undefined)?.code ?? cause.name) : 'unknown';
    return { error: new DeliveryError('retry', `LINE ${endpoint}: no answer (${reason})`), isInvalidToken: false };
  }
  const { status, body } = cause;
  const details = { status, requestId: cause.headers.get('x-line-request-id') ?? undefined };
  return {
    error: new DeliveryError(kindOf(status, body), `LINE ${endpoint}: ${status}`, details),
    isInvalidToken: status === 400 && body.includes('Invalid reply token'),
  };
}

function kindOf(status: number, body: string): DeliveryError['kind'] {
  if (status === 429) return body.includes('monthly limit') ? 'quota' : 'retry';
  return status >= 500 ? 'retry' : 'refused';
}
