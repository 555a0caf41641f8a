/**
 * Nothing lost, nothing twice: two bot processes, real Redis, hundreds of residents, while LINE fails, processes are killed, events come
 * twice and again, and Redis itself is killed. Prints its figures.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { channelSecret, sign, startBot } from '../support/bot-process.ts';
import { startFaultyLine } from '../support/faulty-line.ts';
import { randomOf } from '../support/random.ts';
import { everythingIn, redisOrSkip, type TestRedis } from '../support/redis.ts';

const dataKeys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const accessToken = 'a-channel-access-token';
const residents = 200;

/** What every resident says, and how the answer is told from the others. */
const script: readonly (readonly [says: string, answer: RegExp])[] = [
  ['更新', /生年月日を教えて/],
  ['昭和55年3月3日', /3月3日生まれですね/],
  ['手数料は?', /無料です/],
  ['令和3年9月10日', /有効期限/],
  ['本人', /持ち物/],
  ['ありがとう', /どういたしまして/],
];

describe('the bot under faults', function () {
  this.timeout(240_000);
  let redis: TestRedis | undefined;
  before(async function () {
    redis = await redisOrSkip(this, { durable: true });
  });
  after(() => redis?.stop());

  it('answers every message exactly once and in order', async () => {
    const random = randomOf(Number(process.env.SEED ?? 20_261_122));
    const line = await startFaultyLine({ random, lateMs: 6_000 });
    const environment = {
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: accessToken,
      LINE_API_BASE_URL: line.url,
      BOT_TODAY: '2026-01-14',
      REDIS_URL: redis?.url ?? '',
      DATA_KEYS: dataKeys,
    };
    const bots = [await startBot(environment), await startBot(environment)];
    const logs: string[] = [];
    const counted = { sent: 0, duplicates: 0, refused: 0, kills: 0, redisKills: 0 };
    const startedAt = performance.now();
    let isLoading = true;

    /** Delivers as LINE does: until somebody answers 200, and now and then once more than needed. */
    async function deliver(event: object): Promise<void> {
      for (let isRedelivery = false; ; isRedelivery = true) {
        const body = JSON.stringify({
          destination: `U${'0'.repeat(32)}`,
          events: [{ ...event, deliveryContext: { isRedelivery } }],
        });
        const bot = bots[random() < 0.5 ? 0 : 1];
        const status = await bot?.post(body, sign(body)).then(
          (response) => response.status,
          () => 0,
        );
        counted.sent += 1;
        if (status === 200) break;
        counted.refused += 1;
        await sleep(50 + random() * 100);
      }
      if (random() > 0.15) return;
      counted.duplicates += 1;
      const again = JSON.stringify({
        destination: `U${'0'.repeat(32)}`,
        events: [{ ...event, deliveryContext: { isRedelivery: true } }],
      });
      void sleep(random() * 2_000).then(() =>
        bots[random() < 0.5 ? 0 : 1]?.post(again, sign(again)).catch(() => undefined),
      );
    }

    async function talk(resident: number): Promise<void> {
      await sleep(random() * 6_000);
      for (const [step, [says]] of script.entries()) {
        await deliver(messageEvent(resident, step, says));
        // Some write on before they are answered.
        await sleep(random() < 0.3 ? 0 : random() * 1_500);
      }
    }

    async function killBots(): Promise<void> {
      while (isLoading) {
        await sleep(1_500);
        const index = counted.kills % 2;
        const bot = bots[index];
        if (!bot || !isLoading) return;
        await bot.stop('SIGKILL');
        logs.push(bot.output());
        counted.kills += 1;
        await sleep(500);
        bots[index] = await startBot(environment);
      }
    }

    async function killRedis(): Promise<void> {
      await sleep(5_000);
      await redis?.kill();
      await sleep(1_000);
      await redis?.restart();
      counted.redisKills += 1;
    }

    const trouble = [killBots(), killRedis(), sleep(9_000).then(() => line.outage(3_000))];
    await Promise.all(Array.from({ length: residents }, (_, resident) => talk(resident)));
    isLoading = false;
    await Promise.all(trouble);
    const expected = residents * script.length;
    const loadedAfter = performance.now() - startedAt;
    for (let tries = 0; line.delivered.length < expected && tries < 900; tries += 1) await sleep(100);
    await sleep(2_500); // whatever would come twice would come now
    const metrics = await Promise.all(bots.map(async (bot) => (await fetch(`${bot.url}/metrics`)).text()));
    const kept = await everythingIn(redis?.url ?? '');
    for (const bot of bots) {
      await bot.stop();
      logs.push(bot.output());
    }
    line.stop();

    console.log(
      [
        `      ${residents} residents, ${expected} messages in ${(loadedAfter / 1000).toFixed(0)} s; ${line.delivered.length} answers`,
        `      webhooks: ${counted.sent} sent, ${counted.refused} not taken and sent again, ${counted.duplicates} sent twice`,
        `      killed: ${counted.kills} bot processes, Redis ${counted.redisKills} time`,
        `      LINE: ${[...line.faults].map(([fault, count]) => `${count} ${fault}`).join(', ')}`,
        `      by push: ${line.delivered.filter(({ by }) => by === 'push').length}`,
      ].join('\n'),
    );
    const answers = new Map<string, string[]>();
    for (const { to, texts } of line.delivered) {
      const [resident = to] = to.startsWith('token-') ? to.slice('token-'.length).split('-') : [to];
      answers.set(resident, [...(answers.get(resident) ?? []), texts.join('\n')]);
    }
    for (let resident = 0; resident < residents; resident += 1) {
      const got = [...(answers.get(userId(resident)) ?? [])];
      const wrong = script.filter(([, answer], step) => !answer.test(got[step] ?? ''));
      assert.deepEqual(
        wrong.map(([says]) => says),
        [],
        `resident ${resident}: ${JSON.stringify(got, null, 1)}`,
      );
      assert.equal(
        got.length,
        script.length,
        `resident ${resident} was answered ${got.length} times: ${JSON.stringify(got, null, 1)}`,
      );
    }
    const everywhere = { log: logs.join('\n'), metrics: metrics.join('\n'), Redis: kept };
    for (const [where, text] of Object.entries(everywhere))
      for (const secret of [
        userId(0),
        userId(1),
        '昭和',
        '1980-03-03',
        '3月3日',
        '手数料',
        'token-',
        accessToken,
        channelSecret,
      ])
        assert.ok(!text.includes(secret), `${secret} in ${where}`);
    assert.match(kept, /koshin:\{inbox\}/);
  });
});

function messageEvent(resident: number, step: number, text: string): object {
  return {
    type: 'message',
    mode: 'active',
    timestamp: Date.now(),
    webhookEventId: `01FAULT${String(resident).padStart(12, '0')}${String(step).padStart(7, '0')}`,
    source: { type: 'user', userId: userId(resident) },
    replyToken: `token-${userId(resident)}-${step}`,
    message: { type: 'text', id: `${resident}0${step}`, text },
  };
}

function userId(resident: number): string {
  return `U${createHash('md5').update(String(resident)).digest('hex')}`;
}
