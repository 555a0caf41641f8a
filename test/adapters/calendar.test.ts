/** The links behind which residents find the dates for a calendar of their own: for an hour, and with nothing in them about anybody. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import ICAL from 'ical.js';
import { type SharedCalendars, sharedCalendars } from '../../adapters/calendar/page.ts';
import { memoryRecords } from '../../adapters/memory-records.ts';
import type { CalendarEvent, SharedCalendar } from '../../bot/dialogue/types.ts';
import type { PlainDate } from '../../bot/rules/dates.ts';

const day = (on: string) => on as PlainDate;
const events: readonly CalendarEvent[] = [
  {
    on: day('2026-12-04'),
    title: '更新できます',
    description: '持ち物: カード\n電話: 000-0000',
    place: '総合窓口、1階; 右',
  },
  { on: day('2026-12-31'), title: '間に合う最後の日', description: '17:30まで', place: '総合窓口' },
];

describe('calendars behind links', () => {
  let now = Date.parse('2026-11-25T10:00:00+09:00');
  let calendars: SharedCalendars;
  let server: Server;
  let base: string;
  before(async () => {
    calendars = sharedCalendars(
      memoryRecords<SharedCalendar>(() => now),
      () => 'もう使えません。',
    );
    server = express().use(calendars.page).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const get = (link: string) => fetch(link, { redirect: 'manual' });
  async function shared() {
    calendars.reachedAt(base);
    const links = calendars.links();
    assert.ok(links);
    const token = links.newToken;
    await calendars.share({ token, events });
    return {
      file: links.file(token),
      first: links.entry(token, 0),
      last: links.entry(token, 1),
      third: links.entry(token, 2),
    };
  }

  it('there are none while nobody has said where the server is reached', () => {
    const unknown = sharedCalendars(memoryRecords<SharedCalendar>(), () => '');
    assert.equal(unknown.links(), undefined);
  });

  it('the file holds whole days, as another library reads it', async () => {
    const { file } = await shared();
    const response = await get(file);
    assert.match(response.headers.get('content-type') ?? '', /^text\/calendar/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const read = new ICAL.Component(ICAL.parse(await response.text())).getAllSubcomponents('vevent');
    const found = read.map((each) => {
      const { startDate, endDate, summary, description, location } = new ICAL.Event(each);
      assert.ok(startDate.isDate && endDate.isDate, 'a whole day has no time');
      return { on: day(startDate.toString()), until: endDate.toString(), title: summary, description, place: location };
    });
    assert.deepEqual(found, [
      { ...events[0], until: '2026-12-05' },
      { ...events[1], until: '2027-01-01' },
    ]);
  });

  it('an entry opens Google’s calendar with the day filled in, over the turn of the year, too', async () => {
    const { first, last } = await shared();
    const to = new URL((await get(first)).headers.get('location') ?? '');
    assert.equal(to.host, 'calendar.google.com');
    assert.deepEqual(Object.fromEntries(to.searchParams), {
      action: 'TEMPLATE',
      text: '更新できます',
      dates: '20261204/20261205',
      details: '持ち物: カード\n電話: 000-0000',
      location: '総合窓口、1階; 右',
    });
    const year = new URL((await get(last)).headers.get('location') ?? '');
    assert.equal(year.searchParams.get('dates'), '20261231/20270101');
  });

  it('after an hour, and for whoever guesses, there is a kind sentence', async () => {
    const { file, first, third } = await shared();
    for (const link of [
      third,
      `${base}/calendar/guessed.ics`,
      `${base}/calendar/guessed/0`,
      `${base}/calendar/x/__proto__`,
    ]) {
      const response = await get(link);
      assert.equal(response.status, 404);
      assert.equal(await response.text(), 'もう使えません。\n');
    }
    now += 59 * 60_000;
    assert.equal((await get(file)).status, 200);
    now += 2 * 60_000;
    assert.equal((await get(file)).status, 404);
    assert.equal((await get(first)).status, 404);
  });

  it('every link is another one', async () => {
    const [one, other] = [await shared(), await shared()];
    assert.notEqual(one.file, other.file);
  });
});
