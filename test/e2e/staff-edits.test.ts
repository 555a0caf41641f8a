/** What an editor does in a real browser, from nothing to residents who read it and back: the whole of it without a programmer. */
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBot } from '../support/bot-process.ts';
import { browserOrSkip, pictures } from '../support/browser.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { addStaff, password } from '../support/staff.ts';
import { until } from '../support/until.ts';

const desk = { width: 1100, height: 900 };
const [editor, other, agent] = ['aoki', 'baba', 'chiba'] as const;
/** Of the calendar, as the bot pretends: a Wednesday in January. */
const today = '2026-01-14';

describe('the editors’ pages', function () {
  this.timeout(90_000);
  let browser: Browser | undefined;
  let bot: Awaited<ReturnType<typeof startBot>>;
  let redis: TestRedis | undefined;
  const open: BrowserContext[] = [];
  const complaints: string[] = [];

  before(async function () {
    browser = await browserOrSkip(this);
    redis = await redisOrSkip(this);
    const environment = { REDIS_URL: redis.url, DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
    for (const name of [editor, other]) assert.match(addStaff(name, environment, 'editor'), /サインインできます/);
    assert.match(addStaff(agent, environment), /サインインできます/);
    bot = await startBot({ BOT_TODAY: today, ...environment });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((context) => context.close()));
    assert.deepEqual(complaints.splice(0), []);
  });
  after(async () => {
    await browser?.close();
    await bot?.stop();
    await redis?.stop();
  });

  async function tab(path: string, more: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser?.newContext({ locale: 'ja-JP', viewport: desk, ...more });
    assert.ok(context);
    context.setDefaultTimeout(10_000);
    open.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(bot.url)) complaints.push(`a request to ${request.url()}`);
    });
    await page.goto(bot.url + path);
    return page;
  }

  /** Signed in, on that page. */
  async function at(
    path: string,
    name: string = editor,
    more: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Page> {
    const page = await tab(path, more);
    await page.getByLabel('名前').fill(name);
    await page.getByLabel('パスワード').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(bot.url + path);
    return page;
  }

  async function go(page: Page, link: string): Promise<void> {
    await page.getByRole('navigation').getByRole('link', { name: link }).click();
    await page.getByRole('heading', { name: link, level: 1 }).waitFor();
  }

  async function picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
  }

  async function isCleanFor(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      [],
    );
  }

  /** What a resident who comes anew is told. */
  async function hears(question: string): Promise<string> {
    const page = await tab('/');
    await page.getByText('マイナンバーカードの電子証明書を').waitFor();
    await page.getByLabel('メッセージ').fill(question);
    await page.keyboard.press('Enter');
    await page.locator('.entry.resident').waitFor();
    const answer = page.locator('.entry.resident ~ .entry.bot');
    await answer.first().waitFor();
    const said = (await answer.allTextContents()).join('\n');
    await open.pop()?.close();
    return said;
  }

  it('let somebody new add a temporary counter and a question, try them, publish them, and go back', async () => {
    const page = await at('/staff/calendar');
    for (let month = 0; month < 2; month += 1) await page.getByRole('button', { name: '次の月' }).click();
    await page.getByRole('heading', { name: '2026年3月' }).waitFor();
    await page.getByRole('button', { name: /^3月 ?8 ?日（日）/ }).click();
    await page.getByRole('button', { name: '臨時窓口を開く' }).click();
    await page.getByRole('button', { name: /^3月 ?8 ?日（日） ?09:00〜12:00 ?臨時窓口/ }).waitFor();
    await isCleanFor(page);
    await picture(page, 'editor-calendar');

    await go(page, '文と情報');
    await page.getByText('＋ よくある質問を足す').click();
    await page
      .getByLabel(/^市民の方の聞き方/)
      .first()
      .fill('犬を連れて行けますか\nペットと一緒に入れる');
    await page.getByLabel(/^答え/).first().fill('盲導犬などの補助犬は入れます。ほかのペットは入れません。');
    await isCleanFor(page);
    await page.getByRole('button', { name: '下書きに足す' }).click();
    await page.getByText('質問を下書きに足しました').waitFor();
    await picture(page, 'editor-content');

    await go(page, 'ためす');
    await page.getByText('更新時期を調べる').first().waitFor();
    await page.getByLabel('メッセージ').fill('犬を連れて行けますか');
    await page.keyboard.press('Enter');
    await page.getByText('盲導犬などの補助犬は入れます').waitFor();
    await page.getByLabel('いつのつもりで').fill('2026-03-07');
    await page.getByLabel('メッセージ').fill('職員に電話したい');
    await page.keyboard.press('Enter');
    await isCleanFor(page);
    await picture(page, 'editor-try');
    assert.doesNotMatch(await hears('犬を連れて行けますか'), /補助犬/, 'nobody hears of a draft');

    await go(page, '公開');
    await page.getByRole('heading', { name: '公開すると変わるところ（2）' }).waitFor();
    await page.getByText('臨時窓口', { exact: false }).first().waitFor();
    await isCleanFor(page);
    await picture(page, 'editor-publish');
    await page.getByLabel(/^なぜ/).fill('3月の臨時窓口と、犬の質問');
    await page.getByRole('button', { name: '公開する' }).click();
    await page.getByText('公開しました').waitFor();
    await page.getByText('下書きはありません').waitFor();
    await until(async () => /補助犬/.test(await hears('犬を連れて行けますか')));
    await picture(page, 'editor-history');

    await page.getByRole('button', { name: 'この版に戻す' }).last().click();
    await page.getByText('戻すと変わるところ（2）').waitFor();
    await page.getByLabel(/^なぜ/).fill('まちがえた');
    await page.getByRole('button', { name: '戻す', exact: true }).click();
    await page.getByText('公開しました').waitFor();
    await until(async () => !/補助犬/.test(await hears('犬を連れて行けますか')));
  });
});
