/**
 * When the counter is open: weekdays, national holidays, the turn of the year, and what staff add or take away.
 *
 * National holidays (国民の祝日に関する法律, with 振替休日 of 第3条第2項 and 国民の休日 of 第3条第3項) come from
 * `@holiday-jp/holiday_jp`, which is checked against the Cabinet Office's list; everything else is a value from `content/`.
 */
import holidayJp from '@holiday-jp/holiday_jp';
import { addDays, type ClockTime, minutesBetween, moment, type PlainDate, weekdayOf } from './dates.ts';

export interface Period {
  readonly opens: ClockTime;
  readonly closes: ClockTime;
}

/** An office's calendar. Dated entries hold from their day until the next entry begins. */
export interface OfficeCalendar {
  readonly regular: readonly {
    readonly from: PlainDate;
    readonly weekdays: readonly number[];
    readonly hours: readonly Period[];
  }[];
  readonly closedOnNationalHolidays: boolean;
  /** 'MM-DD', both ends included; may run over the turn of the year. */
  readonly closedEachYear: readonly { readonly from: string; readonly until: string }[];
  /** Closed although the rules above say open. */
  readonly closures: readonly { readonly from: PlainDate; readonly until: PlainDate }[];
  /** Open although the rules above say closed (臨時窓口). */
  readonly extraOpenings: readonly { readonly on: PlainDate; readonly hours: readonly Period[] }[];
}

export type CounterState =
  | { readonly kind: 'open'; readonly until: ClockTime }
  | { readonly kind: 'opens-today'; readonly at: ClockTime }
  | { readonly kind: 'closed'; readonly nextOn: PlainDate; readonly nextAt: ClockTime };

/** The name of the national holiday, or undefined. Known from 1970 to 2050. */
export function nationalHoliday(on: PlainDate): string | undefined {
  return holidays.get(on);
}

/** What decides about a day, and the hours that come of it, earliest first; none when closed. */
export interface OfficeDay {
  readonly why: 'closure' | 'extra-opening' | 'national-holiday' | 'closed-each-year' | 'regular';
  readonly hours: readonly Period[];
}

/** A closure beats an extra opening, and both beat the rules. */
export function officeDay(calendar: OfficeCalendar, on: PlainDate): OfficeDay {
  if (calendar.closures.some((closure) => closure.from <= on && on <= closure.until))
    return { why: 'closure', hours: [] };
  const extra = calendar.extraOpenings.find((opening) => opening.on === on);
  if (extra) return { why: 'extra-opening', hours: extra.hours };
  if (calendar.closedOnNationalHolidays && nationalHoliday(on)) return { why: 'national-holiday', hours: [] };
  if (calendar.closedEachYear.some((span) => liesInYearlySpan(on, span))) return { why: 'closed-each-year', hours: [] };
  const regular = calendar.regular.findLast((hours) => hours.from <= on) ?? calendar.regular[0];
  return { why: 'regular', hours: regular?.weekdays.includes(weekdayOf(on)) ? regular.hours : [] };
}

function hoursOn(calendar: OfficeCalendar, on: PlainDate): readonly Period[] {
  return officeDay(calendar, on).hours;
}

export function isOpenOn(calendar: OfficeCalendar, on: PlainDate): boolean {
  return hoursOn(calendar, on).length > 0;
}

/** The first open day on or after a day. */
export function firstOpenDayFrom(calendar: OfficeCalendar, from: PlainDate): PlainDate {
  return seekOpenDay(calendar, from, 1);
}

/** So many open days, the first on or after a day. */
export function openDaysFrom(calendar: OfficeCalendar, from: PlainDate, count: number): PlainDate[] {
  const days: PlainDate[] = [];
  for (let next = from; days.length < count; ) {
    const on = firstOpenDayFrom(calendar, next);
    days.push(on);
    next = addDays(on, 1);
  }
  return days;
}

/** The last open day on or before a day. */
export function lastOpenDayUntil(calendar: OfficeCalendar, until: PlainDate): PlainDate {
  return seekOpenDay(calendar, until, -1);
}

/** Open now and until when, opening later today, or closed with the next opening. At the closing minute it is closed. */
export function counterAt(calendar: OfficeCalendar, on: PlainDate, time: ClockTime): CounterState {
  const hours = hoursOn(calendar, on);
  const now = hours.find((period) => period.opens <= time && time < period.closes);
  if (now) return { kind: 'open', until: now.closes };
  const later = hours.find((period) => time < period.opens);
  if (later) return { kind: 'opens-today', at: later.opens };
  const nextOn = firstOpenDayFrom(calendar, addDays(on, 1));
  return { kind: 'closed', nextOn, nextAt: opensAt(calendar, nextOn) };
}

/** Whether it is open now and has been for so many minutes without a break. */
export function isOpenSince(
  calendar: OfficeCalendar,
  { today, time }: { today: PlainDate; time: ClockTime },
  minutes: number,
): boolean {
  const now = hoursOn(calendar, today).find((period) => period.opens <= time && time < period.closes);
  return now !== undefined && minutesBetween(moment(today, now.opens), moment(today, time)) >= minutes;
}

/** When the counter opens on an open day. */
export function opensAt(calendar: OfficeCalendar, on: PlainDate): ClockTime {
  const [first] = hoursOn(calendar, on);
  if (!first) throw new Error('the counter is closed on that day: ask for an open day first');
  return first.opens;
}

/** When the counter closes on an open day. */
export function closesAt(calendar: OfficeCalendar, on: PlainDate): ClockTime {
  const last = hoursOn(calendar, on).at(-1);
  if (!last) throw new Error('the counter is closed on that day: ask for an open day first');
  return last.closes;
}

/** The last one that is known: after it none is taken for one. */
export const holidaysKnownUntil = Object.values(holidayJp.holidays)
  .map(({ date }) => date)
  .sort()
  .at(-1) as PlainDate;

const holidays: ReadonlyMap<string, string> = new Map(
  Object.values(holidayJp.holidays).map((holiday) => [holiday.date, holiday.name]),
);

const longestClosureDays = 366;

function seekOpenDay(calendar: OfficeCalendar, start: PlainDate, step: 1 | -1): PlainDate {
  let on = start;
  for (let tried = 0; tried <= longestClosureDays; tried += 1, on = addDays(on, step)) {
    if (isOpenOn(calendar, on)) return on;
  }
  // Without the day: it may be a resident's, and errors are logged.
  throw new Error("no open day within a year: the office's calendar in content/ cannot be right");
}

function liesInYearlySpan(on: PlainDate, { from, until }: { from: string; until: string }): boolean {
  const monthDay = on.slice(5);
  return from <= until ? from <= monthDay && monthDay <= until : monthDay >= from || monthDay <= until;
}
