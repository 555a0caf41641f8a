/** Sessions in Redis: one encrypted key a resident, gone after `idleMs` without a message, written only from the version last read. */
import type { Redis } from 'ioredis';
import type { Sessions, Stored } from '../../bot/ports.ts';
import type { Seal } from './seal.ts';

/** KEYS: session. ARGV: version read, new value, life in ms. The value begins with its version and a colon. */
const saveIfUnchanged = `
local current = redis.call('GET', KEYS[1])
local version = current and string.match(current, '^(%d+):') or '0'
if version ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

export function redisSessions(redis: Redis, { seal, idleMs }: { seal: Seal; idleMs: number }): Sessions {
  const keyOf = (resident: string) => `koshin:{${seal.hash(resident)}}:session`;
  return {
    async load(resident) {
      const key = keyOf(resident);
      const value = await redis.get(key);
      if (value === null) return undefined;
      const colon = value.indexOf(':');
      const version = Number(value.slice(0, colon));
      const json = seal.open(value.slice(colon + 1), key);
      if (json !== undefined) return { stored: JSON.parse(json) as Stored, version };
      await redis.del(key); // sealed with a key that has been dropped: the conversation starts afresh
      return undefined;
    },
    async save(resident, stored, version) {
      const key = keyOf(resident);
      const value = `${version + 1}:${seal.seal(JSON.stringify(stored), key)}`;
      return (await redis.eval(saveIfUnchanged, 1, key, String(version), value, idleMs)) === 1;
    },
    async forget(resident) {
      await redis.del(keyOf(resident));
    },
    async isReady() {
      return redis.ping().then(
        (answer) => answer === 'PONG',
        () => false,
      );
    },
    async close() {
      await redis.quit();
    },
  };
}
