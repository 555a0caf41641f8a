/** Every port in this process's memory: for trying the bot, and for tests. What it holds is gone with the process. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeliveryError,
  type Handle,
  type Inbox,
  type Incoming,
  type Log,
  type Sessions,
  type Stored,
} from '../bot/ports.ts';

/** Sessions that are forgotten after `idleMs` without a message. */
export function memorySessions({ idleMs, now }: { idleMs: number; now: () => number }): Sessions {
  const kept = new Map<string, { json: string; version: number; until: number }>();
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
      return entry && { stored: JSON.parse(entry.json) as Stored, version: entry.version };
    },
    async save(resident, stored, version) {
      if ((current(resident)?.version ?? 0) !== version) return false;
      kept.set(resident, { json: JSON.stringify(stored), version: version + 1, until: now() + idleMs });
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

/** Waits between tries at an event that the outside made fail; after the last, it is given up and logged. */
const retryAfterMs = [200, 1_000, 5_000, 15_000];

/** One queue a resident: in order, one at a time. */
export function memoryInbox({ log, waitsMs = retryAfterMs }: { log: Log; waitsMs?: readonly number[] }): Inbox {
  const queues = new Map<string, Promise<void>>();
  let handle: Handle | undefined;
  let isStopping = false;

  async function work(incoming: Incoming): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await handle?.(incoming, attempt);
      } catch (error) {
        const wait = waitsMs[attempt - 1];
        const isWorthRetrying = !(error instanceof DeliveryError) || error.kind === 'retry';
        if (wait === undefined || !isWorthRetrying || isStopping) return giveUp(incoming, attempt, error);
        await sleep(wait);
      }
    }
  }

  function giveUp(incoming: Incoming, attempt: number, error: unknown): void {
    const delivery =
      error instanceof DeliveryError ? { status: error.status, requestId: error.requestId, failure: error.kind } : {};
    log.error({ event: incoming.id, attempt, ...delivery, error: String(error) }, 'event given up');
  }

  return {
    async accept(incoming) {
      if (isStopping) throw new Error('the inbox is closing: nothing more is accepted');
      const key = incoming.resident ?? '';
      const turn = (queues.get(key) ?? Promise.resolve()).then(() => work(incoming));
      queues.set(key, turn);
      turn.then(() => queues.get(key) === turn && queues.delete(key));
    },
    start(handler) {
      handle = handler;
    },
    async stop() {
      isStopping = true;
      await Promise.all(queues.values());
    },
  };
}
