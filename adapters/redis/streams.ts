/** The inbox's streams: adding, reading, taking over, finishing, burying. All keys lie in one hash slot, so that one read serves all. */
import type { Backlog, Incoming, Log } from '../../bot/ports.ts';
import type { RedisConnection } from './connect.ts';
import { gathered } from './gathered.ts';
import { script } from './script.ts';
import type { Seal } from './seal.ts';

export interface PendingEntry {
  readonly entryId: string;
  readonly incoming: Incoming;
  /** Somebody had it in hand before. */
  readonly isPending: boolean;
  /** How many processes died with it in hand, or may have delivered it. */
  readonly takeovers: number;
}

const group = 'bot';
const seenKey = 'koshin:{inbox}:seen';
const deadKey = 'koshin:{inbox}:dead';
const streamOf = (partition: number) => `koshin:{inbox}:stream:${partition}`;

/** An id is known for a day: LINE does not say how long it delivers again, but a reply token lives for 20 minutes. */
const seenMs = 24 * 60 * 60_000;
const deadAtMost = 1_000;

/** KEYS: seen ids, stream. ARGV: id, now (ms), oldest to remember (ms), sealed event. One step: what is marked as seen is in the stream. */
const addScript = `
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
redis.call('XADD', KEYS[2], '*', 'event', ARGV[4])
return 1`;

/** KEYS: stream. ARGV: group, entries. */
const doneScript = `
redis.call('XACK', KEYS[1], unpack(ARGV))
return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))`;

/**
 * KEYS: leases, then as many streams. ARGV: this process, group, then how many entries of each stream. In one step with the look at the lease, so that nobody
 * ever reads from a partition that another has taken over.
 */
const readScript = `
local found = {}
local streams = #KEYS / 2
for at = 1, streams do
  if redis.call('GET', KEYS[at]) == ARGV[1] then
    local read = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[1], 'COUNT', ARGV[2 + at], 'STREAMS', KEYS[streams + at], '>')
    if read then found[#found + 1] = { at - 1, read[1][2] } end
  end
end
return found`;

type Fields = readonly string[];
type Entry = readonly [id: string, fields: Fields | null];

export interface StreamOptions {
  readonly seal: Seal;
  readonly log: Log;
  /** This process's name. */
  readonly self: string;
  readonly partitions: number;
  /** The key of a partition's lease. */
  readonly leaseOf: (partition: number) => string;
}

export function inboxStreams(redis: RedisConnection, { seal, log, self, partitions, leaseOf }: StreamOptions) {
  const [add, read, done] = [script(redis, addScript), script(redis, readScript), script(redis, doneScript)];
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const finished = gathered<string>((partition, entries) => done([streamOf(partition)], [group, ...entries]));

  function opened(
    partition: number,
    [entryId, fields]: Entry,
    before: Pick<PendingEntry, 'isPending' | 'takeovers'>,
  ): PendingEntry | undefined {
    const json = seal.open(fields?.[1] ?? '', streamOf(partition));
    if (json !== undefined) return { entryId, incoming: JSON.parse(json) as Incoming, ...before };
    log.error({ partition, entry: entryId }, 'inbox: no key of DATA_KEYS opens an event; another process may');
    return undefined;
  }

  /** Streams come into being with the first event; their group must be there before they are read. */
  async function createGroups(): Promise<void> {
    for (const partition of all)
      await redis.xgroup('CREATE', streamOf(partition), group, '0', 'MKSTREAM').catch((error: Error) => {
        if (!error.message.startsWith('BUSYGROUP')) throw error;
      });
  }

  /** A Redis that lost its data, or never had any, has no groups yet. */
  async function withGroups<Result>(look: () => Promise<Result>): Promise<Result> {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('NOGROUP'))) throw error;
      await createGroups();
      return look();
    }
  }

  return {
    /** An id that was added before is dropped. */
    async add(partition: number, incoming: Incoming): Promise<void> {
      const key = streamOf(partition);
      const sealed = seal.seal(JSON.stringify(incoming), key);
      const now = Date.now();
      await add([seenKey, key], [incoming.id, now, now - seenMs, sealed]);
    },

    /**
     * What nobody has had in hand yet, at most so many of each partition, oldest first; nothing from a partition whose lease is lost.
     * `isAll`: nothing more was there.
     */
    async read(
      from: readonly (readonly [partition: number, atMost: number])[],
    ): Promise<{ partition: number; entries: PendingEntry[]; isAll: boolean }[]> {
      const keys = [
        ...from.map(([partition]) => leaseOf(partition)),
        ...from.map(([partition]) => streamOf(partition)),
      ];
      const counts = from.map(([, atMost]) => atMost);
      finished.send();
      const answer = await withGroups(() => read(keys, [self, group, ...counts]));
      return (answer as [at: number, entries: Entry[]][]).map(([at, found]) => {
        const [partition, atMost] = from[at] ?? [0, 0];
        const entries = found.flatMap((entry) => opened(partition, entry, { isPending: false, takeovers: 0 }) ?? []);
        return { partition, entries, isAll: found.length < atMost };
      });
    },

    /**
     * What was in somebody's hands and is not done, oldest first; it is in this process's hands now. Each is given on at once: one that is in
     * hand here may be done while others are still asked for, and must not be taken again then, nor counted as taken over.
     */
    async takeOver(
      partition: number,
      { isInHand, take }: { isInHand: (entryId: string) => boolean; take: (entry: PendingEntry) => void },
    ): Promise<void> {
      const key = streamOf(partition);
      for (let from = '-'; ; ) {
        const waiting = (await withGroups(() => redis.xpending(key, group, from, '+', 100))) as [
          string,
          string,
          number,
          number,
        ][];
        if (waiting.length === 0) return;
        const ids = waiting.map(([id]) => id);
        const takeovers = new Map(waiting.map(([id, , , deliveries]) => [id, deliveries]));
        const wanted = ids.filter((id) => !isInHand(id));
        const claimed =
          wanted.length > 0 ? ((await redis.call('XCLAIM', key, group, self, 0, ...wanted)) as Entry[]) : [];
        for (const each of claimed) {
          const entry = opened(partition, each, { isPending: true, takeovers: takeovers.get(each[0]) ?? 1 });
          if (entry) take(entry);
        }
        from = `(${ids.at(-1)}`;
      }
    },

    /** Gives it back as if nobody had had it in hand. */
    async leave(partition: number, entryId: string): Promise<void> {
      await redis.call('XCLAIM', streamOf(partition), group, self, 0, entryId, 'RETRYCOUNT', 0);
    },

    /** Off its stream, with the next read or `sendDone`. */
    done: (partition: number, entryId: string): Promise<void> => finished.add(partition, entryId),
    sendDone: () => finished.send(),

    /** To the dead letters: what it was and why, and nothing that was said. */
    async bury(partition: number, entryId: string, { id, kind, at }: Incoming, reason: string): Promise<void> {
      const key = streamOf(partition);
      const fields = ['id', id, 'kind', kind, 'at', String(at), 'reason', reason];
      await redis
        .multi()
        .xadd(deadKey, 'MAXLEN', '~', deadAtMost, '*', ...fields)
        .xack(key, group, entryId)
        .xdel(key, entryId)
        .exec();
    },

    async backlog(): Promise<Backlog> {
      const lengths = await Promise.all(all.map((partition) => redis.xlen(streamOf(partition))));
      const firsts = await Promise.all(all.map((partition) => redis.xrange(streamOf(partition), '-', '+', 'COUNT', 1)));
      const oldest = Math.min(...firsts.flat().map(([entryId]) => Number.parseInt(entryId, 10)));
      return {
        waiting: lengths.reduce((sum, length) => sum + length, 0),
        oldestMs: Number.isFinite(oldest) ? Math.max(0, Date.now() - oldest) : 0,
        dead: await redis.xlen(deadKey),
      };
    },
  };
}
