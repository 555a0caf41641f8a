/** Records in Redis, sealed; all of the staff's lie in one hash slot. */
import type { Records } from '../records.ts';
import type { RedisConnection } from './connect.ts';
import { drawBytes } from './random.ts';
import { script } from './script.ts';
import type { Seal } from './seal.ts';

/** KEYS: record, index, changes. ARGV: id, version read ('' for none), new value, life in ms, when it ends (ms). */
const saveIfUnchanged = `
local current = redis.call('GET', KEYS[1])
local version = current and string.match(current, '^([^:]*):') or ''
if version ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tonumber(ARGV[5]) - tonumber(ARGV[4]))
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
redis.call('INCR', KEYS[3])
return 1`;

/** KEYS: record, index, changes. ARGV: id. */
const removeScript = `
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('INCR', KEYS[3])`;

export function redisRecords<Value>(
  redis: RedisConnection,
  { seal, name }: { seal: Seal; name: string },
): Records<Value> {
  const [saveScript, remove] = [script(redis, saveIfUnchanged), script(redis, removeScript)];
  const [index, changes] = [`koshin:{desk}:${name}s`, `koshin:{desk}:${name}-changes`];
  const keyOf = (id: string) => `koshin:{desk}:${name}:${id}`;
  return {
    async load(id) {
      const key = keyOf(id);
      const value = await redis.get(key);
      if (value === null) return { value: undefined, version: null };
      const colon = value.indexOf(':');
      const json = seal.open(value.slice(colon + 1), key);
      return { value: json === undefined ? undefined : (JSON.parse(json) as Value), version: value.slice(0, colon) };
    },
    async save(id, value, { version, lifeMs }) {
      const key = keyOf(id);
      const sealed = `${drawBytes(9).toString('base64url')}:${seal.seal(JSON.stringify(value), key)}`;
      return (await saveScript([key, index, changes], [id, version ?? '', sealed, lifeMs, Date.now() + lifeMs])) === 1;
    },
    async remove(id) {
      await remove([keyOf(id), index, changes], [id]);
    },
    async ids() {
      await redis.zremrangebyscore(index, '-inf', Date.now());
      return redis.zrange(index, '0', '-1');
    },
    changes: async () => Number((await redis.get(changes)) ?? 0),
  };
}
