/** Facts as people read them, in each language: 「2026年（令和8年）3月3日（火）」, "Tuesday, March 3, 2026", "9:00". */
import { isClockTime, isPlainDate, type PlainDate, partsOf, weekdayOf } from '../rules/dates.ts';
import { eraYearOf } from '../rules/eras.ts';

/** The formats a placeholder may name for a date; without one it is `full`. */
export const dateFormats = ['full', 'no-weekday', 'short', 'brief', 'month-day', 'year', 'era'] as const;
type DateFormat = (typeof dateFormats)[number];

/** How a language writes dates and moments. */
export interface DateWriter {
  /** 3/4/1980 is the third of April. */
  readonly isDayFirst: boolean;
  date(on: PlainDate, format: DateFormat): string;
  moment(on: PlainDate, at: string): string;
}

/** Years of the era stand in Japanese only; every other language is written as its speakers do (CLDR), year first or last. */
export function dateWriter(language: string): DateWriter {
  const writer = writers.get(language) ?? internationalWriter(language);
  writers.set(language, writer);
  return writer;
}

/** A fact's value in words: dates with their weekday, moments with the time, everything else as it stands. */
export function formatFact(value: string | number, dates: DateWriter, format = 'full'): string {
  if (typeof value === 'number') return String(value);
  if (isPlainDate(value)) return dates.date(value, knownFormat(format));
  if (isClockTime(value)) return formatTime(value);
  const [on, at] = value.split('T');
  return isPlainDate(on) && isClockTime(at) ? dates.moment(on, formatTime(at)) : value;
}

const weekdays = ['日', '月', '火', '水', '木', '金', '土'];

const japaneseForms: Readonly<Record<DateFormat, (on: PlainDate) => string>> = {
  /** 2026年（令和8年）3月3日（火） */
  full: (on) => `${japaneseForms.year(on)}${japaneseForms.short(on)}`,
  /** 2026年（令和8年）3月3日 */
  'no-weekday': (on) => `${japaneseForms.year(on)}${monthDay(on)}`,
  /** 3月3日（火） */
  short: (on) => `${monthDay(on)}（${weekdays[weekdayOf(on)]}）`,
  /** On buttons, where there is room for 20 characters. */
  brief: (on) => japaneseForms.short(on),
  /** 3月3日 */
  'month-day': monthDay,
  /** 2026年（令和8年） */
  year: (on) => `${partsOf(on).year}年（${eraYearOf(on)}）`,
  /** 令和8年3月3日 */
  era: (on) => `${eraYearOf(on)}${monthDay(on)}`,
};

/** 「1月15日（木）9:00」 */
const japanese: DateWriter = {
  isDayFirst: false,
  date: (on, format) => japaneseForms[format](on),
  moment: (on, at) => `${japaneseForms.short(on)}${at}`,
};

/** Made once: Intl takes longer over it than a whole reading of the files takes otherwise. */
const writers = new Map<string, DateWriter>([['ja', japanese]]);

const monthAndDay = { month: 'long', day: 'numeric' } as const;
const fields: Readonly<Record<DateFormat, Intl.DateTimeFormatOptions>> = {
  full: { year: 'numeric', ...monthAndDay, weekday: 'long' },
  'no-weekday': { year: 'numeric', ...monthAndDay },
  short: { ...monthAndDay, weekday: 'long' },
  brief: { month: 'short', day: 'numeric', weekday: 'short' },
  'month-day': monthAndDay,
  year: { year: 'numeric' },
  era: { year: 'numeric', ...monthAndDay },
};

function internationalWriter(language: string): DateWriter {
  const inLanguage = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, calendar: 'gregory', timeZone: 'UTC' });
  const order = inLanguage({ dateStyle: 'short' }).formatToParts(new Date(0));
  const place = (type: string) => order.findIndex((part) => part.type === type);
  const days = new Map(dateFormats.map((format) => [format, inLanguage(fields[format])]));
  const isYearFirst = place('year') < place('month');
  const weekday = inLanguage({ weekday: 'long' });
  const moments = inLanguage({ ...fields.short, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });

  /** 「3月3日（星期二）」: beside a date of numbers the day of the week is read better in brackets. */
  function inBrackets(at: Date, format: DateFormat): string {
    const plain = days.get(format === 'full' ? 'no-weekday' : 'month-day')?.format(at) ?? '';
    return language === 'ko' ? `${plain}(${weekday.format(at)})` : `${plain}（${weekday.format(at)}）`;
  }

  function date(on: PlainDate, format: DateFormat): string {
    const at = new Date(`${on}T00:00Z`);
    const hasWeekday = format === 'full' || format === 'short';
    return isYearFirst && hasWeekday ? inBrackets(at, format) : (days.get(format)?.format(at) ?? on);
  }

  return {
    isDayFirst: place('day') < place('month'),
    date,
    moment: (on, at) =>
      isYearFirst ? `${date(on, 'short')} ${at}` : moments.format(new Date(`${on}T${at.padStart(5, '0')}Z`)),
  };
}

function monthDay(on: PlainDate): string {
  const { month, day } = partsOf(on);
  return `${month}月${day}日`;
}

function formatTime(time: string): string {
  return time.replace(/^0/, '');
}

function knownFormat(format: string): DateFormat {
  const known = dateFormats.find((each) => each === format);
  if (!known)
    throw new Error(`no date format ${format}: the check of content/ lets none through but ${dateFormats.join(', ')}`);
  return known;
}
