/** Published versions in Redis: the texts themselves, which one holds, and every one there was. They are public words: nothing is sealed. */
import type { Version, VersionInfo, Versions } from '../../bot/ports.ts';
import type { RedisConnection } from './connect.ts';
import { script } from './script.ts';

/** KEYS: current, version, history. ARGV: id that must hold ('' for none), new id, the version, what the history says of it. */
const publishIfUnchanged = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[3])
redis.call('LPUSH', KEYS[3], ARGV[4])
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

const [current, history] = ['koshin:{content}:current', 'koshin:{content}:history'];
const keyOf = (id: string) => `koshin:{content}:version:${id}`;

export function redisVersions(redis: RedisConnection): Versions {
  const publish = script(redis, publishIfUnchanged);
  return {
    currentId: () => redis.get(current),
    async find(id) {
      const json = await redis.get(keyOf(id));
      return json === null ? undefined : (JSON.parse(json) as Version);
    },
    history: async () => (await redis.lrange(history, 0, -1)).map((json) => JSON.parse(json) as VersionInfo),
    async publish(version) {
      const { texts: _, ...info } = version;
      const args = [version.from ?? '', version.id, JSON.stringify(version), JSON.stringify(info)];
      return (await publish([current, keyOf(version.id), history], args)) === 1;
    },
  };
}
