/**
 * When a service works again after a visit to the counter: the city's table as moments.
 * 「翌日」 is the next calendar day, 「翌々日」 the one after: the services run on weekends too.
 */
import { addDays, addHours, type ClockTime, dayOf, type Moment, moment, type PlainDate } from './dates.ts';

/** A cell of the table: hours after the visit, or days after its day (from a clock time, if the table names one). */
export type LeadTime = { readonly hours: number } | { readonly days: number; readonly at?: ClockTime };

/** A row: what was done at the counter → when each service works. */
export type LeadTimes = Readonly<Record<string, LeadTime>>;

/** By service and 'From': when each of a row works after a visit. */
export function servicesAfter(visit: Moment, row: LeadTimes): Readonly<Record<string, Moment | PlainDate>> {
  return Object.fromEntries(Object.entries(row).map(([service, lead]) => [`${service}From`, worksFrom(lead, visit)]));
}

/** The moment from which the service works; a PlainDate where the table says only the day. */
export function worksFrom(leadTime: LeadTime, visit: Moment): Moment | PlainDate {
  if ('hours' in leadTime) return addHours(visit, leadTime.hours);
  const on = addDays(dayOf(visit), leadTime.days);
  return leadTime.at === undefined ? on : moment(on, leadTime.at);
}
