/** Sessions and inbox in this process's memory: for trying the bot, and for tests. What it holds is gone with the process. */
import { randomUUID } from 'node:crypto';
import type { Session } from '../bot/dialogue/types.ts';
import {
  type Attempt,
  type Inbox,
  type Incoming,
  languageLifeMs,
  type Sessions,
  type Stored,
  type Worker,
} from '../bot/ports.ts';
import { tryUntilDone, usualWaitsMs } from './attempts.ts';
import { withHandoff } from './handoff.ts';

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
  const kept = new Map<string, { json: string; version: string; until: number }>();
  const languages = new Map<string, { language: string; until: number }>();
  const handoffs = new Map<string, { handoff: Session['handoff']; until: number }>();
  const current = (resident: string) => {
    const entry = kept.get(resident);
    if (entry && entry.until <= now()) kept.delete(resident);
    return kept.get(resident);
  };
  const sweep = setInterval(() => {
    [...kept.keys()].forEach(current);
    for (const beside of [handoffs, languages])
      for (const [resident, { until }] of beside) if (until <= now()) beside.delete(resident);
  }, idleMs).unref();
  return {
    async load(resident) {
      const entry = current(resident);
      // Through JSON, as in any real store: what does not survive it must not be relied on.
      const stored = entry && (JSON.parse(entry.json) as Stored);
      const beside = handoffs.get(resident);
      const spoken = languages.get(resident);
      return {
        stored: withHandoff(stored, beside && now() < beside.until ? beside.handoff : null),
        version: entry?.version ?? null,
        language: spoken && now() < spoken.until ? spoken.language : null,
      };
    },
    async save(resident, stored, version) {
      if ((current(resident)?.version ?? null) !== version) return false;
      kept.set(resident, { json: JSON.stringify(stored), version: randomUUID(), until: now() + idleMs });
      const { handoff, language: spoken } = stored.session;
      if (spoken === language || !stored.session.isLanguageKept) languages.delete(resident);
      else languages.set(resident, { language: spoken, until: now() + languageLifeMs });
      if (handoff) handoffs.set(resident, { handoff, until: now() + stored.handoffMs });
      else handoffs.delete(resident);
      return true;
    },
    async forget(resident) {
      kept.delete(resident);
      handoffs.delete(resident);
      languages.delete(resident);
    },
    async *all() {
      for (const resident of [...kept.keys()]) {
        const entry = current(resident);
        if (entry) yield (JSON.parse(entry.json) as Stored).session;
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
