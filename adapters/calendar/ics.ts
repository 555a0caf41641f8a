/** Calendar entries as a file that every calendar reads (RFC 5545), and as a link that opens Google's with one of them filled in. */
import ical from 'ical-generator';
import type { CalendarEvent, SharedCalendar } from '../../bot/dialogue/types.ts';

/** Whole days: they have no time zone. */
export function icsOf({ token, events }: SharedCalendar): string {
  const calendar = ical({ prodId: { company: 'koshin-navi', product: 'calendar', language: 'JA' } });
  for (const [index, { on, title, description, place }] of events.entries())
    calendar.createEvent({
      id: `${token}-${index}`,
      start: new Date(`${on}T00:00:00Z`),
      timezone: 'UTC',
      allDay: true,
      summary: title,
      description,
      location: place,
    });
  return calendar.toString();
}

/** Google takes an entry in the address; whole days end on the day after. */
export function googleLink({ on, title, description, place }: CalendarEvent): string {
  const after = new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const fields = {
    action: 'TEMPLATE',
    text: title,
    dates: `${compact(on)}/${compact(after)}`,
    details: description,
    location: place,
  };
  return `https://calendar.google.com/calendar/render?${new URLSearchParams(fields)}`;
}

function compact(day: string): string {
  return day.replaceAll('-', '');
}
