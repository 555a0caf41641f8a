/** What nobody should send: thousands of broken webhook bodies, and texts made to take long. */
import assert from 'node:assert/strict';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { readDate } from '../../bot/rules/wareki.ts';
import { channelSecret, startBot } from '../support/bot-process.ts';
import { type Sent, startFakeLine } from '../support/fake-line.ts';
import { library } from '../support/library.ts';
import { randomOf } from '../support/random.ts';

const bodies = 3_000;

describe('hostile webhooks', function () {
  this.timeout(120_000);
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  let bot: Awaited<ReturnType<typeof startBot>>;
  before(async () => {
    line = await startFakeLine();
    const environment = {
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: 'x',
      LINE_API_BASE_URL: line.url,
    };
    bot = await startBot(environment);
  });
  after(async () => {
    await bot?.stop();
    await line?.stop();
  });

  it(`${bodies} mutated bodies, signed: each is taken or refused, and the bot goes on answering`, async () => {
    const random = randomOf(20_261_122);
    const statuses = new Map<number, number>();
    for (let count = 0; count < bodies; count += 1) {
      const { status } = await bot.post(mutated(whole(count), random));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      assert.ok(status === 200 || status === 400, `body ${count}: ${status}`);
    }
    assert.ok(
      (statuses.get(200) ?? 0) > bodies / 10 && (statuses.get(400) ?? 0) > bodies / 10,
      JSON.stringify([...statuses]),
    );
    await bot.post(whole(bodies));
    const sent: Sent = await line.to(`token-${bodies}`).catch(() => assert.fail(bot.output().slice(-3_000)));
    assert.match(JSON.stringify(sent), /無料です/);
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
    assert.doesNotMatch(bot.output(), /unhandled|TypeError/i);
  });
});

describe('texts made to take long', () => {
  const length = 100_000;
  const repeat = (text: string) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
  const texts = [
    '1',
    '昭和',
    '平成2年',
    ' ',
    '　\n',
    '1980/',
    '3月',
    '-',
    '一二三',
    'aA',
    '!',
    '有効期限は',
    '日',
    '{',
    '🏯',
    'わからない',
    '12345678901 ',
  ];

  // What is not linear takes 10^10 steps here, and the test never ends.
  for (const text of texts)
    it(`${JSON.stringify(text)} again and again, ${length} characters of it`, () => {
      const world = { library, now: { today: '2026-01-14', time: '10:00' } } as const;
      for (const long of [repeat(text), `${repeat(text)}x`, `昭和55年${repeat(text)}`]) {
        readDate(long);
        const asked = takeTurn({ kind: 'text', text: '更新' }, newSession('ja'), world).session;
        for (const session of [newSession('ja'), asked]) takeTurn({ kind: 'text', text: long }, session, world);
      }
    });
});

function whole(count: number): string {
  const event = {
    type: 'message',
    mode: 'active',
    timestamp: Date.now(),
    webhookEventId: `01HOSTILE${String(count).padStart(17, '0')}`,
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId: `U${String(count % 50).padStart(32, '0')}` },
    replyToken: `token-${count}`,
    message: { type: 'text', id: String(count), text: '手数料は?' },
  };
  const postback = {
    ...event,
    type: 'postback',
    postback: { data: 'flow=renewal&slot=birthday', params: { date: '1980-03-03' } },
  };
  const unsend = { ...event, type: 'unsend', unsend: { messageId: '1' } };
  return JSON.stringify({
    destination: `U${'8'.repeat(32)}`,
    events: [[event, postback, unsend][count === bodies ? 0 : count % 3]],
  });
}

/** One to four mistakes: bytes changed, cut or doubled; values replaced by others; keys that reach for prototypes. */
function mutated(body: string, random: () => number): string {
  const values = [
    'null',
    '[]',
    '{}',
    '""',
    '-1',
    '1e999',
    '"\\u0000"',
    '"__proto__"',
    'true',
    '[[[[]]]]',
    '{"__proto__":{"polluted":1}}',
  ];
  let text = body;
  for (let mistakes = 1 + Math.floor(random() * 4); mistakes > 0; mistakes -= 1) {
    const at = Math.floor(random() * text.length);
    const kind = Math.floor(random() * 6);
    if (kind === 0) text = text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 20));
    if (kind === 1) text = text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x300)) + text.slice(at + 1);
    if (kind >= 2) {
      const value = values[Math.floor(random() * values.length)] ?? 'null';
      const places = [...text.matchAll(/:("[^"]*"|\d+|true|false|\{[^{}]*\})/g)];
      const place = places[Math.floor(random() * places.length)];
      if (place) text = `${text.slice(0, place.index + 1)}${value}${text.slice(place.index + place[0].length)}`;
    }
    if (kind === 5) text = text.replace('"type"', random() < 0.5 ? '"__proto__"' : '"constructor"');
  }
  return text;
}
