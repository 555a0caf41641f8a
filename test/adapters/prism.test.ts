/**
 * A second opinion on what is sent to LINE: Stoplight's prism, made of LINE's own description by other people. It brings 200 packages, one of which
 * reports its installation, so it is no dependency of ours: it is used where the command `prism` is found (npm i -g @stoplight/prism-cli).
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lineAccount } from '../../adapters/line/account.ts';
import { lineMessenger } from '../../adapters/line/messenger.ts';
import { menuRequest } from '../../adapters/line/rich-menu.ts';
import { longLived } from '../../adapters/line/token.ts';
import { menuPictures } from '../../bot/cli/rich-menu/pictures.ts';
import { root } from '../../bot/root.ts';
import { commandAt } from '../support/debian.ts';
import { library } from '../support/library.ts';
import { openapiMissing, shared } from '../support/line-openapi.ts';
import { freePort } from '../support/redis.ts';
import { silent } from '../support/silent.ts';
import { until } from '../support/until.ts';

const description = join(shared, 'line-openapi', 'messaging-api.yml');

describe('prism, made of LINE’s description', function () {
  this.timeout(60_000);
  let prism: ChildProcess | undefined;
  let url = '';
  const accessToken = longLived('a-token');
  before(async function () {
    const command = commandAt('prism');
    const missing = !command ? 'skipped: there is no prism here (npm i -g @stoplight/prism-cli)' : openapiMissing;
    if (!command || !existsSync(description)) {
      console.error(`    ${missing}`);
      return this.skip();
    }
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    prism = spawn(process.execPath, [command, 'mock', '--errors', '-p', String(port), description], {
      stdio: 'ignore',
    });
    await until(async () => (await fetch(url).catch(() => undefined)) !== undefined, 30_000);
  });
  after(() => prism?.kill());

  it('takes what the set-up asks for, and its answers are read', async () => {
    const account = await lineAccount({ accessToken, apiBaseUrl: url });
    assert.ok((await account.info()).userId);
    assert.equal(typeof (await account.endpoint())?.active, 'boolean');
    await account.setEndpoint('https://city.example/webhook');
    assert.ok((await account.testEndpoint('https://city.example/webhook')).reason);
    for (const { menu, language } of menuPictures(library, root))
      assert.ok(await account.createMenu(menuRequest(menu, `更新ナビ ${language}`)));
    assert.ok(Array.isArray(await account.menus()));
    await account.setAlias('koshin-en', 'richmenu-1', false);
    await account.setAlias('koshin-en', 'richmenu-1', true);
    assert.ok((await account.aliases()).size > 0);
    await account.setDefaultMenu('richmenu-1');
    assert.ok(await account.defaultMenu());
    await account.cancelDefaultMenu();
    assert.equal(typeof (await account.quota()).used, 'number');
    await account.deleteAlias('koshin-en');
    await account.deleteMenu('richmenu-1');
  });

  it('takes replies and pushes', async () => {
    const messenger = lineMessenger({ accessToken, apiBaseUrl: url, log: silent, now: Date.now });
    const to = {
      resident: `U${'1'.repeat(32)}`,
      replyUntil: Number.POSITIVE_INFINITY,
      retryKey: '7f3a5bb4-0c8e-4d2a-a6cc-0a1b2c3d4e5f',
      mayBeDelivered: false,
    };
    const replies = [{ text: '手数料は無料です。', choices: [] }];
    assert.equal(await messenger.send({ ...to, replyToken: 'a-reply-token' }, replies), 'reply');
    assert.equal(await messenger.send({ ...to, replyToken: null }, replies), 'push');
  });

  it('and it does refuse what the description does not allow', async () => {
    const account = await lineAccount({ accessToken, apiBaseUrl: url });
    await assert.rejects(account.setEndpoint('x'.repeat(501)), { status: 422 });
    await assert.rejects(account.setAlias('With Spaces', 'richmenu-1', false), { status: 400 });
  });
});
