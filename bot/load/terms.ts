/** Calendar and procedure files → the values the rules reckon with. */
import type { Desk } from '../dialogue/library.ts';
import { parseTemplate } from '../dialogue/template.ts';
import type { OfficeCalendar } from '../rules/calendar.ts';
import type { LeadTimes } from '../rules/lead-times.ts';
import { deskFacts } from '../rules/office-facts.ts';
import type { RenewalTerms } from '../rules/renewal-terms.ts';
import type { CalendarShape, HelpdeskShape, RenewalTermsShape } from './shapes/facts.ts';

export function buildCalendar(file: CalendarShape): OfficeCalendar {
  return {
    regular: file.hours.map(({ from, weekdays, periods }) => ({ from, weekdays, hours: periods })).sort(byFrom),
    closedOnNationalHolidays: file['closed on national holidays'],
    closedEachYear: file['closed each year'],
    closures: file.closures,
    extraOpenings: file['extra openings'].map(({ on, periods }) => ({ on, hours: periods })),
  };
}

/** Closed on the days on which the office is closed; with hours of its own on the others. */
export function buildDesk(file: HelpdeskShape, office: OfficeCalendar): Desk {
  const regular = file.hours.map(({ from, weekdays, periods }) => ({ from, weekdays, hours: periods })).sort(byFrom);
  const calendar = { ...office, regular, extraOpenings: [] };
  return {
    calendar,
    factsNow: ({ today, time }) => deskFacts(calendar, today, time),
    minutesEach: file['minutes each'],
    answerWithinMinutes: file['answer within minutes'],
    silentMinutes: file['silent minutes'],
    silentAfterMessageMinutes: file['silent minutes after a message'],
    keepDays: file['keep days'],
    announcement: {
      subject: parseTemplate(file.announcement.subject),
      text: parseTemplate(file.announcement.text),
    },
  };
}

export function buildRenewalTerms(file: RenewalTermsShape): RenewalTerms {
  return {
    window: [...file.window].sort(byFrom),
    firstIssuedOn: file.firstIssuedOn.value,
    handoverDays: file.handoverDays.value,
    soonDays: file.soonDays.value,
    insurance: file.insurance,
    leadTimes: { renewal: row(file.leadTimes.renewal), issue: row(file.leadTimes.issue) },
  };
}

function row(cells: RenewalTermsShape['leadTimes']['renewal']): LeadTimes {
  return Object.fromEntries(Object.entries(cells).flatMap(([service, time]) => (time ? [[service, time]] : [])));
}

function byFrom(one: { readonly from: string }, other: { readonly from: string }): number {
  return one.from < other.from ? -1 : 1;
}
