/** From nothing to a green check, as the README tells it: a stand-in LINE, a bot in its own process, and the commands of an operator. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as allOf } from 'node:stream/consumers';
import { openStandIn, type StandIn } from '../../adapters/simulator/stand-in.ts';
import { keep } from '../../bot/cli/line/credentials.ts';
import { root } from '../../bot/root.ts';
import { nothingSet, startBot } from '../support/bot-process.ts';
import { freePort } from '../support/redis.ts';
import { until } from '../support/until.ts';

const channelId = '1234567890';
const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8';

describe('npm run line', function () {
  this.timeout(60_000);
  let line: StandIn;
  let bot: Awaited<ReturnType<typeof startBot>>;
  let environment: Record<string, string>;
  before(async () => {
    line = await openStandIn({
      port: 0,
      channelId,
      channelSecret,
      clock: () => ({ today: '2026-12-01', time: '10:00' }),
    });
    environment = { LINE_API_BASE_URL: line.url, LINE_CHANNEL_ID: channelId, LINE_CHANNEL_SECRET: channelSecret };
    const port = await freePort();
    environment.PUBLIC_URL = `http://127.0.0.1:${port}`;
    bot = await startBot(environment, { port });
  });
  after(async () => {
    await bot?.stop();
    await line?.close();
  });

  /** As it is typed; the stand-in goes on in this process. */
  async function operator(words: readonly string[], { env = environment, input = '' } = {}) {
    const child = spawn(process.execPath, ['bot/cli/line.ts', ...words], {
      cwd: root,
      env: { ...nothingSet, PATH: process.env.PATH ?? '', ...env },
    });
    child.stdin.end(input);
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const [said, complained] = await Promise.all([allOf(child.stdout), allOf(child.stderr)]);
    return { said: said + complained, status: await exited };
  }

  it('names what is missing, and how to call it', async () => {
    for (const words of [['nonsense'], ['setup', '--dryrun'], ['check', '--dry-run']])
      assert.match((await operator(words)).said, /使い方/);
    assert.equal((await operator(['--help'])).status, 0);
    const { said, status } = await operator(['check'], { env: {} });
    assert.match(said, /LINE_CHANNEL_ID、LINE_CHANNEL_SECRET、PUBLIC_URL がありません/);
    assert.equal(status, 2);
  });

  it('a secret that is not the channel’s is said so', async () => {
    const { said, status } = await operator(['check'], {
      env: { ...environment, LINE_CHANNEL_SECRET: 'x'.repeat(32) },
    });
    assert.match(said, /チャネルIDとチャネルシークレットが合いません/);
    assert.equal(status, 2);
  });

  it('setup asks for what is not there, and leaves only what a person has to switch', async () => {
    const { LINE_CHANNEL_ID: _, ...env } = environment;
    const { said } = await operator(['setup', '--dry-run'], { env, input: 'abc\n1234567890\n' });
    assert.match(said, /数字だけです/);
    assert.match(said, /--dry-run なので、\.env には書きません/);
    assert.match(said, /→ .*webhook を入れます（--dry-run/);
    assert.deepEqual([line.account.endpoint, line.account.menus.size], [undefined, 0]);
    const done = await operator(['setup']);
    assert.match(done.said, /直すところが1件あります/);
    assert.match(done.said, /「Webhookの利用」をオン/);
    assert.equal(line.account.menus.size, 6);
  });

  it('with the switch on the check is green, and says what to see for oneself', async () => {
    await fetch(`${line.url}/manager`, {
      method: 'POST',
      body: new URLSearchParams({ webhook: 'on', redelivery: 'on' }),
    });
    const { said, status } = await operator(['check']);
    assert.match(said, /✓ そろっています。「\?」の5件は、画面で確かめてください。/);
    assert.match(said, /友だちに追加した方が、はじめに読む文[\s\S]*更新ナビ[\s\S]*\/privacy/);
    assert.equal(status, 0, said);
  });

  it('a resident writes, is answered, and sees the menu in the language they choose', async () => {
    const { id } = (await (await fetch(`${line.url}/simulator/chats`, { method: 'POST' })).json()) as { id: string };
    const says = (text: string) =>
      fetch(`${line.url}/simulator/chats/${id}/deeds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ do: 'say', text }),
      });
    const nameOf = () => line.account.menus.get(line.account.linked.get(id) ?? '')?.name ?? '';
    await says('English');
    await until(() => /^更新ナビ en /.test(nameOf()));
    await says('日本語');
    await until(() => nameOf() === '');
  });

  it('undo takes the menus out', async () => {
    assert.match((await operator(['undo', '--dry-run'])).said, /6件、取り除きます（--dry-run/);
    assert.equal(line.account.menus.size, 6);
    const { said, status } = await operator(['undo']);
    assert.match(said, /6件、取り除きました/);
    assert.deepEqual([line.account.menus.size, line.account.defaultMenu, status], [0, undefined, 0]);
  });

  it('what was asked for is kept in .env, for its owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'koshin-env-'));
    const file = join(folder, '.env');
    writeFileSync(file, 'PORT=3000\nLINE_CHANNEL_ID=\n# a note');
    keep(file, { LINE_CHANNEL_ID: '1', LINE_CHANNEL_SECRET: 'a$&b' }, undefined);
    keep(file, { PUBLIC_URL: 'https://city.example' }, 'trial');
    assert.equal(
      readFileSync(file, 'utf8'),
      'PORT=3000\nLINE_CHANNEL_ID=1\n# a note\nLINE_CHANNEL_SECRET=a$&b\nTRIAL_PUBLIC_URL=https://city.example\n',
    );
    assert.equal(statSync(file).mode & 0o777, 0o600);
    rmSync(folder, { recursive: true });
  });
});
