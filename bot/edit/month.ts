/** A month of the counter, day by day: open or closed, why, and which line of the file says so. */
import type { z } from 'zod';
import type { calendarShape } from '../load/shapes/facts.ts';
import { buildCalendar } from '../load/terms.ts';
import { nationalHoliday, type OfficeDay, officeDay } from '../rules/calendar.ts';
import { addDays, isPlainDate, type PlainDate, weekdayOf } from '../rules/dates.ts';
import type { Value } from './change.ts';

export interface MonthDay extends OfficeDay {
  readonly on: PlainDate;
  /** 0: Sunday. */
  readonly weekday: number;
  /** The holiday's name, the reason of a closure, the note of an extra opening. */
  readonly note: string;
  /** The line that can be taken out, as it stands in the file. */
  readonly entry: { readonly list: 'closures' | 'extra openings'; readonly item: Value } | null;
}

/** `month`: '2027-03'. */
export function monthOf(
  file: z.infer<typeof calendarShape>,
  written: Record<string, Value>,
  month: string,
): MonthDay[] {
  const calendar = buildCalendar(file);
  const first = `${month}-01`;
  if (!isPlainDate(first)) return [];
  return Array.from({ length: 31 }, (_, days) => addDays(first, days))
    .filter((on) => on.startsWith(month))
    .map((on) => {
      const day = officeDay(calendar, on);
      return { ...day, on, weekday: weekdayOf(on), ...aboutDay(day.why, on, { file, written }) };
    });
}

function aboutDay(
  why: OfficeDay['why'],
  on: PlainDate,
  { file, written }: { file: z.infer<typeof calendarShape>; written: Record<string, Value> },
): Pick<MonthDay, 'note' | 'entry'> {
  const line = (list: 'closures' | 'extra openings', index: number) => ({
    list,
    item: (written[list] as readonly Value[])[index] as Value,
  });
  if (why === 'closure') {
    const index = file.closures.findIndex(({ from, until }) => from <= on && on <= until);
    return { note: file.closures[index]?.reason ?? '', entry: line('closures', index) };
  }
  if (why === 'extra-opening') {
    const index = file['extra openings'].findIndex((opening) => opening.on === on);
    return { note: file['extra openings'][index]?.note ?? '', entry: line('extra openings', index) };
  }
  return { note: why === 'national-holiday' ? (nationalHoliday(on) ?? '') : '', entry: null };
}
