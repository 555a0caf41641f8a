/**
 * The plan for any day of 2026–2031 against the city's page, read a second time: the page's table stands here as it is printed there, dates are
 * counted by JavaScript's own Date, and nothing of `bot/rules` helps to judge.
 */
import assert from 'node:assert/strict';
import holidayJp from '@holiday-jp/holiday_jp';
import type { ClockTime, PlainDate } from '../../bot/rules/dates.ts';
import { visitFacts } from '../../bot/rules/visit-facts.ts';
import { readTerms } from '../support/terms.ts';

const { calendar, terms } = readTerms();
const dayMs = 86_400_000;
const holidays = new Set(
  holidayJp
    .between(new Date('2025-12-01'), new Date('2032-06-30'))
    .map(({ date }) => new Date(date).toISOString().slice(0, 10)),
);

/** 平日の月曜日から金曜日(祝日及び年末年始(12月29日~1月3日)は除く) 午前9時から午後5時30分 */
function isOpen(on: string, time: string): boolean {
  const weekday = new Date(`${on}T00:00Z`).getUTCDay();
  const isYearEnd = on.slice(5) >= '12-29' || on.slice(5) <= '01-03';
  return weekday >= 1 && weekday <= 5 && !holidays.has(on) && !isYearEnd && time >= '09:00' && time < '17:30';
}

/** The page's table: コンビニ交付, 健康保険証利用登録, 公金受取口座登録 (and for those who are not registered). */
function table(isRenewal: boolean, on: string, time: string) {
  const hourLater = new Date(Date.parse(`${on}T${time}Z`) + 3_600_000).toISOString().slice(0, 16);
  const later = (days: number) => new Date(Date.parse(`${on}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
  return isRenewal
    ? { konbini: later(1), insurance: hourLater, account: hourLater, unregistered: undefined }
    : { konbini: later(1), insurance: `${later(1)}T09:00`, account: hourLater, unregistered: later(2) };
}

/** 有効期限満了日の三カ月前から; read as 「三月未満」: the day after the same day three months before, or the 1st where that month has no such day. */
function isTooEarly(on: string, expiresOn: string): boolean {
  const [year = 0, month = 0, day = 0] = expiresOn.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 3, 0)).getUTCDate();
  return Date.parse(`${on}T00:00Z`) <= Date.UTC(year, month - 4, Math.min(day, lastOfMonth));
}

describe('the plan for any day of 2026–2031', () => {
  const first = Date.parse('2026-01-01T00:00Z');
  const days = Array.from({ length: 2191 }, (_, index) => new Date(first + index * dayMs).toISOString().slice(0, 10));

  it('ends with the last day of 2031', () => assert.equal(days.at(-1), '2031-12-31'));

  for (const time of ['08:59', '09:00', '12:00', '17:29', '17:30', '17:31'])
    it(`agrees with the page at ${time}, before the window, in it, on its last day and after it`, () => {
      for (const on of days)
        for (const left of [-400, -90, -1, 0, 1, 5, 30, 88, 89, 90, 91, 92, 93, 200]) {
          const expiresOn = new Date(Date.parse(`${on}T00:00Z`) + left * dayMs).toISOString().slice(0, 10);
          const world = { today: '2025-12-31' as PlainDate, time: '10:00' as ClockTime, calendar, terms };
          const facts = visitFacts(expiresOn as PlainDate, `${on}T${time}` as `${PlainDate}T${ClockTime}`, world);
          const label = `${on} ${time}, ends on ${expiresOn}`;
          if (isTooEarly(on, expiresOn)) assert.equal(facts.plan, 'too-early', label);
          else if (!isOpen(on, '12:00')) assert.equal(facts.plan, 'closed', label);
          else if (!isOpen(on, time)) assert.equal(facts.plan, 'outside-hours', label);
          else {
            const isRenewal = on <= expiresOn;
            const wanted = { plan: 'possible', as: isRenewal ? 'renewal' : 'issue', ...table(isRenewal, on, time) };
            const got = {
              plan: facts.plan,
              as: facts.planAs,
              konbini: facts.planKonbiniFrom,
              insurance: facts.planInsuranceFrom,
              account: facts.planAccountFrom,
              unregistered: facts.planAccountUnregisteredFrom,
            };
            assert.deepEqual(got, wanted, label);
          }
        }
    }).timeout(20_000);
});
