/** The shapes of `content/*.yaml` and `content/procedures/*.yaml`: what the city knows. */
import { z } from 'zod';
import { citations, clockTime, monthDay, plainDate, sentence, wholeNumber, word } from './atoms.ts';

export const sourcesShape = z.record(
  word,
  z.strictObject({
    kind: z.enum(['city', 'law', 'other-city', 'agency', 'own']),
    title: sentence,
    publisher: sentence,
    place: sentence.optional(),
    updated: plainDate.optional(),
    checked: plainDate,
  }),
);

/** A name that this runtime's calendar knows (IANA). */
function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

export const officeShape = z.strictObject({
  timezone: word.refine(isTimezone, { error: (issue) => `「${String(issue.input)}」という時間帯はありません` }),
  source: citations,
  facts: z.record(word, sentence),
});

const period = z.strictObject({ opens: clockTime, closes: clockTime });
const weekdays = ['日', '月', '火', '水', '木', '金', '土'] as const;

export const calendarShape = z.strictObject({
  source: citations,
  hours: z
    .array(
      z.strictObject({
        from: plainDate,
        weekdays: z.array(z.enum(weekdays).transform((day) => weekdays.indexOf(day))).min(1),
        periods: z.array(period).min(1),
      }),
    )
    .min(1),
  'closed on national holidays': z.boolean(),
  'closed each year': z.array(z.strictObject({ from: monthDay, until: monthDay })).default([]),
  closures: z.array(z.strictObject({ from: plainDate, until: plainDate, reason: sentence })).default([]),
  'extra openings': z
    .array(z.strictObject({ on: plainDate, periods: z.array(period).min(1), note: sentence }))
    .default([]),
});
export type CalendarShape = z.infer<typeof calendarShape>;

/** The help desk: when staff answer in the talk, and how long is long. Closed days are the office's. */
export const helpdeskShape = z.strictObject({
  hours: calendarShape.shape.hours,
  'minutes each': wholeNumber,
  'answer within minutes': wholeNumber,
  'silent minutes': wholeNumber,
  'keep days': wholeNumber,
  announcement: z.strictObject({ subject: sentence, text: sentence }),
});
export type HelpdeskShape = z.infer<typeof helpdeskShape>;

const leadTime = z.union([
  z.strictObject({ hours: wholeNumber }),
  z
    .strictObject({ days: wholeNumber, at: clockTime.optional() })
    .transform(({ days, at }) => (at ? { days, at } : { days })),
]);
const leadTimes = z.strictObject({
  konbini: leadTime,
  insurance: leadTime,
  account: leadTime,
  accountUnregistered: leadTime.optional(),
});

export const renewalTermsShape = z.strictObject({
  window: z
    .array(
      z.strictObject({
        from: plainDate,
        months: wholeNumber,
        countsThatDay: z.boolean(),
        source: citations,
      }),
    )
    .min(1),
  firstIssuedOn: z.strictObject({ value: plainDate, source: citations }),
  handoverDays: z.strictObject({ value: wholeNumber, source: citations }),
  soonDays: z.strictObject({ value: wholeNumber, source: citations }),
  insurance: z.strictObject({
    registrationStopsDaysBefore: wholeNumber,
    usableMonthsAfter: wholeNumber,
    source: citations,
  }),
  leadTimes: z.strictObject({
    source: citations,
    unlock: leadTimes,
    renewal: leadTimes,
    issue: leadTimes,
    card: leadTimes,
    footnotes: z.record(word, sentence),
  }),
});
export type RenewalTermsShape = z.infer<typeof renewalTermsShape>;
