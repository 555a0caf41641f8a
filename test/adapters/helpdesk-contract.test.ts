/** One contract, three help desks: the city's own in memory and in Redis, and Chatwoot. What the bot may rely on, wherever staff sit. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import nock from 'nock';
import { chatwootApi } from '../../adapters/helpdesk/chatwoot/api.ts';
import { chatwootMirror, type Mirrored } from '../../adapters/helpdesk/chatwoot/mirror.ts';
import { chatwootWebhook } from '../../adapters/helpdesk/chatwoot/webhook.ts';
import { ownDesk } from '../../adapters/helpdesk/desk.ts';
import type { Job } from '../../adapters/helpdesk/job.ts';
import type { Ticket } from '../../adapters/helpdesk/ticket.ts';
import { memoryRecords } from '../../adapters/memory-records.ts';
import type { Records } from '../../adapters/records.ts';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisRecords } from '../../adapters/redis/records.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import type { DeskEvent } from '../../bot/dialogue/types.ts';
import type { HelpDesk, Incoming } from '../../bot/ports.ts';
import { chatwoot, fakeChatwoot, signedByChatwoot } from '../support/fake-chatwoot.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent } from '../support/silent.ts';
import { until } from '../support/until.ts';

const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const pathToken = 'a-path-that-nobody-guesses-000000000';
const secret = 'the secret of the inbox';

/** A help desk as a test works it: the bot on one side, a clerk on the other. */
interface Worked {
  readonly desk: HelpDesk;
  readonly accepted: Map<string, Incoming>;
  /** What the clerk reads of the resident's, in order; undefined: nothing of the ticket is there. */
  reads(ticket: string): Promise<readonly string[] | undefined>;
  /** Gives a name of the words, for asking about their fate. */
  writes(ticket: string, text: string): Promise<string>;
  /** Whether the clerk sees that the words did not arrive. */
  sawFailure(ticket: string, words: string): Promise<boolean>;
  ends(ticket: string): Promise<void>;
  isOver(ticket: string): Promise<boolean>;
  stop(): Promise<void>;
}

function theDesk(tickets: Records<Ticket>, isAway = () => false) {
  const accepted = new Map<string, Incoming>();
  const desk = ownDesk({
    tickets,
    async accept(incoming) {
      if (isAway()) throw new Error('Redis is away');
      accepted.set(incoming.id, incoming);
    },
    terms: () => undefined,
    now: Date.now,
    log: silent,
  });
  desk.start();
  return { desk, accepted };
}

async function ownConsole(tickets: Records<Ticket>): Promise<Worked> {
  const { desk, accepted } = theDesk(tickets);
  return {
    desk,
    accepted,
    reads: async (id) => (await desk.find(id))?.entries.filter(({ by }) => by === 'resident').map(({ text }) => text),
    async writes(id, text) {
      const key = randomUUID();
      await desk.assign(id, 'aoki');
      await desk.reply(id, 'aoki', { text, key });
      return `staff ${key}`;
    },
    async sawFailure(id, words) {
      const entry = (await desk.find(id))?.entries.find((each) => each.id === words);
      return entry === undefined || ['over', 'quota', 'failed'].includes(entry.delivery ?? '');
    },
    async ends(id) {
      await desk.assign(id, 'aoki');
      await desk.end(id, 'aoki', 'solved');
    },
    isOver: async (id) => (await desk.find(id))?.state === 'closed',
    stop: async () => desk.stop(),
  };
}

async function inChatwoot() {
  const { desk, accepted } = theDesk(memoryRecords<Ticket>());
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const fake = fakeChatwoot();
  const parts = { desk, mirrored: memoryRecords<Job<Mirrored>>(now), api: chatwootApi(chatwoot), now, log: silent };
  const mirrors = [0, 1].map(() =>
    chatwootMirror({ ...parts, summarise: ({ facts }) => Object.values(facts).map(String) }),
  );
  for (const mirror of mirrors) mirror.start();
  const server = createServer(express().use(chatwootWebhook({ ...parts, pathToken, secret }))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/helpdesk/chatwoot/${pathToken}`;
  const call = (body: object, given: { headers?: Record<string, string>; to?: string } = {}) => {
    const text = JSON.stringify(body);
    const headers = given.headers ?? signedByChatwoot(text, secret, now());
    return fetch(given.to ?? address, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
  };
  /** The conversation, once it is there. */
  async function conversationOf(ticket: string) {
    await until(() => fake.of(ticket) !== undefined);
    const found = fake.of(ticket);
    assert.ok(found);
    return found;
  }
  const messageOf = (ticket: string, id: string) => fake.of(ticket)?.messages.find((each) => String(each.id) === id);
  return {
    desk,
    accepted,
    fake,
    call,
    address,
    clock,
    conversationOf,
    reads: async (ticket: string) =>
      fake
        .of(ticket)
        ?.messages.filter((each) => each.message_type === 0)
        .map(({ content }) => content),
    async writes(ticket: string, text: string) {
      const { id } = await conversationOf(ticket);
      // Known by its conversation only once that is written down here, too.
      await until(async () => (await parts.mirrored.load(ticket)).value?.state.conversation === id);
      const { message, call: told } = fake.writes(id, text);
      for (let times = 0; times < 2; times += 1) assert.equal((await call(told)).status, 200);
      return String(message.id);
    },
    sawFailure: async (ticket: string, words: string) => messageOf(ticket, words)?.status === 'failed',
    async ends(ticket: string) {
      const { id } = await conversationOf(ticket);
      await until(async () => (await parts.mirrored.load(ticket)).value?.state.conversation === id);
      for (const event of ['conversation_status_changed', 'conversation_updated'])
        assert.equal((await call(fake.statusCall(id, 'resolved', event))).status, 200);
    },
    isOver: async (ticket: string) => fake.of(ticket)?.status === 'resolved',
    async stop() {
      desk.stop();
      for (const mirror of mirrors) mirror.stop();
      server.close().closeAllConnections();
      fake.stop();
    },
  };
}

const opened = (ticket: string): DeskEvent => ({
  kind: 'opened',
  ticket,
  about: { kind: 'text', text: '車いすで行けますか' },
  messageId: 'm1',
  facts: { status: 'renewable' },
  factsFrom: ['m0'],
  asked: null,
  isMessage: false,
});

function contract(open: () => Promise<Worked>): void {
  let worked: Worked;
  beforeEach(async () => {
    worked = await open();
  });
  afterEach(() => worked.stop());

  const tell = (event: DeskEvent, id: string = randomUUID()) =>
    worked.desk.take({ ...event, id, resident, at: Date.now() });
  const said = (text: string, messageId: string): DeskEvent => {
    return { kind: 'said', ticket: 'one', message: { kind: 'text', text }, messageId };
  };
  const readsTo = (texts: readonly string[] | undefined) =>
    until(async () => JSON.stringify(await worked.reads('one')) === JSON.stringify(texts));
  const handed = (kind: Incoming['kind']) => [...worked.accepted.values()].filter((each) => each.kind === kind);

  it('shows what a resident says in order, and once, however often the turn is tried', async () => {
    for (let tries = 0; tries < 2; tries += 1) await tell(opened('one'), 'opening');
    for (let tries = 0; tries < 2; tries += 1) await tell(said('母もです', 'm2'), 'second');
    await tell({
      kind: 'said',
      ticket: 'one',
      message: { kind: 'media', media: { type: 'sticker', note: 'OK' } },
      messageId: 'm3',
    });
    await tell(said('母もです', 'm4'));
    await until(async () => (await worked.reads('one'))?.length === 4);
    const [first, second, third, fourth] = (await worked.reads('one')) ?? [];
    assert.deepEqual([first, second, fourth], ['車いすで行けますか', '母もです', '母もです']);
    assert.ok(third === '' || third?.includes('OK'));
  });

  it('hands over what a clerk writes, once, and shows what became of it', async () => {
    await tell(opened('one'));
    const words = await worked.writes('one', 'はい、行けます');
    await until(() => handed('staff').length === 1);
    const [event] = handed('staff');
    assert.ok(event?.kind === 'staff');
    assert.deepEqual([event.text, event.ticket, event.resident], ['はい、行けます', 'one', resident]);
    await worked.desk.delivered('one', event.id, 'quota');
    await until(() => worked.sawFailure('one', words));
  });

  it('gives the resident back when a clerk ends it, and sends nothing afterwards', async () => {
    await tell(opened('one'));
    await until(async () => (await worked.reads('one')) !== undefined);
    await worked.ends('one');
    await until(() => handed('handoff-over').length === 1);
    await until(() => worked.isOver('one'));
    const words = await worked.writes('one', 'ひとつ忘れました');
    await until(() => worked.sawFailure('one', words));
    assert.equal(handed('staff').length, 0);
  });

  it('is over when the resident leaves', async () => {
    await tell(opened('one'));
    await tell({ kind: 'left', ticket: 'one' });
    await until(() => worked.isOver('one'));
    assert.equal(handed('handoff-over').length, 0, 'the bot knows');
  });

  it('unsees what was unsent, and keeps nothing of whoever wants nothing kept', async () => {
    await tell(opened('one'));
    await tell(said('これは消します', 'm2'));
    await readsTo(['車いすで行けますか', 'これは消します']);
    await tell({ kind: 'taken-back', ticket: '', messageId: 'm2' });
    await readsTo(['車いすで行けますか']);
    await tell({ kind: 'erased', ticket: '' });
    await readsTo(undefined);
  });

  it('knows how many wait', async () => {
    for (const ticket of ['one', 'two']) await tell(opened(ticket));
    await until(() => worked.desk.waiting() === 2);
    await worked.writes('one', 'はい');
    await until(() => worked.desk.waiting() === 1);
  });
}

describe('a help desk', () => {
  describe('of the city’s own, in memory', () => contract(() => ownConsole(memoryRecords<Ticket>())));

  describe('of the city’s own, in Redis', () => {
    let redis: TestRedis;
    before(async function () {
      redis = await redisOrSkip(this);
    });
    after(() => redis?.stop());
    contract(async () => {
      const connection = connectRedis(redis.url, silent);
      await connection.flushall();
      const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
      const worked = await ownConsole(redisRecords<Ticket>(connection, { seal, name: 'ticket' }));
      return {
        ...worked,
        async stop() {
          await worked.stop();
          connection.disconnect();
        },
      };
    });
  });

  describe('in Chatwoot', () => {
    before(() => {
      nock.disableNetConnect();
      nock.enableNetConnect('127.0.0.1');
    });
    after(() => nock.enableNetConnect());
    contract(inChatwoot);
  });
});

describe('Chatwoot', () => {
  let worked: Awaited<ReturnType<typeof inChatwoot>>;
  before(() => {
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
  });
  beforeEach(async () => {
    worked = await inChatwoot();
  });
  afterEach(() => worked.stop());
  after(() => nock.enableNetConnect());

  const tell = (event: DeskEvent, id: string) => worked.desk.take({ ...event, id, resident, at: Date.now() });
  const staffEvents = () => [...worked.accepted.values()].filter(({ kind }) => kind === 'staff');

  for (const step of ['POST /contacts', 'POST /conversations', 'POST .*/messages'])
    for (const how of ['away', 'unheard'] as const)
      it(`is told everything once though ${step} was ${how === 'away' ? 'refused' : 'done and nobody heard so'}`, async () => {
        worked.fake.trouble(new RegExp(`^${step}$`), how);
        await tell(opened('one'), '1');
        await until(() => worked.fake.contacts.size > 0 || how === 'away');
        await new Promise((resolve) => setTimeout(resolve, 1_200));
        worked.clock.ahead += 120_000;
        await until(async () => (await worked.reads('one'))?.length === 1);
        const { messages } = await worked.conversationOf('one');
        await until(() => messages.length === 2);
        assert.deepEqual(
          messages.map(({ content, private: isPrivate }) => [content, isPrivate]),
          [
            ['renewable', true],
            ['車いすで行けますか', false],
          ],
        );
        assert.equal(worked.fake.contacts.size, 1);
        assert.equal(worked.fake.conversations.size, 1);
      }).timeout(10_000);

  it('makes a conversation anew that somebody deleted there', async () => {
    await tell(opened('one'), '1');
    const { id } = await worked.conversationOf('one');
    await until(async () => (await worked.reads('one'))?.length === 1);
    worked.fake.conversations.delete(id);
    await tell({ kind: 'said', ticket: 'one', message: { kind: 'text', text: '母もです' }, messageId: 'm2' }, '2');
    await until(() => worked.fake.conversations.size === 0);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    worked.clock.ahead += 60_000;
    await until(async () => (await worked.reads('one'))?.length === 2);
    assert.notEqual((await worked.conversationOf('one')).id, id);
  });

  it('unsees what was on its way when nobody heard whether it arrived, and was unsent meanwhile', async () => {
    await tell(opened('one'), '1');
    await until(async () => (await worked.reads('one'))?.length === 1);
    worked.fake.trouble(/^POST .*\/messages$/, 'unheard');
    await tell({ kind: 'said', ticket: 'one', message: { kind: 'text', text: '消します' }, messageId: 'm2' }, '2');
    await until(async () => (await worked.reads('one'))?.length === 2);
    await tell({ kind: 'taken-back', ticket: '', messageId: 'm2' }, '3');
    worked.clock.ahead += 60_000;
    await tell({ kind: 'said', ticket: 'one', message: { kind: 'text', text: 'つぎ' }, messageId: 'm3' }, '4');
    await until(async () => JSON.stringify(await worked.reads('one')) === '["車いすで行けますか","つぎ"]');
  });

  it('is told that its call failed, and the log holds nothing of its secret address', async () => {
    const lines: string[] = [];
    const log = {
      ...silent,
      error: (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message),
    };
    const away = () => Promise.reject(new Error('Redis is away'));
    const mirrored = { ...memoryRecords<Job<Mirrored>>(), ids: away };
    const app = express().use(
      chatwootWebhook({
        desk: worked.desk,
        mirrored,
        api: chatwootApi(chatwoot),
        pathToken,
        secret: undefined,
        now: Date.now,
        log,
      }),
    );
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/helpdesk/chatwoot/${pathToken}`;
    const { call } = worked.fake.writes(1, 'はい');
    assert.equal((await worked.call(call, { to })).status, 503);
    assert.equal(lines.length, 1);
    assert.ok(!lines[0]?.includes(pathToken));
    server.close().closeAllConnections();
  });

  it('knows the resident by the ticket’s name alone', async () => {
    await tell(opened('one'), '1');
    await worked.conversationOf('one');
    assert.ok(!JSON.stringify([...worked.fake.contacts.values()]).includes(resident));
  });

  it('hands over an agent’s public words, and none of its own, of a bot’s, of notes or of other conversations', async () => {
    await tell(opened('one'), '1');
    await worked.writes('one', 'はい');
    const { id } = await worked.conversationOf('one');
    const { call } = worked.fake.writes(id, 'ボットの言葉');
    const note = worked.fake.writes(id, 'メモ', { isPrivate: true }).call;
    for (const other of [
      note,
      { ...call, message_type: 'incoming', sender: { id: 5, type: 'contact' } },
      { ...call, sender: { id: 9, type: 'agent_bot' } },
      { ...call, sender: null },
      { ...call, message_type: 'template' },
      { ...call, event: 'message_updated' },
      { ...call, conversation: { ...call.conversation, id: 99_999 } },
      { event: 'conversation_created', id, status: 'open' },
      { event: 'something_new' },
      [],
    ])
      assert.equal((await worked.call(other)).status, 200);
    assert.equal(staffEvents().length, 1);
  });

  it('tells an agent why words without text, or too many of them, cannot go out', async () => {
    await tell(opened('one'), '1');
    await worked.writes('one', 'はい');
    const { id } = await worked.conversationOf('one');
    for (const [content, why] of [
      [null, /文字のない返事/],
      ['あ'.repeat(4_901), /4900 字まで/],
    ] as const) {
      const { message, call } = worked.fake.writes(id, content);
      assert.equal((await worked.call(call)).status, 200);
      await until(() => message.status === 'failed');
      assert.match(message.external_error ?? '', why);
    }
    assert.equal(staffEvents().length, 1);
  });

  it('is not believed without its path, its signature, or five minutes late', async () => {
    await tell(opened('one'), '1');
    await worked.writes('one', 'はい');
    const { id } = await worked.conversationOf('one');
    const { call } = worked.fake.writes(id, '偽の言葉');
    const body = JSON.stringify(call);
    const good = signedByChatwoot(body, secret, Date.now());
    for (const given of [
      { headers: {} },
      { headers: { ...good, 'x-chatwoot-signature': 'sha256=00' } },
      { headers: signedByChatwoot(body, 'another secret', Date.now()) },
      { headers: signedByChatwoot(body, secret, Date.now() - 6 * 60_000) },
      { headers: { ...good, 'x-chatwoot-timestamp': String(Number(good['x-chatwoot-timestamp']) + 1) } },
      { headers: good, to: worked.address.replace(pathToken, 'another') },
    ])
      assert.equal((await worked.call(call, given)).status, 401);
    assert.equal(staffEvents().length, 1);
  });
});
