/** The help desk over crashes: real Redis, real processes, killed between a clerk's taking and answering, and right after. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { channelSecret, startBot } from '../support/bot-process.ts';
import { startFakeLine } from '../support/fake-line.ts';
import { messageBody } from '../support/message.ts';
import { everythingIn, redisOrSkip, type TestRedis } from '../support/redis.ts';
import { addStaff, password } from '../support/staff.ts';

type Bot = Awaited<ReturnType<typeof startBot>>;

const resident = 'U206d25c2ea6bd87c17655609a1c37cb8';

describe('the help desk over crashes', function () {
  this.timeout(120_000);
  let redis: TestRedis | undefined;
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  const bots: Bot[] = [];
  let environment: Record<string, string>;
  before(async function () {
    redis = await redisOrSkip(this, { durable: true });
    line = await startFakeLine();
    const data = { REDIS_URL: redis.url, DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
    addStaff('aoki', data);
    environment = {
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: 'a-channel-access-token',
      LINE_API_BASE_URL: line.url,
      ...data,
    };
  });
  after(async () => {
    await Promise.all(bots.map((bot) => bot.stop('SIGKILL')));
    await line?.stop();
    await redis?.stop();
  });

  async function start(): Promise<Bot> {
    const bot = await startBot(environment);
    bots.push(bot);
    return bot;
  }

  /** A message of the resident; `minutesAgo`: too long ago for its reply token. */
  async function says(bot: Bot, token: string, text: string, minutesAgo = 0): Promise<void> {
    const body = messageBody(text, { resident, replyToken: token, at: Date.now() - minutesAgo * 60_000 });
    assert.equal((await bot.post(body)).status, 200);
  }

  /** Signed in, as the page does it; what is asked for goes to any process. */
  async function clerk(at: Bot) {
    const headers = { 'content-type': 'application/json' };
    const signedIn = await fetch(`${at.url}/staff/sign-in`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'aoki', password }),
    });
    assert.equal(signedIn.status, 204);
    const [set = ''] = signedIn.headers.getSetCookie();
    assert.match(set, /; Secure;/, 'over https only, once there is a channel');
    const cookie = set.split(';')[0] ?? '';
    const view = async (bot: Bot) => {
      const stream = await fetch(`${bot.url}/staff/views`, { headers: { cookie } });
      const reader = stream.body?.getReader();
      let text = '';
      while (!text.includes('\n\n')) text += new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
      return JSON.parse(text.slice('data: '.length)) as {
        me: { csrf: string };
        tickets: { id: string; entries: { text: string; delivery: string | null }[] }[];
      };
    };
    const { me } = await view(at);
    const act = (bot: Bot, ticket: string, body: object) =>
      fetch(`${bot.url}/staff/tickets/${ticket}/acts`, {
        method: 'POST',
        headers: { ...headers, cookie, 'x-csrf': me.csrf },
        body: JSON.stringify(body),
      });
    return { view, act };
  }

  it('keeps the ticket when the process that took it dies, and says a clerk’s words once though the next one dies too', async () => {
    const [first, second] = [await start(), await start()];
    await says(first, 'token-1', '職員に相談');
    await line.to('token-1');
    await says(first, 'token-2', '車いすで行けますか');
    await line.to('token-2');
    const staff = await clerk(first);
    const ticket = (await staff.view(first)).tickets[0]?.id ?? '';
    assert.equal((await staff.act(first, ticket, { act: 'take' })).status, 204);
    await first.stop('SIGKILL');
    assert.equal(
      (await staff.act(second, ticket, { act: 'reply', text: 'はい、行けます', key: randomUUID() })).status,
      204,
    );
    await second.stop('SIGKILL');
    const third = await start();
    await line.to(resident);
    await sleep(6_000); // whatever would come twice would come now
    const said = line.sent.filter(({ messages }) => JSON.stringify(messages).includes('はい、行けます'));
    assert.equal(said.length, 1);
    const entries = (await staff.view(third)).tickets[0]?.entries ?? [];
    assert.deepEqual(
      entries.map(({ text }) => text),
      ['車いすで行けますか', 'はい、行けます'],
    );
    assert.notEqual(entries[1]?.delivery, 'sending');
  });

  it('answers with the freshest reply token while it is young, once, and pushes otherwise', async () => {
    const bot = bots.at(-1);
    assert.ok(bot);
    const staff = await clerk(bot);
    const ticket = (await staff.view(bot)).tickets[0]?.id ?? '';
    await says(bot, 'token-3', '母もいっしょです');
    await says(bot, 'token-4', '来週です');
    await sleep(500);
    const pushesBefore = line.sent.filter(({ to }) => to === resident).length;
    await staff.act(bot, ticket, { act: 'reply', text: 'わかりました', key: randomUUID() });
    assert.match(JSON.stringify(await line.to('token-4')), /わかりました/);
    await staff.act(bot, ticket, { act: 'reply', text: 'お気をつけて', key: randomUUID() });
    await says(bot, 'token-old', 'ありがとう', 25);
    for (
      let tries = 0;
      line.sent.filter(({ to }) => to === resident).length === pushesBefore && tries < 500;
      tries += 1
    )
      await sleep(10);
    const pushed = line.sent.filter(({ to }) => to === resident).slice(pushesBefore);
    assert.match(JSON.stringify(pushed), /お気をつけて/);
    assert.ok(!line.sent.some(({ to }) => to === 'token-3' || to === 'token-old'), 'the bot is silent');
  });

  it('keeps it all sealed, and nothing of it once the resident wants nothing kept', async () => {
    const bot = bots.at(-1);
    assert.ok(bot && redis);
    const before = await everythingIn(redis.url);
    assert.match(before, /koshin:\{desk\}:ticket:/);
    for (const secret of [resident, '車いす', 'はい、行けます', password]) assert.ok(!before.includes(secret), secret);
    await says(bot, 'token-5', '削除');
    assert.match(JSON.stringify(await line.to('token-5')), /すべて消しました/);
    assert.doesNotMatch(await everythingIn(redis.url), /koshin:\{desk\}:ticket:/);
    for (const each of bots)
      for (const secret of [resident, '車いす', 'はい、行けます', password])
        assert.ok(!each.output().includes(secret), secret);
  });
});
