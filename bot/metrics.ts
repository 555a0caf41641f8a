/** Counters for Prometheus. Labels are few and fixed: nothing a resident typed, no id, no token. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DeliveryError, type Inbox, type Sessions, type Worker } from './ports.ts';

export interface Metrics {
  readonly webhooks: Counter<'outcome'>;
  /** From the request to its answer: LINE waits two seconds. */
  readonly webhookSeconds: Histogram;
  readonly events: Counter;
  readonly turns: Counter<'intent'>;
  readonly attempts: Counter<'outcome'>;
  readonly messages: Counter<'by'>;
  readonly rounds: Counter;
  readonly remindersHeld: Counter;
  readonly turnSeconds: Histogram;
  text(): Promise<string>;
}

/** Most turns take milliseconds; what takes seconds waited for LINE or for Redis. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

export function createMetrics({ inbox, sessions }: { inbox: Inbox; sessions: Sessions }): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter<Label>({ registers, name, help, labelNames });
  const histogram = (name: string, help: string) => new Histogram({ registers, name, help, buckets });

  const waiting = new Gauge({ registers, name: 'koshin_inbox_waiting', help: 'Events accepted and not done' });
  const oldest = new Gauge({ registers, name: 'koshin_inbox_oldest_seconds', help: 'How long the oldest has waited' });
  const dead = new Gauge({ registers, name: 'koshin_dead_letters', help: 'Events given up, as far as remembered' });
  const kept = new Gauge({ registers, name: 'koshin_sessions', help: 'Conversations kept, about' });
  /** While the store is away its gauges say NaN rather than something old. */
  async function look(): Promise<void> {
    const [backlog, count] = await Promise.all([
      inbox.backlog().catch(() => undefined),
      sessions.count().catch(() => undefined),
    ]);
    waiting.set(backlog?.waiting ?? Number.NaN);
    oldest.set(backlog ? backlog.oldestMs / 1_000 : Number.NaN);
    dead.set(backlog?.dead ?? Number.NaN);
    kept.set(count ?? Number.NaN);
  }

  return {
    webhooks: counter('koshin_webhooks_total', 'Webhook requests by outcome', ['outcome']),
    webhookSeconds: histogram('koshin_webhook_seconds', 'From the webhook request to its answer'),
    events: counter('koshin_events_total', 'Events accepted'),
    turns: counter('koshin_turns_total', 'Turns taken, by intent', ['intent']),
    attempts: counter('koshin_attempts_total', 'Tries at handling an event, by outcome', ['outcome']),
    messages: counter('koshin_messages_total', 'Answers delivered, by reply (free) or push (counted)', ['by']),
    rounds: counter('koshin_reminder_rounds_total', 'Rounds of reminders that ended well'),
    remindersHeld: counter(
      'koshin_reminders_held_total',
      'Reminders held back in a round: the month’s messages would run out',
    ),
    turnSeconds: histogram('koshin_turn_seconds', 'From the webhook to the delivered answer'),
    async text() {
      await look();
      return register.metrics();
    },
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
