/**
 * Days as people name them when they plan: 「来週の火曜」「再来週の金曜の朝」「今月末」「お盆明け」 "next Friday". Pure: today is a parameter, weeks begin on
 * Monday. What is named is a span of days (one day, mostly) and perhaps a time of it (`day-times.ts`); it is always read back with the weekday.
 */
import { addDays, type PlainDate } from './dates.ts';
import { dayRules } from './day-rules.ts';
import type { Found } from './day-spans.ts';
import { type TimeOfDay, takeTime } from './day-times.ts';
import { inJapanese } from './day-translations.ts';
import { readDate } from './wareki.ts';
import { toHiragana, withArabicNumerals } from './wareki-text.ts';

export type DayReading =
  | { readonly kind: 'span'; readonly from: PlainDate; readonly until: PlainDate; readonly time: TimeOfDay | undefined }
  /** Could be either: 「火曜」 on a Tuesday, "next Friday" on a Monday. */
  | { readonly kind: 'which'; readonly among: readonly PlainDate[]; readonly time: TimeOfDay | undefined }
  | { readonly kind: 'past'; readonly on: PlainDate }
  | { readonly kind: 'no-such-day' }
  | { readonly kind: 'not-a-day' };

/**
 * `isDayFirst`: 10/12 is the tenth of December.
 * @example readDay('再来週の金曜の朝', '2026-11-25') // { kind: 'span', from: '2026-12-11', until: '2026-12-11', time: { part: 'morning' } }
 */
export function readDay(text: string, today: PlainDate, { isDayFirst = false } = {}): DayReading {
  const { time, rest } = takeTime(foldedDay(text, isDayFirst));
  // 「日曜以外」 names a day that it is not.
  if (rest.includes('以外')) return { kind: 'not-a-day' };
  const [, limit, isBefore] = /^(.+?)(?:までに|までの間に?|(より前|以前))/.exec(rest) ?? [];
  if (limit !== undefined)
    return untilThen(readDay(limit, today, { isDayFirst }), { today, time, isBefore: isBefore !== undefined });
  const whole = readDate(rest);
  if (whole.kind === 'date') return readingOf(whole.on, time, today);
  for (const [pattern, find] of dayRules) {
    const match = pattern.exec(rest);
    const found = match && find(match, today);
    if (found) return readingOf(found, time, today);
  }
  return whole.kind === 'no-such-day' ? { kind: 'no-such-day' } : { kind: 'not-a-day' };
}

/** 「20日までに」「4日より前に」 */
function untilThen(
  limit: DayReading,
  { today, time, isBefore }: { today: PlainDate; time: TimeOfDay | undefined; isBefore: boolean },
): DayReading {
  if (limit.kind !== 'span') return limit;
  const until = isBefore ? addDays(limit.from, -1) : limit.until;
  return until < today ? { kind: 'past', on: until } : { kind: 'span', from: today, until, time };
}

/** A time of day alone: 「3時ごろ」「夕方」. */
export function readTime(text: string): TimeOfDay | undefined {
  return takeTime(foldedDay(text, false)).time;
}

function foldedDay(text: string, isDayFirst: boolean): string {
  const inOurWords = inJapanese(text.normalize('NFKC').toLowerCase(), { isDayFirst });
  return withArabicNumerals(toHiragana(inOurWords)).trim();
}

function readingOf(found: Found, time: TimeOfDay | undefined, today: PlainDate): DayReading {
  if (found === 'no-such-day') return { kind: 'no-such-day' };
  if (typeof found === 'object' && 'among' in found) return { kind: 'which', among: found.among, time };
  const [from, until] = typeof found === 'string' ? [found, found] : found;
  if (until < today) return { kind: 'past', on: until };
  return { kind: 'span', from: from < today ? today : from, until, time };
}
