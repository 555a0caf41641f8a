/** Counters for Prometheus. Labels are few and fixed: nothing a resident typed, no id, no token. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { DeliveryError, type Worker } from './ports.ts';

export interface Metrics {
  readonly webhooks: Counter<'outcome'>;
  readonly events: Counter;
  readonly attempts: Counter<'outcome'>;
  readonly turnSeconds: Histogram;
  text(): Promise<string>;
}

export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  return {
    webhooks: new Counter({
      registers,
      name: 'koshin_webhooks_total',
      help: 'Webhook requests by outcome',
      labelNames: ['outcome'],
    }),
    events: new Counter({ registers, name: 'koshin_events_total', help: 'Events accepted' }),
    attempts: new Counter({
      registers,
      name: 'koshin_attempts_total',
      help: 'Tries at handling an event, by outcome',
      labelNames: ['outcome'],
    }),
    turnSeconds: new Histogram({
      registers,
      name: 'koshin_turn_seconds',
      help: 'From the webhook to the delivered answer',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    }),
    text: () => register.metrics(),
  };
}

/** The worker, with its attempts counted and its turns timed. */
export function measured(worker: Worker, { attempts, turnSeconds }: Metrics): Worker {
  return {
    giveUp: worker.giveUp,
    async handle(incoming, attempt) {
      try {
        await worker.handle(incoming, attempt);
        attempts.inc({ outcome: 'done' });
        turnSeconds.observe((Date.now() - incoming.receivedAt) / 1000);
      } catch (error) {
        attempts.inc({ outcome: error instanceof DeliveryError ? error.kind : 'failed' });
        throw error;
      }
    },
  };
}
