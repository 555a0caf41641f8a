/** Sessions and inbox in this process's memory: for trying the bot, and for tests. What it holds is gone with the process. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Attempt,
  DeliveryError,
  type Inbox,
  type Incoming,
  type Sessions,
  type Stored,
  type Worker,
} from '../bot/ports.ts';

/** Sessions that are forgotten after `idleMs` without a message. */
export function memorySessions({ idleMs, now }: { idleMs: number; now: () => number }): Sessions {
  const kept = new Map<string, { json: string; version: string; until: number }>();
  const current = (resident: string) => {
    const entry = kept.get(resident);
    if (entry && entry.until <= now()) kept.delete(resident);
    return kept.get(resident);
  };
  const sweep = setInterval(() => [...kept.keys()].forEach(current), idleMs).unref();
  return {
    async load(resident) {
      const entry = current(resident);
      // Through JSON, as in any real store: what does not survive it must not be relied on.
      const stored = entry && (JSON.parse(entry.json) as Stored);
      return { stored, version: entry?.version ?? null };
    },
    async save(resident, stored, version) {
      if ((current(resident)?.version ?? null) !== version) return false;
      kept.set(resident, { json: JSON.stringify(stored), version: randomUUID(), until: now() + idleMs });
      return true;
    },
    async forget(resident) {
      kept.delete(resident);
    },
    isReady: async () => true,
    async close() {
      clearInterval(sweep);
    },
  };
}

/** Waits between tries at an event that the outside made fail: all in all within the life of a reply token. */
const retryAfterMs = [200, 1_000, 5_000];

/** One queue a resident: in order, one at a time. */
export function memoryInbox({ waitsMs = retryAfterMs }: { waitsMs?: readonly number[] } = {}): Inbox {
  const queues = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let worker: Worker | undefined;

  async function work(incoming: Incoming): Promise<void> {
    let attempt: Attempt = { number: 1, mayBeDelivered: false };
    for (;;) {
      try {
        return await worker?.handle(incoming, attempt);
      } catch (error) {
        const wait = waitsMs[attempt.number - 1];
        const failure = error instanceof DeliveryError ? error : undefined;
        if (wait === undefined || (failure && failure.kind !== 'retry') || stopping.signal.aborted) {
          return worker?.giveUp(incoming, error, attempt);
        }
        attempt = {
          number: attempt.number + 1,
          mayBeDelivered: attempt.mayBeDelivered || (failure?.mayBeDelivered ?? false),
        };
        // A stop does not wait: the next try is the last.
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async accept(incoming) {
      if (stopping.signal.aborted) throw new Error('the inbox is closing: nothing more is accepted');
      const key = incoming.resident ?? '';
      const turn = (queues.get(key) ?? Promise.resolve()).then(() => work(incoming));
      queues.set(key, turn);
      turn.then(() => queues.get(key) === turn && queues.delete(key));
    },
    start(given) {
      worker = given;
    },
    async stop() {
      stopping.abort();
      await Promise.all(queues.values());
    },
  };
}
