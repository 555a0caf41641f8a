/** Signing in with the city's own accounts: a real provider, the bot as its own process. */
import assert from 'node:assert/strict';
import { startBot } from '../support/bot-process.ts';
import { type CookieJar, cookieJar } from '../support/cookie-jar.ts';
import { oidcClient, startOidc } from '../support/oidc.ts';
import { freePort } from '../support/redis.ts';

describe('signing in with the city’s own account', function () {
  this.timeout(30_000);
  let bot: Awaited<ReturnType<typeof startBot>>;
  let provider: Awaited<ReturnType<typeof startOidc>>;

  before(async () => {
    const port = await freePort();
    const backTo = `http://127.0.0.1:${port}`;
    const roles = {
      aoki: ['other', 'agent', 'editor'],
      ito: 'admin',
      sato: ['visitor'],
      demo: ['admin'],
      'aoki/2': 'admin',
    };
    provider = await startOidc({ roles, backTo });
    bot = await startBot(
      {
        PUBLIC_URL: backTo,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: oidcClient.id,
        OIDC_CLIENT_SECRET: oidcClient.secret,
      },
      { port },
    );
  });
  after(async () => {
    await bot?.stop();
    await provider?.stop();
  });

  /** What a person does in a browser: signs in at the provider, and says yes. */
  async function signIn(jar: CookieJar, name: string): Promise<Response> {
    const login = await jar.follow(`${bot.url}/staff/sign-in/oidc`);
    assert.ok(login.url.startsWith(provider.issuer));
    const consent = await jar.post(login.url, { prompt: 'login', login: name, password: 'any' });
    return jar.post(consent.url, { prompt: 'consent' });
  }

  const whoAmI = async (jar: CookieJar) => {
    const { csrf: _, links: __, timezone: ___, ...me } = await (await jar.follow(`${bot.url}/staff/me`)).json();
    return me;
  };

  it('gives the highest of the roles that the claim names, in a list or alone', async () => {
    for (const [name, role] of [
      ['aoki', 'editor'],
      ['ito', 'admin'],
    ] as const) {
      const jar = cookieJar();
      const page = await signIn(jar, name);
      assert.equal(page.url, `${bot.url}/staff`);
      assert.deepEqual(await whoAmI(jar), { name, role });
    }
  });

  it('refuses who has no role here, and who has somebody else’s name', async () => {
    for (const [name, why] of [
      ['sato', /権限/],
      ['demo', /同じ名前/],
      ['aoki/2', /同じ名前/],
    ] as const) {
      const jar = cookieJar();
      const page = await signIn(jar, name);
      assert.equal(page.status, 403);
      assert.match(await page.text(), why);
      assert.deepEqual(await whoAmI(jar), { message: 'サインインしてください。' });
    }
  });

  it('takes a return once, and only in the browser that set out', async () => {
    const jar = cookieJar();
    await signIn(jar, 'aoki');
    const back = jar.visited.find((url) => url.includes('/oidc/back?')) ?? '';
    assert.match(back, /code=/);
    for (const browser of [jar, cookieJar()]) assert.equal((await browser.follow(back)).status, 403);
    assert.doesNotMatch(bot.output(), /code=|aoki|sato/, 'neither names nor codes are logged');
  });

  it('says so when the provider is away', async () => {
    const port = await freePort();
    const alone = await startBot(
      {
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`,
        OIDC_CLIENT_ID: oidcClient.id,
        OIDC_CLIENT_SECRET: oidcClient.secret,
      },
      { port },
    );
    const page = await fetch(`${alone.url}/staff/sign-in/oidc`);
    assert.equal(page.status, 403);
    assert.match(await page.text(), /いまは市のアカウントでサインインできません/);
    await alone.stop();
  });
});
