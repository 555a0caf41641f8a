/** One contract, two inboxes: memory and Redis Streams. What only Redis can do (other processes, crashes) stands below. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { memoryInbox } from '../../adapters/memory.ts';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisInbox } from '../../adapters/redis/inbox.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import type { Message } from '../../bot/dialogue/types.ts';
import { type Attempt, DeliveryError, type Inbox, type Incoming, type Worker } from '../../bot/ports.ts';
import { everythingIn, redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent } from '../support/silent.ts';
import { until } from '../support/until.ts';

const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
const leaseMs = 400;
let serial = 0;

/** `open` gives an inbox of a fresh store, or another one of the same store when asked for `another`. */
function contract(open: (waitsMs: readonly number[]) => Promise<Inbox>): void {
  let inbox: Inbox;
  afterEach(() => inbox.stop());

  it('hands out one resident’s events in order and one at a time, others meanwhile', async () => {
    inbox = await open([]);
    const done: string[] = [];
    const busy = new Set<string>();
    inbox.start({
      async handle({ id, resident }) {
        assert.ok(!busy.has(resident ?? ''), 'one at a time');
        busy.add(resident ?? '');
        await sleep(resident === 'slow' ? 5 : 0);
        busy.delete(resident ?? '');
        done.push(id);
      },
      giveUp: async () => assert.fail('nothing failed'),
    });
    const events = Array.from({ length: 20 }, () => event('slow'));
    const other = event('quick');
    for (const each of [...events, other]) await inbox.accept(each);
    await until(() => done.length === 21);
    const ids = events.map(({ id }) => id);
    assert.deepEqual(
      done.filter((id) => id !== other.id),
      ids,
    );
    assert.ok(done.indexOf(other.id) < 20, 'nobody waits for another resident');
  });

  it('hands an id out once, however often it is accepted', async () => {
    inbox = await open([]);
    const done = recorder();
    inbox.start(done.worker);
    const events = Array.from({ length: 5 }, () => event('resident'));
    for (const each of [...events, ...events, ...events.toReversed()]) await inbox.accept(each);
    await until(async () => (await inbox.backlog()).waiting === 0);
    assert.deepEqual(
      done.ids,
      events.map(({ id }) => id),
    );
  });

  it('hands out what was accepted, unchanged', async () => {
    inbox = await open([]);
    const received: Incoming[] = [];
    inbox.start({ handle: async (incoming) => void received.push(incoming), giveUp: async () => undefined });
    const whole: Incoming = {
      ...event('resident'),
      replyToken: null,
      message: { kind: 'text', text: '令和3年🏯\n"9月"' },
    };
    await inbox.accept(whole);
    await until(() => received.length === 1);
    assert.deepEqual(received, [whole]);
  });

  it('tries again after a failure that may pass, and remembers that an answer may have arrived', async () => {
    inbox = await open([1, 1, 1]);
    const attempts: Omit<Attempt, 'isOurs'>[] = [];
    const failures = [
      new DeliveryError('retry', 'x'),
      new DeliveryError('retry', 'x', { mayBeDelivered: true }),
      new Error('x'),
    ];
    inbox.start({
      async handle(_, { isOurs, ...attempt }) {
        assert.ok(isOurs());
        attempts.push(attempt);
        const failure = failures.shift();
        if (failure) throw failure;
      },
      giveUp: async () => assert.fail('the fourth try succeeds'),
    });
    await inbox.accept(event('resident'));
    await until(() => attempts.length === 4);
    assert.deepEqual(attempts, [
      { number: 1, mayBeDelivered: false },
      { number: 2, mayBeDelivered: false },
      { number: 3, mayBeDelivered: true },
      { number: 4, mayBeDelivered: true },
    ]);
  });

  it('does not count the tries while LINE is away, but they were tries: the turn is committed already', async () => {
    inbox = await open([1]);
    const numbers: number[] = [];
    inbox.start({
      async handle(_, { number }) {
        numbers.push(number);
        if (number <= 2) throw new DeliveryError('away', 'LINE is away');
        if (number === 3) throw new DeliveryError('retry', 'LINE reply: 500');
      },
      giveUp: async () => assert.fail('the fourth try succeeds'),
    });
    await inbox.accept(event('resident'));
    await until(() => numbers.length === 4);
    assert.deepEqual(numbers, [1, 2, 3, 4]);
  });

  it('gives an event up when its tries are used up, or nothing can help, and goes on with the next', async () => {
    inbox = await open([1]);
    const [failing, refused, next] = [event('resident'), event('resident'), event('resident')];
    const givenUp: string[] = [];
    const done: string[] = [];
    let tries = 0;
    inbox.start({
      async handle({ id }) {
        if (id === failing.id) tries += 1;
        if (id === failing.id) throw new Error('x');
        if (id === refused.id) throw new DeliveryError('refused', 'LINE reply: 400');
        done.push(id);
      },
      giveUp: async ({ id }) => void givenUp.push(id),
    });
    for (const each of [failing, refused, next]) await inbox.accept(each);
    await until(async () => done.length === 1 && (await inbox.backlog()).waiting === 0);
    assert.deepEqual({ tries, givenUp, done }, { tries: 2, givenUp: [failing.id, refused.id], done: [next.id] });
    assert.deepEqual(await inbox.backlog(), { waiting: 0, oldestMs: 0, dead: 2 });
  });

  it('says what waits, and since when', async () => {
    inbox = await open([]);
    const released = Promise.withResolvers<void>();
    inbox.start({ handle: () => released.promise, giveUp: async () => undefined });
    for (const resident of ['a', 'b', 'c']) await inbox.accept(event(resident));
    await sleep(50);
    const { waiting, oldestMs, dead } = await inbox.backlog();
    assert.equal(waiting, 3);
    assert.ok(oldestMs >= 40 && oldestMs < 5_000, `${oldestMs}`);
    assert.equal(dead, 0);
    released.resolve();
  });

  it('finishes what is in hand when it stops, waits out no pause, and accepts nothing more', async () => {
    inbox = await open([60_000]);
    const done = recorder({ takesMs: 50 });
    let failed = 0;
    inbox.start({
      async handle(incoming, attempt) {
        if (incoming.resident === 'failing') failed += 1;
        if (incoming.resident === 'failing') throw new Error('x');
        await done.worker.handle(incoming, attempt);
      },
      giveUp: async () => undefined,
    });
    await inbox.accept(event('failing'));
    await inbox.accept(event('resident'));
    await until(() => failed === 1 && done.started === 1);
    await inbox.stop();
    assert.equal(done.ids.length, 1);
    await assert.rejects(inbox.accept(event('resident')), /closing/);
  });
}

describe('the inbox in memory', () => contract(async (waitsMs) => memoryInbox({ waitsMs })));

describe('the inbox in Redis', function () {
  this.timeout(300_000);
  let server: TestRedis | undefined;
  let redis: Redis;
  const opened: { inbox: Inbox; close: () => void }[] = [];
  before(async function () {
    server = await redisOrSkip(this);
    redis = new Redis(server.url);
  });
  afterEach(async () => {
    for (const { inbox, close } of opened.splice(0)) await inbox.stop().finally(close);
    await redis.flushall();
  });
  after(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  /** Another process's inbox, in the same Redis. */
  function another(options: { waitsMs?: readonly number[]; inHandAtMost?: number } = {}): Inbox {
    const connection = connectRedis(server?.url ?? '', silent);
    const inbox = redisInbox(connection, { seal, log: silent, leaseMs, waitsMs: [1], ...options });
    opened.push({ inbox, close: () => connection.disconnect() });
    return inbox;
  }

  describe('the contract', () => contract(async (waitsMs) => another({ waitsMs })));

  it('keeps what nobody has started yet, and hands it to whoever starts', async () => {
    const accepting = another();
    const events = Array.from({ length: 10 }, (_, index) => event(`resident ${index % 3}`));
    for (const each of events) await accepting.accept(each);
    const done = recorder();
    another().start(done.worker);
    await until(() => done.ids.length === 10);
  });

  it('shares the partitions among the processes that are alive, and keeps each resident’s order', async () => {
    const [one, two] = [recorder(), recorder()];
    const first = another();
    first.start(one.worker);
    await sleep(leaseMs / 2);
    another().start(two.worker);
    await sleep(leaseMs);
    const events = Array.from({ length: 300 }, (_, index) => event(`resident ${index % 40}`));
    for (const each of events) await first.accept(each);
    await until(() => one.ids.length + two.ids.length === 300);
    assert.ok(one.ids.length > 50 && two.ids.length > 50, `${one.ids.length} and ${two.ids.length}`);
    assertInOrder([...one.ids, ...two.ids], events, [one.ids, two.ids]);
  });

  it('hands over at once when a process stops, and within a lease when it dies', async () => {
    const hold = Promise.withResolvers<void>();
    const [leaving, dying, staying] = [recorder(), recorder({ hold: hold.promise }), recorder()];
    const [first, second] = [another(), another()];
    first.start(leaving.worker);
    second.start(dying.worker);
    await sleep(leaseMs);
    await first.stop();
    another().start(staying.worker);
    const events = Array.from({ length: 40 }, (_, index) => event(`resident ${index}`));
    for (const each of events) await second.accept(each);
    await until(() => dying.started > 0);
    // Cut off from Redis: as good as dead.
    opened.find(({ inbox }) => inbox === second)?.close();
    await until(() => staying.ids.length === 40, leaseMs * 10);
    const takenOver = staying.attempts.filter(({ number, mayBeDelivered }) => number > 1 && mayBeDelivered);
    assert.equal(takenOver.length, dying.started);
    hold.resolve();
  });

  it('leaves in good order what was surely not delivered: the next one need not think it was', async () => {
    const first = another({ waitsMs: [60_000] });
    let tries = 0;
    first.start({
      async handle() {
        tries += 1;
        throw new DeliveryError('away', 'LINE is away');
      },
      giveUp: async () => assert.fail('nothing is given up'),
    });
    await first.accept(event('resident'));
    await until(() => tries > 0);
    for (let stops = 0; stops < 10; stops += 1) {
      const next = another({ waitsMs: [60_000] });
      const before = tries;
      await (opened.at(-2)?.inbox ?? first).stop();
      next.start({
        async handle(_, { number, mayBeDelivered }) {
          tries += 1;
          assert.deepEqual([number > 1, mayBeDelivered], [true, false]);
          throw new DeliveryError('away', 'LINE is away');
        },
        giveUp: async () => assert.fail('nothing is given up'),
      });
      await until(() => tries > before);
    }
    assert.equal((await first.backlog()).dead, 0);
  });

  it('tells a worker that another process has taken over', async () => {
    const stuck = Promise.withResolvers<boolean>();
    const inbox = another();
    inbox.start({
      async handle(_, { isOurs }) {
        while (isOurs()) await sleep(10);
        stuck.resolve(isOurs());
      },
      giveUp: async () => undefined,
    });
    await inbox.accept(event('resident'));
    await sleep(leaseMs);
    opened.find((each) => each.inbox === inbox)?.close();
    assert.equal(await stuck.promise, false);
  });

  it('keeps the order when the process stood still for longer than its lease, and nobody took over', async () => {
    const inbox = another({ waitsMs: [leaseMs * 3] });
    const done: string[] = [];
    let tries = 0;
    inbox.start({
      async handle({ id }) {
        tries += 1;
        if (tries === 1) throw new DeliveryError('retry', 'x');
        done.push(id);
      },
      giveUp: async () => assert.fail('nothing is given up'),
    });
    const [before, after] = [
      Array.from({ length: 4 }, () => event('resident')),
      Array.from({ length: 4 }, () => event('resident')),
    ];
    for (const each of before) await inbox.accept(each);
    await until(() => tries === 1);
    await sleep(50);
    standStill(leaseMs * 1.5);
    // While the first one still waits for its second try.
    for (const each of after) {
      await inbox.accept(each);
      await sleep(leaseMs / 4);
    }
    await until(() => done.length >= 8);
    assert.deepEqual(
      done,
      [...before, ...after].map(({ id }) => id),
    );
  });

  it('gives up an event that was in hand when process after process died, and says why', async () => {
    const poison = event('resident');
    await another().accept(poison);
    const key = (await redis.keys('koshin:{inbox}:stream:*'))[0] ?? '';
    await redis.xgroup('CREATE', key, 'bot', '0').catch(() => undefined);
    await redis.xreadgroup('GROUP', 'bot', 'dead', 'STREAMS', key, '>');
    const [[entryId = ''] = []] = (await redis.xpending(key, 'bot', '-', '+', 1)) as [string][];
    await redis.call('XCLAIM', key, 'bot', 'dead', 0, entryId, 'RETRYCOUNT', 8);
    const done = recorder();
    const inbox = another();
    inbox.start(done.worker);
    await until(async () => (await inbox.backlog()).dead === 1);
    assert.deepEqual(done.ids, []);
    assert.match(JSON.stringify(await redis.xrange('koshin:{inbox}:dead', '-', '+')), /killed its process/);
  });

  it('holds no more in hand than it may: the rest waits in Redis', async () => {
    const inbox = another({ inHandAtMost: 20 });
    const done = recorder({ takesMs: 30 });
    for (let index = 0; index < 200; index += 1) await inbox.accept(event(`resident ${index}`));
    inbox.start(done.worker);
    await until(() => done.ids.length === 200);
    assert.ok(done.most <= 20, `${done.most}`);
  });

  it('lets nobody who sends very much hold up the others', async () => {
    const inbox = another({ inHandAtMost: 64 });
    const held = Promise.withResolvers<void>();
    const done: string[] = [];
    inbox.start({
      async handle({ resident }) {
        if (resident === 'flooding') await held.promise;
        done.push(resident ?? '');
      },
      giveUp: async () => assert.fail('nothing failed'),
    });
    for (let index = 0; index < 500; index += 1) await inbox.accept(event('flooding'));
    for (let index = 0; index < 100; index += 1) await inbox.accept(event(`resident ${index}`));
    // All but those who share a partition, a sixteenth of the residents, with the one who floods.
    await until(() => done.length >= 80);
    held.resolve();
    await until(() => done.length === 600);
  });

  it('holds neither a user id nor a word in the clear, nor anything but names of what was given up', async () => {
    const inbox = another({ waitsMs: [] });
    inbox.start({
      handle: () => Promise.reject(new Error('昭和55年3月3日')),
      giveUp: async () => undefined,
    });
    await inbox.accept({
      ...event('U8e742f61d673b39c7fff3cecb7536ef0'),
      message: { kind: 'text', text: '昭和55年3月3日' },
    });
    const waiting = await everythingIn(server?.url ?? '');
    await until(async () => (await inbox.backlog()).dead === 1);
    for (const secret of ['U8e742f61d673b39c7fff3cecb7536ef0', '昭和', 'reply-token'])
      for (const text of [waiting, await everythingIn(server?.url ?? '')]) assert.ok(!text.includes(secret), secret);
  });

  it('comes back by itself when Redis was away and has lost everything', async () => {
    const done = recorder();
    const inbox = another();
    inbox.start(done.worker);
    await inbox.accept(event('before'));
    await until(() => done.ids.length === 1);
    await redis.flushall();
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal');
    await until(async () =>
      inbox.accept(event('after')).then(
        () => true,
        () => false,
      ),
    );
    await until(() => done.ids.length >= 2);
  });
});

function event(resident: string): Incoming & { kind: 'message' } {
  serial += 1;
  const message: Message = { kind: 'text', text: `message ${serial}` };
  const at = Date.now();
  return {
    id: `event-${serial}`,
    kind: 'message',
    at,
    receivedAt: at,
    replyToken: `reply-token-${serial}`,
    resident,
    message,
    messageId: `${serial}`,
  };
}

/** A worker that notes what it did. */
function recorder({ takesMs = 0, hold }: { takesMs?: number; hold?: Promise<void> } = {}) {
  const ids: string[] = [];
  const attempts: Attempt[] = [];
  const state = { started: 0, now: 0, most: 0 };
  const worker: Worker = {
    async handle({ id }, attempt) {
      state.started += 1;
      state.now += 1;
      state.most = Math.max(state.most, state.now);
      attempts.push(attempt);
      if (takesMs > 0) await sleep(takesMs);
      await hold;
      state.now -= 1;
      ids.push(id);
    },
    giveUp: async () => assert.fail('nothing failed'),
  };
  return {
    ids,
    attempts,
    worker,
    get started() {
      return state.started;
    },
    get most() {
      return state.most;
    },
  };
}

/** Every event once, and each resident's in the order in which they were accepted. */
function assertInOrder(
  done: readonly string[],
  events: readonly Incoming[],
  logs: readonly (readonly string[])[],
): void {
  assert.equal(new Set(done).size, done.length);
  const residents = new Map(events.map(({ id, resident }) => [id, resident]));
  for (const log of logs)
    for (const resident of new Set(residents.values())) {
      const theirs = log.filter((id) => residents.get(id) === resident).map((id) => Number(id.split('-')[1]));
      assert.deepEqual(
        theirs,
        theirs.toSorted((one, other) => one - other),
      );
    }
}

/** As a process does that gets no processor, or is paused. */
function standStill(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
