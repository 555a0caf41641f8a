/** A Redis connection that reconnects by itself and fails fast while it is away, so that nobody waits on it. */
import { Redis } from 'ioredis';
import type { Log } from '../../bot/ports.ts';

export function connectRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    commandTimeout: 2_000,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  let isAway = false;
  redis.on('error', (error: Error & { code?: string }) => {
    if (!isAway) log.error({ error: error.code ?? error.name }, 'Redis is away; trying again');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info({}, 'Redis is back');
    isAway = false;
  });
  return redis;
}
