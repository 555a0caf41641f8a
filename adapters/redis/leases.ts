/**
 * Which process works on which partition. A lease is a key with a short life: who holds it renews it, and when its process dies it
 * runs out and another takes it. Each process takes its fair share of all that are alive.
 */
import type { RedisConnection } from './connect.ts';
import { script } from './script.ts';

/**
 * KEYS: members, then one lease per partition. ARGV: this process, life in ms.
 * Notes that this process is alive, renews its leases, and takes free ones up to its share. Gives the share, and the partitions held.
 */
const beatScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
local share = math.ceil((#KEYS - 1) / redis.call('ZCARD', KEYS[1]))
local held = {}
local free = {}
for at = 2, #KEYS do
  local owner = redis.call('GET', KEYS[at])
  if owner == ARGV[1] then
    redis.call('PEXPIRE', KEYS[at], ARGV[2])
    held[#held + 1] = at - 2
  elseif not owner then
    free[#free + 1] = at
  end
end
for _, at in ipairs(free) do
  if #held < share then
    redis.call('SET', KEYS[at], ARGV[1], 'PX', ARGV[2])
    held[#held + 1] = at - 2
  end
end
return { share, held }`;

/** KEYS: lease. ARGV: this process. */
const releaseScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

export interface Leases {
  /** Renews, takes and counts: to be called several times within a lease's life. The partitions held, and how many are a fair share. */
  beat(): Promise<{ readonly share: number; readonly held: readonly number[] }>;
  /** Whether the lease, as far as this process knows, has not run out. */
  isHeld(partition: number): boolean;
  /** Another number each time the partition is held anew: in between it may have been somebody else's. */
  tenureOf(partition: number): number;
  release(partition: number): Promise<void>;
  /** Gives everything back, so that the others need not wait. */
  leave(): Promise<void>;
}

export interface LeaseOptions {
  /** This process's name. */
  readonly self: string;
  readonly partitions: number;
  readonly lifeMs: number;
  /** The key of a lease, and of the set of processes that are alive; all in one hash slot. */
  readonly keyOf: (partition: number) => string;
  readonly membersKey: string;
}

export function redisLeases(redis: RedisConnection, options: LeaseOptions): Leases {
  const { self, partitions, lifeMs, keyOf, membersKey } = options;
  const keys = [membersKey, ...Array.from({ length: partitions }, (_, partition) => keyOf(partition))];
  const heldUntil = new Map<number, number>();
  const tenures = new Map<number, number>();
  const isHeld = (partition: number) => performance.now() < (heldUntil.get(partition) ?? 0);
  const [beat, release] = [script(redis, beatScript), script(redis, releaseScript)];
  return {
    async beat() {
      // Counted from before the call: Redis cannot have begun earlier.
      const until = performance.now() + lifeMs;
      const answer = await beat(keys, [self, lifeMs]);
      const [share, held] = answer as [number, number[]];
      for (const partition of held) if (!isHeld(partition)) tenures.set(partition, (tenures.get(partition) ?? 0) + 1);
      heldUntil.clear();
      for (const partition of held) heldUntil.set(partition, until);
      return { share, held };
    },
    isHeld,
    tenureOf: (partition) => tenures.get(partition) ?? 0,
    async release(partition) {
      heldUntil.delete(partition);
      await release([keyOf(partition)], [self]);
    },
    async leave() {
      const held = [...heldUntil.keys()];
      heldUntil.clear();
      for (const partition of held) await release([keyOf(partition)], [self]);
      await redis.zrem(membersKey, self);
    },
  };
}
