/** The shapes of `content/*.yaml` and `content/procedures/*.yaml`: what the city knows. */
import { z } from 'zod';
import { atLeastOne, citations, clockTime, monthDay, plainDate, sentence, wholeNumber, word } from './atoms.ts';

export const sourcesShape = z.record(
  word,
  z.strictObject({
    kind: z
      .enum(['city', 'law', 'other-city', 'agency', 'own'])
      .describe('city は市、law は法令、other-city はほかの市、agency は国など、own は自分たちで決めたこと'),
    title: sentence.describe('資料の名前'),
    publisher: sentence.describe('だれが出しているか'),
    place: sentence.optional().describe('ページのアドレス、条文など'),
    updated: plainDate.optional().describe('資料が新しくなった日'),
    checked: plainDate.optional().describe('職員が内容を確かめた日。まだなら、この行は書きません'),
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
  'to confirm': z
    .array(word)
    .default([])
    .describe('まだ確かめていない facts の名前。確かめたら消します。npm run check に出ます'),
  facts: z.record(word, sentence).describe('文の { } に入る言葉。「名前: 中身」'),
});

const period = z.strictObject({ opens: clockTime, closes: clockTime });
const periods = z.array(period).min(1).describe('開いている時間。昼休みがあれば2行に分けます');
const weekdays = ['日', '月', '火', '水', '木', '金', '土'] as const;

export const calendarShape = z.strictObject({
  source: citations,
  hours: z
    .array(
      z.strictObject({
        from: plainDate,
        weekdays: z
          .array(z.enum(weekdays).transform((day) => weekdays.indexOf(day)))
          .min(1)
          .describe('開いている曜日'),
        periods,
      }),
    )
    .min(1)
    .describe('ふだんの時間。変わるときは、from を変わる日にして行を足します'),
  'closed on national holidays': z.boolean().describe('true なら、国民の祝日と休日は休み'),
  'closed each year': z
    .array(z.strictObject({ from: monthDay, until: monthDay }))
    .default([])
    .describe('毎年の休み（"12-29" から "01-03" など）'),
  closures: z
    .array(z.strictObject({ from: plainDate, until: plainDate, reason: sentence }))
    .default([])
    .describe('臨時の休み'),
  'extra openings': z
    .array(z.strictObject({ on: plainDate, periods, note: sentence }))
    .default([])
    .describe('臨時窓口。休みの日でも開きます'),
});
export type CalendarShape = z.infer<typeof calendarShape>;

/** The help desk: when staff answer in the talk, and how long is long. Closed days are the office's. */
export const helpdeskShape = z.strictObject({
  hours: calendarShape.shape.hours,
  'minutes each': atLeastOne.describe('1人の相談にかかる、だいたいの分'),
  'answer within minutes': atLeastOne.describe('これだけ待っても出られないとき、お詫びします'),
  'silent minutes': atLeastOne.describe('これだけ返事がなければ、お話を終えます'),
  'silent minutes after a message': atLeastOne.describe(
    '伝言の方への返事のあと、これだけ返事がなければ、お話を終えます',
  ),
  'keep days': atLeastOne.describe('終わってから記録を残す日数'),
  announcement: z.strictObject({ subject: sentence, text: sentence }).describe('新しい相談を職員に知らせるメールの文'),
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
