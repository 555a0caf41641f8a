/** Another city, made as its people make it, beside the first in one process: each with its own everything, and nothing of one seen at the other. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { stringify } from 'yaml';
import { readChannels } from '../../bot/channels.ts';
import { root } from '../../bot/root.ts';
import { nothingSet, startBot } from '../support/bot-process.ts';
import { startFakeLine } from '../support/fake-line.ts';
import { messageBody } from '../support/message.ts';
import { mihon as answers } from '../support/mihon.ts';
import { everythingIn, redisOrSkip, type TestRedis } from '../support/redis.ts';
import { addStaff, password } from '../support/staff.ts';

const resident = `U${'7'.repeat(32)}`;
const birthday = '1981年3月3日';

describe('another city', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'koshin-cities-'));
  const mihon = join(folder, 'mihon');
  after(() => rmSync(folder, { recursive: true }));

  const command = (name: string, words: readonly string[], { environment = {}, input = '' } = {}) =>
    spawnSync(process.execPath, [`bot/cli/${name}.ts`, ...words], {
      cwd: root,
      env: { ...nothingSet, PATH: process.env.PATH ?? '', ...environment },
      input,
      encoding: 'utf8',
    });

  it('is made of a dozen answers, and npm run new-city says what is to be confirmed', () => {
    const file = join(folder, 'answers.yaml');
    writeFileSync(file, stringify(answers));
    const { stdout, stderr, status } = command('new-city', [mihon, '--answers', file]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /見本市 のファイル/);
    for (const unsure of ['city-renewal', 'fee', 'bereavementPhone', 'temporaryCounterPage'])
      assert.match(stdout, new RegExp(`「${unsure}」.*まだ確かめられていません`));
  });

  it('the same comes of the answers typed one by one, and one that cannot be read is asked for again', () => {
    const typed = Object.values(answers).flatMap((answer) => (answer === 'みほんし' ? ['Mihon', answer] : [answer]));
    const { stdout, status } = command('new-city', [join(folder, 'typed')], { input: `${typed.join('\n')}\n` });
    assert.equal(status, 0);
    assert.match(stdout, /ひらがなで/);
    const office = (city: string) => readFileSync(join(city, 'content/office.yaml'), 'utf8');
    assert.equal(office(join(folder, 'typed')), office(mihon));
  });

  it('is never written over another, and bad answers are named all at once', () => {
    assert.match(command('new-city', [mihon, '--answers', join(folder, 'answers.yaml')]).stderr, /空ではありません/);
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, stringify({ ...answers, name: '見本', hours: 'いつでも', page: undefined, colour: 'blue' }));
    const { stderr, status } = command('new-city', [join(folder, 'bad'), '--answers', bad]);
    assert.equal(status, 2);
    for (const word of ['name（', 'hours（', 'page（.*答えがありません', 'colour'])
      assert.match(stderr, new RegExp(word));
    assert.ok(!existsSync(join(folder, 'bad')));
  });

  it('passes npm run check, with what is to be confirmed', () => {
    const { stdout, stderr, status } = command('check', [], { environment: { CITY_FOLDER: mihon } });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /問題はありません/);
    assert.match(stdout, /「city-renewal」.*まだ確かめられていません/);
  });

  it('has nothing of the first city in it', () => {
    const ours = /藤井寺|fujiidera|ふじいでら|후지이데라|072-939|583-8583|岡1丁目/i;
    for (const file of readdirSync(mihon, { recursive: true, encoding: 'utf8' }))
      if (/\.(?:yaml|md|svg)$/.test(file)) assert.doesNotMatch(readFileSync(join(mihon, file), 'utf8'), ours, file);
  });

  it('talks of its own counter and hours', () => {
    const { stdout } = command('chat', ['--on', '2026-12-01', '--at', '12:30'], {
      environment: { CITY_FOLDER: mihon },
      input: '窓口は開いていますか\n',
    });
    assert.match(stdout, /市民課の窓口（市役所2階）/);
    assert.match(stdout, /平日 9:00〜12:00、13:00〜17:00/);
    assert.match(stdout, /きょうは13:00に開きます/);
  });

  describe('beside the first, in one process', () => {
    const secrets = { ours: 'a'.repeat(32), mihon: 'b'.repeat(32) };
    const key = (byte: number) => `k1:${Buffer.alloc(32, byte).toString('base64')}`;
    let redis: TestRedis;
    let lines: Record<'ours' | 'mihon', Awaited<ReturnType<typeof startFakeLine>>>;
    let bot: Awaited<ReturnType<typeof startBot>>;
    let environment: Record<string, string>;
    let serial = 0;
    before(async function () {
      redis = await redisOrSkip(this);
      lines = { ours: await startFakeLine(), mihon: await startFakeLine() };
      environment = {
        CHANNELS: 'ours,mihon',
        OURS_LINE_CHANNEL_SECRET: secrets.ours,
        OURS_LINE_CHANNEL_ACCESS_TOKEN: 'token of ours',
        OURS_LINE_API_BASE_URL: lines.ours.url,
        OURS_PUBLIC_URL: 'http://ours.localhost',
        OURS_REDIS_URL: redis.url,
        OURS_DATA_KEYS: key(1),
        MIHON_CITY_FOLDER: mihon,
        MIHON_LINE_CHANNEL_SECRET: secrets.mihon,
        MIHON_LINE_CHANNEL_ACCESS_TOKEN: 'token of mihon',
        MIHON_LINE_API_BASE_URL: lines.mihon.url,
        MIHON_PUBLIC_URL: 'http://mihon.localhost',
        MIHON_REDIS_URL: `${redis.url}/1`,
        MIHON_DATA_KEYS: key(2),
      };
      bot = await startBot(environment);
    });
    after(async () => {
      await bot?.stop();
      for (const line of Object.values(lines ?? {})) await line.stop();
      await redis?.stop();
    });

    type City = 'ours' | 'mihon';
    const other = (city: City): City => (city === 'ours' ? 'mihon' : 'ours');
    const signed = (body: string, city: City) => createHmac('sha256', secrets[city]).update(body).digest('base64');

    /** What the resident reads when they write that to that city. */
    async function asks(city: City, text: string): Promise<string> {
      serial += 1;
      const replyToken = `token-${serial}`;
      const body = messageBody(text, { resident, replyToken });
      assert.equal((await bot.post(body, signed(body, city))).status, 200);
      const sent = await lines[city].to(replyToken);
      assert.ok(!lines[other(city)].sent.some(({ to }) => to === replyToken));
      return sent.messages.map(({ text: said, altText }) => said ?? altText).join('\n');
    }

    /** As a browser asks that was sent here by the city's own name: `fetch` would name the machine. */
    async function at(
      host: string,
      path: string,
      { json, cookie = '', claimed }: { json?: object; cookie?: string; claimed?: string } = {},
    ) {
      const { statusCode, headers, body } = await request(`${bot.url}${path}`, {
        method: json ? 'POST' : 'GET',
        headers: {
          host: `${host}.localhost`,
          cookie,
          ...(claimed && { 'x-forwarded-host': claimed }),
          ...(json && { 'content-type': 'application/json' }),
        },
        body: json ? JSON.stringify(json) : null,
      });
      return { status: statusCode, cookie: String(headers['set-cookie']).split(';')[0], text: await body.text() };
    }

    it('each answers for itself, by its own channel', async () => {
      assert.match(await asks('ours', '窓口はどこですか'), /マイナンバー総合窓口/);
      assert.match(await asks('mihon', '窓口はどこですか'), /市民課の窓口/);
    });

    it('what a resident told one is not known to the other', async () => {
      await asks('ours', '更新');
      assert.match(await asks('ours', birthday), /発行/);
      const fresh = await asks('mihon', '更新');
      assert.match(fresh, /生年月日/);
      assert.match(await asks('ours', '戻る'), /生年月日|聞き直します/);
    });

    it('what neither has signed is refused', async () => {
      const body = messageBody('手数料は', { resident, replyToken: 'stolen' });
      const signature = createHmac('sha256', 'c'.repeat(32)).update(body).digest('base64');
      assert.equal((await bot.post(body, signature)).status, 401);
    });

    it('pages are seen under the city’s own name only', async () => {
      assert.equal((await at('ours', '/privacy')).status, 200);
      assert.equal((await at('mihon', '/staff/sign-in')).status, 200);
      assert.equal((await at('elsewhere', '/privacy')).status, 404);
      assert.equal((await at('elsewhere', '/staff/sign-in')).status, 404);
      assert.equal((await at('mihon', '/readyz')).text, '{"ready":true,"publicUrl":"http://mihon.localhost"}');
    });

    it('whoever signs in for one is nobody at the other', async () => {
      addStaff('aoki', { ...environment, CHANNEL: 'mihon' });
      const signIn = (city: City) => at(city, '/staff/sign-in', { json: { name: 'aoki', password } });
      assert.equal((await signIn('ours')).status, 401);
      const signedIn = await signIn('mihon');
      assert.equal(signedIn.status, 204);
      const { cookie = '' } = signedIn;
      assert.equal((await at('mihon', '/staff/me', { cookie })).status, 200);
      assert.equal((await at('ours', '/staff/me', { cookie })).status, 401);
    });

    it('figures are each city’s own', async () => {
      const events = async (path: string, host: string) =>
        (await at(host, path)).text.match(/^koshin_events_total (\d+)/m)?.[1];
      assert.deepEqual([await events('/metrics', 'ours'), await events('/metrics/mihon', 'elsewhere')], ['4', '2']);
      assert.equal((await at('elsewhere', '/metrics')).status, 404);
    });

    it('what is kept lies apart, and cannot be read with the other’s keys', async () => {
      const [first, second] = [await everythingIn(redis.url), await everythingIn(`${redis.url}/1`)];
      const names = (all: string) => all.split('\n').filter((line) => /^koshin:\{[^}]+\}:session$/.test(line));
      assert.ok(names(first).length > 0 && names(second).length > 0);
      for (const kept of [first, second]) assert.doesNotMatch(kept, /1981/);
      // The same resident has another name there: it is made with the city's own key.
      assert.deepEqual(
        names(first).filter((name) => names(second).includes(name)),
        [],
      );
      assert.doesNotMatch(bot.output(), new RegExp(`${secrets.ours}|${secrets.mihon}|token of|${birthday}`));
    });

    it('a host that somebody only claims shows nothing', async () => {
      const { status, text } = await at('ours', '/privacy', { claimed: 'mihon.localhost' });
      assert.equal(status, 200);
      assert.doesNotMatch(text, /見本市/);
      assert.equal((await at('elsewhere', '/privacy', { claimed: 'mihon.localhost' })).status, 404);
      assert.equal((await at('ours', '/metrics/mihon')).status, 404, 'nor another city’s figures');
      assert.equal((await at('Mihon', '/privacy')).status, 200, 'in capitals it is the same');
    });

    it('a database that another channel has is refused, however its address is written', async () => {
      const two = { ...environment, CHANNELS: 'ours,other', OURS_REDIS_URL: `${redis.url}/2` };
      const others = Object.entries(environment).map(([name, value]) => [name.replace('MIHON', 'OTHER'), value]);
      const same = { OTHER_REDIS_URL: `${redis.url.replace('127.0.0.1', 'localhost')}/1` };
      await assert.rejects(
        startBot({ ...two, ...Object.fromEntries(others), CHANNELS: 'ours,other', ...same }),
        /belongs to the channel mihon/,
      );
    });

    it('log lines say whose they are', () => {
      assert.match(bot.output(), /"channel":"ours"/);
      assert.match(bot.output(), /更新ナビ — 見本市（mihon）/);
    });

    const wrong: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
      ['the same secret twice', { MIHON_LINE_CHANNEL_SECRET: secrets.ours }, ['MIHON_LINE_CHANNEL_SECRET: the same']],
      ['keys and no database', { MIHON_REDIS_URL: '' }, ['MIHON_REDIS_URL: missing, although MIHON_DATA_KEYS']],
      [
        'the same database',
        { MIHON_REDIS_URL: 'redis://a:b@host/0', OURS_REDIS_URL: 'redis://host' },
        ['MIHON_REDIS_URL: the same as OURS_REDIS_URL'],
      ],
      [
        'the same database, in other words',
        { MIHON_REDIS_URL: 'redis+cluster://B:6379,a/1', OURS_REDIS_URL: 'redis+cluster://a,b' },
        ['MIHON_REDIS_URL: the same'],
      ],
      ['a port of its own', { MIHON_PORT: '1' }, ['MIHON_PORT: all channels share PORT']],
      ['the same host', { MIHON_PUBLIC_URL: 'http://ours.localhost/x' }, ['MIHON_PUBLIC_URL: the same']],
      ['a secret without an owner', { LINE_CHANNEL_SECRET: secrets.ours }, ['LINE_CHANNEL_SECRET: of which channel']],
      ['no address', { MIHON_PUBLIC_URL: '' }, ['MIHON_PUBLIC_URL: missing']],
      ['a folder that is not there', { OURS_CITY_FOLDER: '/nowhere' }, ['OURS_CITY_FOLDER: expected']],
      ['names that are none', { CHANNELS: 'ours,our-s' }, ['CHANNELS: expected']],
      ['a name that variables begin with', { CHANNELS: 'ours,line' }, ['CHANNELS: expected.*\\(line\\)']],
      [
        'an old key of the other',
        { MIHON_DATA_KEYS: `${key(2)},k0:${key(1).slice(3)}` },
        ['MIHON_DATA_KEYS: the same'],
      ],
    ];
    for (const [how, more, said] of wrong)
      it(`is refused with ${how}`, () => {
        const read = readChannels({ ...environment, ...more });
        assert.ok(!read.ok);
        for (const words of said) assert.match(read.problems.join('\n'), new RegExp(words));
      });
  });
});
