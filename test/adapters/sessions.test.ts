/** One contract, two stores: memory and a real Redis. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { memorySessions } from '../../adapters/memory.ts';
import { nameAnew } from '../../adapters/redis/reseal.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { redisSessions } from '../../adapters/redis/sessions.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import type { Session } from '../../bot/dialogue/types.ts';
import { type Reminded, type Sessions, type Stored, storedFormat } from '../../bot/ports.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';

const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const stored: Stored = {
  format: storedFormat,
  session: { ...newSession('ja'), flow: 'renewal', answers: { birthday: { value: '1980-03-03', messageIds: ['1'] } } },
  handoffMs: 0,
  remindersMs: 0,
  token: null,
  seen: ['event-1'],
  outbox: null,
};
/** What comes back of it: what has a life of its own stands beside it. */
const { handoff: _, reminders: __, ...session } = stored.session;
const talk = { ...stored, session };
const reminders: Session['reminders'] = [
  {
    person: 'mother',
    flow: 'renewal',
    answers: { certificateExpires: '2027-03-03' },
    from: '2026-12-04',
    until: '2027-03-03',
    said: {},
    news: true,
    messageIds: [],
  },
];
const idleMs = 60_000;
const shortIdleMs = 1_000;
const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 1) }]);

function contract(open: (idleMs: number) => Sessions): void {
  let sessions: Sessions;
  before(() => {
    sessions = open(idleMs);
  });
  afterEach(() => sessions.forget(resident));
  after(() => sessions.close());

  const nothing = { talk: undefined, version: null, beside: { handoff: null, reminders: [], language: null } };
  const load = () => sessions.load(resident);
  const save = async (given: Stored = stored) => sessions.save(resident, given, (await load()).version);

  it('nothing is there at first', async () => assert.deepEqual(await load(), nothing));

  it('what was saved is loaded, with another version each time', async () => {
    assert.equal(await sessions.save(resident, stored, null), true);
    const first = await load();
    assert.deepEqual(first.talk, talk);
    assert.equal(await sessions.save(resident, stored, first.version), true);
    assert.notEqual((await load()).version, first.version);
  });

  it('a write from an old version is refused and changes nothing', async () => {
    await save();
    const late = { ...stored, seen: ['event-2'] };
    assert.equal(await sessions.save(resident, late, null), false);
    assert.deepEqual((await load()).talk?.seen, ['event-1']);
  });

  it('another language than the main one is remembered for longer than what was said, and forgotten with it', async () => {
    const english = { ...stored, session: { ...stored.session, language: 'en', isLanguageKept: true } };
    await save(english);
    assert.equal((await load()).beside.language, 'en');
    await save();
    assert.equal((await load()).beside.language, null);
    await save(english);
    await sessions.forget(resident);
    assert.deepEqual(await load(), nothing);
  });

  it('of two writers at once, one wins', async () => {
    const wins = await Promise.all(Array.from({ length: 20 }, () => sessions.save(resident, stored, null)));
    assert.equal(wins.filter(Boolean).length, 1);
  });

  it('forgotten is gone, can begin again, and a late write from before it is refused', async () => {
    await save();
    const { version } = await load();
    await sessions.forget(resident);
    assert.deepEqual(await load(), nothing);
    assert.equal(await sessions.save(resident, stored, version), false);
    assert.equal(await sessions.save(resident, stored, null), true);
    assert.equal(await sessions.save(resident, { ...stored, seen: ['late'] }, version), false);
  });

  it('idle for its time, it is forgotten; every message gives it that time again', async () => {
    const brief = open(shortIdleMs);
    const version = async () => (await brief.load(resident)).version;
    await brief.save(resident, stored, await version());
    await sleep(shortIdleMs * 0.6);
    await brief.save(resident, stored, await version());
    await sleep(shortIdleMs * 0.6);
    assert.ok((await brief.load(resident)).talk);
    await sleep(shortIdleMs);
    assert.deepEqual(await brief.load(resident), nothing);
    await brief.close();
  });

  it('idle for its time, the answers are forgotten, and a talk with staff is not', async () => {
    const brief = open(shortIdleMs);
    const handoff = { ticket: 'ticket-1', language: 'ja', stage: 'open', until: '2026-01-16T10:00' } as const;
    await brief.forget(resident);
    await brief.save(resident, { ...stored, session: { ...stored.session, handoff }, handoffMs: 60_000 }, null);
    assert.deepEqual((await brief.load(resident)).talk?.session.answers, stored.session.answers);
    await sleep(shortIdleMs * 1.5);
    const { talk: left, version, beside } = await brief.load(resident);
    assert.equal(left, undefined);
    assert.deepEqual(beside.handoff, handoff);
    assert.equal(await brief.save(resident, stored, version), true);
    assert.equal((await brief.load(resident)).beside.handoff, null);
    await brief.close();
  });

  it('what somebody wants to be reminded of outlives the answers, and is found with the resident; forgotten, it is gone', async () => {
    const brief = open(shortIdleMs);
    const found = async () => {
      const all: Reminded[] = [];
      for await (const each of brief.reminded()) all.push(each);
      return all;
    };
    await brief.forget(resident);
    await brief.save(resident, { ...stored, session: { ...stored.session, reminders }, remindersMs: 60_000 }, null);
    await sleep(shortIdleMs * 1.5);
    const { talk: left, beside } = await brief.load(resident);
    assert.equal(left, undefined);
    assert.deepEqual(beside.reminders, reminders);
    assert.deepEqual(await found(), [{ resident, reminders }]);
    await brief.forget(resident);
    assert.deepEqual(await found(), []);
    await brief.save(resident, { ...stored, session: { ...stored.session, reminders }, remindersMs: 1 }, null);
    await sleep(50);
    assert.deepEqual(await found(), [], 'its time is over');
    await brief.close();
  });

  it('is ready', async () => assert.equal(await sessions.isReady(), true));
}

describe('sessions in memory', () => contract((idleMs) => memorySessions({ idleMs, now: Date.now, language: 'ja' })));

describe('sessions in Redis', function () {
  this.timeout(300_000);
  let server: TestRedis | undefined;
  let redis: Redis;
  before(async function () {
    server = await redisOrSkip(this);
    redis = new Redis(server.url);
  });
  after(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  describe('the contract', () =>
    contract((idleMs) => redisSessions(redis.duplicate(), { seal, idleMs, language: 'ja' })));

  it('holds neither the user id nor an answer in the clear', async () => {
    const sessions = redisSessions(redis, { seal, idleMs, language: 'ja' });
    const reminded = { ...stored, session: { ...stored.session, reminders }, remindersMs: 60_000 };
    await sessions.save(resident, reminded, null);
    const keys = await redis.keys('*');
    const values = await Promise.all(keys.map((key) => redis.get(key)));
    assert.equal(keys.length, 2);
    for (const secret of [resident, '1980-03-03', '2027-03-03', 'mother', 'birthday', 'renewal'])
      assert.ok(![...keys, ...values].join('\n').includes(secret), secret);
  });

  it('a new key in front of the ring reads what the old one wrote; a dropped key leaves nothing to read', async () => {
    const old = { id: 'k1', key: Buffer.alloc(32, 1) };
    const fresh = { id: 'k2', key: Buffer.alloc(32, 2) };
    const written = redisSessions(redis, { seal: sealWith([old]), idleMs, language: 'ja' });
    await written.forget(resident);
    await written.save(resident, stored, null);
    const load = async (...ring: Parameters<typeof sealWith>[0]) =>
      (await redisSessions(redis, { seal: sealWith(ring), idleMs, language: 'ja' }).load(resident)).talk;
    assert.deepEqual(await load(fresh, old), talk);
    assert.equal(await load(fresh), undefined);
    assert.deepEqual(await load(old), talk, 'a process with the old ring still reads it');
  });

  it('reminders outlive their keys: a round seals and names them anew', async () => {
    const old = { id: 'k1', key: Buffer.alloc(32, 1) };
    const fresh = { id: 'k2', key: Buffer.alloc(32, 2) };
    const openWith = (...ring: Parameters<typeof sealWith>[0]) =>
      redisSessions(redis, { seal: sealWith(ring), idleMs, language: 'ja' });
    const remindersIn = async (sessions: Sessions) => (await sessions.load(resident)).beside.reminders;
    const round = async (sessions: Sessions) => {
      let found: Session['reminders'] = [];
      for await (const each of sessions.reminded()) if (each.resident === resident) found = each.reminders;
      return found;
    };
    const written = openWith(old);
    await written.forget(resident);
    await written.save(resident, { ...stored, session: { ...stored.session, reminders }, remindersMs: 60_000 }, null);
    assert.deepEqual(await round(openWith(fresh, old)), reminders);
    assert.deepEqual(await remindersIn(openWith(fresh, old)), reminders);
    const father = { ...reminders[0], person: 'father' } as Session['reminders'][number];
    const since = { ...stored, session: { ...stored.session, reminders: [father] }, remindersMs: 60_000 };
    const { version } = await openWith(fresh).load(resident);
    assert.ok(await openWith(fresh).save(resident, since, version));
    await nameAnew(redis, sealWith([fresh]), openWith(fresh));
    const all = [...reminders, father];
    assert.deepEqual(await round(openWith(fresh)), all, 'with what was set up since the key was dropped');
    assert.deepEqual(await remindersIn(openWith(fresh)), all, 'named anew');
    assert.deepEqual(await remindersIn(openWith(old)), []);
    const key = `koshin:{${sealWith([fresh]).hash(resident)}}:reminders`;
    assert.ok((await redis.pttl(key)) > 0, 'it still ends');
    await openWith(fresh).forget(resident);
  });

  it('a value moved to another key does not open', async () => {
    const sessions = redisSessions(redis, { seal, idleMs, language: 'ja' });
    await sessions.forget(resident);
    await sessions.save(resident, stored, null);
    const other = 'U00000000000000000000000000000001';
    const keyOf = (id: string) => `koshin:{${seal.hash(id)}}:session`;
    await redis.rename(keyOf(resident), keyOf(other));
    const { talk: opened, version } = await sessions.load(other);
    assert.equal(opened, undefined);
    assert.equal(await sessions.save(other, stored, version), true, 'and can be written over');
  });
});
