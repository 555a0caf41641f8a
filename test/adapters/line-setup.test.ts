/** The steps of `npm run line` against the stand-in LINE: every refusal has a remedy, and a run that stopped half-way is only gone on with. */
import assert from 'node:assert/strict';
import { LineRefusal, lineAccount } from '../../adapters/line/account.ts';
import { menuAlias } from '../../adapters/line/rich-menu.ts';
import { longLived, stateless } from '../../adapters/line/token.ts';
import { openStandIn, type StandIn } from '../../adapters/simulator/stand-in.ts';
import { countMenus, menusStep, undoMenus } from '../../bot/cli/line/menus.ts';
import { runSteps } from '../../bot/cli/line/run.ts';
import { type StepParts, setUpSteps } from '../../bot/cli/line/steps.ts';
import { menuPictures } from '../../bot/cli/rich-menu/pictures.ts';
import { readConfig } from '../../bot/config.ts';
import { root } from '../../bot/root.ts';
import { startBadLine } from '../support/bad-line.ts';
import { library } from '../support/library.ts';
import { lineJudge, openapiMissing } from '../support/line-openapi.ts';

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8';
const token = 'a-long-lived-token';
const publicUrl = 'http://localhost:1';
const pictures = menuPictures(library, root).slice(0, 2);
const now = { today: '2026-12-01', time: '10:00' } as const;

describe('setting a channel up', function () {
  this.timeout(60_000);
  let line: StandIn;
  let way: Awaited<ReturnType<typeof startBadLine>>;
  beforeEach(async () => {
    line = await openStandIn({
      port: 0,
      channelId: '1234567890',
      channelSecret,
      channelAccessToken: token,
      clock: () => now,
    });
    way = await startBadLine(line.url);
  });
  afterEach(async () => {
    await way.stop();
    await line.close();
  });

  const account = () => lineAccount({ accessToken: longLived(token), apiBaseUrl: way.url });

  async function partsOf(more: Partial<StepParts> = {}): Promise<StepParts> {
    const read = readConfig({
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: token,
      LINE_API_BASE_URL: way.url,
    });
    assert.ok(read.ok);
    return {
      account: await account(),
      config: read.config,
      publicUrl,
      library,
      unconfirmed: [],
      pictures,
      greeting: () => 'こんにちは',
      page: async () => ({ status: 200, text: JSON.stringify({ ready: true, publicUrl }) }),
      ...more,
    };
  }

  /** What the operator reads. */
  async function run(mode: 'check' | 'plan' | 'setup', more: Partial<StepParts> = {}) {
    const said: string[] = [];
    const outcome = await runSteps(setUpSteps(await partsOf(more)), { mode, say: (text) => said.push(text) });
    return { ...outcome, said: said.join('\n') };
  }

  const state = () => ({
    menus: [...line.account.menus.values()].map(({ name, image }) => `${name} ${image?.bytes.length}`).sort(),
    aliases: [...line.account.aliases].map(([alias, id]) => `${alias} ${line.account.menus.get(id)?.name}`).sort(),
    everybodys: line.account.menus.get(line.account.defaultMenu ?? '')?.name,
  });

  it('puts a menu and an alias in for every language, and everybody has the main one', async () => {
    await run('setup');
    const { menus, aliases, everybodys = '' } = state();
    assert.equal(menus.length, 2);
    assert.deepEqual(
      aliases.map((each) => each.split(' ')[0]),
      pictures.map(({ language }) => menuAlias(language)).sort(),
    );
    assert.match(everybodys, /^更新ナビ ja /);
  });

  it('done twice is as if done once', async () => {
    await run('setup');
    const [before, ids] = [state(), [...line.account.menus.keys()]];
    const { said } = await run('setup');
    assert.deepEqual(state(), before);
    assert.deepEqual([...line.account.menus.keys()], ids);
    assert.doesNotMatch(said, /^ {2}→ /m, 'nothing had to be done');
  });

  it('--dry-run says what it would do and does nothing', async () => {
    const { said } = await run('plan');
    assert.match(said, /webhook を入れます（--dry-run/);
    assert.match(said, /リッチメニューを、2つの言語で入れます（--dry-run/);
    assert.deepEqual([state().menus, line.account.endpoint], [[], undefined]);
  });

  it('wherever LINE fails half-way, before or after it has done a thing, the next run ends as a clean one', async () => {
    const step = async () => menusStep(await account(), pictures);
    const told = () => undefined;
    way.failAt(undefined);
    await (await step()).mend?.run(told);
    const clean = state();
    const calls = way.passed.length;
    assert.ok(calls > 10);
    for (let at = 1; at <= calls; at += 1)
      for (const isLost of [false, true]) {
        way.failAt(undefined);
        await undoMenus(await account());
        way.failAt({ at, isLost, status: 500, body: { message: 'Internal server error' } });
        await assert.rejects((await step()).mend?.run(told) ?? Promise.resolve(), LineRefusal, `call ${at}`);
        way.failAt(undefined);
        await (await step()).mend?.run(told);
        assert.deepEqual(state(), clean, `call ${at}${isLost ? ', done but not heard of' : ''}`);
      }
  });

  it('takes older menus of ours out, and leaves the others', async () => {
    const made = await account();
    const [picture] = pictures;
    assert.ok(picture);
    const other = await made.createMenu({ ...menuOf('よその部署'), selected: false });
    await run('setup');
    const later = [{ ...picture, png: Buffer.concat([picture.png ?? Buffer.alloc(0), Buffer.from([0])]) }];
    await run('setup', { pictures: later });
    assert.ok(line.account.menus.has(other));
    assert.equal(state().menus.length, 2, 'the new one and the other office’s');
    assert.equal(await countMenus(made), 1);
    await undoMenus(made);
    assert.deepEqual([...line.account.menus.keys()], [other]);
    assert.equal(line.account.defaultMenu, undefined);
  });

  const wrongs: readonly (readonly [string, () => unknown, Partial<StepParts>, readonly RegExp[]])[] = [
    [
      'nothing is set',
      () => undefined,
      {},
      [/まだ入っていません/, /「Webhookの利用」をオン/, /COULD_NOT_CONNECT/, /ja、en: まだ入っていない/],
    ],
    [
      'chats are on',
      () => Object.assign(line.account.switches, { chat: true }),
      {},
      [/オンです。トークの中身/, /「チャット」をオフ/],
    ],
    [
      'another address is set',
      () => Object.assign(line.account, { endpoint: 'https://old.example/hook' }),
      {},
      [/ほかのアドレスになっています: https:\/\/old.example/, /COULD_NOT_CONNECT/, /DNS/],
    ],
    ['the server is away', () => undefined, { page: async () => undefined }, [/readyz.*返事がありません/, /npm start/]],
    [
      'something is not confirmed',
      () => undefined,
      { unconfirmed: [{ file: 'content/office.yaml', message: '「fee」は…' }] },
      [/確かめていないものが1件/, /「fee」/],
    ],
    [
      'a picture is old',
      () => undefined,
      { pictures: pictures.map((each) => ({ ...each, isFresh: false })) },
      [/いまの文言と合っていません/, /npm run rich-menu/],
    ],
  ];
  for (const [what, make, more, said] of wrongs)
    it(`says what is wrong and what to do when ${what}`, async () => {
      make();
      const outcome = await run('check', more);
      assert.ok(outcome.wrong > 0);
      for (const words of said) assert.match(outcome.said, words);
    });

  it('an old picture is not put in, and nothing is taken out for it', async () => {
    await run('setup');
    const before = state();
    for (const given of [pictures.map((each) => ({ ...each, isFresh: false })), []]) {
      const { said } = await run('setup', { pictures: given });
      assert.doesNotMatch(said, /入れます$/m);
      assert.deepEqual(state(), before);
    }
  });

  it('residents who see a menu of theirs see its successor, and not the main language’s', async () => {
    await run('setup');
    const english = line.account.aliases.get('koshin-en') ?? '';
    line.account.linked.set('U1', english);
    const others = pictures.map((each) => ({
      ...each,
      png: Buffer.concat([each.png ?? Buffer.alloc(0), Buffer.from([0])]),
    }));
    const { said } = await run('setup', { pictures: others });
    assert.match(said, /前のメニューを消しました（2）/);
    const now = line.account.linked.get('U1') ?? '';
    assert.notEqual(now, english);
    assert.equal(now, line.account.aliases.get('koshin-en'));
  });

  it('a set-up that finds no server touches nothing after it', async () => {
    const { said } = await run('setup', { page: async () => undefined });
    assert.match(said, /ここが直ってから/);
    assert.deepEqual([line.account.endpoint, state().menus], [undefined, []]);
  });

  it('a quota that LINE does not tell is said so, with a summary all the same', async () => {
    await run('setup');
    way.failAt(undefined);
    await run('check');
    const at = way.passed.findIndex(({ path }) => path === '/v2/bot/message/quota') + 1;
    way.failAt({ at, status: 503, body: { message: 'busy' } });
    assert.match((await run('check')).said, /LINE が止まっているようです[\s\S]*\[11\/11\]/);
  });

  const refusals: readonly (readonly [number, string, RegExp])[] = [
    [400, 'The request body has 1 error(s)', /LINE に断られました\n.*LINE: 400 The request body has 1 error/],
    [401, 'Authentication failed', /LINE_CHANNEL_SECRET.*確かめてください/],
    [403, 'Access to this API is not available for your account', /LINE に断られました/],
    [429, 'The API rate limit has been exceeded. Try again later.', /1時間ほどおいて/],
    [500, 'Internal server error', /LINE が止まっているようです/],
  ];
  for (const [status, message, said] of refusals)
    it(`a ${status} is said with what to do, and nothing after it is looked at`, async () => {
      way.failAt({ at: 1, status, body: { message } });
      const outcome = await run('check');
      assert.match(outcome.said, said);
      assert.match(outcome.said, /ここが直ってから/);
      assert.doesNotMatch(outcome.said, /\[2\//);
    });

  it('too many tests of the webhook in an hour are said so', async () => {
    await run('setup');
    const made = await account();
    for (let count = 0; count < 60; count += 1) await made.testEndpoint(`${publicUrl}/webhook`).catch(() => undefined);
    assert.match((await run('check')).said, /回数の上限を超えました/);
  });

  it('a channel whose id and secret do not fit gives no token', async () => {
    const accessToken = stateless({ channelId: '1', channelSecret, apiBaseUrl: way.url, now: Date.now });
    await assert.rejects(lineAccount({ accessToken, apiBaseUrl: way.url }), { name: 'LineRefusal', status: 400 });
    const nobody = stateless({ channelId: '1', channelSecret, apiBaseUrl: 'http://127.0.0.1:1', now: Date.now });
    await assert.rejects(lineAccount({ accessToken: nobody, apiBaseUrl: way.url }), { status: undefined });
  });

  it('everything that is sent is what LINE’s own description wants', async function () {
    const judge = lineJudge();
    if (!judge) {
      console.log(`      ${openapiMissing}`);
      return this.skip();
    }
    await run('setup');
    await run('setup', {
      pictures: pictures.map((each) => ({
        ...each,
        png: Buffer.concat([each.png ?? Buffer.alloc(0), Buffer.from([0])]),
      })),
    });
    const shapes: readonly (readonly [RegExp, Parameters<typeof judge>[0]])[] = [
      [/^PUT \/v2\/bot\/channel\/webhook\/endpoint$/, 'SetWebhookEndpointRequest'],
      [/^POST \/v2\/bot\/channel\/webhook\/test$/, 'TestWebhookEndpointRequest'],
      [/^POST \/v2\/bot\/richmenu(?:\/validate)?$/, 'RichMenuRequest'],
      [/^POST \/v2\/bot\/richmenu\/alias$/, 'CreateRichMenuAliasRequest'],
      [/^POST \/v2\/bot\/richmenu\/alias\/.+$/, 'UpdateRichMenuAliasRequest'],
      [/^POST \/v2\/bot\/richmenu\/batch$/, 'RichMenuBatchRequest'],
    ];
    for (const [path, shape] of shapes) {
      const sent = way.passed.filter((each) => path.test(`${each.method} ${each.path}`));
      assert.ok(sent.length > 0, shape);
      for (const { body } of sent) assert.deepEqual(judge(shape, JSON.parse(body.toString())), [], shape);
    }
  });
});

function menuOf(name: string) {
  const bounds = { x: 0, y: 0, width: 2500, height: 843 };
  return {
    size: { width: 2500, height: 843 },
    name,
    chatBarText: 'メニュー',
    areas: [{ bounds, action: { type: 'message' as const, label: 'はい', text: 'はい' } }],
  };
}
