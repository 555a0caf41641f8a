/** A real redis-server of the tests' own, on a free port, gone with the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { foundOrInstalled } from './debian.ts';

export interface TestRedis {
  readonly url: string;
  /** As a power cut: nothing is said goodbye to. */
  kill(): Promise<void>;
  /** On the same port, with what the disk has. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface RedisKind {
  /** Every write is on the disk before it is answered. */
  readonly durable?: boolean;
  readonly cluster?: boolean;
  /** Speaks TLS only, with this certificate and its key (PEM files). */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Settings of its own, as they stand in redis.conf. */
  readonly more?: readonly string[];
  /** Not a store, but the one who knows where the master `mine` is: on that port. */
  readonly sentinelOf?: string;
}

export function findRedis(): string | undefined {
  return foundOrInstalled(['redis-server'], ['redis-server']);
}

/** Undefined when this machine has no redis-server and none could be installed. */
export async function startRedis(kind: RedisKind = {}): Promise<TestRedis | undefined> {
  const command = findRedis();
  if (!command) return undefined;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'koshin-redis-'));
  const file = join(folder, 'redis.conf');
  const listens = kind.tls ? ['port 0', `tls-port ${port}`] : [`port ${port}`];
  writeFileSync(file, [...listens, 'bind 127.0.0.1', `dir ${folder}`, ...settings(kind)].join('\n'));
  const options = [file, ...(kind.sentinelOf === undefined ? [] : ['--sentinel'])];
  const url = kind.tls ? `rediss://localhost:${port}` : `redis://127.0.0.1:${port}`;
  let server: ChildProcess;
  async function start(): Promise<void> {
    server = spawn(command ?? '', options, { stdio: 'ignore' });
    await answers(url);
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await gone;
  }
  await start();
  return {
    url,
    kill: () => end('SIGKILL'),
    restart: start,
    async stop() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true });
    },
  };
}

function settings({ durable = false, cluster = false, sentinelOf, tls, more = [] }: RedisKind): string[] {
  if (sentinelOf !== undefined) return [`sentinel monitor mine 127.0.0.1 ${sentinelOf} 1`];
  return [
    'save ""',
    ...(durable ? ['appendonly yes', 'appendfsync always'] : ['appendonly no']),
    ...(cluster ? ['cluster-enabled yes', 'cluster-announce-ip 127.0.0.1'] : []),
    ...(tls ? [`tls-cert-file ${tls.certificate}`, `tls-key-file ${tls.key}`, 'tls-auth-clients no'] : []),
    ...more,
  ];
}

export const redisMissing =
  'skipped: no redis-server here, and it could not be installed (Debian: apt-get install redis-server)';

/** For tests that are about Redis: without one they say why, and are skipped. */
export async function redisOrSkip(context: Mocha.Context, kind: RedisKind = {}): Promise<TestRedis> {
  const redis = await startRedis(kind);
  if (redis) return redis;
  console.error(`    ${redisMissing}`);
  return context.skip();
}

/** Everything that is kept there, as text: keys and values, whatever their type. */
export async function everythingIn(url: string): Promise<string> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys('*');
    const values = await Promise.all(
      keys.map(async (key) => {
        const type = await redis.type(key);
        if (type === 'string') return redis.get(key);
        if (type === 'stream') return redis.xrange(key, '-', '+');
        if (type === 'zset') return redis.zrange(key, '0', '-1');
        if (type === 'hash') return redis.hgetall(key);
        if (type === 'list') return redis.lrange(key, 0, -1);
        if (type === 'set') return redis.smembers(key);
        throw new Error(`${key} is a ${type}: how is it read?`);
      }),
    );
    return [...keys, JSON.stringify(values)].join('\n');
  } finally {
    redis.disconnect();
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answers(url: string): Promise<void> {
  const isTls = url.startsWith('rediss:');
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => 50,
    ...(isTls && { tls: { rejectUnauthorized: false } }),
  });
  redis.on('error', () => undefined);
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await redis.ping().catch(() => '')) === 'PONG') return void redis.disconnect();
    await sleep(50);
  }
  throw new Error('redis-server started but does not answer');
}
