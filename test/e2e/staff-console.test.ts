/** The staff's console in real browsers, with residents in others: `npm start` alone. And what it answers to whoever has no business there. */
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { startBot } from '../support/bot-process.ts';
import { browserOrSkip, pictures } from '../support/browser.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { addStaff, password } from '../support/staff.ts';
import { watchedTabs } from '../support/tabs.ts';
import { until } from '../support/until.ts';

const desk = { width: 1100, height: 800 };
const clerks = ['aoki', 'ito'] as const;

describe('the staff console', function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let bot: Awaited<ReturnType<typeof startBot>>;
  let redis: TestRedis | undefined;
  const tabs = watchedTabs(() => ({ browser, url: bot.url }), { viewport: desk });

  before(async function () {
    browser = await browserOrSkip(this);
    redis = await redisOrSkip(this);
    const environment = { REDIS_URL: redis.url, DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
    assert.match(addStaff(clerks[0], environment, 'admin'), /サインインできます/);
    assert.match(addStaff(clerks[1], environment), /サインインできます/);
    bot = await startBot({ BOT_TODAY: '2026-01-14', ...environment });
  });
  afterEach(() => tabs.close());
  after(async () => {
    await browser?.close();
    await bot?.stop();
    await redis?.stop();
  });

  async function resident(): Promise<Page> {
    const page = await tabs.open('/');
    await page.getByText('マイナンバーカードの電子証明書を').waitFor();
    // In the desk's hours, whenever the test runs.
    const taken = page.waitForResponse((response) => response.request().postDataJSON()?.do === 'pretend');
    await page.getByLabel('時刻').fill('10:00');
    await taken;
    return page;
  }

  async function clerk(name: string = clerks[0]): Promise<Page> {
    const page = await tabs.open('/staff');
    await page.getByLabel('名前').fill(name);
    await page.getByLabel('パスワード').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '待っている方' }).first().waitFor();
    return page;
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.getByLabel('メッセージ').fill(text);
    await page.keyboard.press('Enter');
    await page.locator('#timeline').getByText(text, { exact: true }).last().waitFor();
  }

  /** A resident who asks for a person about that. */
  async function asks(about: string): Promise<Page> {
    const page = await resident();
    await say(page, '職員に相談');
    await page.getByText('ひとことで教えてください').last().waitFor();
    await say(page, about);
    await page.getByText('書き足したいことがあれば').last().waitFor();
    return page;
  }

  async function answer(page: Page, text: string): Promise<void> {
    await page.getByLabel(/^返事/).fill(text);
    await page.getByRole('button', { name: '送る' }).click();
    await page.getByText('届きました').last().waitFor();
  }

  it('hands a resident over to a clerk, lets them talk, and gives the resident back to the bot', async () => {
    const page = await resident();
    for (const text of ['更新', 'S55.3.3', 'R3.9.10', '職員と話す', '車いすで行けますか']) await say(page, text);
    const staff = await clerk();
    await staff.getByRole('button', { name: /^車いすで行けますか/ }).click();
    assert.match(await staff.title(), /^\(1\) /);
    await staff.getByText('有効期限 2026年（令和8年）3月3日（火）').waitFor();
    await staff.getByText('ボットが聞いていたこと: 窓口に行く方').waitFor();
    assert.ok(!(await staff.content()).includes('1980'), 'the birthday is not shown unasked');
    await staff.getByRole('button', { name: '生年月日を見る' }).click();
    await staff.getByText('生年月日: 1980年3月3日（昭和55年）').waitFor();
    await staff.getByRole('button', { name: '担当する' }).click();
    await answer(staff, 'お調べします。\n少しお待ちください。');
    await page.getByText('【職員より】').waitFor();
    await page.getByText('少しお待ちください。').waitFor();
    await say(page, '母もいっしょです');
    await staff.locator('#entries').getByText('母もいっしょです').waitFor();
    await staff.getByLabel('ボットに聞いてもらうこと').selectOption({ label: '電子証明書の発行日' });
    await staff.getByRole('button', { name: 'ボットに聞いてもらう' }).click();
    await page.getByText('ひとつうかがいます').waitFor();
    await say(page, 'R3.8.20');
    await staff.locator('#entries').getByText('電子証明書の発行日: 2021年（令和3年）8月20日（金）').waitFor();
    await staff.screenshot({ path: `${pictures}staff-console.png` });
    await staff.getByLabel(/^返事/).fill('/手数料');
    await staff
      .getByRole('button', { name: /手数料/ })
      .first()
      .click();
    assert.match(await staff.getByLabel(/^返事/).inputValue(), /無料です/);
    await staff.getByLabel('職員だけのメモにする').check();
    await staff.getByLabel(/^返事/).fill('次の方へ：説明済み');
    await staff.getByRole('button', { name: '送る' }).click();
    await staff.locator('#entries .note').getByText('次の方へ：説明済み').waitFor();
    await staff.getByRole('button', { name: '解決して終える' }).click();
    await page.getByText('職員とのお話は、ここまでです').waitFor();
    await page.getByText('カードのご本人が行かれますか').last().waitFor();
    assert.equal(await page.getByText('説明済み').count(), 0);
    await page.getByRole('button', { name: '役に立った', exact: true }).click();
    await staff.getByText('終わった相談（解決、役に立った）').waitFor();
    await staff.getByText('1人のうち1人').waitFor();
  });

  it('gives a ticket to one of two clerks who take it at once, and tells the other', async () => {
    const residents = await Promise.all(['一人目の相談', '二人目の相談', '三人目の相談'].map(asks));
    const [one, two] = await Promise.all([clerk(clerks[0]), clerk(clerks[1])]);
    assert.ok(one && two);
    for (const staff of [one, two]) await staff.getByRole('button', { name: /^二人目の相談/ }).click();
    const take = (staff: Page) => staff.getByRole('button', { name: '担当する' });
    for (const staff of [one, two]) await take(staff).waitFor();
    await Promise.all([one, two].map((staff) => take(staff).click()));
    const told = (staff: Page) => staff.getByText('ほかの職員が担当しているか、終わっています。');
    await until(async () => (await told(one).count()) + (await told(two).count()) === 1);
    const winner = (await told(one).count()) === 1 ? two : one;
    const loser = winner === one ? two : one;
    await loser.getByRole('heading', { name: /さんが担当$/ }).waitFor();
    assert.equal(await loser.getByLabel(/^返事/).isVisible(), false);
    await answer(winner, 'お待たせしました');
    await residents[1]?.getByText('お待たせしました').waitFor();
    for (const other of [residents[0], residents[2]])
      assert.equal(await other?.locator('#timeline').getByText('お待たせしました').count(), 0);
    await winner.getByRole('button', { name: '待っている方に戻す' }).click();
    await take(loser).click();
    await answer(loser, '替わりました');
    await residents[1]?.getByText('替わりました').waitFor();
    await say(residents[0] ?? one, '終了');
    await one.getByRole('button', { name: /^一人目の相談/ }).click();
    await one.getByText('ご本人が終えました').waitFor();
  });

  it('shows a picture when a clerk asks for it, offers ready-made words, and passes the talk on to a colleague', async () => {
    const page = await asks('このカードの見方');
    await page.locator('input[type=file]').setInputFiles(`${pictures}../../docs/chat-page.png`);
    const [staff, colleague] = [await clerk(), await clerk(clerks[1])];
    await staff.getByRole('button', { name: /^このカードの見方/ }).click();
    await staff.getByRole('button', { name: '写真を見る（記録されます）' }).click();
    const picture = staff.getByRole('img', { name: '市民が送った写真' });
    await until(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth > 100));
    await staff.getByRole('button', { name: '担当する' }).click();
    await staff.getByLabel(/^返事/).fill('/あいさつ');
    await staff.getByRole('button', { name: 'はじめのあいさつ' }).click();
    assert.match(await staff.getByLabel(/^返事/).inputValue(), /^お待たせしました。/);
    assert.equal(
      await staff.getByRole('button', { name: '期限と、更新できる日' }).count(),
      0,
      'nothing is known of it',
    );
    await staff.getByLabel('まかせる職員').selectOption({ label: `${clerks[1]}さん` });
    await staff.getByRole('button', { name: 'この職員にまかせる' }).click();
    await colleague
      .locator('#mine')
      .getByRole('button', { name: /^このカードの見方/ })
      .click();
    await answer(colleague, '表の右下をごらんください');
    await page.getByText('表の右下をごらんください').waitFor();
    await page.getByLabel('メッセージ').fill('終了');
    await page.keyboard.press('Enter');
    await staff.goto(`${bot.url}/staff/log`);
    await staff.getByRole('cell', { name: '写真などを見た' }).first().waitFor();
    await staff.getByRole('cell', { name: 'ほかの職員にまかせた' }).first().waitFor();
    assert.deepEqual((await new AxeBuilder({ page: staff }).setLegacyMode().analyze()).violations, []);
    await staff.screenshot({ path: `${pictures}staff-log.png` });
    await colleague.goto(`${bot.url}/staff/log`);
    await colleague.getByText('admin').waitFor();
    assert.equal(await colleague.getByRole('cell').count(), 0);
  });

  it('shows what a resident wrote as text, whatever it is, and withholds numbers that nobody should send', async () => {
    const attack = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
    const page = await asks(attack);
    const staff = await clerk();
    await staff.getByRole('button', { name: /^<img/ }).click();
    await staff.locator('#entries').getByText(attack).waitFor();
    await say(page, '123456789012');
    await page.getByText('送らないでください。いまの番号は').waitFor();
    await say(page, '続きです');
    await staff.locator('#entries').getByText('続きです').waitFor();
    assert.ok(!(await staff.content()).includes('123456789012'));
  });

  it('can be used by everybody: on a desk, on a tablet in the dark, on a phone', async () => {
    await asks('見やすさの相談');
    const gate = await tabs.open('/staff');
    await gate.getByLabel('名前').waitFor();
    assert.deepEqual((await new AxeBuilder({ page: gate }).setLegacyMode().analyze()).violations, []);
    const staff = await clerk();
    await staff.getByRole('button', { name: /^見やすさの相談/ }).click();
    await staff.getByRole('button', { name: '担当する' }).click();
    await staff.getByLabel(/^返事/).fill('こんにちは');
    for (const [name, viewport, colorScheme] of [
      ['on-a-desk', desk, 'light'],
      ['on-a-tablet-in-the-dark', { width: 820, height: 1180 }, 'dark'],
      ['on-a-phone', { width: 390, height: 844 }, 'light'],
    ] as const) {
      await staff.setViewportSize(viewport);
      await staff.emulateMedia({ colorScheme });
      assert.deepEqual((await new AxeBuilder({ page: staff }).setLegacyMode().analyze()).violations, [], name);
      const { scrollWidth, clientWidth } = await staff.evaluate(() => document.documentElement);
      assert.equal(scrollWidth, clientWidth, `${name}: nothing to scroll sideways`);
      await staff.screenshot({ path: `${pictures}staff-${name}.png` });
    }
  });

  it('can be worked by keyboard alone', async () => {
    await asks('キーボードの相談');
    const staff = await clerk();
    const reach = async (name: RegExp) => {
      for (let presses = 0; presses < 60; presses += 1) {
        const label = await staff.evaluate(
          () => document.activeElement?.textContent || document.activeElement?.id || '',
        );
        if (name.test(label)) return;
        await staff.keyboard.press('Tab');
      }
      assert.fail(`${name} cannot be reached`);
    };
    await reach(/^キーボードの相談/);
    await staff.keyboard.press('Enter');
    await reach(/^担当する$/);
    await staff.keyboard.press('Enter');
    await staff.getByLabel(/^返事/).waitFor();
    await reach(/^text$/);
    await staff.keyboard.type('はい');
    await staff.keyboard.press('Control+Enter');
    await staff.getByText('届きました').waitFor();
  });

  describe('to whoever is not signed in', () => {
    const routes = [
      ['GET', '/staff/me'],
      ['GET', '/staff/views'],
      ['GET', '/staff/audit'],
      ['GET', '/staff/audit.csv'],
      ['GET', '/staff/tickets/x/media/y'],
      ['GET', '/staff/anything'],
      ['POST', '/staff/sign-out'],
      ['POST', '/staff/tickets/x/acts'],
      ['POST', '/staff/tickets/x/birthday'],
    ] as const;
    for (const [method, path] of routes)
      it(`${method} ${path} answers nothing`, async () => {
        for (const cookie of ['', 'koshin_staff=', `koshin_staff=${'a'.repeat(43)}`])
          assert.equal((await fetch(bot.url + path, { method, headers: { cookie } })).status, 401);
      });
  });

  it('gives a cookie that scripts, other sites and other paths do not get, and changes nothing without the page’s own token', async () => {
    const post = (path: string, headers: Record<string, string> = {}, body: object = {}) =>
      fetch(bot.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const signedIn = await post('/staff/sign-in', {}, { name: clerks[0], password });
    const [set = ''] = signedIn.headers.getSetCookie();
    assert.match(set, /^koshin_staff=[\w-]{43}; Path=\/staff; HttpOnly; SameSite=Strict$/);
    const cookie = set.split(';')[0] ?? '';
    assert.equal((await fetch(`${bot.url}/staff/me`, { headers: { cookie } })).status, 200);
    for (const path of ['/staff/sign-out', '/staff/tickets/x/acts', '/staff/tickets/x/birthday'])
      for (const csrf of ['', 'wrong']) assert.equal((await post(path, { cookie, 'x-csrf': csrf })).status, 403, path);
    assert.equal(
      (await fetch(`${bot.url}/staff/me`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status,
      403,
    );
    const audit = await (await fetch(`${bot.url}/staff/audit.csv`, { headers: { cookie } })).text();
    for (const did of ['signed-in', 'took', 'answered', 'saw-birthday', 'closed']) assert.ok(audit.includes(did), did);
    assert.ok(!audit.includes('車いす') && !audit.includes('1980'), 'no word of a resident');
    const page = await fetch(`${bot.url}/staff`);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  it('lets nobody see the log who has no business with it', async () => {
    const agent = await fetch(`${bot.url}/staff/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: clerks[1], password }),
    });
    const cookie = agent.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const me = await (await fetch(`${bot.url}/staff/me`, { headers: { cookie } })).json();
    assert.deepEqual([me.name, me.role], [clerks[1], 'agent']);
    assert.deepEqual(
      me.links.map(({ href }: { href: string }) => href),
      ['/staff'],
    );
    for (const path of ['/staff/audit', '/staff/audit.csv'])
      assert.equal((await fetch(bot.url + path, { headers: { cookie } })).status, 403, path);
  });

  it('locks out who guesses', async () => {
    const guess = () =>
      fetch(`${bot.url}/staff/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'somebody', password: 'a guess' }),
      }).then(({ status }) => status);
    const statuses: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) statuses.push(await guess());
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
    await until(async () => (await fetch(`${bot.url}/healthz`)).ok);
  });
});
