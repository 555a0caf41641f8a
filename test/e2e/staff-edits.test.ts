/** What an editor does in a real browser, from nothing to residents who read it and back: the whole of it without a programmer. */
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisVersions } from '../../adapters/redis/versions.ts';
import { versionOf } from '../../bot/content-versions.ts';
import { readTexts, type Texts } from '../../bot/load/texts.ts';
import { root } from '../../bot/root.ts';
import { startBot } from '../support/bot-process.ts';
import { browserOrSkip, pictures } from '../support/browser.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent } from '../support/silent.ts';
import { addStaff, password } from '../support/staff.ts';
import { watchedTabs } from '../support/tabs.ts';
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
  let environment: Record<string, string>;
  const tabs = watchedTabs(() => ({ browser, url: bot.url }), { viewport: desk });

  before(async function () {
    browser = await browserOrSkip(this);
    redis = await redisOrSkip(this);
    environment = { REDIS_URL: redis.url, DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
    for (const name of [editor, other]) assert.match(addStaff(name, environment, 'editor'), /サインインできます/);
    assert.match(addStaff(agent, environment), /サインインできます/);
    bot = await startBot({ BOT_TODAY: today, KEEP_UNANSWERED: 'yes', ...environment });
  });
  afterEach(() => tabs.close());
  after(async () => {
    await browser?.close();
    await bot?.stop();
    await redis?.stop();
  });

  /** Signed in, on that page. */
  async function at(
    path: string,
    name: string = editor,
    more: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Page> {
    const page = await tabs.open(path, more);
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
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      [],
    );
  }

  /** As another program may publish. */
  async function published(texts: Texts, why: string): Promise<void> {
    const connection = connectRedis(environment.REDIS_URL ?? '', silent);
    const versions = redisVersions(connection);
    const from = await versions.currentId();
    assert.ok(await versions.publish(versionOf(texts, { at: Date.now(), by: 'chiba', why, from })));
    await connection.quit();
  }

  /** A resident's phone. */
  async function phone(): Promise<Page> {
    const page = await tabs.open('/');
    await page.getByText('マイナンバーカードの電子証明書を').waitFor();
    return page;
  }

  /** What the resident is told when they ask. */
  async function hears(resident: Page, question: string): Promise<string> {
    const entries = resident.locator('.entry');
    const before = await entries.count();
    await resident.getByLabel('メッセージ').fill(question);
    await resident.keyboard.press('Enter');
    await until(
      async () =>
        /\bbot\b/.test((await entries.last().getAttribute('class')) ?? '') && (await entries.count()) > before + 1,
    );
    return (await entries.allTextContents()).slice(before).join('\n');
  }

  it('let somebody new add a temporary counter and a question, try them, publish them, and go back', async () => {
    const [resident, page] = [await phone(), await at('/staff/calendar')];
    for (let month = 0; month < 2; month += 1) await page.getByRole('button', { name: '次の月' }).click();
    await page.getByRole('heading', { name: '2026年3月' }).waitFor();
    await page.getByRole('button', { name: /^3月 ?8 ?日（日）/ }).click();
    await page.getByRole('button', { name: '臨時窓口を開く' }).click();
    await page.getByRole('button', { name: /^3月 ?8 ?日（日） ?09:00〜12:00 ?臨時窓口/ }).waitFor();
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
    const asked = page.waitForResponse(/\/staff\/edit\/try/);
    await page.getByLabel('いつのつもりで').fill('2026-03-07');
    await asked;
    await page.getByLabel('メッセージ').fill('窓口と時間');
    await page.keyboard.press('Enter');
    // A Saturday, the day before the temporary counter.
    await page.getByText('次に開くのは3月8日（日）9:00').first().waitFor();
    await picture(page, 'editor-try');
    assert.doesNotMatch(await hears(resident, '犬を連れて行けますか'), /補助犬/, 'nobody hears of a draft');

    await go(page, '公開');
    await page.getByRole('heading', { name: '公開すると変わるところ（2）' }).waitFor();
    await page.getByText('臨時窓口', { exact: false }).first().waitFor();
    await isCleanFor(page);
    await picture(page, 'editor-publish');
    await page.getByLabel(/^なぜ/).fill('3月の臨時窓口と、犬の質問');
    await page.getByRole('button', { name: '公開する' }).click();
    await page.getByText('公開しました').waitFor();
    await page.getByText('下書きはありません').waitFor();
    await until(async () => /補助犬/.test(await hears(resident, '犬を連れて行けますか')));
    await picture(page, 'editor-history');

    await page.getByRole('button', { name: 'この版に戻す' }).last().click();
    await page.getByText('戻すと変わるところ（2）').waitFor();
    await page.getByLabel(/^なぜ/).fill('まちがえた');
    await page.getByRole('button', { name: '戻す', exact: true }).click();
    await page.getByText('前の版を公開しました').waitFor();
    await until(async () => !/補助犬/.test(await hears(resident, '犬を連れて行けますか')));
  });

  it('show the second of two people what the first wrote, and lose neither', async () => {
    const [one, two] = [await at('/staff/content'), await at('/staff/content', other)];
    for (const page of [one, two]) {
      await page.getByLabel('文をさがす').fill('手数料いくら');
      await page.locator('summary', { has: page.getByText('手数料', { exact: true }) }).click();
    }
    await one.getByLabel('答え').fill('更新は無料です。');
    await one.locator('.room').getByText('更新は無料です。', { exact: true }).waitFor();
    await picture(one, 'editor-section');
    await one.getByRole('button', { name: '下書きに保存' }).click();
    await one.getByText('下書きに保存しました').waitFor();
    await two.getByLabel('答え').fill('手数料はかかりません。');
    await two.getByRole('button', { name: '下書きに保存' }).click();
    const conflict = two.getByRole('alert').filter({ hasText: 'aokiさんが、さきに直しました' });
    await conflict.getByText('更新は無料です。').waitFor();
    assert.equal(await two.getByLabel('答え').inputValue(), '手数料はかかりません。', 'what was typed is still there');
    await isCleanFor(two);
    await picture(two, 'editor-conflict');
    await two.getByRole('button', { name: 'わたしの文にする' }).click();
    await two.getByText('下書きに保存しました').waitFor();
    await one.reload();
    await one.getByLabel('文をさがす').fill('手数料いくら');
    await one.getByText(/下書き\s+baba/).waitFor();
    await one.locator('summary', { has: one.getByText('手数料', { exact: true }) }).click();
    assert.equal(await one.getByLabel('答え').inputValue(), '手数料はかかりません。');
    await one.getByRole('button', { name: '下書きをやめて、公開中の文に戻す' }).click();
    await one.getByText('公開中の文に戻しました').waitFor();
    assert.match(await one.getByLabel('答え').inputValue(), /\{fee\}/);
  });

  it('say at the field what is wrong, and let nobody publish it', async () => {
    const page = await at('/staff/content');
    await page.getByLabel('文をさがす').fill('手数料いくら');
    await page.locator('summary', { has: page.getByText('手数料', { exact: true }) }).click();
    await page.getByLabel('答え').fill('更新は{fe}です。');
    await page.getByText('「{fe}」にあてはまるものがありません').waitFor();
    await page.getByRole('button', { name: '下書きに保存' }).click();
    await page.getByText('下書きに保存しました').waitFor();
    await go(page, '点検');
    await page.getByRole('heading', { name: '直すところが1件あります' }).waitFor();
    await isCleanFor(page);
    await picture(page, 'editor-check');
    await go(page, 'ためす');
    await page.getByText('まだためせません').waitFor();
    await go(page, '公開');
    await page.getByText('まだ公開できません').waitFor();
    assert.equal(await page.getByRole('button', { name: '公開する' }).count(), 0);
    await go(page, '文と情報');
    await page.locator('summary', { has: page.getByText('手数料', { exact: true }) }).click();
    await page.getByRole('button', { name: '下書きをやめて、公開中の文に戻す' }).click();
    await page.getByText('公開中の文に戻しました').waitFor();
  });

  it('say how many are in mid-conversation, and publish over nobody’s head', async () => {
    const parking = { 'flows/parking.yaml': parkingFlow, 'content/ja/parking.yaml': parkingTexts };
    await published({ ...readTexts(root), ...parking }, '駐車場の対話');
    const resident = await phone();
    // Taken up within a second or two.
    await until(async () => /何台ですか/.test(await hears(resident, '駐車場の予約')));
    const page = await at('/staff/publish');
    await page.getByRole('button', { name: 'この版に戻す' }).first().click();
    await page.getByText(/いま\d+人が途中です：.*\d+人ははじめから/).waitFor();
    await page.getByLabel(/^なぜ/).fill('やめる');
    await page.getByRole('button', { name: '戻す', exact: true }).click();
    await page.getByText(/\d+人は、はじめからになります/).waitFor();
    await isCleanFor(page);
    await picture(page, 'editor-dropped');
    await page.getByLabel('はじめからになる方がいても公開する').check();
    await page.getByRole('button', { name: '戻す', exact: true }).click();
    await page.getByText('前の版を公開しました').waitFor();
  });

  it('count what conversations come to, and turn a question that nobody could answer into one of the FAQ', async () => {
    const resident = await phone();
    for (const [text, answer] of [
      ['佐藤の証明書で旅行', 'すみません、読み取れませんでした'],
      ['更新', '生年月日を教えてください'],
      ['S55.3.3', '電子証明書の発行日はわかりますか'],
      ['R3.9.10', '窓口には、カードのご本人が'],
      ['本人', 'ご本人が行かれるときの持ち物'],
      ['手数料いくら', '期限が過ぎていても無料'],
    ] as const) {
      await resident.getByLabel('メッセージ').fill(text);
      await resident.keyboard.press('Enter');
      await resident.getByText(answer).last().waitFor();
    }
    const page = await at('/staff/numbers');
    await page.getByRole('heading', { name: '電子証明書の更新: どこで終わったか' }).waitFor();
    await page.getByRole('row', { name: /^電子証明書の発行日 \d+ 0/ }).waitFor();
    await page.getByRole('row', { name: /^手数料 \d+/ }).waitFor();
    const question = page.getByRole('listitem').filter({ hasText: 'の証明書で' });
    await question.waitFor();
    assert.equal(await page.getByText('佐藤').count(), 0);
    await isCleanFor(page);
    await picture(page, 'editor-numbers');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'ファイルに保存（CSV）' }).click(),
    ]);
    assert.match(
      readFileSync(await download.path(), 'utf8'),
      /^\u{feff}"期間","種類","名前","回数"\r\n"2026-01-14","会話","会話","\d+"/u,
    );
    await page.getByLabel('まとめ方').selectOption('week');
    await page.getByRole('row', { name: /^2026\/01\/12/ }).waitFor();
    await go(page, '対話の図');
    await page.getByText('聞かれた').first().waitFor();
    await picture(page, 'editor-flow');
    await go(page, '数字');
    await question.getByRole('link', { name: 'よくある質問にする' }).click();
    await page
      .getByLabel(/^市民の方の聞き方/)
      .first()
      .waitFor();
    assert.match(
      await page
        .getByLabel(/^市民の方の聞き方/)
        .first()
        .inputValue(),
      /の証明書で/,
    );
  });

  it('can be used by everybody: on a phone, in the dark', async () => {
    const page = await at('/staff/content', editor, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    for (const [link, ready] of [
      ['文と情報', '有効期限はいつ'],
      ['窓口の日時', 'ふだんの時間'],
      ['対話の図', '伝えること'],
      ['点検', '下書きに'],
      ['ためす', '更新時期を調べる'],
      ['公開', 'これまでの公開'],
      ['数字', 'よくある質問'],
    ] as const) {
      await go(page, link);
      await page.getByText(ready).first().waitFor();
      await isCleanFor(page);
      const { scroll, width } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }));
      assert.ok(scroll <= width, `${link} is wider than the screen`);
      await picture(page, `editor-phone-${page.url().split('/').at(-1)}`);
    }
  });

  it('are not for agents', async () => {
    const page = await at('/staff', agent);
    await page.getByRole('navigation', { name: '職員の画面' }).getByText(agent).waitFor();
    assert.equal(await page.getByRole('link', { name: '公開' }).count(), 0);
    const statuses = await page.evaluate(async () => {
      const { csrf } = await (await fetch('/staff/me')).json();
      const post = (path: string) =>
        fetch(path, { method: 'POST', headers: { 'x-csrf': csrf, 'content-type': 'application/json' }, body: '{}' });
      const paths = ['forms', 'publication', 'numbers', 'numbers.csv', 'problems', 'month', 'flows', 'history'];
      const [read, written] = await Promise.all([
        Promise.all(paths.map((path) => fetch(`/staff/edit/${path}`))),
        Promise.all(
          ['changes', 'publish', 'rollback', 'try', 'undo', 'preview'].map((path) => post(`/staff/edit/${path}`)),
        ),
      ]);
      return [...read, ...written].map(({ status }) => status);
    });
    assert.deepEqual([...new Set(statuses)], [403]);
    await page.goto(`${bot.url}/staff/publish`);
    await page.getByText('編集の権限でサインインした方だけ').waitFor();
  });
});

const parkingFlow = `title: 駐車場の予約
starts with: [駐車場の予約]
ask:
  - cars: [one, two]
tell:
  - done: { cars: [one, two] }
`;
const parkingTexts = `cars:
  name: 台数
  ask: 何台ですか。
  choices: { one: 1台, two: 2台 }
done: お待ちしています。
`;
