/**
 * `npm run bench`: how fast, how big, as ratios of one run. The bot has one core to itself; residents, LINE's stand-in and Redis share
 * another. `-- --json` prints the figures for programs; `-- --write` keeps them in docs/performance.md and its chart.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { root } from '../../bot/root.ts';
import { startRedis } from '../support/redis.ts';
import { botCore, type Contender, startContender } from './contender.ts';
import { startLoad } from './load.ts';
import { microbenchmarks } from './micro.ts';
import { type ContenderName, chartOf, type Figures, markdownOf, median, names, tableOf } from './report.ts';

const { json, write } = parseArgs({
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
}).values;
const rounds = 5;
const seconds = 4;
const atOnce = 64;
const residents = 10_000;
const secret = '8c570fa6dd201bb328f1c1eac23a96d8';

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
const figures = await measureAll();
if (json) console.log(JSON.stringify(figures, null, 2));
else console.log(`\n${tableOf(figures)}`);
if (write) keep(figures);
process.exit(0);

async function measureAll(): Promise<Figures> {
  say('microbenchmarks');
  const micro = microbenchmarks();
  // From here on this process is residents and LINE, and leaves the bot's core alone.
  execFileSync('taskset', ['-a', '-p', '-c', String(botCore + 1), String(process.pid)], { stdio: 'ignore' });
  const redis = await startRedis();
  if (!redis) throw new Error('the benchmark needs redis-server');
  const load = await startLoad({ secret, residents });
  const environment = {
    LINE_CHANNEL_SECRET: secret,
    LINE_CHANNEL_ACCESS_TOKEN: 'an-access-token',
    LINE_API_BASE_URL: load.lineUrl,
    REDIS_URL: redis.url,
    DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    BOT_TODAY: '2026-01-14',
  };
  const start = {
    bot: () => startContender(names.bot, 'bot/main.ts', environment),
    echo: () => startContender(names.echo, 'test/bench/contenders/echo.ts', environment),
    bare: () => startContender(names.bare, 'test/bench/contenders/bare.ts', environment),
  };
  const starts = [];
  for (let round = 0; round < 5; round += 1) {
    const started = await start.bot();
    starts.push(started.readyAfterMs);
    await started.stop();
  }
  say(`start to ready: ${starts.map((ms) => ms.toFixed(0)).join(', ')} ms`);

  const contenders = { bot: await start.bot(), echo: await start.echo(), bare: await start.bare() };
  for (const contender of Object.values(contenders)) contender.pause();
  const measured: Record<ContenderName, number[]> = { bot: [], echo: [], bare: [] };
  for (let round = 1; round <= rounds; round += 1)
    for (const name of Object.keys(names) as ContenderName[]) {
      const { perSecond } = await alone(contenders[name], () =>
        load.measure(contenders[name].url, { seconds, atOnce }),
      );
      measured[name].push(perSecond);
      say(`round ${round} of ${rounds}, ${names[name]}: ${perSecond.toFixed(0)} turns a second`);
    }
  const perSecond = median(measured.bot) / 2;
  const atHalf = async (name: ContenderName) => {
    const contender = contenders[name];
    const half = await alone(contender, () => load.measure(contender.url, { seconds: seconds * 2, perSecond }));
    say(
      `at ${perSecond.toFixed(0)} a second, ${names[name]}: p50 ${half.p50.toFixed(1)} ms, p99 ${half.p99.toFixed(1)} ms`,
    );
    return half;
  };
  const half = { bot: await atHalf('bot'), bare: await atHalf('bare') };

  const client = new Redis(redis.url);
  const sessionBytes = await largestSession(client);
  // Back and forth, so that the machine's better and worse minutes meet all of them; the best of each, for noise only ever slows.
  const stored = [100, 10_000, 1_000_000].map((sessions) => ({ sessions, perSecond: 0 }));
  for (let round = 0; round < 2; round += 1) {
    for (const each of stored) {
      await fill(client, each.sessions);
      const { perSecond } = await alone(contenders.bot, () => load.measure(contenders.bot.url, { seconds, atOnce }));
      each.perSecond = Math.max(each.perSecond, perSecond);
      say(`with ${each.sessions} sessions stored: ${perSecond.toFixed(0)} turns a second`);
    }
    await empty(client, stored.at(-1)?.sessions ?? 0);
  }
  client.disconnect();
  for (const contender of Object.values(contenders)) await contender.stop();
  load.stop();
  await redis.stop();
  return { rounds: measured, half, micro, sessionBytes, readyAfterMs: median(starts), stored };

  /** The others stand still meanwhile; the first seconds are not counted. */
  async function alone<Result>(contender: Contender, measure: () => Promise<Result>): Promise<Result> {
    contender.resume();
    // A bot that stood still has lost its leases, and takes them again.
    await load.measure(contender.url, { seconds: 2, atOnce });
    const result = await measure();
    contender.pause();
    return result;
  }
}

async function largestSession(redis: Redis): Promise<number> {
  const keys = (await redis.keys('koshin:{*}:session')).slice(0, 1_000);
  const lengths = await Promise.all(keys.map(async (key) => key.length + (await redis.strlen(key))));
  return Math.max(...lengths);
}

/** So many sessions beside those of the residents who talk: as large as theirs, and as long-lived. */
async function fill(redis: Redis, sessions: number): Promise<void> {
  const value = 'x'.repeat(600);
  for (let from = 0; from < sessions; from += 10_000) {
    const pipeline = redis.pipeline();
    for (let at = from; at < Math.min(from + 10_000, sessions); at += 1)
      pipeline.set(`koshin:{stored-${at}}:session`, value, 'PX', 1_800_000);
    await pipeline.exec();
  }
}

async function empty(redis: Redis, sessions: number): Promise<void> {
  for (let from = 0; from < sessions; from += 10_000)
    await redis.unlink(Array.from({ length: 10_000 }, (_, at) => `koshin:{stored-${from + at}}:session`));
}

function keep(measured: Figures): void {
  const page = `${root}/docs/performance.md`;
  const today = new Date().toISOString().slice(0, 10);
  const between = /(<!-- figures -->\n)[\s\S]*(<!-- \/figures -->)/;
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(between, (_, start, end) => `${start}${markdownOf(measured, today)}\n${end}`),
  );
  writeFileSync(`${root}/docs/performance.svg`, chartOf(measured));
  say('kept in docs/performance.md and docs/performance.svg');
}
