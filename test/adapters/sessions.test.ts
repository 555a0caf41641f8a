/** One contract, two stores: memory and a real Redis. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { memorySessions } from '../../adapters/memory.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { redisSessions } from '../../adapters/redis/sessions.ts';
import { newSession } from '../../bot/dialogue/engine.ts';
import type { Sessions, Stored } from '../../bot/ports.ts';
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts';

const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const stored: Stored = {
  session: { ...newSession('ja'), flow: 'renewal', answers: { birthday: { value: '1980-03-03', messageId: '1' } } },
  seen: ['event-1'],
  outbox: null,
};
const idleMs = 400;
const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 1) }]);

function contract(open: () => Sessions): void {
  let sessions: Sessions;
  before(() => {
    sessions = open();
  });
  afterEach(() => sessions.forget(resident));
  after(() => sessions.close());

  it('nothing is there at first', async () => assert.equal(await sessions.load(resident), undefined));

  it('what was saved is loaded, with the next version', async () => {
    assert.equal(await sessions.save(resident, stored, 0), true);
    assert.deepEqual(await sessions.load(resident), { stored, version: 1 });
    assert.equal(await sessions.save(resident, stored, 1), true);
    assert.equal((await sessions.load(resident))?.version, 2);
  });

  it('a write from an old version is refused and changes nothing', async () => {
    await sessions.save(resident, stored, 0);
    const late = { ...stored, seen: ['event-2'] };
    assert.equal(await sessions.save(resident, late, 0), false);
    assert.deepEqual((await sessions.load(resident))?.stored.seen, ['event-1']);
  });

  it('of two writers at once, one wins', async () => {
    const wins = await Promise.all(Array.from({ length: 20 }, () => sessions.save(resident, stored, 0)));
    assert.equal(wins.filter(Boolean).length, 1);
  });

  it('forgotten is gone, and can begin again', async () => {
    await sessions.save(resident, stored, 0);
    await sessions.forget(resident);
    assert.equal(await sessions.load(resident), undefined);
    assert.equal(await sessions.save(resident, stored, 0), true);
  });

  it('idle for its time, it is forgotten; every message gives it that time again', async () => {
    await sessions.save(resident, stored, 0);
    await sleep(idleMs * 0.6);
    await sessions.save(resident, stored, 1);
    await sleep(idleMs * 0.6);
    assert.ok(await sessions.load(resident));
    await sleep(idleMs);
    assert.equal(await sessions.load(resident), undefined);
  });

  it('is ready', async () => assert.equal(await sessions.isReady(), true));
}

describe('sessions in memory', () => contract(() => memorySessions({ idleMs, now: Date.now })));

describe('sessions in Redis', function () {
  this.timeout(300_000);
  let server: TestRedis | undefined;
  let redis: Redis;
  before(async function () {
    server = await startRedis();
    if (!server) {
      console.error(`    ${redisMissing}`);
      return this.skip();
    }
    redis = new Redis(server.url);
  });
  after(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  describe('the contract', () => contract(() => redisSessions(redis.duplicate(), { seal, idleMs })));

  it('holds neither the user id nor an answer in the clear', async () => {
    const sessions = redisSessions(redis, { seal, idleMs: 60_000 });
    await sessions.save(resident, stored, 0);
    const keys = await redis.keys('*');
    const values = await Promise.all(keys.map((key) => redis.get(key)));
    assert.equal(keys.length, 1);
    for (const secret of [resident, '1980-03-03', 'birthday', 'renewal'])
      assert.ok(![...keys, ...values].join('\n').includes(secret), secret);
  });

  it('a new key in front of the ring reads what the old one wrote; a dropped key leaves nothing to read', async () => {
    const old = { id: 'k1', key: Buffer.alloc(32, 1) };
    const fresh = { id: 'k2', key: Buffer.alloc(32, 2) };
    const written = redisSessions(redis, { seal: sealWith([old]), idleMs: 60_000 });
    await written.forget(resident);
    await written.save(resident, stored, 0);
    assert.deepEqual(
      (await redisSessions(redis, { seal: sealWith([fresh, old]), idleMs }).load(resident))?.stored,
      stored,
    );
    assert.equal(await redisSessions(redis, { seal: sealWith([fresh]), idleMs }).load(resident), undefined);
  });

  it('a value moved to another key does not open', async () => {
    const sessions = redisSessions(redis, { seal, idleMs: 60_000 });
    await sessions.forget(resident);
    await sessions.save(resident, stored, 0);
    const other = 'U00000000000000000000000000000001';
    const keyOf = (id: string) => `koshin:{${seal.hash(id)}}:session`;
    await redis.rename(keyOf(resident), keyOf(other));
    assert.equal(await sessions.load(other), undefined);
  });
});
