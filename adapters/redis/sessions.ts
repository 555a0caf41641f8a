/** Sessions in Redis: one encrypted key a resident, gone after `idleMs` without a message, written only from the version last read. */
import { Cluster } from 'ioredis';
import { type Beside, languageLifeMs, type Reminded, type Sessions, type StoredTalk } from '../../bot/ports.ts';
import type { RedisConnection } from './connect.ts';
import { drawBytes } from './random.ts';
import { resealer } from './reseal.ts';
import { script } from './script.ts';
import type { Seal } from './seal.ts';

/**
 * KEYS: session, and what is kept beside it. ARGV: version read ('' for none), then for each key its new value and its life in ms (0: nothing is to be
 * there); at the end the ids of the ring's keys, each between commas. The session's value begins with its version and a colon.
 */
const saveIfUnchanged = `
local current = redis.call('GET', KEYS[1])
local version = current and string.match(current, '^([^:]*):') or ''
if version ~= ARGV[1] then return 0 end
for i, key in ipairs(KEYS) do
  local value, life = ARGV[2 * i], ARGV[2 * i + 1]
  if tonumber(life) > 0 then
    redis.call('SET', key, value, 'PX', life)
  else
    -- What another process has sealed with a key that this one does not have yet is not nothing.
    local there = redis.call('GET', key)
    local id = there and string.match(there, '^([^.]*)%.')
    if id and string.find(ARGV[#ARGV], ',' .. id .. ',', 1, true) then redis.call('DEL', key) end
  end
end
return 1`;

/** `language`: what need not be remembered. */
export function redisSessions(
  redis: RedisConnection,
  { seal, idleMs, language: main }: { seal: Seal; idleMs: number; language: string },
): Sessions {
  const saveScript = script(redis, saveIfUnchanged);
  const reseal = resealer(redis, seal);
  const keyOf = (resident: string) => `koshin:{${seal.hash(resident)}}:session`;
  /** Beside the session, in the same slot of a cluster. */
  const besideKeys = (key: string) => {
    const named = (name: string) => key.replace(/session$/, name);
    return { handoff: named('handoff'), language: named('language'), reminders: named('reminders') };
  };
  /** What no key of the ring opens is not deleted: another process, with another ring, may be able to read it. */
  function opened<Value>(sealed: string | null, key: string): Value | undefined {
    const json = sealed === null ? undefined : seal.open(sealed, key);
    return json === undefined ? undefined : (JSON.parse(json) as Value);
  }
  /** Every key of that name, with its value. */
  async function* entries(name: string): AsyncGenerator<readonly [key: string, value: string]> {
    for (const node of nodesOf(redis)) {
      // Redis may name a key twice.
      const seen = new Set<string>();
      for await (const keys of node.scanStream({ match: `koshin:{*}:${name}`, count: 500 })) {
        const fresh = (keys as string[]).filter((key) => !seen.has(key));
        for (const key of fresh) seen.add(key);
        const reading = node.pipeline();
        for (const key of fresh) reading.get(key);
        const found = (await reading.exec()) ?? [];
        for (const [index, [, value]] of found.entries())
          if (typeof value === 'string') yield [fresh[index] ?? '', value];
      }
    }
  }

  return {
    async load(resident) {
      const key = keyOf(resident);
      const keys = besideKeys(key);
      const [value = null, handoff = null, spoken = null, reminded = null] = await redis.mget(
        key,
        keys.handoff,
        keys.language,
        keys.reminders,
      );
      const colon = value?.indexOf(':') ?? 0;
      return {
        talk: value === null ? undefined : opened<StoredTalk>(value.slice(colon + 1), key),
        version: value?.slice(0, colon) ?? null,
        beside: {
          handoff: opened<Beside['handoff']>(handoff, keys.handoff) ?? null,
          reminders: opened<Reminded>(reminded, keys.reminders)?.reminders ?? [],
          language: opened<string>(spoken, keys.language) ?? null,
        },
      };
    },
    async save(resident, stored, version) {
      const key = keyOf(resident);
      const keys = besideKeys(key);
      const { handoff, reminders, ...session } = stored.session;
      // A random version: a session that was forgotten and began again is never taken for the old one.
      const value = `${drawBytes(9).toString('base64url')}:${seal.seal(JSON.stringify({ ...stored, session }), key)}`;
      const beside = (name: string, of: unknown, lifeMs: number) =>
        lifeMs > 0 ? [seal.seal(JSON.stringify(of), name), lifeMs] : ['', 0];
      const isMain = session.language === main || !session.isLanguageKept;
      const reminded: Reminded = { resident, reminders };
      const values = [
        [value, idleMs],
        beside(keys.handoff, handoff, handoff ? Math.max(1, stored.handoffMs) : 0),
        // Reminders of years from now are in it, too.
        beside(keys.language, session.language, isMain ? 0 : Math.max(languageLifeMs, stored.remindersMs)),
        beside(keys.reminders, reminded, reminders.length > 0 ? Math.max(1, stored.remindersMs) : 0),
      ];
      return (
        (await saveScript(
          [key, ...Object.values(keys)],
          [version ?? '', ...values.flat(), `,${seal.ids.join(',')},`],
        )) === 1
      );
    },
    async forget(resident) {
      const key = keyOf(resident);
      await redis.del(key, ...Object.values(besideKeys(key)));
    },
    async *all() {
      for await (const [key, value] of entries('session')) {
        const talk = opened<StoredTalk>(value.slice(value.indexOf(':') + 1), key);
        if (talk) yield { ...talk.session, handoff: null, reminders: [] };
      }
    },
    async *reminded() {
      for await (const [key, value] of entries('reminders')) {
        const reminded = opened<Reminded>(value, key);
        if (!reminded) continue;
        await reseal({ key, value, reminded }, besideKeys(keyOf(reminded.resident)).reminders);
        yield reminded;
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
