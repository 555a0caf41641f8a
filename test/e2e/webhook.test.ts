/** Really signed webhooks to the really listening bot, with a real Redis behind it and a stand-in LINE before it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { sealWith } from '../../adapters/redis/seal.ts';
import { redisSessions } from '../../adapters/redis/sessions.ts';
import { channelSecret, sign, startBot } from '../support/bot-process.ts';
import { type Sent, startFakeLine } from '../support/fake-line.ts';
import { lineJudge, openapiMissing, shared } from '../support/line-openapi.ts';
import { everythingIn, redisMissing, startRedis, type TestRedis } from '../support/redis.ts';

const resident = 'U206d25c2ea6bd87c17655609a1c37cb8';
const accessToken = 'a-channel-access-token';
const dataKey = { id: 'k1', key: Buffer.alloc(32, 7) };
let serial = 0;

describe('the bot as it runs', function () {
  this.timeout(300_000);
  let redis: TestRedis | undefined;
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  let bot: Awaited<ReturnType<typeof startBot>>;

  before(async () => {
    redis = await startRedis();
    if (!redis) console.error(`    ${redisMissing}: sessions are kept in memory here`);
    line = await startFakeLine();
    bot = await startBot({
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: accessToken,
      LINE_API_BASE_URL: line.url,
      BOT_TODAY: '2026-01-14',
      ...(redis && { REDIS_URL: redis.url, DATA_KEYS: `${dataKey.id}:${dataKey.key.toString('base64')}` }),
    });
  });
  after(async () => {
    await bot?.stop();
    await line?.stop();
    await redis?.stop();
  });

  /** One event, delivered; the token to look for what was answered. */
  async function happen(event: object, user = resident): Promise<string> {
    const replyToken = token();
    const response = await bot.post(bodyOf([{ ...eventOf(user), replyToken, ...event }]));
    assert.equal(response.status, 200);
    return replyToken;
  }
  const says = (text: string, user = resident) => happen(textEvent(text), user);
  const answerTo = async (given: Promise<string>) => line.to(await given);

  it('leads a whole conversation to the right answer, each reply valid by LINE’s own description', async () => {
    const judge = lineJudge();
    if (!judge) console.error(`      ${openapiMissing}`);
    const turns: Sent[] = [];
    const turn = async (given: Promise<string>) => {
      const sent = await answerTo(given);
      assert.deepEqual(judge?.('ReplyMessageRequest', { replyToken: sent.to, messages: sent.messages }) ?? [], []);
      turns.push(sent);
      return sent;
    };
    assert.match(
      textOf(await turn(happen({ type: 'follow', follow: { isUnblocked: false } }))),
      /藤井寺市の「更新ナビ」です/,
    );
    const asked = await turn(says('1'));
    const picker = asked.messages.at(-1)?.quickReply?.items[0]?.action;
    assert.equal(picker?.type, 'datetimepicker');
    const issued = await turn(
      happen({ type: 'postback', postback: { data: picker?.data, params: { date: '1980-03-03' } } }),
    );
    assert.match(textOf(issued), /3月3日生まれですね/);
    assert.match(textOf(await turn(says('手数料いるん?'))), /無料です/);
    const answered = await turn(says('令和3年9月10日'));
    assert.match(textOf(answered), /有効期限は2026年（令和8年）3月3日（火）/);
    const agent = answered.messages.at(-1)?.quickReply?.items[1]?.action;
    assert.equal(agent?.displayText, '代理の人');
    assert.match(textOf(await turn(happen({ type: 'postback', postback: { data: agent?.data } }))), /照会書兼回答書/);
    assert.ok(turns.every(({ path, messages }) => path === '/v2/bot/message/reply' && messages.length <= 3));
  });

  it('answers two quick messages in order, and every event once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const user = `U${String(round).padStart(32, 'a')}`;
      const [first, second] = [token(), token()];
      const events = [
        { ...eventOf(user), replyToken: first, ...textEvent('更新') },
        { ...eventOf(user), replyToken: second, ...textEvent('1980/3/3') },
      ];
      const [one, two] = events.map((event) => bodyOf([event]));
      const responses = [
        await bot.post(one ?? ''),
        await bot.post(two ?? ''),
        await bot.post(one ?? ''),
        await bot.post(two ?? ''),
      ];
      assert.deepEqual(
        responses.map(({ status }) => status),
        [200, 200, 200, 200],
      );
      assert.match(textOf(await line.to(first)), /生年月日を教えて/);
      assert.match(textOf(await line.to(second)), /3月3日生まれですね/);
    }
    await sleep(200);
    const tokens = line.sent.map(({ to }) => to);
    assert.equal(new Set(tokens).size, tokens.length, 'no token was replied to twice');
  });

  it('serves several residents in one body, whatever the others in it are', async () => {
    const [first, second] = [token(), token()];
    const events = [
      { ...eventOf('U00000000000000000000000000000001'), replyToken: first, ...textEvent('手数料は?') },
      { type: 'teleport', nonsense: [] },
      null,
      { ...eventOf('U00000000000000000000000000000002'), replyToken: second, ...textEvent('何時まで?') },
    ];
    assert.equal((await bot.post(bodyOf(events))).status, 200);
    assert.match(textOf(await line.to(first)), /無料です/);
    assert.match(textOf(await line.to(second)), /平日 9:00〜17:30/);
  });

  it('forgets on unfollow, and what came with an unsent message', async () => {
    const user = 'U00000000000000000000000000000003';
    await answerTo(says('更新', user));
    await answerTo(happen({ type: 'message', message: { id: 'unsent-1', type: 'text', text: '1980/3/3' } }, user));
    await happen({ type: 'unsend', replyToken: undefined, unsend: { messageId: 'unsent-1' } }, user);
    assert.match(textOf(await answerTo(says('手数料は?', user))), /つづきです。\n生年月日を教えて/);
    await happen({ type: 'unfollow', replyToken: undefined }, user);
    assert.match(textOf(await answerTo(says('戻る', user))), /これより前の質問はありません/);
  });

  it('keeps a birthday sealed only, and no longer than until 「削除」', async function () {
    if (!redis) return this.skip();
    const user = 'U00000000000000000000000000000006';
    const opened = async () => openedFor(user, redis?.url ?? '');
    await answerTo(says('更新', user));
    await answerTo(says('昭和55年3月3日', user));
    assert.match(await opened(), /1980-03-03/, 'the key opens it');
    await answerTo(says('削除', user));
    assert.doesNotMatch(await opened(), /1980/);
  });

  it('keeps of a reminder the dates and the recipient, sealed, and never the birthday', async function () {
    if (!redis) return this.skip();
    const user = 'U00000000000000000000000000000007';
    for (const text of ['昭和55年3月3日', '令和4年9月10日', '本人']) await answerTo(says(text, user));
    assert.match(textOf(await answerTo(says('知らせて', user))), /次の日にこのトークでお知らせします/);
    await answerTo(says('最初から', user));
    const opened = await openedFor(user, redis.url);
    assert.match(opened, /"certificateExpires":"2027-03-03"/);
    assert.doesNotMatch(opened, /1980|2022-09-10/);
    const everything = await everythingIn(redis.url);
    for (const secret of [user, '2027-03-03', '1980-03-03']) assert.ok(!everything.includes(secret), secret);
    await happen({ type: 'unfollow', replyToken: undefined }, user);
    await answerTo(says('手数料は?', user));
    assert.doesNotMatch(await openedFor(user, redis.url), /2027/);
  });

  it('pushes when the reply token is too old', async () => {
    const user = 'U00000000000000000000000000000004';
    const old = { timestamp: Date.now() - 25 * 60_000, deliveryContext: { isRedelivery: true } };
    await happen({ ...old, ...textEvent('手数料は?') }, user);
    const sent = await line.to(user);
    assert.equal(sent.path, '/v2/bot/message/push');
  });

  it('refuses what LINE did not sign, and does nothing', async () => {
    const before = line.sent.length;
    const body = bodyOf([{ ...eventOf(resident), replyToken: token(), ...textEvent('更新') }]);
    assert.equal((await bot.post(body, sign(`${body} `))).status, 401);
    assert.equal((await bot.post(body, 'x')).status, 401);
    assert.equal((await bot.post(body, '')).status, 401);
    assert.equal((await fetch(`${bot.url}/webhook`, { method: 'POST', body })).status, 401);
    await sleep(100);
    assert.equal(line.sent.length, before);
  });

  it('checks the signature over the bytes as they came: escapes, slashes, LINE’s own test vector', async () => {
    assert.equal(
      (
        await bot.post(
          '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}',
          'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=',
        )
      ).status,
      200,
    );
    const replyToken = token();
    const escaped = bodyOf([{ ...eventOf(resident), replyToken, ...textEvent('PLACE') }]).replace(
      'PLACE',
      '\\uD83E\\uDD28 \\/ \\u624b\\u6570\\u6599',
    );
    assert.equal((await bot.post(escaped)).status, 200);
    assert.match(textOf(await line.to(replyToken)), /無料です/);
  });

  it('answers 413 to a body too large, before it is hashed, and 400 to what is no JSON object', async () => {
    for (let times = 0; times < 20; times += 1)
      assert.equal((await bot.post('x'.repeat(1_100_000))).status, 413, `heard at try ${times}`);
    for (const body of ['', 'null', '[]', '42', '{', '"events"'])
      assert.equal((await bot.post(body)).status, 400, body);
    for (const body of ['{}', '{"events":null}', '{"events":{}}', '\u{feff}{"events":[]}'])
      assert.equal((await bot.post(body)).status, 200, body);
  });

  it('survives every payload that other projects test with', async function () {
    const folder = join(shared, 'webhook-fixtures');
    if (!existsSync(folder)) {
      console.error(`      skipped: the webhook fixtures are not at ${folder} (set KOSHIN_SHARED)`);
      return this.skip();
    }
    const fixtures = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as {
      file: string;
      kind: string;
    }[];
    assert.equal(
      fixtures.length,
      ['cofacts', 'dotnet', 'go', 'java'].flatMap((name) => readdirSync(join(folder, name))).length,
    );
    for (const { file, kind } of fixtures) {
      const raw = readFileSync(join(folder, file));
      const body =
        kind === 'callback' ? raw : Buffer.from(bodyOf([JSON.parse(raw.toString('utf8').replace(/^\u{feff}/u, ''))]));
      const { status } = await bot.post(body);
      assert.ok(status === 200 || (status === 400 && !isObject(body)), `${file}: ${status}`);
      assert.match(
        textOf(await answerTo(says('手数料は?', 'U00000000000000000000000000000005'))),
        /無料です/,
        `after ${file}`,
      );
    }
    const dummies = line.sent.filter(({ to }) => /^(0{32}|f{32})$/i.test(to));
    assert.deepEqual(dummies, []);
    assert.doesNotMatch(bot.output(), /unhandled|turn failed/i);
  });

  it('says what it is and how it is', async () => {
    assert.deepEqual(await (await fetch(`${bot.url}/healthz`)).json(), { ok: true });
    assert.deepEqual(await (await fetch(`${bot.url}/readyz`)).json(), { ready: true });
    assert.match(await (await fetch(`${bot.url}/metrics`)).text(), /koshin_webhooks_total\{outcome="accepted"\} \d+/);
    assert.equal((await fetch(`${bot.url}/nowhere`)).status, 404);
  });

  /** What must be nowhere but in the conversation itself. */
  const holdsNone = (where: string, text: string) => {
    const said = [resident, '1980-', '1980/', '3月3日', '03-03', accessToken, channelSecret, '手数料いるん'];
    for (const secret of [...said, ...line.sent.map(({ to }) => to)])
      assert.ok(!text.includes(secret), `${secret} in ${where}`);
  };

  it('leaves no birthday, no user id, no token and no word of a resident in Redis or the metrics', async function () {
    holdsNone('metrics', await (await fetch(`${bot.url}/metrics`)).text());
    if (!redis) return this.skip();
    const stored = await everythingIn(redis.url);
    holdsNone('Redis', stored);
    assert.match(stored, /koshin:\{/);
  });

  it('limits who asks for its pages and figures without end, and never LINE', async () => {
    const statuses = new Set<number>();
    for (let round = 0; round < 160; round += 1) {
      const asked = await Promise.all(Array.from({ length: 20 }, () => fetch(`${bot.url}/healthz`)));
      for (const { status } of asked) statuses.add(status);
    }
    assert.deepEqual(statuses, new Set([200, 429]));
    const nothing = JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [] });
    assert.equal((await bot.post(nothing)).status, 200);
  });

  it('stops when asked to, even with a silent connection open, says so, and leaves nothing of a resident in the log', async () => {
    const { port } = new URL(bot.url);
    const silent = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    assert.equal(await bot.stop(), 0);
    assert.match(bot.output(), /"msg":"stopped"/);
    assert.match(bot.output(), /"msg":"turn taken"/);
    holdsNone('the log', bot.output());
  });
});

describe('the environment', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    [
      'with every variable that is wrong, at once',
      { LINE_CHANNEL_SECRET: 'x', REDIS_URL: 'localhost', BOT_TODAY: '2026-02-30', PORT: 'eighty', REMINDERS: 'maybe' },
      ['LINE_CHANNEL_ID', 'REDIS_URL', 'DATA_KEYS', 'BOT_TODAY', 'PORT', 'REMINDERS'],
    ],
    [
      'in production without a LINE channel: the chat page must not stand open there',
      { NODE_ENV: 'production' },
      ['LINE_CHANNEL_ID, LINE_CHANNEL_SECRET'],
    ],
  ];
  for (const [how, environment, names] of rows)
    it(`is refused ${how}`, () =>
      assert.rejects(startBot(environment), (error: Error) => {
        for (const name of names) assert.match(error.message, new RegExp(`${name}:`));
        return true;
      }));
});

function bodyOf(events: readonly unknown[]): string {
  return JSON.stringify({ destination: 'U8e742f61d673b39c7fff3cecb7536ef0', events });
}

function eventOf(userId: string) {
  serial += 1;
  return {
    mode: 'active',
    timestamp: Date.now(),
    webhookEventId: `01TEST${String(serial).padStart(20, '0')}`,
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId },
  };
}

function textEvent(text: string) {
  serial += 1;
  return { type: 'message', message: { id: String(serial), type: 'text', text } };
}

function token(): string {
  serial += 1;
  return `reply-token-${String(serial).padStart(20, '0')}`;
}

function textOf(sent: Sent): string {
  return sent.messages.map(({ text, altText }) => text ?? altText).join('\n');
}

function isObject(body: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(body.toString('utf8').replace(/^\u{feff}/u, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** What is stored of a resident, read with the key. */
async function openedFor(user: string, url: string): Promise<string> {
  const seal = sealWith([dataKey]);
  const redis = new Redis(url);
  const stored = await redisSessions(redis, { seal, idleMs: 1_000, language: 'ja' }).load(user);
  await redis.quit();
  return JSON.stringify(stored);
}
