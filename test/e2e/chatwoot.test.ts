/** The bot as its own process, with Chatwoot in its environment: staff answer there, and only the editors' pages are at /staff. */
import assert from 'node:assert/strict';
import { startBot } from '../support/bot-process.ts';
import { freePort } from '../support/redis.ts';

describe('with Chatwoot', function () {
  this.timeout(30_000);

  it('there is no console, and only Chatwoot is heard', async () => {
    const [pathToken, secret] = ['f'.repeat(40), 'a-secret'];
    const bot = await startBot({
      CHATWOOT_URL: `http://127.0.0.1:${await freePort()}`,
      CHATWOOT_ACCESS_TOKEN: 'a-token',
      CHATWOOT_ACCOUNT: '7',
      CHATWOOT_INBOX: '3',
      CHATWOOT_WEBHOOK_TOKEN: pathToken,
      CHATWOOT_WEBHOOK_SECRET: secret,
    });
    const first = await fetch(`${bot.url}/staff`, { redirect: 'manual' });
    assert.deepEqual([first.status, first.headers.get('location')], [302, '/staff/content']);
    const [, name = '', password = ''] = /名前 (\S+)、パスワード (\S+)）/.exec(bot.output()) ?? [];
    const signedIn = await fetch(`${bot.url}/staff/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    for (const path of ['/staff/views', '/staff/tickets/x/media/y'])
      assert.equal((await fetch(bot.url + path, { headers: { cookie } })).status, 404, path);
    const call = (path: string) => fetch(`${bot.url}/helpdesk/chatwoot/${path}`, { method: 'POST', body: '{}' });
    for (const path of [pathToken, 'another']) assert.equal((await call(path)).status, 401);
    await bot.stop();
  });
});
