/** Redis away, and Redis in its other shapes: a cluster, a sentinel. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisInbox } from '../../adapters/redis/inbox.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { redisSessions } from '../../adapters/redis/sessions.ts';
import type { Incoming } from '../../bot/ports.ts';
import { emptyStore } from '../../bot/stored.ts';
import { channelSecret, startBot } from '../support/bot-process.ts';
import { selfSigned } from '../support/certificate.ts';
import { findOpenssl } from '../support/debian.ts';
import { startFakeLine } from '../support/fake-line.ts';
import { messageBody } from '../support/message.ts';
import { type RedisKind, redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent } from '../support/silent.ts';
import { until } from '../support/until.ts';

const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 7) }]);

describe('Redis away', function () {
  this.timeout(60_000);
  let redis: TestRedis | undefined;
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  let bot: Awaited<ReturnType<typeof startBot>>;
  before(async function () {
    redis = await redisOrSkip(this, { durable: true });
    line = await startFakeLine();
    await redis.kill();
    bot = await startBot({
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: 'a-channel-access-token',
      LINE_API_BASE_URL: line.url,
      REDIS_URL: redis.url,
      DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    });
  });
  after(async () => {
    await bot?.stop();
    await line?.stop();
    await redis?.stop();
  });

  const post = (replyToken: string) => bot.post(question(replyToken));

  it('at the start: the bot says so, is alive and not ready, and lets LINE deliver again', async () => {
    assert.equal((await fetch(`${bot.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${bot.url}/readyz`)).status, 503);
    const startedAt = performance.now();
    assert.equal((await post('token-1')).status, 503);
    assert.ok(performance.now() - startedAt < 2_000, 'before LINE gives up waiting');
    assert.match(bot.output(), /Redis is away; trying again/);
    assert.equal((await fetch(`${bot.url}/metrics`)).status, 200);
  });

  it('and back: it is ready without a restart, and answers what is delivered again', async () => {
    await redis?.restart();
    await until(async () => (await fetch(`${bot.url}/readyz`)).ok);
    assert.equal((await post('token-1')).status, 200);
    assert.match(JSON.stringify(await line.to('token-1')), /無料です/);
    await until(() => /Redis is back/.test(bot.output()));
  });

  it('in mid-flight: what was accepted before is answered afterwards', async () => {
    for (let round = 2; round < 5; round += 1) {
      assert.equal((await post(`token-${round}`)).status, 200);
      await redis?.kill();
      assert.equal((await post(`lost-${round}`)).status, 503);
      await redis?.restart();
      const sent = await line.to(`token-${round}`).catch(() => assert.fail(bot.output().slice(-4_000)));
      assert.match(JSON.stringify(sent), /無料です/);
      await until(async () => (await fetch(`${bot.url}/readyz`)).ok);
    }
    assert.equal(new Set(line.sent.map(({ to }) => to)).size, line.sent.length);
  });

  it('shows in the metrics how the bot is', async () => {
    const read = async () => (await fetch(`${bot.url}/metrics`)).text();
    await until(async () => (await read()).includes('koshin_inbox_waiting 0'));
    const metrics = await read();
    for (const line of [
      /koshin_turns_total\{intent="faq"\} \d/,
      /koshin_messages_total\{by="reply"\} \d/,
      /koshin_webhook_seconds_count \d/,
      /koshin_inbox_waiting 0/,
      /koshin_inbox_oldest_seconds 0/,
      /koshin_dead_letters 0/,
      /koshin_sessions [1-9]/,
      /koshin_webhooks_total\{outcome="not-kept"\} \d/,
    ])
      assert.match(metrics, line);
  });
});

describe('Redis in its other shapes', function () {
  this.timeout(60_000);
  const started: TestRedis[] = [];
  after(() => Promise.all(started.map((redis) => redis.stop())));

  async function redisWith(kind: RedisKind, context: Mocha.Context): Promise<TestRedis> {
    const redis = await redisOrSkip(context, kind);
    started.push(redis);
    return redis;
  }

  it('a cluster: sessions and inbox work, each key in a slot of its own', async function () {
    const redis = await redisWith({ cluster: true }, this);
    const { port } = new URL(redis.url);
    const plain = connectRedis(redis.url, silent);
    await plain.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await until(async () => String(await plain.call('CLUSTER', 'INFO')).includes('cluster_state:ok'));
    plain.disconnect();
    await holdsAConversation(`redis+cluster://127.0.0.1:${port}`);
  });

  it('a sentinel: the master is found by its name', async function () {
    const master = await redisWith({}, this);
    const { port } = new URL(master.url);
    const sentinel = await redisWith({ sentinelOf: port }, this);
    await holdsAConversation(`redis+sentinel://127.0.0.1:${new URL(sentinel.url).port}/mine`);
  });

  it('TLS: a conversation is held with a server whose certificate is known, and with no other', async function () {
    const openssl = findOpenssl();
    if (!openssl) return this.skip(); // said while it was looked for
    const tls = selfSigned(openssl);
    const redis = await redisWith({ tls }, this);
    const line = await startFakeLine();
    const environment = {
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: 'a-channel-access-token',
      LINE_API_BASE_URL: line.url,
      REDIS_URL: redis.url,
      DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    const trusting = await startBot({ ...environment, NODE_EXTRA_CA_CERTS: tls.certificate });
    assert.equal((await trusting.post(question('token-tls'))).status, 200);
    assert.match(JSON.stringify(await line.to('token-tls')), /無料です/);
    const wary = await startBot(environment);
    await until(() => /Redis is away/.test(wary.output()));
    assert.equal((await wary.post(question('token-wary'))).status, 503);
    await Promise.all([trusting.stop(), wary.stop(), line.stop()]);
  });

  it('TLS: nothing is said in the clear to a server that speaks none', async function () {
    const redis = await redisWith({}, this);
    const connection = connectRedis(redis.url.replace('redis:', 'rediss:'), silent);
    await assert.rejects(connection.ping());
    connection.disconnect();
  });

  for (const { settings, warnings } of [
    {
      settings: ['maxmemory 100mb', 'maxmemory-policy allkeys-lru', 'appendonly no'],
      warnings: [/evict/, /append-only/],
    },
    { settings: ['maxmemory 100mb', 'maxmemory-policy noeviction', 'appendonly yes'], warnings: [] },
  ])
    it(`with ${settings.join(', ')} it warns ${warnings.length} times of what would be lost`, async function () {
      const redis = await redisWith({ more: settings }, this);
      const warned: string[] = [];
      const connection = connectRedis(redis.url, { ...silent, warn: (_, message) => void warned.push(message) });
      await connection.ping();
      await sleep(300);
      connection.disconnect();
      assert.equal(warned.length, warnings.length, warned.join('; '));
      for (const warning of warnings)
        assert.ok(
          warned.some((message) => warning.test(message)),
          String(warning),
        );
    });
});

/** A webhook with 「手数料は?」 in it. */
function question(replyToken: string): string {
  return messageBody('手数料は?', { replyToken });
}

async function holdsAConversation(url: string): Promise<void> {
  const connection = connectRedis(url, silent);
  const sessions = redisSessions(connection, { seal, idleMs: 60_000, language: 'ja' });
  const inbox = redisInbox(connection, { seal, log: silent, leaseMs: 500 });
  const done: string[] = [];
  inbox.start({
    async handle({ id, resident }) {
      if (resident) await sessions.save(resident, emptyStore('ja'), null);
      done.push(id);
    },
    giveUp: async () => assert.fail('nothing failed'),
  });
  for (let index = 0; index < 20; index += 1) await inbox.accept(eventOf(`resident ${index}`, `event ${index}`));
  await until(async () => done.length === 20 && (await inbox.backlog()).waiting === 0);
  assert.ok((await sessions.load('resident 7')).talk);
  assert.ok((await sessions.count()) >= 20);
  await inbox.stop();
  connection.disconnect();
}

function eventOf(resident: string, id: string): Incoming {
  return {
    id,
    kind: 'message',
    at: 1,
    receivedAt: 1,
    replyToken: null,
    resident,
    message: { kind: 'media', media: { type: 'image', note: '' } },
    messageId: null,
  };
}
