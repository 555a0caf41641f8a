/** Sessions and inbox in this process's memory: for trying the bot, and for tests. What it holds is gone with the process. */
import { randomUUID } from 'node:crypto';
import {
  type Attempt,
  type Beside,
  type Inbox,
  type Incoming,
  languageLifeMs,
  type Sessions,
  type StoredTalk,
  type Worker,
} from '../bot/ports.ts';
import { tryUntilDone, usualWaitsMs } from './attempts.ts';

type Living<Value> = Value & { readonly until: number };

/** Sessions that are forgotten after `idleMs` without a message. `language`: what need not be remembered. */
export function memorySessions({
  idleMs,
  now,
  language,
}: {
  idleMs: number;
  now: () => number;
  language: string;
}): Sessions {
  const kept = new Map<string, Living<{ json: string; version: string }>>();
  const besides = {
    handoff: new Map<string, Living<{ json: string }>>(),
    language: new Map<string, Living<{ json: string }>>(),
    reminders: new Map<string, Living<{ json: string }>>(),
  };
  const living = <Value extends { until: number }>(map: Map<string, Value>, resident: string) => {
    const entry = map.get(resident);
    if (entry && entry.until <= now()) map.delete(resident);
    return map.get(resident);
  };
  const maps = [kept, ...Object.values(besides)];
  const sweep = setInterval(() => {
    for (const map of maps) for (const resident of [...map.keys()]) living(map, resident);
  }, idleMs).unref();
  /** Through JSON, as in any real store: what does not survive it must not be relied on. */
  function read<Value>(map: Map<string, Living<{ json: string }>>, resident: string): Value | undefined {
    const entry = living(map, resident);
    return entry && (JSON.parse(entry.json) as Value);
  }
  return {
    async load(resident) {
      return {
        talk: read<StoredTalk>(kept, resident),
        version: living(kept, resident)?.version ?? null,
        beside: {
          handoff: read<Beside['handoff']>(besides.handoff, resident) ?? null,
          reminders: read<Beside['reminders']>(besides.reminders, resident) ?? [],
          language: read<string>(besides.language, resident) ?? null,
        },
      };
    },
    async save(resident, stored, version) {
      if ((living(kept, resident)?.version ?? null) !== version) return false;
      const { handoff, reminders, ...session } = stored.session;
      const json = JSON.stringify({ ...stored, session });
      kept.set(resident, { json, version: randomUUID(), until: now() + idleMs });
      const isMain = session.language === language || !session.isLanguageKept;
      const put = (name: keyof typeof besides, value: unknown, lifeMs: number) => {
        if (lifeMs > 0) besides[name].set(resident, { json: JSON.stringify(value), until: now() + lifeMs });
        else besides[name].delete(resident);
      };
      put('handoff', handoff, handoff ? stored.handoffMs : 0);
      put('language', session.language, isMain ? 0 : Math.max(languageLifeMs, stored.remindersMs));
      put('reminders', reminders, reminders.length > 0 ? stored.remindersMs : 0);
      return true;
    },
    async forget(resident) {
      for (const map of maps) map.delete(resident);
    },
    async *all() {
      for (const resident of [...kept.keys()]) {
        const talk = read<StoredTalk>(kept, resident);
        if (talk) yield { ...talk.session, handoff: null, reminders: [] };
      }
    },
    async *reminded() {
      for (const resident of [...besides.reminders.keys()]) {
        const reminders = read<Beside['reminders']>(besides.reminders, resident);
        if (reminders) yield { resident, reminders };
      }
    },
    isReady: async () => true,
    count: async () => kept.size,
    async close() {
      clearInterval(sweep);
    },
  };
}

/** Ids remembered against duplicates. */
const seenAtMost = 10_000;

/** One queue a resident: in order, one at a time. */
export function memoryInbox({ waitsMs = usualWaitsMs }: { waitsMs?: readonly number[] } = {}): Inbox {
  const queues = new Map<string, Promise<void>>();
  const waiting = new Map<string, number>();
  const seen = new Set<string>();
  const stopping = new AbortController();
  const first: Attempt = { number: 1, mayBeDelivered: false, isOurs: () => true };
  let worker: Worker | undefined;
  let dead = 0;

  async function work(incoming: Incoming): Promise<void> {
    if (!worker) throw new Error('an event was accepted before the inbox was started');
    const outcome = await tryUntilDone(worker, incoming, {
      first,
      waitsMs,
      signal: stopping.signal,
      onStop: 'last-try',
    });
    if (outcome.kind === 'given-up') dead += 1;
    waiting.delete(incoming.id);
  }

  return {
    async accept(incoming) {
      if (stopping.signal.aborted) throw new Error('the inbox is closing: nothing more is accepted');
      if (seen.has(incoming.id)) return;
      seen.add(incoming.id);
      if (seen.size > seenAtMost) seen.delete(seen.values().next().value ?? '');
      waiting.set(incoming.id, Date.now());
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
    async backlog() {
      const [oldest = Date.now()] = waiting.values();
      return { waiting: waiting.size, oldestMs: Date.now() - oldest, dead };
    },
  };
}
