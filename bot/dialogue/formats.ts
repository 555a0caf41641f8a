/** Facts as people read them: 「2026年（令和8年）3月3日（火）」「9:00」. */
import { isClockTime, isPlainDate, type PlainDate, partsOf, weekdayOf } from '../rules/dates.ts';
import { eraYearOf } from '../rules/eras.ts';

type DateFormat = (on: PlainDate) => string;

const weekdays = ['日', '月', '火', '水', '木', '金', '土'];

/** The formats a placeholder may name for a date; without one it is `full`. */
export const dateFormats: Readonly<Record<string, DateFormat>> = {
  /** 2026年（令和8年）3月3日（火） */
  full: (on) => `${dateFormats.year?.(on)}${dateFormats.short?.(on)}`,
  /** 2026年（令和8年）3月3日 */
  'no-weekday': (on) => `${dateFormats.year?.(on)}${monthDay(on)}`,
  /** 3月3日（火） */
  short: (on) => `${monthDay(on)}（${weekdays[weekdayOf(on)]}）`,
  /** 3月3日 */
  'month-day': monthDay,
  /** 2026年（令和8年） */
  year: (on) => `${partsOf(on).year}年（${eraYearOf(on)}）`,
  /** 令和8年3月3日 */
  era: (on) => `${eraYearOf(on)}${monthDay(on)}`,
};

/** A fact's value in words: dates with weekday and 和暦, moments as 「1月15日（木）9:00」, everything else as it stands. */
export function formatFact(value: string | number, format = 'full'): string {
  if (typeof value === 'number') return String(value);
  if (isPlainDate(value)) return (dateFormats[format] ?? fail(format))(value);
  if (isClockTime(value)) return formatTime(value);
  const [on, at] = value.split('T');
  if (isPlainDate(on) && isClockTime(at)) return `${dateFormats.short?.(on)}${formatTime(at)}`;
  return value;
}

function monthDay(on: PlainDate): string {
  const { month, day } = partsOf(on);
  return `${month}月${day}日`;
}

function formatTime(time: string): string {
  return time.replace(/^0/, '');
}

function fail(format: string): never {
  throw new Error(
    `no date format ${format}: the check of content/ lets none through but ${Object.keys(dateFormats).join(', ')}`,
  );
}
