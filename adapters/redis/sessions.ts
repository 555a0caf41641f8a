/** Sessions in Redis: one encrypted key a resident, gone after `idleMs` without a message, written only from the version last read. */
import { Cluster } from 'ioredis';
import type { Session } from '../../bot/dialogue/types.ts';
import { languageLifeMs, type Sessions, type Stored } from '../../bot/ports.ts';
import { withHandoff } from '../handoff.ts';
import type { RedisConnection } from './connect.ts';
import { drawBytes } from './random.ts';
import { script } from './script.ts';
import type { Seal } from './seal.ts';

/**
 * KEYS: session, handoff, language. ARGV: version read ('' for none), new value, life in ms, handoff, its life in ms (0: none), language, its life in ms
 * (0: the main one). A value begins with its version and a colon.
 */
const saveIfUnchanged = `
local current = redis.call('GET', KEYS[1])
local version = current and string.match(current, '^([^:]*):') or ''
if version ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if tonumber(ARGV[5]) > 0 then redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5]) else redis.call('DEL', KEYS[2]) end
if tonumber(ARGV[7]) > 0 then redis.call('SET', KEYS[3], ARGV[6], 'PX', ARGV[7]) else redis.call('DEL', KEYS[3]) end
return 1`;

/** `language`: what need not be remembered. */
export function redisSessions(
  redis: RedisConnection,
  { seal, idleMs, language: main }: { seal: Seal; idleMs: number; language: string },
): Sessions {
  const saveScript = script(redis, saveIfUnchanged);
  const keyOf = (resident: string) => `koshin:{${seal.hash(resident)}}:session`;
  const handoffKeyOf = (key: string) => key.replace(/session$/, 'handoff');
  const languageKeyOf = (key: string) => key.replace(/session$/, 'language');
  /** What no key of the ring opens is not deleted: another process, with another ring, may be able to read it. */
  function opened<Value>(sealed: string | null, key: string): Value | undefined {
    const json = sealed === null ? undefined : seal.open(sealed, key);
    return json === undefined ? undefined : (JSON.parse(json) as Value);
  }
  return {
    async load(resident) {
      const key = keyOf(resident);
      const [value = null, beside = null, spoken = null] = await redis.mget(key, handoffKeyOf(key), languageKeyOf(key));
      const handoff = opened<Session['handoff']>(beside, handoffKeyOf(key)) ?? null;
      const colon = value?.indexOf(':') ?? 0;
      const stored = value === null ? undefined : opened<Stored>(value.slice(colon + 1), key);
      return {
        stored: withHandoff(stored, handoff),
        version: value?.slice(0, colon) ?? null,
        language: opened<string>(spoken, languageKeyOf(key)) ?? null,
      };
    },
    async save(resident, stored, version) {
      const key = keyOf(resident);
      // A random version: a session that was forgotten and began again is never taken for the old one.
      const { handoff, ...session } = stored.session;
      const value = `${drawBytes(9).toString('base64url')}:${seal.seal(JSON.stringify({ ...stored, session }), key)}`;
      const beside = handoff ? seal.seal(JSON.stringify(handoff), handoffKeyOf(key)) : '';
      const life = handoff ? Math.max(1, stored.handoffMs) : 0;
      const isMain = session.language === main || !session.isLanguageKept;
      const spoken = isMain ? '' : seal.seal(JSON.stringify(session.language), languageKeyOf(key));
      const keys = [key, handoffKeyOf(key), languageKeyOf(key)];
      const lives = [value, idleMs, beside, life, spoken, isMain ? 0 : languageLifeMs];
      return (await saveScript(keys, [version ?? '', ...lives])) === 1;
    },
    async forget(resident) {
      const key = keyOf(resident);
      await redis.del(key, handoffKeyOf(key), languageKeyOf(key));
    },
    async *all() {
      for (const node of nodesOf(redis)) {
        // Redis may name a key twice.
        const seen = new Set<string>();
        for await (const keys of node.scanStream({ match: 'koshin:{*}:session', count: 500 })) {
          const fresh = (keys as string[]).filter((key) => !seen.has(key));
          for (const key of fresh) seen.add(key);
          const reading = node.pipeline();
          for (const key of fresh) reading.get(key);
          const found = (await reading.exec()) ?? [];
          for (const [index, [, value]] of found.entries()) {
            const stored =
              typeof value === 'string'
                ? opened<Stored>(value.slice(value.indexOf(':') + 1), fresh[index] ?? '')
                : undefined;
            if (stored) yield { ...stored.session, handoff: null };
          }
        }
      }
    },
    async isReady() {
      // A full Redis answers, and keeps nothing.
      return redis.set('koshin:ready', 1, 'PX', 1_000).then(
        (answer) => answer === 'OK',
        () => false,
      );
    },
    // About: languages that were chosen and open handoffs are counted, too. Counting one by one would take as long as there are many.
    count: () => keyCount(redis),
    async close() {
      await redis.quit().catch(() => redis.disconnect()); // away already: nothing to say goodbye to
    },
  };
}

function nodesOf(redis: RedisConnection) {
  return redis instanceof Cluster ? redis.nodes('master') : [redis];
}

async function keyCount(redis: RedisConnection): Promise<number> {
  const counts = await Promise.all(nodesOf(redis).map((node) => node.dbsize()));
  return counts.reduce((sum, count) => sum + count, 0);
}
