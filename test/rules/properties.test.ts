/** What holds for every date, not only for the cases in the tables. */
import assert from 'node:assert/strict';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import fc from 'fast-check';
import { firstOpenDayFrom, isOpenOn, lastOpenDayUntil } from '../../bot/rules/calendar.ts';
import { cardholderAt, firstCertificateExpiry, isMinorsCard } from '../../bot/rules/card.ts';
import {
  addDays,
  addMonthsClamped,
  daysBetween,
  endOfMonth,
  isPlainDate,
  localNow,
  type PlainDate,
  partsOf,
  plainDate,
  weekdayOf,
} from '../../bot/rules/dates.ts';
import { eras } from '../../bot/rules/eras.ts';
import {
  birthdayIn,
  certificateExpiry,
  nthBirthdayAfter,
  renewableFrom,
  sixthBirthdayMatters,
  statusOn,
} from '../../bot/rules/renewal.ts';
import { renewalRule } from '../../bot/rules/renewal-facts.ts';
import { readDate, readYear } from '../../bot/rules/wareki.ts';
import { readTerms } from '../support/terms.ts';

dayjs.extend(utc);
const { calendar, terms } = readTerms();
const window = { months: 3, countsThatDay: false };
const dayFrom = (from: PlainDate, until: PlainDate) =>
  fc.nat(daysBetween(from, until)).map((days) => addDays(from, days));
const birthday = dayFrom('1910-01-01', '2024-12-31');
const issuedOn = dayFrom('2015-10-01', '2035-12-31');

describe('reckoning with days agrees with dayjs', () => {
  const anyDay = dayFrom('1868-01-25', '2200-12-31');
  const judged = (day: dayjs.Dayjs) => day.format('YYYY-MM-DD');

  it('days and months later or earlier, the end of the month, the weekday', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -1500, max: 1500 }), (on, count) => {
        const day = dayjs.utc(on);
        assert.equal(addDays(on, count), judged(day.add(count, 'day')));
        assert.equal(addMonthsClamped(on, count), judged(day.add(count, 'month')));
        assert.equal(endOfMonth(on), judged(day.endOf('month')));
        assert.equal(weekdayOf(on), day.day());
        assert.equal(daysBetween(on, addDays(on, count)), count);
      }),
      { numRuns: 2_000 },
    );
  });

  it('which days there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1868, max: 2200 }), fc.nat(14), fc.nat(33), (year, month, day) => {
        const text = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
        const exists = judged(dayjs.utc(text)) === text;
        assert.equal(isPlainDate(text), exists);
        assert.equal(plainDate(year, month, day), exists ? text : undefined);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('validity', () => {
  it('ends on a birthday, more than four and at most five years after the issue', () => {
    fc.assert(
      fc.property(birthday, issuedOn, (born, issued) => {
        const expiresOn = certificateExpiry({ birthday: born, issuedOn: issued, renewedEarly: false });
        const { year } = partsOf(expiresOn);
        assert.equal(expiresOn, birthdayIn(year, born));
        assert.ok(nthBirthdayAfter(born, issued, 4) > issued && expiresOn > nthBirthdayAfter(born, issued, 4));
        assert.ok(daysBetween(issued, expiresOn) <= 5 * 365 + 2);
      }),
    );
  });

  it('a renewal in its window ends five years after the old certificate would have, whatever its day', () => {
    fc.assert(
      fc.property(birthday, issuedOn, fc.nat(88), (born, issued, days) => {
        const oldExpiry = certificateExpiry({ birthday: born, issuedOn: issued, renewedEarly: false });
        const renewedOn = addDays(renewableFrom(oldExpiry, window), days);
        fc.pre(renewedOn < oldExpiry);
        const expiresOn = certificateExpiry({ birthday: born, issuedOn: renewedOn, renewedEarly: true });
        assert.equal(expiresOn, birthdayIn(partsOf(oldExpiry).year + 5, born));
        assert.ok(sixthBirthdayMatters({ birthday: born, issuedOn: renewedOn }, window, terms.firstIssuedOn));
      }),
    );
  });

  it('the first certificate of an adult card ends five birthdays before the card', () => {
    fc.assert(
      fc.property(dayFrom('1920-01-01', '2000-01-01'), issuedOn, (born, madeOn) => {
        fc.pre(!isMinorsCard(born, madeOn));
        const cardExpiresOn = nthBirthdayAfter(born, madeOn, 10);
        assert.equal(cardholderAt(cardExpiresOn, born), 'adult');
        assert.equal(
          firstCertificateExpiry(cardExpiresOn, born),
          certificateExpiry({ birthday: born, issuedOn: madeOn, renewedEarly: false }),
        );
      }),
    );
  });

  it("a minor's card is recognised by the date printed on it", () => {
    fc.assert(
      fc.property(dayFrom('2005-01-01', '2024-12-31'), issuedOn, (born, madeOn) => {
        fc.pre(madeOn >= born && isMinorsCard(born, madeOn));
        assert.equal(cardholderAt(nthBirthdayAfter(born, madeOn, 5), born), 'minor');
      }),
    );
  });
});

describe('the window', () => {
  it('opens between 88 and 91 days before the end, and no day before it is renewable', () => {
    fc.assert(
      fc.property(dayFrom('2020-01-01', '2045-12-31'), (expiresOn) => {
        const from = renewableFrom(expiresOn, window);
        assert.ok(daysBetween(from, expiresOn) >= 88 && daysBetween(from, expiresOn) <= 91, `${from} … ${expiresOn}`);
        assert.equal(statusOn(addDays(from, -1), expiresOn, window), 'too-early');
        assert.equal(statusOn(from, expiresOn, window), 'renewable');
      }),
    );
  });

  it('the first open day is open and not before the window; the last is open and not after the end', () => {
    fc.assert(
      fc.property(dayFrom('2020-01-01', '2045-12-31'), (expiresOn) => {
        const from = renewableFrom(expiresOn, window);
        const [first, last] = [firstOpenDayFrom(calendar, from), lastOpenDayUntil(calendar, expiresOn)];
        assert.ok(first >= from && isOpenOn(calendar, first));
        assert.ok(last <= expiresOn && isOpenOn(calendar, last) && first <= last);
      }),
    );
  });
});

describe('the rule as flows use it', () => {
  const answer = fc.oneof(fc.constant('unknown'), dayFrom('1920-01-01', '2035-12-31'));
  const choice = fc.constantFrom('yes', 'no', 'unknown');
  it('never throws, whatever the answers, and never calls a visit renewable before the window', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            birthday: answer,
            issued: answer,
            cardExpires: answer,
            certificateExpires: answer,
            renewedEarly: choice,
            renewedBefore: choice,
          },
          { requiredKeys: [] },
        ),
        dayFrom('2020-01-01', '2035-12-31'),
        (answers, today) => {
          const facts = renewalRule.facts(answers as Record<string, string>, { today, time: '10:00', calendar, terms });
          if (facts.status === 'renewable')
            assert.ok(String(facts.renewableFrom) <= today && today <= String(facts.expiresOn));
          if (facts.status === 'expired') assert.ok(String(facts.expiresOn) < today);
          for (const [name, value] of Object.entries(facts)) {
            const kind = renewalRule.factKinds[name];
            assert.ok(kind, `${name} is declared`);
            if (Array.isArray(kind)) assert.ok(kind.includes(String(value)), `${name}: ${value}`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('dates as people write them', () => {
  const modern = dayFrom('1912-07-30', '2035-12-31');
  const fullWidth = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const kanji = (text: string) => text.replace(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? '');
  const multiplied = (value: number) =>
    (value >= 20 ? kanji(String(Math.floor(value / 10))) : '') +
    (value >= 10 ? '十' : '') +
    (value % 10 === 0 ? '' : kanji(String(value % 10)));

  const spellings: readonly ((on: PlainDate) => string)[] = [
    (on) => on,
    (on) => on.replaceAll('-', ''),
    (on) => on.replaceAll('-', '/'),
    (on) => fullWidth(on.replaceAll('-', '／')),
    (on) => `${kanji(`${partsOf(on).year}`)}年${multiplied(partsOf(on).month)}月${multiplied(partsOf(on).day)}日`,
    (on) => inEra(on, (era, year, { month, day }) => `${era.name}${year === 1 ? '元' : year}年${month}月${day}日`),
    (on) => inEra(on, (era, year, { month, day }) => `${era.letter.toUpperCase()}${year}.${month}.${day}`),
    (on) =>
      inEra(
        on,
        (era, year, { month, day }) =>
          `${era.name}${multiplied(year)}年${multiplied(month)}月${multiplied(day)}日生まれ`,
      ),
    (on) => inEra(on, (era, year, { month, day }) => fullWidth(`${era.name}${year}年${month}月${day}日です`)),
  ];
  spellings.forEach((spell, index) => {
    it(`written and read back is the same day: ${spell('1980-03-03')}`, () => {
      fc.assert(
        fc.property(modern, (on) => {
          const { around: _, ...reading } = { around: '', ...readDate(spell(on)) };
          assert.deepEqual(
            reading,
            { kind: 'date', on, respelt: false, isBare: true },
            `spelling ${index}: ${spell(on)}`,
          );
        }),
      );
    });
  });

  it('a month and day, then the year, is the whole date', () => {
    fc.assert(
      fc.property(modern, (on) => {
        const { year, month, day } = partsOf(on);
        assert.deepEqual(readDate(`${month}月${day}日`), { kind: 'month-day', month, day, around: '' });
        assert.deepEqual(readYear(`${year}年`, month, day), {
          kind: 'date',
          on,
          respelt: false,
          around: '',
          isBare: true,
        });
      }),
    );
  });

  it('no text makes the reader throw, and 100 000 characters are read at once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readDate(text)));
    // A reading of more than linear cost would not come to an end here before the runner gives up.
    for (const unit of ['9', '9.', '年', '昭和', 's5', '(1', '一', '1 ', ' ', 'は', '1年1月']) {
      assert.equal(typeof readDate(unit.repeat(100_000 / unit.length)).kind, 'string');
    }
  });

  function inEra(
    on: PlainDate,
    write: (era: (typeof eras)[number], year: number, parts: ReturnType<typeof partsOf>) => string,
  ): string {
    const era = eras.findLast(({ from }) => from <= on);
    assert.ok(era);
    return write(era, partsOf(on).year - era.offset, partsOf(on));
  }
});

describe('the time of the office', () => {
  it('today is the day in the office’s zone, not in UTC', () => {
    assert.deepEqual(localNow(new Date('2026-01-13T15:00:00Z'), 'Asia/Tokyo'), { today: '2026-01-14', time: '00:00' });
    assert.deepEqual(localNow(new Date('2026-01-13T14:59:59Z'), 'Asia/Tokyo'), { today: '2026-01-13', time: '23:59' });
  });
});
