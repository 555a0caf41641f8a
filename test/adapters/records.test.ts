/** One contract, two stores of small records: memory and Redis. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { memoryRecords } from '../../adapters/memory-records.ts';
import { changeRecord, type Records } from '../../adapters/records.ts';
import { redisRecords } from '../../adapters/redis/records.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { everythingIn, redisOrSkip, type TestRedis } from '../support/redis.ts';

interface Thing {
  readonly count: number;
  readonly said?: string;
}

const lifeMs = 60_000;

function contract(open: () => Records<Thing>): void {
  it('keeps a record under its version, and refuses a write from an old one', async () => {
    const records = open();
    assert.deepEqual(await records.load('one'), { value: undefined, version: null });
    assert.equal(await records.save('one', { count: 1 }, { version: null, lifeMs }), true);
    const { value, version } = await records.load('one');
    assert.deepEqual(value, { count: 1 });
    assert.equal(await records.save('one', { count: 2 }, { version: null, lifeMs }), false);
    assert.equal(await records.save('one', { count: 2 }, { version, lifeMs }), true);
    assert.equal(await records.save('one', { count: 3 }, { version, lifeMs }), false);
    assert.deepEqual((await records.load('one')).value, { count: 2 });
  });

  it('loses none of many changes at once', async () => {
    const records = open();
    const change = (thing: Thing | undefined) => ({ count: (thing?.count ?? 0) + 1 });
    await Promise.all(Array.from({ length: 30 }, () => changeRecord(records, 'one', { lifeMs: () => lifeMs, change })));
    assert.deepEqual((await records.load('one')).value, { count: 30 });
  });

  it('names what lives, says that something changed, and forgets what is removed or too old', async () => {
    const records = open();
    const before = await records.changes();
    await records.save('one', { count: 1 }, { version: null, lifeMs });
    await records.save('brief', { count: 1 }, { version: null, lifeMs: 300 });
    assert.notEqual(await records.changes(), before);
    assert.deepEqual((await records.ids()).toSorted(), ['brief', 'one']);
    await sleep(400);
    assert.deepEqual(await records.ids(), ['one']);
    assert.equal((await records.load('brief')).value, undefined);
    await records.remove('one');
    assert.deepEqual(await records.ids(), []);
    assert.deepEqual(await records.load('one'), { value: undefined, version: null });
  });
}

describe('records in memory', () => contract(() => memoryRecords<Thing>()));

describe('records in Redis', function () {
  this.timeout(300_000);
  const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
  let server: TestRedis | undefined;
  let redis: Redis;
  before(async function () {
    server = await redisOrSkip(this);
    redis = new Redis(server.url);
  });
  afterEach(async () => void (await redis?.flushall()));
  after(async () => {
    redis?.disconnect();
    await server?.stop();
  });
  const open = () => redisRecords<Thing>(redis, { seal, name: 'thing' });

  contract(open);

  it('holds nothing in the clear', async () => {
    await open().save('one', { count: 1, said: '昭和55年3月3日' }, { version: null, lifeMs });
    assert.ok(!(await everythingIn(server?.url ?? '')).includes('昭和'));
  });
});
