/** The days of a resident that are worth an entry in their own calendar. */
import { isPlainDate, type PlainDate } from '../rules/dates.ts';
import type { Situation } from './situation.ts';

/** Of the flow under way, once they are known, from today on; none where there is nowhere to put a link. `text`: its key in the flow. */
export function calendarDays({ flow, journey, world }: Situation): { readonly text: string; readonly on: PlainDate }[] {
  if (!flow || !journey || world.links === undefined) return [];
  const days = flow.calendar.flatMap(({ text, on }) => {
    const day = journey.facts[on];
    return isPlainDate(day) && day >= world.now.today ? [{ text, on: day }] : [];
  });
  return days.sort((one, other) => (one.on < other.on ? -1 : 1));
}
