/** Reminders outlive the keys they were written with: what an older key sealed is sealed anew, and what it named gets its new name. */
import type { RedisConnection } from './connect.ts';
import { script } from './script.ts';
import type { Seal } from './seal.ts';

const replaceIfUnchanged = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1`;

const deleteIfUnchanged = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

export interface Sealed {
  readonly key: string;
  readonly value: string;
  readonly plain: string;
}

/** Does nothing where value and name are of the ring's keys already. What somebody else has changed meanwhile stays as it is. */
export function resealer(redis: RedisConnection, seal: Seal): (sealed: Sealed, name: string) => Promise<void> {
  const replace = script(redis, replaceIfUnchanged);
  const remove = script(redis, deleteIfUnchanged);
  const [writing] = seal.ids;
  return async ({ key, value, plain }, name) => {
    if (key === name) {
      if (!value.startsWith(`${writing}.`)) await replace([key], [value, seal.seal(plain, key)]);
      return;
    }
    const lifeMs = await redis.pttl(key);
    if (lifeMs <= 0) return;
    // What was set up under the new name since then is newer.
    await redis.set(name, seal.seal(plain, name), 'PX', lifeMs, 'NX');
    await remove([key], [value]);
  };
}
