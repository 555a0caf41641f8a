/** The bot as its own process, with Chatwoot in its environment: staff answer there, and not at /staff. */
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
    assert.equal((await fetch(`${bot.url}/staff`)).status, 404);
    const call = (path: string) => fetch(`${bot.url}/helpdesk/chatwoot/${path}`, { method: 'POST', body: '{}' });
    for (const path of [pathToken, 'another']) assert.equal((await call(path)).status, 401);
    assert.doesNotMatch(bot.output(), /demo|\/staff/, 'nobody is sent there');
    await bot.stop();
  });
});
