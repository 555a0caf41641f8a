/**
 * Calendar dates and clock times as plain strings. The only place that touches dayjs.
 *
 * A PlainDate has no time zone and no clock, so `<` compares and `===` equals. A date becomes a moment only
 * through an office's hours; "today" is worked out once a turn (`localNow`) and passed on as a value.
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
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return isPlainDate(text) ? text : undefined;
}

/** True for 'YYYY-MM-DD' naming a day that exists. */
export function isPlainDate(text: unknown): text is PlainDate {
  // Asked of every answer and fact of every turn, so without a dayjs object.
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** True for 'HH:mm' between 00:00 and 23:59. */
export function isClockTime(text: unknown): text is ClockTime {
  return typeof text === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function partsOf(on: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(on.slice(0, 4)), month: Number(on.slice(5, 7)), day: Number(on.slice(8, 10)) };
}

export function addDays(on: PlainDate, days: number): PlainDate {
  return dayAt(Date.parse(on) + days * dayMs);
}

/** Calendar months later (or earlier); a day the month does not have becomes the month's last: 05-30 − 3 → 02-28. */
export function addMonthsClamped(on: PlainDate, months: number): PlainDate {
  return dayAt(dayjs.utc(on).add(months, 'month').valueOf());
}

export function endOfMonth(on: PlainDate): PlainDate {
  return dayAt(dayjs.utc(on).endOf('month').valueOf());
}

/** Days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(on: PlainDate): number {
  return new Date(on).getUTCDay();
}

/** What the wall calendar and the clock of `zone` show at an instant. */
export function localNow(at: Date, zone: string): { today: PlainDate; time: ClockTime } {
  const local = dayjs(at).tz(zone);
  return { today: plain(local), time: local.format('HH:mm') as ClockTime };
}

export function moment(on: PlainDate, at: ClockTime): Moment {
  return `${on}T${at}`;
}

export function addHours(from: Moment, hours: number): Moment {
  return new Date(Date.parse(`${from}Z`) + hours * 3_600_000).toISOString().slice(0, 16) as Moment;
}

export function dayOf(at: Moment): PlainDate {
  return at.slice(0, 10) as PlainDate;
}

/** Days have no time zone here, so all of them are equally long; a hundred times a turn, this is cheaper than a dayjs object. */
const dayMs = 86_400_000;

function dayAt(utcMs: number): PlainDate {
  return new Date(utcMs).toISOString().slice(0, 10) as PlainDate;
}

function plain(day: dayjs.Dayjs): PlainDate {
  return day.format('YYYY-MM-DD') as PlainDate;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
