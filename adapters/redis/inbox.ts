/**
 * The inbox on Redis Streams. A resident belongs to one of a fixed number of partitions, each a stream; a partition belongs to one
 * process at a time (`leases.ts`), so that a resident's events stay in order however many processes there are. An event leaves its stream
 * when it is done. What a dead process had in hand is still pending in its streams, and goes to whoever takes them over.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Inbox, Incoming, Log, Worker } from '../../bot/ports.ts';
import { tryUntilDone, usualWaitsMs } from '../attempts.ts';
import type { RedisConnection } from './connect.ts';
import { redisLeases } from './leases.ts';
import type { Seal } from './seal.ts';
import { inboxStreams, type PendingEntry } from './streams.ts';

export interface RedisInboxOptions {
  readonly seal: Seal;
  readonly log: Log;
  readonly waitsMs?: readonly number[];
  /** A dead process's work is taken over after so long. */
  readonly leaseMs?: number;
  /** Events in hand at once; all others wait in Redis. */
  readonly inHandAtMost?: number;
}

/** Fixed for good: it decides where a resident's events lie. More processes than this would have nothing to do. */
const partitions = 16;

/** How often a process looks for events that others accepted, and takes off their streams those that it has done. */
const pollMs = 20;

/** No partition is held in this tenure. */
const closed = -1;

/** An event that was in the hands of so many processes when they died has killed them, most likely. */
const takeoversAtMost = 8;

export function redisInbox(redis: RedisConnection, options: RedisInboxOptions): Inbox {
  const { seal, log, waitsMs = usualWaitsMs, leaseMs = 4_000, inHandAtMost = 4_096 } = options;
  const self = randomUUID();
  const stopping = new AbortController();
  const leaseOf = (partition: number) => `koshin:{inbox}:lease:${partition}`;
  const streams = inboxStreams(redis, { seal, log, self, partitions, leaseOf });
  const leases = redisLeases(redis, {
    self,
    partitions,
    lifeMs: leaseMs,
    keyOf: leaseOf,
    membersKey: 'koshin:{inbox}:members',
  });
  /** What each resident has in hand. False: something was left undone, so that nothing behind it may go first. */
  const queues = new Map<string, Promise<boolean>>();
  /** The entries in hand, by partition. Each partition has its own room, so that nobody who sends very much holds up all others. */
  const inHand = Array.from({ length: partitions }, () => new Set<string>());
  const roomEach = Math.max(1, Math.floor(inHandAtMost / partitions));
  /** Partitions whose pending events were taken over, and that are read from; with the tenure in which they were. */
  const open = new Map<number, number>();
  /** Partitions where there is something to read: accepted here, or left over by the last read. */
  const fresh = new Set<number>();
  let awake = Promise.withResolvers<void>();
  let polling: NodeJS.Timeout | undefined;
  let isTimeToLook = true;
  let running: Promise<unknown> = Promise.resolve();

  const isOpen = (partition: number) => open.get(partition) === leases.tenureOf(partition);
  const roomIn = (partition: number) => roomEach - (inHand[partition]?.size ?? 0);
  const isFull = (partition: number) => roomIn(partition) <= 0;

  /** There is something to read. */
  function wake(partition: number): void {
    fresh.add(partition);
    awake.resolve();
  }

  /** Behind what the resident has in hand already. What is left stays pending, and everything behind it too: taken over, they are in order again. */
  function take(partition: number, entry: PendingEntry, worker: Worker): void {
    const { entryId } = entry;
    if (inHand[partition]?.has(entryId)) return;
    inHand[partition]?.add(entryId);
    const tenure = leases.tenureOf(partition);
    const key = entry.incoming.resident ?? '';
    const turn = (queues.get(key) ?? Promise.resolve(true))
      .then((isFree) => (isFree ? work(partition, entry, tenure, worker) : untouched(partition, entry)))
      .then((isSettled) => {
        if (isFull(partition)) wake(partition);
        inHand[partition]?.delete(entryId);
        // Somebody else's now, or ours once more when it is taken over again.
        if (!isSettled) open.set(partition, closed);
        return isSettled;
      });
    queues.set(key, turn);
    turn.then(() => queues.get(key) === turn && queues.delete(key));
  }

  /** Nobody has tried it: whoever takes it over need not think that it was answered. */
  async function untouched(partition: number, { entryId, isPending }: PendingEntry): Promise<false> {
    if (!isPending && leases.isHeld(partition)) await streams.leave(partition, entryId).catch(() => undefined);
    return false;
  }

  /** Whether the event is done with, one way or the other. */
  async function work(partition: number, entry: PendingEntry, tenure: number, worker: Worker): Promise<boolean> {
    const { entryId, incoming, takeovers, isPending } = entry;
    const isOurs = () => leases.isHeld(partition) && leases.tenureOf(partition) === tenure;
    const bury = (reason: string) => settled(isOurs, () => streams.bury(partition, entryId, incoming, reason));
    if (takeovers >= takeoversAtMost) {
      log.error({ event: incoming.id, takeovers }, 'an event that kept killing its process is given up');
      return bury('killed its process again and again');
    }
    const outcome = await tryUntilDone(worker, incoming, {
      // Who had it before may have committed it; a process that died may also have delivered before it could say so.
      first: { number: isPending ? 2 : 1, mayBeDelivered: takeovers > 0, isOurs },
      waitsMs,
      signal: stopping.signal,
      onStop: 'leave',
    });
    if (outcome.kind === 'left') {
      // Left in good order, and surely not delivered: nobody need think that it killed us, or was answered.
      if (isOurs() && !outcome.mayBeDelivered) await streams.leave(partition, entryId).catch(() => undefined);
      return false;
    }
    if (outcome.kind === 'given-up') return bury(outcome.reason);
    return settled(isOurs, () => {
      const done = streams.done(partition, entryId);
      if (isFull(partition)) streams.sendDone();
      return done;
    });
  }

  /** What is done must leave the stream, or it would be done again much later. False: the partition is not ours any more. */
  async function settled(isOurs: () => boolean, settle: () => Promise<void>): Promise<boolean> {
    while (isOurs()) {
      try {
        await settle();
        return true;
      } catch {
        await sleep(200); // said by the connection
      }
    }
    return false;
  }

  /** Keeps the leases, takes over what others left, and gives back what is more than this process's share. */
  async function keepLeases(worker: Worker): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const { share, held } = await leases.beat();
        for (const partition of open.keys()) if (!held.includes(partition)) open.delete(partition);
        const surplus = held.slice(share);
        for (const partition of surplus) {
          open.delete(partition);
          if (roomIn(partition) === roomEach) await leases.release(partition);
        }
        for (const partition of held.slice(0, share)) {
          if (isOpen(partition)) continue;
          const tenure = leases.tenureOf(partition);
          open.delete(partition);
          await streams.takeOver(partition, {
            isInHand: (entryId) => inHand[partition]?.has(entryId) ?? false,
            take: (entry) => take(partition, entry, worker),
          });
          // Unless something was left meanwhile: then it is taken over once more.
          if (!open.has(partition)) open.set(partition, tenure);
        }
      } catch (error) {
        log.warn({ error: nameOf(error) }, 'inbox: Redis does not answer');
      }
      await pause(leaseMs / 4);
    }
  }

  /** Reads where something was accepted as soon as it was, and everywhere from time to time, for what others accepted. */
  async function readNew(worker: Worker): Promise<void> {
    while (!stopping.signal.aborted) {
      const held = [...open.keys()].filter(
        (partition) => isOpen(partition) && leases.isHeld(partition) && !isFull(partition),
      );
      const from = isTimeToLook ? held : held.filter((partition) => fresh.has(partition));
      isTimeToLook = false;
      fresh.clear();
      try {
        const found =
          from.length > 0 ? await streams.read(from.map((partition) => [partition, roomIn(partition)])) : [];
        for (const { partition, entries, isAll } of found) {
          // Something was left while this was read: what is older is taken over first, and this with it.
          for (const entry of entries)
            if (isOpen(partition)) take(partition, entry, worker);
            else await untouched(partition, entry);
          if (!isAll) fresh.add(partition);
        }
        // With a read they go along; without one they must not wait for the next.
        if (from.length === 0) streams.sendDone();
        if (fresh.size === 0) await awake.promise;
        awake = Promise.withResolvers();
      } catch (error) {
        log.warn({ error: nameOf(error) }, 'inbox: could not be read');
        // Redis may have handed out what never arrived here: it is pending, and is taken over like a dead process's.
        for (const partition of from) open.set(partition, closed);
        await pause(200);
      }
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  return {
    async accept(incoming) {
      if (stopping.signal.aborted) throw new Error('the inbox is closing: nothing more is accepted');
      const partition = partitionOf(incoming);
      const added = streams.add(partition, incoming);
      // The reader's command follows this one at once, in the same write.
      wake(partition);
      await added;
    },
    start(worker) {
      polling = setInterval(() => {
        isTimeToLook = true;
        awake.resolve();
        streams.sendDone();
      }, pollMs);
      running = Promise.all([keepLeases(worker), readNew(worker)]);
    },
    async stop() {
      stopping.abort();
      awake.resolve();
      await running;
      await Promise.all(queues.values());
      clearInterval(polling);
      await leases.leave().catch(() => undefined); // away: the leases run out by themselves
    },
    backlog: () => streams.backlog(),
  };
}

function partitionOf({ resident }: Incoming): number {
  return (
    createHash('sha256')
      .update(resident ?? '')
      .digest()
      .readUInt32BE() % partitions
  );
}

/** Never the message of a foreign error: it might carry what a resident typed. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
