/** Reminders outlive the keys they were written with: what an older key sealed is sealed anew, and what it named gets its new name. */
import type { Reminded, Sessions } from '../../bot/ports.ts';
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

export interface SealedReminders {
  readonly key: string;
  readonly value: string;
  readonly reminded: Reminded;
}

/** Does nothing where value and name are of the ring's keys already. What somebody else changes at the same moment is left to the next round. */
export function resealer(redis: RedisConnection, seal: Seal): (sealed: SealedReminders, name: string) => Promise<void> {
  const replace = script(redis, replaceIfUnchanged);
  const remove = script(redis, deleteIfUnchanged);
  const [writing] = seal.ids;
  const sealed = (reminded: Reminded, name: string) => seal.seal(JSON.stringify(reminded), name);

  async function placed(reminded: Reminded, name: string, lifeMs: number): Promise<boolean> {
    if ((await redis.set(name, sealed(reminded, name), 'PX', lifeMs, 'NX')) === 'OK') return true;
    const value = (await redis.get(name)) ?? '';
    const plain = seal.open(value, name);
    return (
      plain !== undefined && (await replace([name], [value, sealed(both(reminded, JSON.parse(plain)), name)])) === 1
    );
  }

  return async ({ key, value, reminded }, name) => {
    if (key === name) {
      if (!value.startsWith(`${writing}.`)) await replace([key], [value, sealed(reminded, key)]);
      return;
    }
    const lifeMs = await redis.pttl(key);
    if (lifeMs > 0 && (await placed(reminded, name, lifeMs))) await remove([key], [value]);
  };
}

/** What was set up under the new name meanwhile is newer. */
function both(older: Reminded, newer: Reminded): Reminded {
  const isReplaced = ({ person, flow }: Reminded['reminders'][number]) =>
    newer.reminders.some((each) => each.person === person && each.flow === flow);
  return { ...newer, reminders: [...older.reminders.filter((each) => !isReplaced(each)), ...newer.reminders] };
}

/** Under which key's names everything is. */
const namedBy = 'koshin:named-by';

/** Once after the keys have changed, before anybody is answered: reading the reminders names them anew. */
export async function nameAnew(
  redis: RedisConnection,
  seal: Seal,
  sessions: Pick<Sessions, 'reminded'>,
): Promise<void> {
  const names = seal.hash('');
  if ((await redis.get(namedBy)) === names) return;
  for await (const _ of sessions.reminded());
  await redis.set(namedBy, names);
}
