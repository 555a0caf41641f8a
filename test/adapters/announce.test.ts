/** A new ticket is announced: to a real mail server, to a webhook that checks signatures with somebody else's library. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { type Announce, type Announced, type Announcement, announcer } from '../../adapters/helpdesk/announce.ts';
import { mailAnnouncement } from '../../adapters/helpdesk/mail.ts';
import type { Ticket } from '../../adapters/helpdesk/ticket.ts';
import { webhookAnnouncement } from '../../adapters/helpdesk/webhook.ts';
import { memoryRecords } from '../../adapters/memory-records.ts';
import { silent } from '../support/silent.ts';
import { startSmtp } from '../support/smtp.ts';
import { until } from '../support/until.ts';

const announcement: Announcement = { id: 'mail-abc', ticket: 'abc', openedAt: 0, isMessage: false, waiting: 2 };

describe('a new ticket', () => {
  const open: { stop(): void }[] = [];
  afterEach(() => open.splice(0).forEach((each) => void each.stop()));

  function announcing(way: Announce, given: { clock?: { now: number }; announced?: ReturnType<typeof records> } = {}) {
    const { clock = { now: 1_000 }, announced = records() } = given;
    const ticket = { id: 'abc', openedAt: 0, isMessage: false, state: 'waiting' } as Ticket;
    const over = { ...ticket, id: 'old', state: 'closed' } as Ticket;
    const now = () => clock.now;
    const each = announcer({ tickets: async () => [ticket, over], announced, ways: { way }, now, log: silent });
    open.push(each);
    return each;
  }
  const records = () => memoryRecords<Announced>();

  it('is announced once, though two processes look', async () => {
    const heard: Announcement[] = [];
    const announced = records();
    const way: Announce = async (each) => void heard.push(each);
    for (const each of [announcing(way, { announced }), announcing(way, { announced })]) each.start();
    await until(() => heard.length > 0);
    announcing(way, { announced }).start();
    await until(async () => (await announced.load('way-abc')).value?.state.isDone === true);
    assert.deepEqual(heard, [{ id: 'way-abc', ticket: 'abc', openedAt: 0, isMessage: false, waiting: 1 }]);
  });

  it('is announced again under the same id when whoever had it in hand has died', async () => {
    const clock = { now: 1_000 };
    const announced = records();
    const ids: string[] = [];
    const way: Announce = ({ id }) => {
      ids.push(id);
      return ids.length === 1 ? new Promise<never>(() => undefined) : Promise.resolve();
    };
    announcing(way, { clock, announced }).start();
    await until(() => ids.length === 1);
    announcing(way, { clock, announced }).start();
    clock.now += 61_000;
    announcing(way, { clock, announced }).start();
    await until(() => ids.length === 2);
    assert.deepEqual(ids, ['way-abc', 'way-abc']);
  });

  it('is tried again soon, later and later, and not after a day', async () => {
    const clock = { now: 1_000 };
    const triedAt: number[] = [];
    const way: Announce = async () => {
      triedAt.push(clock.now);
      throw new Error('away');
    };
    const announced = records();
    for (; clock.now < 2 * 86_400_000; clock.now += 60_000) {
      const { until: next = 0 } = (await announced.load('way-abc')).value ?? {};
      if (next > clock.now) continue;
      const before = triedAt.length;
      const each = announcing(way, { clock, announced });
      each.start();
      const isNew = clock.now < 86_400_000;
      await until(async () => {
        const { failures = 0 } = (await announced.load('way-abc')).value ?? {};
        return !isNew || failures === before + 1;
      });
      each.stop();
      if (!isNew) break;
    }
    const gaps = triedAt.slice(1).map((at, index) => (at - (triedAt[index] ?? 0)) / 60_000);
    assert.deepEqual(
      gaps,
      gaps.toSorted((one, other) => one - other),
    );
    assert.deepEqual([gaps[0], gaps.at(-1)], [1, 60]);
    assert.ok((triedAt.at(-1) ?? 0) < 86_400_000);
  });

  it('goes to everybody’s mailbox, in the city’s words, under one id', async () => {
    const smtp = await startSmtp({ refuses: 1 });
    const mail = mailAnnouncement(
      { smtpUrl: smtp.url, from: '更新ナビ <navi@city.example>', to: ['one@city.example', 'two@city.example'] },
      ({ waiting }) => ({ subject: '新しい相談', text: `${waiting}人` }),
    );
    await assert.rejects(mail(announcement));
    await mail(announcement);
    const [sent] = smtp.mails;
    assert.deepEqual(sent?.to, ['one@city.example', 'two@city.example']);
    assert.match(sent?.source ?? '', /Message-ID: <mail-abc@city\.example>/);
    assert.ok(sent?.source.includes(Buffer.from('2人').toString('base64').slice(0, 5)));
    await smtp.stop();
    await assert.rejects(mail(announcement), { code: 'ESOCKET' });
  });

  it('goes to a webhook whose signature others can check, and no redirect leads it elsewhere', async () => {
    const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
    const received: unknown[] = [];
    const answers = [200, 302, 500];
    const server = createServer(async (request, response) => {
      const body = await text(request);
      received.push(new Webhook(secret).verify(body, request.headers as Record<string, string>));
      response.writeHead(answers.shift() ?? 500, { location: '/elsewhere' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const send = webhookAnnouncement({ url, secret }, Date.now);
    await send(announcement);
    assert.match(JSON.stringify(received[0]), /"type":"ticket.opened".*"ticket":"abc"/);
    for (let tries = 0; tries < 2; tries += 1) await assert.rejects(send(announcement));
    assert.equal(received.length, 3);
    server.close().closeAllConnections();
  });
});
