/**
 * A simulated year of ten thousand reminders on a clock that the test moves: two processes, real Redis, processes killed and Redis killed in the
 * middle of rounds. Every reminder is sent once, on its day; none at night, on a closed day, after 「済んだ」 or to whoever blocked the account.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { redisInbox } from '../../adapters/redis/inbox.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { redisSessions } from '../../adapters/redis/sessions.ts';
import { reminderDays } from '../../bot/dialogue/reminder-days.ts';
import type { Now, Reminder } from '../../bot/dialogue/types.ts';
import { addDays, type ClockTime, type PlainDate } from '../../bot/rules/dates.ts';
import { emptyStore } from '../../bot/stored.ts';
import { textOf } from '../support/body.ts';
import { library } from '../support/library.ts';
import { randomOf } from '../support/random.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent as log } from '../support/silent.ts';

/** Each with the reminders of eight people, three for each of them. */
const residents = 440;
const people = Object.fromEntries(
  [...(library.languages.get('ja')?.words.people ?? [])].slice(0, 8).map(([person, { label }]) => [person, label]),
);
const first: PlainDate = '2026-12-01';
const days = 365;
const seal = sealWith([{ id: 'k1', key: Buffer.alloc(32, 7) }]);

describe('a year of reminders', function () {
  this.timeout(280_000);
  let redis: TestRedis | undefined;
  before(async function () {
    redis = await redisOrSkip(this, { durable: true });
  });
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(() => Promise.all(cleanUp.splice(0).map((each) => each())));
  after(() => redis?.stop());

  it('sends each once, on its day, whatever is killed', async () => {
    const random = randomOf(Number(process.env.SEED ?? 20_261_125));
    const folder = mkdtempSync(join(tmpdir(), 'koshin-year-'));
    const clock = join(folder, 'now.json');
    const url = redis?.url ?? '';
    let now: Now = { today: first, time: '10:00' };
    const setClock = (today: PlainDate, time: ClockTime) => {
      now = { today, time };
      writeFileSync(clock, JSON.stringify(now));
    };
    setClock(first, '10:00');

    const sent: { to: string; today: PlainDate; time: ClockTime; text: string }[] = [];
    const keys = new Set<string>();
    const line = createServer(async (request, response) => {
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (request.url?.endsWith('/quota')) return answer(200, { type: 'none' });
      if (request.url?.endsWith('/consumption')) return answer(200, { totalUsage: sent.length });
      const body = JSON.parse(await textOf(request)) as { to: string; messages: { text?: string }[] };
      const key = String(request.headers['x-line-retry-key']);
      // Now and then it fails, before or after it has delivered.
      const luck = random();
      if (luck < 0.01) return answer(500, { message: 'Internal server error' });
      if (keys.has(key)) return answer(409, { message: 'The retry key is already accepted' });
      keys.add(key);
      sent.push({ to: body.to, ...now, text: body.messages.map(({ text }) => text).join('\n') });
      answer(luck < 0.02 ? 500 : 200, {});
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => line.once('listening', resolve));
    const lineUrl = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;

    const start = () => startProcess({ REDIS_URL: url, LINE_URL: lineUrl, CLOCK: clock });
    const processes = await Promise.all([start(), start()]);
    const client = new Redis(url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    const sessions = redisSessions(client, { seal, idleMs: 1_000, language: 'ja' });
    const inbox = redisInbox(client, { seal, log });
    const queue = new Queue('reminders', { connection: client, prefix: '{koshin-reminders}' });
    queue.on('error', () => undefined);
    cleanUp.push(async () => {
      for (const each of processes) each.kill('SIGKILL');
      await queue.close();
      await inbox.stop();
      client.disconnect();
      line.close().closeAllConnections();
      rmSync(folder, { recursive: true });
    });

    // Who wants what, and when each of it is due, worked out beforehand.
    const flow = library.flows.get('renewal');
    assert.ok(flow);
    const due = new Map<string, Map<string, PlainDate>>();
    for (let index = 0; index < residents; index += 1) {
      const resident = `U${String(index).padStart(32, '0')}`;
      const reminders = Object.keys(people).map((person): Reminder => {
        // Certificates that end from March on have all three days before them.
        const until = addDays(first, 95 + Math.floor(random() * 255));
        return {
          person,
          flow: 'renewal',
          answers: { certificateExpires: until },
          from: first,
          until,
          said: {},
          news: false,
          messageIds: [],
        };
      });
      const stored = emptyStore('ja');
      const session = { ...stored.session, reminders };
      await sessions.save(resident, { ...stored, session, remindersMs: 600_000 }, null);
      const stages = reminders.flatMap((each) =>
        reminderDays(each, flow, now).map(({ text, on }) => [`${text} ${each.person}`, on] as const),
      );
      due.set(resident, new Map(stages));
    }

    const leaving = new Map<PlainDate, { resident: string; how: 'done' | 'unfollow' }[]>();
    const left = new Map<string, { on: PlainDate; how: 'done' | 'unfollow' }>();
    for (const resident of due.keys()) {
      if (random() > 0.1) continue;
      const on = addDays(first, Math.floor(random() * days));
      const how = random() < 0.5 ? 'done' : 'unfollow';
      leaving.set(on, [...(leaving.get(on) ?? []), { resident, how }]);
      left.set(resident, { on, how });
    }

    const idle = async () => {
      for (let quiet = 0; quiet < 3; ) {
        const busy = await Promise.all([
          queue.getJobCountByTypes('wait', 'active', 'prioritized', 'delayed'),
          inbox.backlog().then(({ waiting }) => waiting),
        ]).catch(() => [1]);
        // The next hour's round is always waiting.
        const waiting = busy.reduce((sum, count) => sum + count, 0) - 1;
        quiet = waiting > 0 ? 0 : quiet + 1;
        await sleep(5);
      }
    };
    const round = async (day: PlainDate, time: ClockTime) => {
      setClock(day, time);
      await queue.add('round', {}, { jobId: `${day}T${time.replace(':', '')}`, removeOnComplete: true });
    };

    const startedAt = performance.now();
    const counted = { rounds: 0, kills: 0, redisKills: 0, done: 0, unfollows: 0 };
    for (let index = 0; index < days; index += 1) {
      const day = addDays(first, index);
      for (const [at, { resident, how }] of (leaving.get(day) ?? []).entries()) {
        const event = { at: 0, receivedAt: Date.now(), replyToken: null, resident };
        if (how === 'unfollow') await inbox.accept({ ...event, id: `blocks ${day} ${at}`, kind: 'unfollow' });
        else
          for (const text of ['済んだ', 'お母さま']) {
            const message = { kind: 'text', text } as const;
            await inbox.accept({ ...event, id: `${text} ${day} ${at}`, kind: 'message', message, messageId: null });
          }
        counted[how === 'done' ? 'done' : 'unfollows'] += 1;
      }
      if (leaving.has(day)) await idle();
      const said = sent.length;
      // At night, and again on the day itself; now and then a round is begun once more.
      if (index % 20 === 0) {
        await round(day, '03:00');
        await idle();
        assert.equal(sent.length, said, `nothing is sent at night (${day})`);
      }
      await round(day, '10:00');
      counted.rounds += 1;
      if (index % 60 === 30) {
        await sleep(random() * 40);
        counted.kills += 1;
        const at = counted.kills % 2;
        processes[at]?.kill('SIGKILL');
        processes[at] = await start();
      }
      if (index === 120 || index === 240) {
        await sleep(random() * 40);
        counted.redisKills += 1;
        await redis?.kill();
        await sleep(100);
        await redis?.restart();
      }
      await idle();
      if (index % 10 === 0) {
        await round(day, '11:00');
        await idle();
      }
    }
    const seconds = (performance.now() - startedAt) / 1_000;

    const marks: readonly (readonly [stage: string, mark: RegExp])[] = [
      ['remind-window', /更新できるようになりました（(.+?)の分/g],
      ['remind-month', /有効期限（(.+?)の分）まで、あと/g],
      ['remind-last-week', /電子証明書の更新（(.+?)の分）に間に合う最後の日/g],
    ];
    const got = new Map<string, string[]>();
    for (const { to, today, time, text } of sent)
      for (const [stage, mark] of marks)
        for (const [, label] of text.matchAll(mark)) {
          const person = Object.entries(people).find(([, each]) => each === label)?.[0];
          got.set(to, [...(got.get(to) ?? []), `${stage} ${person} ${today}`]);
          assert.equal(library.factsNow({ today, time }).counter, 'open', `${today} ${time}`);
        }
    let reminders = 0;
    for (const [resident, stages] of due) {
      const gone = left.get(resident);
      const isStill = (stage: string, on: PlainDate) => {
        if (gone === undefined || on < gone.on) return true;
        return gone.how === 'done' && !stage.endsWith('mother');
      };
      const wanted = [...stages].filter(([stage, on]) => isStill(stage, on)).map(([stage, on]) => `${stage} ${on}`);
      reminders += wanted.length;
      assert.deepEqual([...(got.get(resident) ?? [])].sort(), wanted.sort(), `${resident}, ${JSON.stringify(gone)}`);
    }
    console.log(
      `    ${reminders} reminders to ${residents} residents in ${days} days (${seconds.toFixed(0)} s): ${counted.rounds} rounds, ${counted.kills} processes killed, Redis killed ${counted.redisKills} times, ${counted.done} said 済んだ of one, ${counted.unfollows} blocked`,
    );
    assert.ok(reminders > 9_000);
  });
});

async function startProcess(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const file = new URL('../support/reminder-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH ?? '', ...environment } });
  let problems = '';
  child.stderr.on('data', (chunk) => (problems += chunk));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error(`a process did not start:\n${problems}`)));
  });
  return child;
}
