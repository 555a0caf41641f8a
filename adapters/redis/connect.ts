/**
 * A Redis connection that reconnects by itself and fails fast while it is away, so that nobody waits on it.
 *
 * `redis://host:port`, or `rediss://…` with TLS; `redis+cluster://host:port,host:port` (nodes to begin with) and
 * `redis+sentinel://host:port,host:port/name`, each also with `rediss+…`. User and password stand before an `@`, as ever.
 */
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../../bot/ports.ts';

export type RedisConnection = Redis | Cluster;

/** How long is waited for Redis; null: as long as it takes. */
export type Patience = Pick<RedisOptions, 'commandTimeout' | 'enableAutoPipelining'> & {
  readonly maxRetriesPerRequest: number | null;
};

export function connectRedis(url: string, log: Log): RedisConnection {
  const redis = openRedis(url, forTurns);
  let isAway = false;
  redis.on('error', (error: Error & { code?: string }) => {
    if (!isAway) log.error({ error: error.code ?? error.name }, 'Redis is away; trying again');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info({}, 'Redis is back');
    isAway = false;
    warnOfLoss(redis, log).catch(() => undefined); // a Redis that does not tell is not worse for it
  });
  return redis;
}

/** LINE waits two seconds for the webhook's answer: who has to wait for Redis fails instead. */
const forTurns: Patience = {
  maxRetriesPerRequest: 1,
  commandTimeout: 1_500,
  enableAutoPipelining: true,
};

const always = {
  connectTimeout: 5_000,
  retryStrategy: (tries: number) => Math.min(tries * 100, 2_000),
} as const satisfies RedisOptions;

/** A connection that nobody has listened to yet. */
export function openRedis(url: string, options: Patience): RedisConnection {
  const [, tls = '', kind, user, password, hosts = '', path] =
    url.match(/^redis(s?)(\+cluster|\+sentinel)?:\/\/(?:([^:@/]*):([^@/]*)@)?([^/?]+)(?:\/([^?]*))?/) ?? [];
  const nodes = hosts.split(',').map((node) => {
    const [host = '', port] = node.split(':');
    return { host, port: Number(port ?? 6379) };
  });
  const common = {
    ...always,
    ...options,
    ...(tls && { tls: {} }),
    ...(user && { username: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
  if (kind === '+cluster')
    return new Cluster(nodes, {
      redisOptions: common,
      clusterRetryStrategy: (tries) => Math.min(tries * 100, 2_000),
      enableAutoPipelining: options.enableAutoPipelining ?? false,
    });
  const one = nodes[0] ?? { host: '', port: 6379 };
  return kind === '+sentinel'
    ? new Redis({ ...common, sentinels: nodes, name: path || 'mymaster' })
    : new Redis({ ...common, ...one, db: Number(path || 0) });
}

/** Settings under which Redis would lose conversations or events, said once a connection. */
async function warnOfLoss(redis: RedisConnection, log: Log): Promise<void> {
  const info = await redis.info();
  const read = (name: string) => info.match(new RegExp(`^${name}:(.*?)\\r?$`, 'm'))?.[1];
  const policy = read('maxmemory_policy');
  if (policy && policy !== 'noeviction' && policy !== 'volatile-ttl' && read('maxmemory') !== '0')
    log.warn({ policy }, 'Redis may evict events that wait: set maxmemory-policy to noeviction');
  if (read('aof_enabled') === '0')
    log.warn({}, 'Redis keeps no append-only file: a crash of Redis loses the events that wait (appendonly yes)');
}
