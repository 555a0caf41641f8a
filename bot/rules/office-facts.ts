/** Facts about the counter and the help desk at this minute, for every text. */
import { counterAt, type OfficeCalendar } from './calendar.ts';
import type { ClockTime, PlainDate } from './dates.ts';
import type { FactKind, Facts } from './rule.ts';

export const officeKinds: Readonly<Record<string, FactKind>> = {
  today: 'date',
  counter: ['open', 'opens-today', 'closed'],
  counterUntil: 'time',
  counterFrom: 'time',
  nextOpenOn: 'date',
  nextOpensAt: 'time',
};

/** Open until when, opening when today, or closed with the next opening. */
export function officeFacts(calendar: OfficeCalendar, today: PlainDate, time: ClockTime): Facts {
  const counter = counterAt(calendar, today, time);
  if (counter.kind === 'open') return { today, counter: 'open', counterUntil: counter.until };
  if (counter.kind === 'opens-today') return { today, counter: 'opens-today', counterFrom: counter.at };
  return { today, counter: 'closed', nextOpenOn: counter.nextOn, nextOpensAt: counter.nextAt };
}

export const deskKinds: Readonly<Record<string, FactKind>> = {
  desk: ['open', 'opens-today', 'closed'],
  deskUntil: 'time',
  deskFrom: 'time',
  deskNextOn: 'date',
  deskNextAt: 'time',
};

/** When staff answer in the talk. */
export function deskFacts(calendar: OfficeCalendar, today: PlainDate, time: ClockTime): Facts {
  const desk = counterAt(calendar, today, time);
  if (desk.kind === 'open') return { desk: 'open', deskUntil: desk.until };
  if (desk.kind === 'opens-today') return { desk: 'opens-today', deskFrom: desk.at };
  return { desk: 'closed', deskNextOn: desk.nextOn, deskNextAt: desk.nextAt };
}
