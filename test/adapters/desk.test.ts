/** The help desk by itself: what the bot tells it, what clerks do, what time does. */
import assert from 'node:assert/strict';
import { ownDesk } from '../../adapters/helpdesk/desk.ts';
import type { Ticket } from '../../adapters/helpdesk/ticket.ts';
import { memoryRecords } from '../../adapters/memory-records.ts';
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
    const tickets = memoryRecords<Ticket>();
    const desk = ownDesk({
      tickets,
      async accept(incoming) {
        if (given.fails?.()) throw new Error('Redis is away');
        accepted.set(incoming.id, incoming);
      },
      terms: () => ({
        answerWithinMinutes: 10,
        silentMinutes: 60,
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
        facts: {},
        asked: null,
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
    assert.equal(await desk.reply('ticket', loser, 'こんにちは'), undefined);
    assert.equal(await desk.end('ticket', loser, 'solved'), undefined);
    assert.ok(await desk.giveBack('ticket', winner));
    assert.ok(await desk.assign('ticket', loser));
  });

  it('brings a clerk’s words into the inbox though it failed at first, and says what became of them', async () => {
    let isAway = true;
    const { desk, accepted, openTicket, ticketNow } = open({ fails: () => isAway });
    await openTicket();
    await desk.assign('ticket', 'one');
    await assert.rejects(desk.reply('ticket', 'one', 'はい、行けます'));
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

  it('ends a talk whose resident has been silent for long, and not one whose clerk has', async () => {
    const [answered, unanswered] = [open(), open()];
    for (const { desk, openTicket } of [answered, unanswered]) {
      await openTicket();
      await desk.assign('ticket', 'one');
    }
    await answered.desk.reply('ticket', 'one', 'はい');
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
});
