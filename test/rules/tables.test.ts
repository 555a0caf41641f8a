/** Every case of the tables beside this file. A table names its rule; a case's `out` is what the rule gives for the rest of it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  counterAt,
  firstOpenDayFrom,
  isOpenOn,
  lastOpenDayUntil,
  type OfficeCalendar,
} from '../../bot/rules/calendar.ts';
import { cardholderAt, firstCertificateExpiry, isMinorsCard } from '../../bot/rules/card.ts';
import type { ClockTime, Moment, PlainDate } from '../../bot/rules/dates.ts';
import { type DayReading, readDay } from '../../bot/rules/day-words.ts';
import { insuranceRegistrationStops, insuranceUsableUntil } from '../../bot/rules/insurance.ts';
import { type LeadTimes, worksFrom } from '../../bot/rules/lead-times.ts';
import { needFacts } from '../../bot/rules/need-facts.ts';
import {
  certificateExpiry,
  expiryIfHandedOver,
  renewableFrom,
  sixthBirthdayMatters,
  statusOn,
} from '../../bot/rules/renewal.ts';
import { type Plan, visitFacts } from '../../bot/rules/visit-facts.ts';
import { type DateReading, readDate } from '../../bot/rules/wareki.ts';
import { readTerms } from '../support/terms.ts';

interface Case {
  readonly [name: string]: string | boolean | undefined;
  readonly out?: string | boolean;
  readonly because?: string;
}

const { calendar, terms } = readTerms();
const day = (value: unknown) => value as PlainDate;
const three = { months: 3, countsThatDay: false };

const rules: Readonly<Record<string, (given: Case) => unknown>> = {
  certificateExpiry: ({ birthday, issuedOn, renewedEarly, cardExpiresOn }) =>
    certificateExpiry({
      birthday: day(birthday),
      issuedOn: day(issuedOn),
      renewedEarly: renewedEarly === true,
      ...(cardExpiresOn !== undefined && { cardExpiresOn: day(cardExpiresOn) }),
    }),
  renewableFrom: ({ expiresOn, countsThatDay }) =>
    renewableFrom(day(expiresOn), { months: 3, countsThatDay: countsThatDay === true }),
  statusOn: ({ today, expiresOn }) => statusOn(day(today), day(expiresOn), three),
  sixthBirthdayMatters: ({ birthday, issuedOn }) =>
    sixthBirthdayMatters({ birthday: day(birthday), issuedOn: day(issuedOn) }, three, terms.firstIssuedOn),
  cardholderAt: ({ birthday, cardExpiresOn }) => cardholderAt(day(cardExpiresOn), day(birthday)) ?? 'none',
  isMinorsCard: ({ birthday, madeOn }) => isMinorsCard(day(birthday), day(madeOn)),
  firstCertificateExpiry: ({ birthday, cardExpiresOn }) =>
    firstCertificateExpiry(day(cardExpiresOn), birthday === undefined ? undefined : day(birthday)),
  expiryIfHandedOver: ({ birthday, issuedOn }) =>
    expiryIfHandedOver({ birthday: day(birthday), issuedOn: day(issuedOn) }, terms.handoverDays) ?? 'none',
  insurance: ({ today, expiresOn }) => ({
    stops: insuranceRegistrationStops(day(today), day(expiresOn), terms.insurance),
    usableUntil: insuranceUsableUntil(day(expiresOn), terms.insurance),
  }),
  openDays: ({ expiresOn }) => ({
    first: firstOpenDayFrom(calendar, renewableFrom(day(expiresOn), three)),
    last: lastOpenDayUntil(calendar, day(expiresOn)),
  }),
  isOpenOn: ({ on, extra, closed }) => isOpenOn(withExceptions(extra, closed), day(on)),
  counterAt: ({ on, time }) => {
    const counter = counterAt(calendar, day(on), time as ClockTime);
    if (counter.kind === 'open') return `open until ${counter.until}`;
    return counter.kind === 'opens-today'
      ? `opens today at ${counter.at}`
      : `closed until ${counter.nextOn} ${counter.nextAt}`;
  },
  worksFrom: ({ visit, row, service }) => {
    const cell = (terms.leadTimes as Readonly<Record<string, LeadTimes>>)[String(row)]?.[String(service)];
    assert.ok(cell, `the table has a cell ${row}/${service}`);
    return worksFrom(cell, visit as Moment);
  },
  plan: (given) => {
    const { expiresOn = '2026-03-03', today = '2026-01-14', time = '10:00', extra, closed, plan } = given;
    // 'closed' names why the counter is closed, or the day on which it is for once.
    const world = worldAt(
      { today: day(today), time: time as ClockTime },
      extra,
      day(closed)?.startsWith('20') && closed,
    );
    const facts = visitFacts(day(expiresOn), plan as Plan, world);
    const wanted = {
      is: facts.plan,
      as: facts.planAs,
      at: facts.planAt,
      late: facts.planLate,
      closed: closed === undefined || String(closed).startsWith('20') ? closed : facts.planClosed,
      'closed-why': facts.planClosed,
      konbini: facts.planKonbiniFrom,
      insurance: facts.planInsuranceFrom,
      account: facts.planAccountFrom,
      unregistered: facts.planAccountUnregisteredFrom,
      next: facts.openDay1,
    };
    return Object.fromEntries(Object.entries(wanted).filter(([name]) => name in given));
  },
  // Who plans nothing could come now.
  need: ({ expiresOn = '2026-03-03', time = '10:00', service, visit, on, ...given }) => {
    const now = { today: day('2026-02-02'), time: time as ClockTime };
    const world = worldAt(now);
    const facts = needFacts(
      { service: String(service), on: on as Plan },
      {
        visit: { at: (visit ?? `${now.today}T${now.time}`) as Moment, isPlanned: visit !== undefined },
        expiresOn: day(expiresOn),
      },
      world,
    );
    const wanted = { inTime: facts.needInTime, from: facts.needFrom, until: facts.needVisitUntil ?? 'none' };
    return Object.fromEntries(Object.entries(wanted).filter(([name]) => name in given));
  },
  readDate: ({ text }) => shown(readDate(String(text))),
  readDay: ({ text, today, dayFirst }) =>
    shownDay(readDay(String(text), day(today), { isDayFirst: dayFirst === true })),
};

const folder = new URL('.', import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const table = parse(readFileSync(new URL(file, folder), 'utf8')) as {
    rule: string;
    clauses: { clause: string; cases: Case[] }[];
  };
  describe(`${table.rule} (${file})`, () => {
    for (const { clause, cases } of table.clauses) {
      describe(clause, () => {
        for (const each of cases) {
          const { out, because, source, ...given } = each;
          it(`${Object.values(given).join(' · ')}${out === undefined ? '' : ` → ${out}`}${because ? ` (${because})` : ''}`, () => {
            const result = rules[table.rule]?.(each);
            if (out !== undefined) return assert.equal(result, out);
            assert.equal(typeof result, 'object', 'a case without `out` names what the rule gives');
            for (const [name, value] of Object.entries(result as object)) assert.equal(value, each[name], name);
          });
        }
      });
    }
  });
}

function worldAt(now: { today: PlainDate; time: ClockTime }, extra?: unknown, closed?: unknown) {
  return { ...now, terms, calendar: withExceptions(extra, closed) };
}

function withExceptions(extra: unknown, closed: unknown): OfficeCalendar {
  return {
    ...calendar,
    extraOpenings: extra ? [{ on: day(extra), hours: [{ opens: '09:00', closes: '12:00' }] }] : [],
    closures: closed ? [{ from: day(closed), until: day(closed) }] : [],
  };
}

function shown(reading: DateReading): string {
  switch (reading.kind) {
    case 'date':
      if (!reading.isBare) return `${reading.on} among words`;
      return reading.respelt ? `${reading.on} respelt` : reading.on;
    case 'which':
      return `which ${reading.among.join(' ')}`;
    case 'two-dates':
      return `two-dates ${reading.on.join(' ')}`;
    case 'month-day':
      return `month-day ${reading.month}-${reading.day}`;
    default:
      return reading.kind;
  }
}

function shownDay(reading: DayReading): string {
  const time =
    'time' in reading && reading.time ? ` ${'at' in reading.time ? reading.time.at : reading.time.part}` : '';
  switch (reading.kind) {
    case 'span':
      return (reading.from === reading.until ? reading.from : `${reading.from}..${reading.until}`) + time;
    case 'which':
      return `which ${reading.among.join(' ')}${time}`;
    case 'past':
      return `past ${reading.on}`;
    default:
      return reading.kind;
  }
}
