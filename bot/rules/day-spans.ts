/** Weeks and months around a day: Monday is the first day of a week. */
import { addDays, endOfMonth, type PlainDate, partsOf, plainDate, weekdayOf } from './dates.ts';

/** What was found: a day, a span of days, days to choose from, or a day that the calendar has not. */
export type Found =
  | PlainDate
  | readonly [from: PlainDate, until: PlainDate]
  | { readonly among: readonly PlainDate[] }
  | 'no-such-day';

export const weekdays = '日月火水木金土';

/** Monday of the week that many weeks on. */
export function monday(today: PlainDate, weeks: number): PlainDate {
  return addDays(today, 7 * weeks - ((weekdayOf(today) + 6) % 7));
}

export function inWeek(today: PlainDate, weeks: number, weekday: number): PlainDate {
  return addDays(monday(today, weeks), (weekday + 6) % 7);
}

/** The next such weekday, today not among them. */
export function coming(today: PlainDate, weekday: number): PlainDate {
  return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
}

export function weekend(today: PlainDate, weeks: number): Found {
  return [inWeek(today, weeks, 6), inWeek(today, weeks, 0)];
}

export function partOfWeek(today: PlainDate, weeks: number, part: string): Found {
  const from = monday(today, weeks);
  if (/末/.test(part)) return weekend(today, weeks);
  if (/頭|初|はじめ|あたま/.test(part)) return [from, addDays(from, 1)];
  if (/前半/.test(part)) return [from, addDays(from, 2)];
  if (/半ば|なかば|中頃|中ごろ/.test(part)) return [addDays(from, 1), addDays(from, 3)];
  if (/後半/.test(part)) return [addDays(from, 2), addDays(from, 4)];
  return [from, addDays(from, 4)];
}

export function firstOf(on: PlainDate): PlainDate {
  return addDays(on, 1 - partsOf(on).day);
}

export function dayOfMonth(month: PlainDate, day: number): Found {
  const { year, month: number } = partsOf(month);
  return plainDate(year, number, day) ?? 'no-such-day';
}

/** The nth such weekday of a month; the fifth need not exist. */
export function nthWeekday(month: PlainDate, nth: number, weekday: number): Found {
  const first = firstOf(month);
  const on = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
  return on <= endOfMonth(first) ? on : 'no-such-day';
}

export function partOfMonth(month: PlainDate, part: string): Found {
  const [first, last] = [firstOf(month), endOfMonth(month)];
  if (/末|まつ|終|おわり/.test(part)) return [addDays(last, -6), last];
  if (/頭|初|はじめ|あたま/.test(part)) return [first, addDays(first, 6)];
  if (/上旬/.test(part)) return [first, addDays(first, 9)];
  if (/中旬|半ば|なかば|中頃|中ごろ/.test(part)) return [addDays(first, 10), addDays(first, 19)];
  if (/下旬|後半/.test(part)) return [addDays(first, 20), last];
  if (/前半/.test(part)) return [first, addDays(first, 14)];
  return [first, last];
}

/** That month and day, this year or, once it is over, the next. */
export function monthDay(today: PlainDate, month: number, day: number): Found {
  const { year } = partsOf(today);
  const [now, next] = [plainDate(year, month, day), plainDate(year + 1, month, day)];
  if (now && now >= today) return now;
  return next ?? 'no-such-day';
}

/** A month by its number: this year's or, once it is over, the next. */
export function numberedMonth(today: PlainDate, month: number): PlainDate | undefined {
  const { year, month: current } = partsOf(today);
  return plainDate(month >= current ? year : year + 1, month, 1);
}
