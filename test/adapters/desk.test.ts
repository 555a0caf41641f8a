/** The help desk by itself: what the bot tells it, what clerks do, what time does. */
import assert from 'node:assert/strict';
import { consoleView } from '../../adapters/helpdesk/console-view.ts';
import { ownDesk } from '../../adapters/helpdesk/desk.ts';
import type { Ticket } from '../../adapters/helpdesk/ticket.ts';
import { memoryRecords } from '../../adapters/memory-records.ts';
import { openAccounts } from '../../adapters/staff/accounts.ts';
import type { DeskEvent } from '../../bot/dialogue/types.ts';
import type { Incoming } from '../../bot/ports.ts';
import { silent } from '../support/silent.ts';
import { until } from '../support/until.ts';

const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
let serial = 0;
function nextId(): string {
  serial += 1;
  return `event ${serial}`;
}

describe('the help desk', () => {
  const started: { stop(): void }[] = [];
  afterEach(() => started.splice(0).forEach((desk) => void desk.stop()));

  function open(given: { isOpen?: boolean; fails?: () => boolean } = {}) {
    const accepted = new Map<string, Incoming>();
    const clock = { now: 1_000_000 };
    const tickets = memoryRecords<Ticket>(() => clock.now);
    const desk = ownDesk({
      tickets,
      async accept(incoming) {
        if (given.fails?.()) throw new Error('Redis is away');
        accepted.set(incoming.id, incoming);
      },
      terms: () => ({
        answerWithinMinutes: 10,
        silentMinutes: 60,
        silentAfterMessageMinutes: 1_440,
        keepDays: 7,
        isOpenSince: () => given.isOpen ?? true,
      }),
      now: () => clock.now,
      log: silent,
    });
    started.push(desk);
    const tell = (event: DeskEvent, id = nextId()) => desk.take({ ...event, id, resident, at: clock.now });
    const openTicket = (ticket = 'ticket') =>
      tell({
        kind: 'opened',
        ticket,
        about: { kind: 'text', text: '車いすで行けますか' },
        messageId: 'm1',
        facts: { birthday: '1980-03-03' },
        factsFrom: ['m0'],
        asked: null,
        isMessage: false,
      });
    const later = (minutes: number) => {
      clock.now += minutes * 60_000;
    };
    const ticketNow = async (id = 'ticket') => (await desk.all()).find((ticket) => ticket.id === id);
    return { desk, accepted, tell, openTicket, later, ticketNow };
  }

  it('keeps what a turn tells it once, however often the turn is tried', async () => {
    const { desk, tell, openTicket, ticketNow } = open();
    await openTicket();
    await openTicket();
    const said: DeskEvent = {
      kind: 'said',
      ticket: 'ticket',
      message: { kind: 'text', text: '母も' },
      messageId: 'm2',
    };
    await tell(said, 'event of m2');
    await tell(said, 'event of m2');
    assert.deepEqual(
      (await ticketNow())?.entries.map(({ text }) => text),
      ['車いすで行けますか', '母も'],
    );
    assert.equal((await desk.all()).length, 1);
  });

  it('gives a ticket to one of two clerks who take it at the same moment', async () => {
    const { desk, openTicket, ticketNow } = open();
    await openTicket();
    const taken = await Promise.all(['one', 'two'].map((name) => desk.assign('ticket', name)));
    assert.equal(taken.filter(Boolean).length, 1);
    const winner = taken[0] ? 'one' : 'two';
    assert.equal((await ticketNow())?.agent, winner);
    const loser = winner === 'one' ? 'two' : 'one';
    assert.equal(await desk.reply('ticket', loser, { text: 'こんにちは', key: 'こんにちは' }), undefined);
    assert.equal(await desk.end('ticket', loser, 'solved'), undefined);
    assert.ok(await desk.giveBack('ticket', winner));
    assert.ok(await desk.assign('ticket', loser));
  });

  it('brings a clerk’s words into the inbox though it failed at first, and says what became of them', async () => {
    let isAway = true;
    const { desk, accepted, openTicket, ticketNow } = open({ fails: () => isAway });
    await openTicket();
    await desk.assign('ticket', 'one');
    assert.ok(await desk.reply('ticket', 'one', { text: 'はい、行けます', key: 'はい、行けます' }));
    assert.equal((await ticketNow())?.entries.at(-1)?.delivery, 'sending');
    isAway = false;
    desk.start();
    await until(() => accepted.size === 1);
    const [sent] = [...accepted.values()];
    assert.ok(sent?.kind === 'staff');
    assert.deepEqual([sent.text, sent.resident, sent.ticket], ['はい、行けます', resident, 'ticket']);
    await desk.delivered('ticket', sent.id, 'quota');
    assert.equal((await ticketNow())?.entries.at(-1)?.delivery, 'quota');
    assert.deepEqual((await ticketNow())?.outbox, []);
  });

  it('apologises once when nobody came for long, in the desk’s hours only', async () => {
    const closed = open({ isOpen: false });
    const busy = open();
    for (const { desk, openTicket, later } of [closed, busy]) {
      await openTicket();
      later(11);
      desk.start();
    }
    await until(() => busy.accepted.has('nobody ticket'));
    assert.equal((await busy.ticketNow())?.isApologised, true);
    assert.equal(closed.accepted.size, 0);
    assert.equal(closed.desk.waiting(), 1);
  });

  it('apologises to whoever left a message only once they wait in the talk, counting from then', async () => {
    const { desk, accepted, tell, openTicket, later, ticketNow } = open();
    await openTicket();
    await tell({ kind: 'waits', ticket: 'ticket', isMessage: true });
    later(60);
    await tell({ kind: 'waits', ticket: 'ticket', isMessage: false });
    later(5);
    desk.start();
    await until(() => desk.waiting() === 1);
    assert.equal(accepted.size, 0);
    desk.stop();
    later(6);
    desk.start();
    await until(() => accepted.has('nobody ticket'));
    assert.equal((await ticketNow())?.isApologised, true);
  });

  it('waits a day for whoever left a message and is not looking, and is no message any more once it is answered', async () => {
    const { desk, accepted, tell, openTicket, later, ticketNow } = open();
    await openTicket();
    await tell({ kind: 'waits', ticket: 'ticket', isMessage: true });
    await desk.assign('ticket', 'one');
    await desk.reply('ticket', 'one', { text: 'はい', key: 'はい' });
    assert.equal((await ticketNow())?.isMessage, false);
    later(120);
    desk.start();
    await until(() => desk.waiting() === 0);
    assert.equal((await ticketNow())?.state, 'taken');
    desk.stop();
    later(24 * 60);
    desk.start();
    await until(() => accepted.has('over ticket'));
  });

  it('ends a talk whose resident has been silent for long, and not one whose clerk has', async () => {
    const [answered, unanswered] = [open(), open()];
    for (const { desk, openTicket } of [answered, unanswered]) {
      await openTicket();
      await desk.assign('ticket', 'one');
    }
    await answered.desk.reply('ticket', 'one', { text: 'はい', key: 'はい' });
    for (const { desk, later } of [answered, unanswered]) {
      later(61);
      desk.start();
    }
    await until(() => answered.accepted.has('over ticket'));
    assert.deepEqual((await answered.ticketNow())?.closed?.why, 'silent');
    assert.equal((await unanswered.ticketNow())?.state, 'taken');
  });

  it('unsees what was unsent, and keeps nothing of whoever wants nothing kept, open or closed', async () => {
    const { desk, tell, openTicket, ticketNow } = open();
    await openTicket();
    await tell({ kind: 'taken-back', ticket: '', messageId: 'm1' });
    assert.deepEqual((await ticketNow())?.entries, []);
    await openTicket('another');
    await tell({ kind: 'left', ticket: 'another' });
    assert.equal((await ticketNow('another'))?.closed?.why, 'left');
    await tell({ kind: 'erased', ticket: '' });
    assert.deepEqual(await desk.all(), []);
  });

  it('keeps an open ticket over any holiday, and a closed one for its days, without what was worked out of the birthday', async () => {
    const { desk, openTicket, later, ticketNow } = open();
    await openTicket();
    later(20 * 24 * 60);
    assert.equal((await ticketNow())?.facts.birthday, '1980-03-03');
    await desk.assign('ticket', 'one');
    await desk.end('ticket', 'one', 'solved');
    assert.deepEqual((await ticketNow())?.facts, {});
    later(6 * 24 * 60);
    assert.ok(await ticketNow());
    later(2 * 24 * 60);
    assert.equal(await ticketNow(), undefined);
  });

  it('forgets what was worked out of a message that is unsent', async () => {
    const { tell, openTicket, ticketNow } = open();
    await openTicket();
    await tell({ kind: 'taken-back', ticket: '', messageId: 'm0' });
    assert.deepEqual((await ticketNow())?.facts, {});
    assert.equal((await ticketNow())?.entries.length, 1);
  });

  it('takes the same words once, however often they are sent, and lets a colleague take over', async () => {
    const { desk, accepted, openTicket, ticketNow } = open();
    await openTicket();
    await desk.assign('ticket', 'one');
    const words = { text: 'はい', key: 'a key' };
    await Promise.all([desk.reply('ticket', 'one', words), desk.reply('ticket', 'one', words)]);
    await desk.reply('ticket', 'one', words);
    assert.equal(accepted.size, 1);
    assert.equal((await ticketNow())?.entries.length, 2);
    assert.ok(await desk.takeOver('ticket', 'two'));
    assert.equal(await desk.reply('ticket', 'one', { text: 'まだです', key: 'another' }), undefined);
  });
});

describe('what a clerk sees', () => {
  const ticket = (closedAt: number): Ticket => {
    const entry = {
      id: 'e',
      at: 100,
      by: 'resident',
      name: null,
      text: 'まだあります',
      media: null,
      messageId: null,
      delivery: null,
    } as const;
    return {
      id: 'ticket',
      resident,
      openedAt: 1,
      facts: { birthday: '1980-03-03' },
      factsFrom: [],
      asked: null,
      isMessage: false,
      leftMessage: false,
      waitingSince: 1,
      state: 'closed',
      agent: 'one',
      entries: [entry],
      seen: [],
      outbox: [],
      closed: { at: closedAt, why: 'solved' },
      helped: null,
      isApologised: false,
    };
  };
  const shown = (...tickets: Ticket[]) =>
    consoleView(tickets, {
      me: { name: 'one', csrf: '', role: 'agent' },
      colleagues: [],
      replies: () => [],
      now: 200,
      timezone: 'Asia/Tokyo',
      snippets: [],
      questions: [],
      summarise: () => [],
    });

  it('is marked where the resident wrote while it was being closed', () => {
    assert.deepEqual(
      shown(ticket(50), ticket(150)).tickets.map(({ hasLateWords }) => hasLateWords),
      [true, false],
    );
  });

  it('holds neither the birthday nor who the resident is', () => {
    assert.doesNotMatch(JSON.stringify(shown(ticket(50))), /1980|U8e742f61/);
  });
});

describe('the bot asking for staff', () => {
  it('is asked through the inbox, once a press, and its answer comes into the ticket', async () => {
    const tickets = memoryRecords<Ticket>();
    const accepted: Incoming[] = [];
    const desk = ownDesk({
      tickets,
      accept: async (incoming) => void accepted.push(incoming),
      terms: () => undefined,
      now: Date.now,
      log: silent,
    });
    const about = { kind: 'text', text: '期限がわかりません' } as const;
    const told = { resident, at: Date.now(), ticket: 'ticket' };
    await desk.take({
      ...told,
      id: '1',
      kind: 'opened',
      about,
      messageId: null,
      facts: {},
      factsFrom: [],
      asked: null,
      isMessage: false,
    });
    await desk.assign('ticket', 'one');
    const question = { flow: 'renewal', slot: 'issued', key: 'a key' };
    assert.equal(await desk.ask('ticket', 'two', question), undefined);
    assert.ok(await desk.ask('ticket', 'one', question));
    assert.deepEqual(
      accepted.map(({ kind, id }) => [kind, id]),
      [['ask-again', 'ask a key']],
    );
    const answered = {
      kind: 'answered',
      line: '発行日: 2021年',
      facts: { status: 'renewable' },
      factsFrom: ['m9'],
    } as const;
    for (let tries = 0; tries < 2; tries += 1) await desk.take({ ...told, ...answered, id: '2' });
    const [ticket] = await desk.all();
    assert.deepEqual(ticket?.entries.map(({ by, text }) => [by, text]).slice(1), [['bot', '発行日: 2021年']]);
    assert.equal(ticket?.facts.status, 'renewable');
    await desk.take({ ...told, ticket: '', id: '3', kind: 'taken-back', messageId: 'm9' });
    assert.deepEqual((await desk.all())[0]?.facts, {});
    assert.equal((await desk.all())[0]?.entries.length, 1);
    await desk.end('ticket', 'one', 'solved');
    await desk.take({ ...told, ...answered, id: '4' });
    assert.deepEqual((await desk.all())[0]?.facts, {}, 'not once it is over');
  });
});

describe('signing in', () => {
  const accountsOf = (clock: { now: number }) =>
    openAccounts(
      memoryRecords(() => clock.now),
      memoryRecords(() => clock.now),
      () => clock.now,
    );
  const isDoing = true;

  it('ends after half an hour without doing anything, and after a working day', async () => {
    const clock = { now: 1_000_000 };
    const accounts = accountsOf(clock);
    await accounts.add({ name: 'one', role: 'agent', password: 'a long password' });
    const secret = (await accounts.signIn('one', 'a long password')) ?? '';
    for (let minutes = 0; minutes < 11 * 60; minutes += 20) {
      clock.now += 20 * 60_000;
      assert.ok(await accounts.signedIn(secret, { isDoing }));
    }
    for (let looks = 0; looks < 2; looks += 1) {
      clock.now += 20 * 60_000;
      const clerk = await accounts.signedIn(secret, { isDoing: false });
      assert.equal(clerk !== undefined, looks === 0);
    }
    const another = (await accounts.signIn('one', 'a long password')) ?? '';
    for (let minutes = 0; minutes <= 12 * 60; minutes += 20) {
      clock.now += 20 * 60_000;
      await accounts.signedIn(another, { isDoing });
    }
    assert.equal(await accounts.signedIn(another, { isDoing }), undefined);
  });

  it('ends with another password, another role is in force at once, and a removed account is nobody’s', async () => {
    const accounts = accountsOf({ now: 1 });
    await accounts.add({ name: 'one', role: 'admin', password: 'a long password' });
    assert.equal(await accounts.signIn('one', 'a wrong password'), undefined);
    assert.equal(await accounts.signIn('nobody', 'a long password'), undefined);
    const secret = (await accounts.signIn('one', 'a long password')) ?? '';
    assert.equal((await accounts.signedIn(secret, { isDoing }))?.role, 'admin');
    await accounts.add({ name: 'one', role: 'agent', password: 'another password' });
    assert.equal(await accounts.signedIn(secret, { isDoing }), undefined);
    const next = (await accounts.signIn('one', 'another password')) ?? '';
    assert.equal((await accounts.signedIn(next, { isDoing }))?.role, 'agent');
    await accounts.remove('one');
    assert.equal(await accounts.signedIn(next, { isDoing }), undefined);
  });
});
