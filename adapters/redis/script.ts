/** A Lua script that Redis runs in one step. It is sent once; after that only its fingerprint is. */
import { createHash } from 'node:crypto';
import type { RedisConnection } from './connect.ts';

export type Script = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

export function script(redis: RedisConnection, lua: string): Script {
  const sha = createHash('sha1').update(lua).digest('hex');
  return async (keys, args) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return redis.eval(lua, keys.length, ...keys, ...args);
    }
  };
}
