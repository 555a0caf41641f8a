/** The days of a resident that are worth an entry in their own calendar. */
import { daysOf, type TextOnDay } from './reminder-days.ts';
import type { Situation } from './situation.ts';

/** Of the flow under way, once they are known, from today on, the earliest first; none where there is nowhere to put a link. */
export function calendarDays({ flow, journey, world }: Situation): TextOnDay[] {
  if (!flow || !journey || world.links === undefined) return [];
  return daysOf(flow.calendar, journey.facts)
    .filter(({ on }) => on >= world.now.today)
    .sort((one, other) => (one.on < other.on ? -1 : 1));
}
