/** A visit that the resident plans: whether the counter can deal with it then, as what, and from when each service works again. */
import { counterAt, officeDay, openDaysFrom } from './calendar.ts';
import { addDays, dayOf, isMoment, isPlainDate, type Moment, moment, type PlainDate, timeOf } from './dates.ts';
import { servicesAfter } from './lead-times.ts';
import { renewableFrom } from './renewal.ts';
import { type RenewalTerms, windowOn } from './renewal-terms.ts';
import type { FactKind, Facts, RuleWorld } from './rule.ts';

type World = RuleWorld<RenewalTerms>;

/** A day, or a day and a time. */
export type Plan = PlainDate | Moment;

export function isDay(answer: unknown): answer is Plan {
  return isPlainDate(answer) || isMoment(answer);
}

export const visitKinds: Readonly<Record<string, FactKind>> = {
  plan: ['none', 'possible', 'closed', 'outside-hours', 'too-early'],
  planOn: 'date',
  // Only where it is possible.
  planDay: 'date',
  planHours: ['other-hours', 'time-past', 'day-over'],
  planAt: 'moment',
  planTime: 'time',
  planOpens: 'time',
  planCloses: 'time',
  planClosed: ['closure', 'national-holiday', 'closed-each-year', 'regular'],
  planExtra: ['yes', 'no'],
  planAs: ['renewal', 'issue'],
  planLate: ['yes', 'no'],
  planKonbiniFrom: 'date',
  planInsuranceFrom: 'moment',
  planAccountFrom: 'moment',
  planAccountUnregisteredFrom: 'date',
  openDay1: 'date',
  openDay2: 'date',
  openDay3: 'date',
};

/** How many of the next open days are offered. */
const offeredDays = 3;

export function visitFacts(expiresOn: PlainDate, plan: Plan | undefined, world: World): Facts {
  const from = renewableFrom(expiresOn, windowOn(world.terms, world.today));
  const soonest = later(from, plan === undefined ? world.today : dayOf(plan));
  return {
    ...openDayFacts(soonest, world),
    ...(plan === undefined ? { plan: 'none' } : planFacts(plan, { expiresOn, from }, world)),
  };
}

/** The first days on or after that one on which the counter is, or is still, open. */
export function possibleDays(
  from: PlainDate,
  count: number,
  world: Pick<World, 'today' | 'time' | 'calendar'>,
): PlainDate[] {
  const { today, time, calendar } = world;
  const isOver = counterAt(calendar, today, time).kind === 'closed';
  return openDaysFrom(calendar, later(from, isOver ? addDays(today, 1) : today), count);
}

function openDayFacts(from: PlainDate, world: World): Facts {
  const days = possibleDays(from, offeredDays, world);
  return Object.fromEntries(days.map((on, index) => [`openDay${index + 1}`, on]));
}

function planFacts(plan: Plan, { expiresOn, from }: { expiresOn: PlainDate; from: PlainDate }, world: World): Facts {
  const { calendar, terms } = world;
  const on = dayOf(plan);
  const { why, hours } = officeDay(calendar, on);
  const [first, last] = [hours[0], hours.at(-1)];
  if (on < from) return { plan: 'too-early', planOn: on };
  if (!first || !last) return { plan: 'closed', planOn: on, planClosed: why };
  const day = {
    planOn: on,
    planOpens: first.opens,
    planCloses: last.closes,
    planExtra: why === 'extra-opening' ? 'yes' : 'no',
  };
  const at = isPlainDate(plan) ? soonestAt(on, world) : plan;
  if (at === undefined) return { ...day, plan: 'outside-hours', planHours: 'day-over' };
  if (at < nowOf(world)) return { ...day, plan: 'outside-hours', planHours: 'time-past' };
  if (counterAt(calendar, on, timeOf(at)).kind !== 'open')
    return { ...day, plan: 'outside-hours', planHours: 'other-hours' };
  // 「更新（有効期間内の更新に限る）」; after the expiry it is 「発行」 by the city's table.
  const planAs = on > expiresOn ? 'issue' : 'renewal';
  const services = Object.entries(servicesAfter(at, terms.leadTimes[planAs]));
  return {
    ...day,
    plan: 'possible',
    planDay: on,
    planAt: at,
    planTime: timeOf(at),
    planAs,
    // There would still be a day in time.
    planLate: planAs === 'issue' && lastChance(expiresOn, from, world) ? 'yes' : 'no',
    ...Object.fromEntries(services.map(([name, when]) => [`plan${name[0]?.toUpperCase()}${name.slice(1)}`, when])),
  };
}

/** Whoever names no time comes when it opens; today, now. Undefined: the day is over. */
export function soonestAt(on: PlainDate, world: World): Moment | undefined {
  const { today, time, calendar } = world;
  const counter = counterAt(calendar, on, on === today ? time : '00:00');
  if (counter.kind === 'open') return moment(on, time);
  return counter.kind === 'opens-today' ? moment(on, counter.at) : undefined;
}

/** Whether the counter opens once more before the expiry, in the window. */
function lastChance(expiresOn: PlainDate, from: PlainDate, world: World): boolean {
  const [next] = possibleDays(from, 1, world);
  return next !== undefined && next <= expiresOn;
}

function nowOf({ today, time }: World): Moment {
  return moment(today, time);
}

export function later(one: PlainDate, other: PlainDate): PlainDate {
  return one > other ? one : other;
}
