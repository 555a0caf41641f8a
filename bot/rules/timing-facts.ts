/** What follows from a certificate's expiry on a given day: the window, the open days in it, and when services work after a visit. */
import { closesAt, counterAt, firstOpenDayFrom, lastOpenDayUntil, opensAt } from './calendar.ts';
import { addDays, addMonthsClamped, dayOf, daysBetween, type Moment, moment, type PlainDate } from './dates.ts';
import { insuranceRegistrationStops, insuranceUsableUntil } from './insurance.ts';
import { servicesAfter } from './lead-times.ts';
import { renewableFrom, statusOn } from './renewal.ts';
import { type RenewalTerms, windowOn } from './renewal-terms.ts';
import type { FactKind, Facts, RuleWorld } from './rule.ts';

export const timingKinds: Readonly<Record<string, FactKind>> = {
  status: ['too-early', 'renewable', 'expired', 'unknown'],
  expiresOn: 'date',
  renewableFrom: 'date',
  windowMonths: 'number',
  monthsBefore: 'date',
  countsThatDay: ['yes', 'no'],
  daysLeft: 'number',
  daysPast: 'number',
  expiresToday: ['yes', 'no'],
  firstOpenDay: 'date',
  lastOpenDay: 'date',
  lastOpenDayCloses: 'time',
  firstDayIsOpen: ['yes', 'no'],
  lastDayIsOpen: ['yes', 'no'],
  inTime: ['yes', 'no'],
  monthLeftOn: 'date',
  lastWeekOn: 'date',
  visitSoon: ['yes', 'no'],
  visitAs: ['renewal', 'issue'],
  visitOn: 'date',
  visitAt: 'moment',
  konbiniFrom: 'date',
  insuranceFrom: 'moment',
  accountFrom: 'moment',
  accountUnregisteredFrom: 'date',
  insurance: ['unaffected', 'registration-stops', 'grace', 'ended'],
  insuranceUsableUntil: 'date',
};

export function timingFacts(expiresOn: PlainDate, world: RuleWorld<RenewalTerms>): Facts {
  const { today, calendar, terms } = world;
  const window = windowOn(terms, today);
  const from = renewableFrom(expiresOn, window);
  const status = statusOn(today, expiresOn, window);
  const daysLeft = daysBetween(today, expiresOn);
  const firstOpenDay = firstOpenDayFrom(calendar, from);
  const lastOpenDay = lastOpenDayUntil(calendar, expiresOn);
  const visit = nextVisit(from, world);
  // A visit after the expiry is 「発行」 by the city's table, and its lead times differ from 「更新」.
  const visitAs = dayOf(visit) > expiresOn ? 'issue' : 'renewal';
  return {
    status,
    expiresOn,
    renewableFrom: from,
    windowMonths: window.months,
    countsThatDay: window.countsThatDay ? 'yes' : 'no',
    monthsBefore: addMonthsClamped(expiresOn, -window.months),
    daysLeft,
    ...(status === 'expired' && { daysPast: -daysLeft }),
    expiresToday: daysLeft === 0 ? 'yes' : 'no',
    firstOpenDay,
    lastOpenDay,
    lastOpenDayCloses: closesAt(calendar, lastOpenDay),
    firstDayIsOpen: firstOpenDay === from ? 'yes' : 'no',
    lastDayIsOpen: lastOpenDay === expiresOn ? 'yes' : 'no',
    inTime: visitAs === 'renewal' ? 'yes' : 'no',
    // The first open days of the last month and of the last week in which the counter is open.
    monthLeftOn: firstOpenDayFrom(calendar, addMonthsClamped(expiresOn, -1)),
    lastWeekOn: firstOpenDayFrom(calendar, addDays(lastOpenDay, -6)),
    visitSoon: daysBetween(today, from) <= terms.soonDays ? 'yes' : 'no',
    visitAs,
    visitOn: dayOf(visit),
    visitAt: visit,
    ...servicesAfter(visit, terms.leadTimes[visitAs]),
    ...insuranceFacts(expiresOn, world),
  };
}

/** The next moment at which the counter can deal with it: now, or the next opening in the window. */
function nextVisit(from: PlainDate, { today, time, calendar }: RuleWorld<RenewalTerms>): Moment {
  if (from > today) {
    const on = firstOpenDayFrom(calendar, from);
    return moment(on, opensAt(calendar, on));
  }
  const counter = counterAt(calendar, today, time);
  if (counter.kind === 'open') return moment(today, time);
  return counter.kind === 'opens-today' ? moment(today, counter.at) : moment(counter.nextOn, counter.nextAt);
}

function insuranceFacts(expiresOn: PlainDate, { today, terms }: RuleWorld<RenewalTerms>): Facts {
  const usableUntil = insuranceUsableUntil(expiresOn, terms.insurance);
  if (today > usableUntil) return { insurance: 'ended', insuranceUsableUntil: usableUntil };
  if (today > expiresOn) return { insurance: 'grace', insuranceUsableUntil: usableUntil };
  const stops = insuranceRegistrationStops(today, expiresOn, terms.insurance);
  return { insurance: stops ? 'registration-stops' : 'unaffected', insuranceUsableUntil: usableUntil };
}
