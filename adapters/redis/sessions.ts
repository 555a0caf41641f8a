/** Sessions in Redis: one encrypted key a resident, gone after `idleMs` without a message, written only from the version last read. */
import { Cluster } from 'ioredis';
import type { Sessions, Stored } from '../../bot/ports.ts';
import type { RedisConnection } from './connect.ts';
import { drawBytes } from './random.ts';
import { script } from './script.ts';
import type { Seal } from './seal.ts';

/** KEYS: session. ARGV: version read ('' for none), new value, life in ms. A value begins with its version and a colon. */
const saveIfUnchanged = `
local current = redis.call('GET', KEYS[1])
local version = current and string.match(current, '^([^:]*):') or ''
if version ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

export function redisSessions(redis: RedisConnection, { seal, idleMs }: { seal: Seal; idleMs: number }): Sessions {
  const saveScript = script(redis, saveIfUnchanged);
  const keyOf = (resident: string) => `koshin:{${seal.hash(resident)}}:session`;
  return {
    async load(resident) {
      const key = keyOf(resident);
      const value = await redis.get(key);
      if (value === null) return { stored: undefined, version: null };
      const colon = value.indexOf(':');
      // What no key of the ring opens is not deleted: another process, with another ring, may be able to read it.
      const json = seal.open(value.slice(colon + 1), key);
      const stored = json === undefined ? undefined : (JSON.parse(json) as Stored);
      return { stored, version: value.slice(0, colon) };
    },
    async save(resident, stored, version) {
      const key = keyOf(resident);
      // A random version: a session that was forgotten and began again is never taken for the old one.
      const value = `${drawBytes(9).toString('base64url')}:${seal.seal(JSON.stringify(stored), key)}`;
      return (await saveScript([key], [version ?? '', value, idleMs])) === 1;
    },
    async forget(resident) {
      await redis.del(keyOf(resident));
    },
    async isReady() {
      // A full Redis answers, and keeps nothing.
      return redis.set('koshin:ready', 1, 'PX', 1_000).then(
        (answer) => answer === 'OK',
        () => false,
      );
    },
    // Beside the sessions there are only the inbox's few keys: counting them one by one would take as long as there are many.
    count: () => keyCount(redis),
    async close() {
      await redis.quit().catch(() => redis.disconnect()); // away already: nothing to say goodbye to
    },
  };
}

async function keyCount(redis: RedisConnection): Promise<number> {
  const counts = await Promise.all(
    (redis instanceof Cluster ? redis.nodes('master') : [redis]).map((node) => node.dbsize()),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
