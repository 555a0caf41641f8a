/** `npm start` without any setting, in a real browser: the stand-in LINE, the bot as it runs, and the page. */
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startBot } from '../support/bot-process.ts';
import { browserOrSkip, pictures } from '../support/browser.ts';
import { chip, pick, pretend, said, say } from '../support/chat-page.ts';
import { type City, cityCopy } from '../support/city.ts';
import { library } from '../support/library.ts';
import { playTalk } from '../support/talk.ts';

const desk = { viewport: { width: 1280, height: 860 } };
const phone = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

describe('the chat page', function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let city: City;
  let bot: Awaited<ReturnType<typeof startBot>>;
  const open: BrowserContext[] = [];
  /** What the pages asked of other hosts, or complained of, that no test expects. */
  const complaints: string[] = [];
  let expected = / 409 /;

  before(async function () {
    browser = await browserOrSkip(this);
    city = cityCopy({ withBot: true });
    bot = await startBot({ BOT_TODAY: '2026-01-14' }, { folder: city.root });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((context) => context.close()));
    expected = / 409 /;
    assert.deepEqual(complaints.splice(0), []);
  });
  after(async () => {
    await browser?.close();
    await bot?.stop();
    city?.remove();
  });

  /** A resident's tab. */
  async function resident(options: BrowserContextOptions = desk): Promise<Page> {
    const context = await browser?.newContext({ locale: 'ja-JP', acceptDownloads: true, ...options });
    assert.ok(context);
    context.setDefaultTimeout(10_000);
    open.push(context);
    return tabIn(context);
  }

  async function tabIn(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.addInitScript(() => {
      let isHidden = false;
      Object.defineProperty(document, 'hidden', { get: () => isHidden });
      Object.assign(window, {
        seen(isSeen: boolean) {
          isHidden = !isSeen;
          document.dispatchEvent(new Event('visibilitychange'));
        },
      });
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(bot.url)) complaints.push(`a request to ${request.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
    });
    await page.goto(bot.url);
    await said(page, 'マイナンバーカードの電子証明書を');
    return page;
  }

  it('is the one address that npm start prints', () => {
    const addresses = bot.output().match(/https?:\/\/\S+/g) ?? [];
    assert.equal(addresses.length, 1, bot.output());
    assert.match(addresses[0] ?? '', new RegExp(`^http://localhost:${new URL(bot.url).port}/$`));
  });

  it('leads a stranger to the renewal date by clicking alone', async () => {
    const page = await resident({ viewport: { width: 1100, height: 1300 } });
    await pretend(page, '16:40');
    await chip(page, '更新時期を調べる').click();
    await pick(page, '1980-03-03');
    await said(page, '3月3日生まれですね');
    await pick(page, '2021-09-10');
    const card = page.getByRole('group', { name: 'カード' });
    await card.getByText('いま更新できます').waitFor();
    assert.match(await card.innerText(), /2026年（令和8年）3月3日（火）/);
    await page.mouse.move(0, 0);
    await picture(page, 'conversation');
    await chip(page, '本人').click();
    await said(page, 'ご本人が行かれるときの持ち物');
  });

  it('shows the newest message whole, its quick replies only, and what was read', async () => {
    const page = await resident();
    await say(page, '更新');
    await page.getByText('既読').waitFor();
    await said(page, '生年月日を教えてください');
    await chip(page, '更新時期を調べる').waitFor({ state: 'detached' });
    await say(page, 'S55.3.3 R3.9.10');
    await chip(page, 'はい').click();
    await said(page, '窓口には、カードのご本人が行かれますか');
    await chip(page, 'カードの日付で調べる').waitFor();
    await page.waitForFunction(() => {
      const newest = [...document.querySelectorAll('.entry')].at(-1)?.getBoundingClientRect();
      const room = document.querySelector('#timeline')?.getBoundingClientRect();
      return newest && room && newest.bottom <= room.bottom;
    });
  });

  it('answers a question in the middle of the dialogue, and goes on', async () => {
    const page = await resident();
    await say(page, '更新');
    await said(page, '生年月日を教えてください');
    await say(page, 'S55.3.3');
    await said(page, '3月3日生まれですね');
    await say(page, '手数料いるん?');
    await said(page, '電子証明書の更新は無料です');
    await said(page, 'つづきです');
    await chip(page, 'わからない').waitFor();
  });

  it('offers only days that LINE’s picker would, and leaves no trace of the one chosen', async () => {
    const page = await resident();
    await chip(page, '更新時期を調べる').click();
    await chip(page, '日付を選ぶ').click();
    const date = page.locator('#date');
    assert.equal(await date.getAttribute('max'), '2026-01-14');
    await date.fill('1981-04-05');
    await page.getByRole('dialog').getByText('1981年4月5日（日）　昭和56年4月5日').waitFor();
    await picture(page, 'date-picker');
    await page.keyboard.press('Escape');
    await pick(page, '1981-04-05');
    await said(page, '4月5日生まれですね');
    assert.doesNotMatch(await page.getByRole('log').innerText(), /1981|昭和56年/);
  });

  it('has the menu at hand at any time', async () => {
    const page = await resident();
    await page.getByRole('navigation', { name: 'メニュー' }).getByRole('button', { name: '窓口と時間' }).click();
    await said(page, '平日 9:00〜17:30');
    await page.getByRole('button', { name: 'メニュー' }).click();
    await page.getByRole('navigation', { name: 'メニュー' }).waitFor({ state: 'hidden' });
  });

  it('can be used by keyboard alone, from the greeting to the card', async () => {
    const page = await resident();
    await page.getByLabel('メッセージ').focus();
    await page.keyboard.type('更新したい');
    await page.keyboard.press('Enter');
    await chip(page, '日付を選ぶ').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.locator(':focus').innerText(), '日付を選ぶ');
    await page.keyboard.press('Enter');
    await page.locator('#date').fill('1980-03-03');
    await page.keyboard.press('Enter');
    await said(page, '3月3日生まれですね');
    assert.equal(await page.locator(':focus').innerText(), '日付を選ぶ', 'the focus is where the next answers are');
    await page.keyboard.press('Enter');
    await page.locator('#date').fill('2021-09-10');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'カード' }).waitFor();
  });

  it('shows what goes on behind the turn', async () => {
    const page = await resident();
    await say(page, 'S55.3.3 R3.9.10');
    await chip(page, 'はい').click();
    await page.getByRole('group', { name: 'カード' }).waitFor();
    const behind = page.locator('#behind');
    await behind.getByText('renewal.visitor').waitFor();
    const text = await behind.innerText();
    for (const part of [
      /用件\s+質問への答え/,
      /expiresOn\s+2026-03-03/,
      /Webhook\s+200/,
      /reply\s+\d+ミリ秒/,
      /"asked"/,
    ])
      assert.match(text, part);
    await picture(page, 'behind');
  });

  it('pretends another day and time, for this resident only', async () => {
    const [one, other] = [await resident(), await resident()];
    await pretend(one, '18:00', '2026-12-29');
    await pretend(other, '10:00');
    await say(one, '窓口あいてる?');
    await said(one, '1月4日（月）9:00');
    await one.getByText('2026年12月29日（火）').waitFor();
    await one.getByText('18:00', { exact: true }).first().waitFor();
    await say(other, '窓口あいてる?');
    await said(other, 'きょうは17:30まで開いています');
    await one.getByRole('button', { name: '時計に戻す' }).click();
    await say(one, '窓口の場所は?');
    await one.getByText('2026年1月14日（水）').nth(1).waitFor();
  });

  it('is another resident in every tab, the same after a reload, and a new one on demand', async () => {
    const first = await resident();
    await say(first, '1980年3月3日');
    const second = await tabIn(first.context());
    assert.doesNotMatch(await second.getByRole('log').innerText(), /1980/);
    await first.reload();
    await said(first, '1980年3月3日');
    await first.getByRole('button', { name: '新しい住民' }).click();
    await first.getByText('1980年3月3日').waitFor({ state: 'detached' });
    await said(first, '藤井寺市の「更新ナビ」です');
  });

  it('leaves the connections of tabs that nobody sees to the others', async () => {
    const context = (await resident()).context();
    for (let tab = 0; tab < 8; tab += 1) {
      await context
        .pages()
        .at(-1)
        ?.evaluate(() => seen(false));
      await tabIn(context);
    }
    const [first] = context.pages();
    assert.ok(first);
    await first.evaluate(() => seen(true));
    await say(first, '手数料は?');
    await said(first, '電子証明書の更新は無料です');
  });

  it('sends stickers and pictures, takes messages back, blocks and unblocks', async () => {
    const page = await resident();
    await page.getByRole('button', { name: 'スタンプ「ありがとう」' }).click();
    await page.getByText('スタンプ：').waitFor({ state: 'attached' });
    await said(page, '文字で');
    await page.getByLabel('送る画像').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: aPicture });
    const sent = page.getByAltText('送った画像');
    await sent.waitFor();
    assert.ok(await sent.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0));
    await say(page, '更新');
    await said(page, '生年月日を教えてください');
    await say(page, '1981/4/5');
    await said(page, '4月5日生まれですね');
    await page.locator('.entry.resident', { hasText: '1981/4/5' }).hover();
    await page.getByRole('button', { name: '送信取消' }).last().click();
    await page.getByText('メッセージの送信を取り消しました').waitFor();
    for (const shown of [page.getByRole('log'), page.locator('#behind')])
      assert.doesNotMatch(await shown.innerText(), /1981/, 'nothing of it is seen any more');
    await say(page, '手数料は?');
    await said(page, '生年月日を教えてください。', 2);
    await page.getByRole('button', { name: 'ブロック' }).click();
    await page.getByText('ブロックしました').waitFor();
    assert.ok(await page.getByLabel('メッセージ').isDisabled());
    await page.getByRole('button', { name: 'ブロックを解除' }).click();
    await said(page, '藤井寺市の「更新ナビ」です', 2);
  });

  it('speaks the language of the phone from the greeting on, and saves it with the talk', async () => {
    const page = await resident();
    await page.getByRole('combobox', { name: 'スマートフォンのことば' }).selectOption('en');
    await page.getByRole('button', { name: 'ブロック' }).click();
    await page.getByText('ブロックしました').waitFor();
    await page.getByRole('button', { name: 'ブロックを解除' }).click();
    await said(page, 'PIN');
    await say(page, 'how much?');
    await said(page, 'is free');
    await page.screenshot({ path: `${pictures}chat-english.png` });
    const steps = await page.evaluate(async () => {
      const chat = document.querySelector('a#save')?.getAttribute('href') ?? '';
      return (await fetch(chat)).text();
    });
    assert.match(steps, /^（友だち追加 en）$/m);
    assert.equal(playTalk(steps, library), steps);
  });

  it('delivers an event again without a second answer', async () => {
    const page = await resident();
    await say(page, '手数料は?');
    await said(page, '電子証明書の更新は無料です');
    const before = await page.locator('.entry').count();
    const delivered = page.waitForResponse((response) => response.url().endsWith('/deeds'));
    await page.getByRole('button', { name: 'もう一度届ける' }).click();
    assert.equal((await delivered).status(), 204);
    await say(page, 'ありがとう');
    await said(page, 'どういたしまして');
    assert.equal(await page.locator('.entry').count(), before + 2);
  });

  it('saves the conversation as a talk that plays the same', async () => {
    const page = await resident();
    await pretend(page, '16:40');
    await page.getByRole('navigation', { name: 'メニュー' }).getByRole('button', { name: 'よくある質問' }).click();
    await said(page, 'どれについて知りたいですか');
    await chip(page, '更新時期を調べる').click();
    await pick(page, '1980-03-03');
    await said(page, '3月3日生まれですね');
    await say(page, '令和3年9月10日');
    await page.getByRole('group', { name: 'カード' }).waitFor();
    await chip(page, '代理の人').click();
    await said(page, '照会書兼回答書');
    await say(page, '本人');
    await said(page, 'ご本人が行かれるときの持ち物');
    await page.getByRole('button', { name: '送信取消' }).last().click();
    await page.getByText('メッセージの送信を取り消しました').waitFor();
    await say(page, 'わからない');
    await page.locator('.entry.bot').last().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '会話を保存' }).click();
    const talk = readFileSync(await (await download).path(), 'utf8');
    assert.match(talk, /^# 保存した会話　今日 2026-01-14 \d\d:\d\d　カレンダーあり\n（友だち追加）\n案内: /);
    assert.match(talk, /\n市民: （メニュー よくある質問）\n[\s\S]*\n市民: （日付を選ぶ 1980-03-03）\n/);
    assert.equal(playTalk(talk, library), talk);
  });

  it('takes up an edited text while it is open; a broken file is explained, and the last good one keeps serving', async () => {
    const page = await resident();
    const [file, text] = ['content/ja/common.yaml', 'どういたしまして。また、いつでもどうぞ。'];
    city.edit(file, text, 'いつでもお声がけください。');
    await untilAnswered(page, 'ありがとう', 'いつでもお声がけください');
    city.edit(file, 'いつでもお声がけください。', 'いつでも{nanika}お声がけください。');
    const alert = page.getByRole('alert');
    await alert.getByText('ファイルに1件の問題があります').waitFor();
    assert.match(await alert.innerText(), /content\/ja\/common\.yaml:\d+:\d+[\s\S]*nanika[\s\S]*→/);
    assert.match(await alert.locator('mark').innerText(), /\{nanika\}/);
    await picture(page, 'broken-file');
    await say(page, 'ありがとう');
    await said(page, 'いつでもお声がけください', 2);
    city.edit(file, 'いつでも{nanika}お声がけください。', text);
    await alert.getByText('問題があります').waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('ファイルを読み直しました').waitFor();
    await untilAnswered(page, 'ありがとう', 'また、いつでもどうぞ');
  });

  it('outlives the loss of whole folders, and takes up what is put back', async () => {
    const page = await resident();
    const alert = page.getByRole('alert');
    for (const folder of ['content/ja', 'content', 'flows']) {
      city.move(folder, `${folder}-away`);
      await alert.getByText('問題があります').waitFor();
      await say(page, '手数料は?');
      await said(page, '電子証明書の更新は無料です');
      city.move(`${folder}-away`, folder);
      await alert.getByText('問題があります').waitFor({ state: 'detached' });
    }
  });

  it('says why when something cannot be done', async () => {
    const page = await resident();
    await page.getByRole('button', { name: 'ブロック' }).click();
    await page.getByText('ブロックしました').waitFor();
    await page.getByRole('navigation', { name: 'メニュー' }).getByRole('button', { name: '窓口と時間' }).click();
    await page.getByRole('status').getByText('ブロック中です').waitFor();
    await page.getByRole('button', { name: 'ブロックを解除' }).click();
    const chat = await page.evaluate(() => sessionStorage.getItem('resident'));
    const data = { do: 'tap', spot: { on: 'quick-reply', entry: 'long ago', index: 0 } };
    const stale = await page.request.post(`${bot.url}/simulator/chats/${chat}/deeds`, { data });
    assert.equal(stale.status(), 409);
    assert.match(await stale.text(), /もう表示されていません/);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [name, size] of Object.entries({ desk, phone }))
      it(`has no serious accessibility problem (${name}, ${colorScheme})`, async () => {
        const page = await resident({ ...size, colorScheme });
        await say(page, 'S55.3.3 R3.9.10');
        await chip(page, 'はい').click();
        await page.getByRole('group', { name: 'カード' }).waitFor();
        await page.locator('#behind').getByText('renewal.visitor').waitFor({ state: 'attached' });
        await picture(page, `${name}-${colorScheme}`);
        await noSeriousFinding(page);
        if (name !== 'phone') return;
        await page.getByRole('button', { name: 'しくみ' }).click();
        await page.getByText('日時を変えて試す').waitFor();
        await picture(page, `${name}-panel-${colorScheme}`);
        await noSeriousFinding(page);
        await page.goto(`${bot.url}/privacy`);
        await page.getByRole('link', { name: 'English' }).click();
        await page.getByRole('heading', { name: 'Privacy notice' }).waitFor();
        await picture(page, `privacy-${colorScheme}`);
        await noSeriousFinding(page);
      });

  it('fits a narrow phone: nothing is wider than the screen, and what is to be pressed is large enough', async () => {
    const page = await resident({ ...phone, viewport: { width: 320, height: 568 } });
    await chip(page, '更新時期を調べる').tap();
    await pick(page, '1980-03-03');
    await said(page, '3月3日生まれですね');
    await pick(page, '2021-09-10');
    await page.getByRole('group', { name: 'カード' }).waitFor();
    await picture(page, 'narrow');
    const found = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
      small: [...document.querySelectorAll('main button:not(.unsend)')]
        .map((button) => ({ name: button.textContent, box: button.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
        .map(({ name }) => name),
    }));
    assert.deepEqual(found, { width: 320, height: 568, small: [] });
  });

  it('begins anew with whoever has the page open when the bot is started again', async () => {
    expected = /ERR_|Failed to load resource/;
    const page = await resident();
    await say(page, '1980年3月3日');
    await said(page, '3月3日生まれですね');
    await bot.stop();
    await page.getByRole('status').getByText('つなぎ直しています').waitFor();
    await say(page, 'まだ送れない');
    await page.getByRole('status').getByText('サーバーにつながりません。', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('メッセージ').inputValue(), 'まだ送れない', 'nothing typed is lost');
    bot = await startBot({ BOT_TODAY: '2026-01-14' }, { folder: city.root, port: Number(new URL(bot.url).port) });
    await page.locator('.bubble', { hasText: '1980年3月3日' }).waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('新しい住民として始めます').waitFor();
    await said(page, '藤井寺市の「更新ナビ」です');
    await say(page, '手数料は?');
    await said(page, '電子証明書の更新は無料です');
  });

  it('takes pictures only, of a size that LINE would take', async () => {
    const page = await resident();
    expected = / 41[35] /;
    const send = (mimeType: string, buffer: Buffer) =>
      page.getByLabel('送る画像').setInputFiles({ name: 'file', mimeType, buffer });
    await send('image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'));
    await page.getByRole('status').getByText('PNG、JPEG、GIF、WebP').waitFor();
    // From a file: through the driver so many bytes would take seconds.
    const large = join(city.root, 'large.png');
    writeFileSync(large, Buffer.alloc(10_500_000));
    await page.getByLabel('送る画像').setInputFiles(large);
    await page.getByRole('status').getByText('大きすぎて送れません').waitFor();
  });

  it('shows what is typed as text, and runs none of it', async () => {
    const page = await resident();
    await say(page, '<img src=x onerror="document.title=1"><script>document.title=2</script>');
    await page.locator('.bubble', { hasText: '<img src=x' }).waitFor();
    expected = /Content Security Policy/;
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<a id="trap" onclick="document.title=3">x</a>');
      document.getElementById('trap')?.click();
    });
    assert.equal(
      await page.title(),
      '更新ナビと話す',
      'the policy of the page stops inline scripts, wherever they come from',
    );
  });

  it('is not for other sites that the browser has open', async () => {
    const other = { headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' } };
    assert.equal((await fetch(`${bot.url}/simulator/chats`, { method: 'POST', body: '{}', ...other })).status, 403);
  });

  it('refuses what the stand-in LINE did not sign', async () => {
    assert.equal((await bot.post('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}')).status, 401);
  });

  async function picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${pictures}${name}.png` });
  }
});

/** In the page: whether the tab is in front. A browser without a window shows all of them. */
declare function seen(isSeen: boolean): void;

/** An edit is taken up a moment after it is written: asks until the new text is answered. */
async function untilAnswered(page: Page, text: string, answer: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const bubbles = await page.locator('.entry.bot').count();
    await say(page, text);
    await page.locator('.entry.bot').nth(bubbles).waitFor();
    if ((await page.locator('.entry.bot').nth(bubbles).innerText()).includes(answer)) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`never answered: ${answer}`);
}

async function noSeriousFinding(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}

/** One green pixel. */
const aPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
