/** The plan, the reminders, the calendar and the family in the chat page, with the clock moved forward by its control. */
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
import { startBot } from '../support/bot-process.ts';
import { browserOrSkip, pictures } from '../support/browser.ts';
import { chip, pick, pretend, said, say } from '../support/chat-page.ts';
import { type City, cityCopy } from '../support/city.ts';
import { watchedTabs } from '../support/tabs.ts';

const today = '2026-11-24';

describe('more than an answer, in the chat page', function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let city: City;
  let bot: Awaited<ReturnType<typeof startBot>>;
  const tabs = watchedTabs(() => ({ browser, url: bot.url }), { viewport: { width: 1100, height: 1500 } });

  before(async function () {
    browser = await browserOrSkip(this);
    city = cityCopy({ withBot: true });
    bot = await startBot({ BOT_TODAY: today }, { folder: city.root });
  });
  afterEach(() => tabs.close());
  after(async () => {
    await browser?.close();
    await bot?.stop();
    city?.remove();
  });

  /** Somebody whose certificate ends on 3 March 2027, and who has got that answer. */
  async function answered(): Promise<Page> {
    const page = await tabs.open('/');
    await said(page, 'マイナンバーカードの電子証明書を');
    await pretend(page, '10:00');
    await say(page, '昭和55年3月3日');
    await said(page, '3月3日生まれですね');
    await say(page, '令和4年9月10日');
    await said(page, '窓口には、カードのご本人が行かれますか');
    await chip(page, '本人').click();
    await said(page, '次にすることを選べます');
    return page;
  }

  const texts = (page: Page) => page.locator('.entry.bot .bubble').allInnerTexts();

  it('plans a visit in words and with LINE’s picker', async () => {
    const page = await answered();
    await chip(page, '行く日を決める').click();
    await said(page, 'いつ窓口に行かれますか');
    await say(page, '12月の第2金曜の朝');
    const cards = page.getByRole('group', { name: 'カード' });
    await cards.getByText('2026年（令和8年）12月11日（金） 10:00').waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${pictures}plan.png` });
    await chip(page, '行く日を決める').click();
    await said(page, 'いつ窓口に行かれますか', 2);
    await pick(page, '2026-12-30T14:00', '日時を選ぶ');
    await said(page, '12月30日（水）は年末年始の休みで、窓口は閉まっています');
    await chip(page, '1月4日（月）').click();
    await cards.getByText('2027年（令和9年）1月4日（月） 9:00').waitFor();
  });

  it('reminds on the right days, and on no other, as the clock moves on', async () => {
    const page = await answered();
    await chip(page, '知らせてもらう').click();
    await said(page, '次の日にこのトークでお知らせします');
    const before = (await texts(page)).length;
    const due: Record<string, string> = {
      '2026-12-04': '電子証明書を更新できるようになりました',
      '2027-02-03': 'まで、あと28日です',
      '2027-02-25': '間に合う最後の日は、2027年（令和9年）3月3日（水）17:30までです',
    };
    const days = [
      '2026-12-03',
      '2026-12-04',
      '2026-12-05',
      '2026-12-07',
      '2027-01-04',
      '2027-02-02',
      '2027-02-03',
    ].concat(['2027-02-04', '2027-02-24', '2027-02-25', '2027-02-26', '2027-03-02', '2027-03-03', '2027-03-04']);
    let heard = 0;
    for (const day of days) {
      // At night nothing is said, whatever is due.
      await pretend(page, '03:00', day);
      await pretend(page, '10:00', day);
      const sentence = due[day];
      if (sentence) {
        heard += 1;
        await said(page, sentence);
      } else await page.waitForTimeout(300);
      assert.equal(
        (await texts(page)).length - before,
        heard,
        `on ${day}: ${(await texts(page)).slice(before).join(' | ')}`,
      );
    }
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${pictures}reminders.png` });
  });

  it('reminds nobody who says that it is done, or who blocks the account', async () => {
    const page = await answered();
    await chip(page, '知らせてもらう').click();
    await said(page, 'お知らせします');
    await say(page, '済んだ');
    await said(page, 'お知らせを終わり、日付を消しました');
    const other = await answered();
    await chip(other, '知らせてもらう').click();
    await said(other, 'お知らせします');
    await other.getByRole('button', { name: 'ブロック' }).click();
    for (const each of [page, other]) {
      const before = (await texts(each)).length;
      await pretend(each, '10:00', '2026-12-04');
      await each.waitForTimeout(500);
      assert.equal((await texts(each)).length, before);
    }
  });

  it('gives the days for one’s own calendar: a file that another library reads, and a link', async () => {
    const page = await answered();
    await chip(page, 'カレンダーに入れる').click();
    await said(page, 'カレンダーに入れるリンクです');
    const text = (await texts(page)).find((each) => each.includes('カレンダーに入れるリンク')) ?? '';
    const [file = '', first = ''] = text.match(/http:\S+/g) ?? [];
    const inProcess = (address: string) => address.replace(/^http:\/\/localhost:\d+/, bot.url);
    const answer = await fetch(inProcess(file));
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/calendar/);
    const ics = await answer.text();
    const events = new ICAL.Component(ICAL.parse(ics))
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
    assert.deepEqual(
      events.map(({ startDate, endDate }) => [startDate.isDate, startDate.toString(), endDate.toString()]),
      [
        [true, '2026-12-04', '2026-12-05'],
        [true, '2027-03-03', '2027-03-04'],
      ],
    );
    assert.match(events[0]?.summary ?? '', /電子証明書を更新できます/);
    assert.match(events[0]?.description ?? '', /持ち物: .*マイナンバーカード/s);
    assert.match(events[0]?.location ?? '', /マイナンバー総合窓口/);
    for (const personal of ['1980', '昭和', '本人', 'U1']) assert.ok(!ics.includes(personal), personal);
    assert.doesNotMatch(file + first, /2026|2027|0303/);
    const google = await fetch(inProcess(first), { redirect: 'manual' });
    const address = new URL(google.headers.get('location') ?? '');
    assert.equal(address.host, 'calendar.google.com');
    assert.equal(address.searchParams.get('dates'), '20261204/20261205');
    const gone = await fetch(`${bot.url}/calendar/nosuch.ics`);
    assert.equal(gone.status, 404);
    assert.match(await gone.text(), /もう使えません/);
  });

  it('tells whoever agreed to it of a temporary counter, once staff have put it into the calendar', async () => {
    const agreed = await answered();
    await chip(agreed, '知らせてもらう').click();
    await chip(agreed, '臨時窓口も知らせて').click();
    await said(agreed, '臨時窓口が開くときは、お知らせします');
    const other = await answered();
    await chip(other, '知らせてもらう').click();
    await said(other, 'お知らせします');
    for (const page of [agreed, other]) {
      await pretend(page, '10:00', '2026-12-04');
      await said(page, '電子証明書を更新できるようになりました');
    }
    const counter = '{ on: 2026-12-13, periods: [{ opens: "09:00", closes: "12:00" }], note: 臨時窓口 }';
    city.edit('content/calendar.yaml', 'extra openings: []', `extra openings:\n  - ${counter}`);
    const news = agreed.getByText('2026年（令和8年）12月13日（日）の9:00から12:00まで、窓口が開きます');
    // The file is read again a moment after it was written.
    for (let minute = 10; (await news.count()) === 0 && minute < 40; minute += 1) {
      await pretend(agreed, `10:${minute}`, '2026-12-07');
      await agreed.waitForTimeout(200);
    }
    await news.waitFor();
    const before = (await texts(agreed)).length;
    await pretend(other, '10:00', '2026-12-07');
    await pretend(agreed, '10:00', '2026-12-08');
    await agreed.waitForTimeout(500);
    assert.equal((await texts(agreed)).length, before);
    assert.ok(!(await texts(other)).some((text) => text.includes('臨時窓口のお知らせです')));
  });

  it('keeps the family’s dates apart, and finds one visit for all', async () => {
    const page = await answered();
    await chip(page, '家族の分も').click();
    await said(page, 'どなたの分をお調べしますか');
    await chip(page, 'お母さま').click();
    await said(page, 'お母さまの分です');
    await say(page, 'S30.12.20');
    await said(page, '12月20日生まれですね');
    await say(page, 'R4.5.1');
    await said(page, '窓口には、カードのご本人が行かれますか', 2);
    await chip(page, '代理の人').click();
    await said(page, 'みなさんの分です');
    await said(page, '一度の来庁でみなさんの手続きができます');
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${pictures}family.png` });
  });
});
