/** While LINE fails again and again it is left alone for a moment: nobody waits for time-outs, and it can recover. */
import { ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { DeliveryError, type Log, type Messenger } from '../../bot/ports.ts';

export interface BreakerOptions {
  readonly log: Log;
  /** Failures in a row until LINE is left alone. */
  readonly failures?: number;
  /** The first pause; each further one is longer, up to ten times. */
  readonly pauseMs?: number;
}

/** The messenger, which throws a `DeliveryError` of kind `away` without trying while LINE is left alone. */
export function withBreaker(messenger: Messenger, { log, failures = 5, pauseMs = 1_000 }: BreakerOptions): Messenger {
  const policy = circuitBreaker(handleWhen(isLinesTrouble), {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: pauseMs, maxDelay: pauseMs * 10 }),
  });
  policy.onBreak(() => log.error({}, 'LINE is away: left alone for a moment'));
  policy.onReset(() => log.info({}, 'LINE is back'));
  return {
    async send(to, replies) {
      try {
        return await policy.execute(() => messenger.send(to, replies));
      } catch (error) {
        throw isBrokenCircuitError(error) ? new DeliveryError('away', 'LINE is away') : error;
      }
    },
  };
}

/** A refusal is the message's own fault, and LINE is well. */
function isLinesTrouble(error: unknown): boolean {
  return error instanceof DeliveryError && error.kind === 'retry';
}
