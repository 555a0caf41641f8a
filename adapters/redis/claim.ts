/** A database belongs to one channel: keys carry no channel's name, and two at once would work on each other's residents. */
import type { RedisConnection } from './connect.ts';

const key = 'koshin:channel';

/** Takes the database for that channel; the name of another that has it, or undefined: it is this one's. Rejects while Redis is away. */
export async function claim(redis: RedisConnection, channel: string): Promise<string | undefined> {
  if ((await redis.set(key, channel, 'NX')) !== null) return undefined;
  const owner = await redis.get(key);
  return owner === null || owner === channel ? undefined : owner;
}
