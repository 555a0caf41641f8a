/** Rounds of reminders over several processes, on a real Redis. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import nock from 'nock';
import { lineQuota } from '../../adapters/line/quota.ts';
import { longLived } from '../../adapters/line/token.ts';
import { type Rounds, redisRounds } from '../../adapters/redis/rounds.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import type { Incoming } from '../../bot/ports.ts';
import { reminderEvent } from '../../bot/start-reminders.ts';
import { everythingIn, redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent } from '../support/silent.ts';
import { until } from '../support/until.ts';

const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 1) }]);

describe('rounds in Redis', function () {
  this.timeout(60_000);
  let redis: TestRedis | undefined;
  const open: Rounds[] = [];
  before(async function () {
    redis = await redisOrSkip(this);
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.stop();
    const client = new Redis(redis?.url ?? '');
    await client.flushall();
    client.disconnect();
  });
  after(() => redis?.stop());

  function processWith(given: {
    accepted: Incoming[];
    due: readonly string[];
    perSecond?: number;
    accept?: (incoming: Incoming) => Promise<void>;
  }): Rounds {
    const rounds = redisRounds({
      url: redis?.url ?? '',
      seal,
      log: silent,
      timezone: 'Asia/Tokyo',
      ask: (resident, id) =>
        (given.accept ?? (async (event) => void given.accepted.push(event)))(reminderEvent(resident, id)),
      round: (ask) => ask(given.due),
      ...(given.perSecond !== undefined && { perSecond: given.perSecond }),
    });
    open.push(rounds);
    return rounds;
  }

  it('ask for the turn of each resident, and for the same one when a round is done again', async () => {
    const accepted: Incoming[] = [];
    const rounds = processWith({ accepted, due: [resident] });
    await rounds.begin('2026-12-04T10');
    await until(async () => accepted.length === 1);
    await rounds.begin('2026-12-04T10');
    await until(async () => accepted.length === 2);
    await rounds.begin('2026-12-04T11');
    await until(async () => accepted.length === 3);
    const [one, again, later] = accepted;
    assert.equal(one?.kind === 'reminder' && one.resident, resident);
    assert.equal(one?.id, again?.id, 'one event for the inbox');
    assert.notEqual(one?.id, later?.id);
    for (const { id } of accepted) assert.ok(!id.includes(resident.slice(1)));
  });

  it('come every full hour of the office’s clock, once for all processes', async () => {
    processWith({ accepted: [], due: [] });
    processWith({ accepted: [], due: [] });
    const queue = new Queue('reminders', { connection: { url: redis?.url ?? '' }, prefix: '{koshin-reminders}' });
    await until(async () => (await queue.getDelayedCount()) === 1);
    const schedulers = await queue.getJobSchedulers();
    assert.deepEqual(
      schedulers.map(({ pattern, tz }) => [pattern, tz]),
      [['0 * * * *', 'Asia/Tokyo']],
    );
    assert.equal((schedulers[0]?.next ?? 0) % 3_600_000, 0);
    assert.equal(await queue.getDelayedCount(), 1);
    await queue.close();
  });

  it('are tried again when the inbox is away', async () => {
    const accepted: Incoming[] = [];
    let failures = 1;
    const rounds = processWith({
      accepted,
      due: [resident],
      async accept(incoming) {
        failures -= 1;
        if (failures >= 0) throw new Error('away');
        accepted.push(incoming);
      },
    });
    await rounds.begin('again');
    await until(async () => accepted.length === 1, 20_000);
  });

  it('leave room for others: no more turns in a second than allowed', async () => {
    const accepted: Incoming[] = [];
    const due = Array.from({ length: 9 }, (_, index) => `U${index}`);
    const rounds = processWith({ accepted, due, perSecond: 5 });
    await rounds.begin('slowly');
    await until(async () => accepted.length > 0);
    await sleep(300);
    assert.ok(accepted.length <= 5, `${accepted.length} at once`);
    await until(async () => accepted.length === 9, 10_000);
  });

  it('hold no user id in the clear', async () => {
    const rounds = processWith({ accepted: [], due: [resident], perSecond: 1 });
    await rounds.begin('secret');
    const queue = new Queue('reminders', { connection: { url: redis?.url ?? '' }, prefix: '{koshin-reminders}' });
    await until(async () => (await queue.getJobs()).some(({ name }) => name === 'ask'));
    assert.ok(!(await everythingIn(redis?.url ?? '')).includes(resident.slice(1)));
    await queue.close();
  });
});

describe('the month’s messages, as LINE counts them', () => {
  const line = 'https://api.line.me';
  const quota = lineQuota({ accessToken: longLived('access-token'), apiBaseUrl: line });
  before(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  after(() => nock.enableNetConnect());

  function answers(limit: nock.Body, used: nock.Body, status = 200): void {
    const api = nock(line, { reqheaders: { authorization: 'Bearer access-token' } });
    api.get('/v2/bot/message/quota').reply(status, limit);
    api.get('/v2/bot/message/quota/consumption').reply(200, used);
  }

  it('are a limit and what is used of it, or no limit', async () => {
    answers({ type: 'limited', value: 5_000 }, { totalUsage: 500 });
    assert.deepEqual(await quota(), { limit: 5_000, used: 500 });
    answers({ type: 'none' }, { totalUsage: 7 });
    assert.deepEqual(await quota(), { limit: undefined, used: 7 });
  });

  it('are unknown when LINE refuses, or says something else', async () => {
    answers({ message: 'Authentication failed' }, { totalUsage: 1 }, 401);
    await assert.rejects(quota(), /401/);
    answers({ type: 'limited', value: 'many' }, { totalUsage: 1 });
    await assert.rejects(quota());
  });
});
