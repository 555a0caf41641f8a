/**
 * Calendar dates and clock times as plain strings. The only place that touches dayjs.
 *
 * A PlainDate has no time zone and no clock, so `<` compares and `===` equals. A date becomes a moment only
 * through an office's hours; "today" is worked out once a turn (`localNow`) and passed on as a value.
 * Days and months are counted on the digits: a turn asks a hundred times, and dayjs, which knows the time zones, would take most of it
 * (4 µs a month; `test/rules/properties.test.ts` has it judge every result).
 */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** 'YYYY-MM-DD', a day that exists in the Gregorian calendar. */
export type PlainDate = `${number}-${number}-${number}`;
/** 'HH:mm', 24 hours. */
export type ClockTime = `${number}:${number}`;
/** 'YYYY-MM-DDTHH:mm' on the office's clock. */
export type Moment = `${PlainDate}T${ClockTime}`;

/** The day, or undefined when the calendar has no such day (2001-02-29, month 13). */
export function plainDate(year: number, month: number, day: number): PlainDate | undefined {
  const text = written(year, month, day);
  return isPlainDate(text) ? text : undefined;
}

/** True for 'YYYY-MM-DD' naming a day that exists, from the year 1000 on. */
export function isPlainDate(text: unknown): text is PlainDate {
  if (typeof text !== 'string' || text.length !== 10 || !dateForm.test(text)) return false;
  const { year, month, day } = partsOf(text as PlainDate);
  // Years of fewer digits are misreadings: JavaScript itself takes them for years of the last century.
  return year >= 1000 && day >= 1 && day <= daysIn(year, month);
}

/** True for 'YYYY-MM-DDTHH:mm' with a day that exists. */
export function isMoment(text: unknown): text is Moment {
  return typeof text === 'string' && text[10] === 'T' && isPlainDate(text.slice(0, 10)) && isClockTime(text.slice(11));
}

/** True for 'HH:mm' between 00:00 and 23:59. */
export function isClockTime(text: unknown): text is ClockTime {
  return typeof text === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function partsOf(on: PlainDate): { year: number; month: number; day: number } {
  return { year: twoDigits(on, 0) * 100 + twoDigits(on, 2), month: twoDigits(on, 5), day: twoDigits(on, 8) };
}

export function addDays(on: PlainDate, days: number): PlainDate {
  return dayAt(utcOf(on) + days * dayMs);
}

/** Calendar months later (or earlier); a day the month does not have becomes the month's last: 05-30 − 3 → 02-28. */
export function addMonthsClamped(on: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(on);
  const count = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return written(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth)));
}

export function endOfMonth(on: PlainDate): PlainDate {
  const { year, month } = partsOf(on);
  return written(year, month, daysIn(year, month));
}

/** Days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (utcOf(to) - utcOf(from)) / dayMs;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(on: PlainDate): number {
  return new Date(utcOf(on)).getUTCDay();
}

/** What the wall calendar and the clock of `zone` show at an instant. */
export function localNow(at: Date, zone: string): { today: PlainDate; time: ClockTime } {
  const local = dayjs(at).tz(zone);
  return { today: local.format('YYYY-MM-DD') as PlainDate, time: local.format('HH:mm') as ClockTime };
}

export function moment(on: PlainDate, at: ClockTime): Moment {
  return `${on}T${at}`;
}

export function addHours(from: Moment, hours: number): Moment {
  const minutes = minutesOf(from) + Math.round(hours * 60);
  const days = Math.floor(minutes / dayMinutes);
  const rest = minutes - days * dayMinutes;
  return moment(addDays(dayOf(from), days), `${two(Math.floor(rest / 60))}:${two(rest % 60)}` as ClockTime);
}

export function minutesBetween(from: Moment, to: Moment): number {
  return daysBetween(dayOf(from), dayOf(to)) * dayMinutes + minutesOf(to) - minutesOf(from);
}

/** Of a day, the day itself. */
export function dayOf(at: Moment | PlainDate): PlainDate {
  return at.slice(0, 10) as PlainDate;
}

export function timeOf(at: Moment): ClockTime {
  return at.slice(11) as ClockTime;
}

/** Days have no time zone here, so all of them are equally long. */
const dayMs = 86_400_000;
const dayMinutes = 24 * 60;

const dateForm = /^\d{4}-\d{2}-\d{2}$/;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Minutes since midnight. */
function minutesOf(at: Moment): number {
  return twoDigits(at, 11) * 60 + twoDigits(at, 14);
}

/** 0 for a month that is none. */
function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

function utcOf(on: PlainDate): number {
  const { year, month, day } = partsOf(on);
  return Date.UTC(year, month - 1, day);
}

function dayAt(utcMs: number): PlainDate {
  const at = new Date(utcMs);
  return written(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

function written(year: number, month: number, day: number): PlainDate {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as PlainDate;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The number of the two digits that stand at a place. */
function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}
