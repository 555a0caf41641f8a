/** The shapes of the files in `flows/` and `content/`: what a file may hold, before anything is cross-checked. */
import { z } from 'zod';
import { commands } from '../dialogue/types.ts';
import { type ClockTime, isClockTime, isPlainDate, type PlainDate } from '../rules/dates.ts';

const sentence = z.string().trim().min(1);
const word = z.string().trim().min(1);
export const plainDateShape = z.custom<PlainDate>(isPlainDate, {
  error: 'ここには実在する日付を 2026-04-01 の形で書きます',
});
const clockTime = z.custom<ClockTime>(isClockTime, { error: 'ここには時刻を "09:00" の形で、引用符つきで書きます' });
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'ここには月日を 12-29 の形で書きます' });
const wholeNumber = z.number().int().nonnegative();

// ── flows/*.yaml ────────────────────────────────────────────────────────────────────────────────────────────────────

/** One value or a list of them; equality only. */
const conditions = z
  .record(
    word,
    z.union([word, z.array(word).min(1)], {
      error: '条件には、値か値の一覧だけを書けます（不等号や計算は使えません）',
    }),
  )
  .transform((when) => Object.fromEntries(Object.entries(when).map(([name, value]) => [name, [value].flat()])));

const askLine = z
  .object({ when: conditions.default({}) })
  .catchall(
    z.union([z.literal('date'), z.array(word).min(1)], { error: 'ここには date か、選択肢の一覧 [a, b] を書きます' }),
  );

const tellLine = z.union([word, z.record(word, conditions)]);

export const flowShape = z.strictObject({
  title: sentence,
  'starts with': z.array(word).default([]),
  uses: word.optional(),
  ask: z.array(askLine).min(1),
  tell: z.array(tellLine).min(1),
});
export type FlowShape = z.infer<typeof flowShape>;

// ── content/<language>/*.yaml ───────────────────────────────────────────────────────────────────────────────────────

/** What a choice does: `flow: renewal`, `faq: bring`, `command: human` or `answer: { issued: unknown }`. */
const textChoice = z.strictObject({
  label: word,
  flow: word.optional(),
  faq: word.optional(),
  command: z.enum(commands).optional(),
  answer: z.record(word, word).optional(),
});
export type ChoiceShape = z.infer<typeof textChoice>;

const card = z.strictObject({
  tone: z.enum(['good', 'wait', 'late']),
  title: sentence,
  rows: z.array(z.strictObject({ label: word, value: sentence })).min(1),
  note: sentence.optional(),
  alt: sentence,
});

const variant = z.strictObject({
  when: conditions.default({}),
  text: sentence.optional(),
  card: card.optional(),
  choices: z.array(textChoice).default([]),
  numbered: z.boolean().default(false),
  joins: z.boolean().default(false),
});
export type VariantShape = z.infer<typeof variant>;

/** A sentence, or a text with card and choices, or variants of it with conditions. */
export const textShape = z
  .union([sentence.transform((text) => ({ text })), variant, z.array(variant).min(1)])
  .transform((text): VariantShape[] =>
    [text].flat().map((each) => ({
      when: {},
      choices: [],
      numbered: false,
      joins: false,
      ...each,
    })),
  );

export const questionShape = z.strictObject({
  name: word,
  ask: sentence,
  again: sentence.optional(),
  taken: sentence.optional(),
  unknown: word.optional(),
  retry: z.record(word, sentence).default({}),
  choices: z
    .record(
      word,
      z.union([
        word.transform((label) => ({ label, also: [] as string[] })),
        z.strictObject({ label: word, also: z.array(word).default([]) }),
      ]),
    )
    .default({}),
});
export type QuestionShape = z.infer<typeof questionShape>;

/** A flow's texts: questions under the names of its slots, texts under the names that `tell` uses; told apart once the flow is known. */
export const flowTextsShape = z.record(word, z.unknown());

export const commonShape = z.strictObject({
  texts: z.record(word, textShape),
  phrases: z.record(word, textShape),
  retry: z.record(word, sentence),
});

export const wordsShape = z.strictObject({
  commands: z.record(z.enum(commands), z.array(word).min(1)),
  unknown: z.array(word).min(1),
  yes: z.array(word).min(1),
  no: z.array(word).min(1),
  correct: z.array(word).min(1),
  secrets: z.array(word).min(1),
  'out of scope': z.array(word),
  'pick a date': word,
  'do not know': word,
});

export const faqShape = z.record(
  word,
  z.strictObject({
    asks: z.array(word).min(1),
    answer: textShape,
    starts: word.optional(),
    command: z.enum(commands).optional(),
    source: z.array(word).min(1),
  }),
);

// ── content/*.yaml ──────────────────────────────────────────────────────────────────────────────────────────────────

export const sourcesShape = z.record(
  word,
  z.strictObject({
    kind: z.enum(['city', 'law', 'other-city', 'agency', 'own']),
    title: sentence,
    publisher: sentence,
    place: sentence.optional(),
    updated: plainDateShape.optional(),
    checked: plainDateShape,
  }),
);

export const officeShape = z.strictObject({
  timezone: word,
  source: z.array(word).min(1),
  facts: z.record(word, sentence),
});

const period = z.strictObject({ opens: clockTime, closes: clockTime });
const weekdays = ['日', '月', '火', '水', '木', '金', '土'] as const;

export const calendarShape = z.strictObject({
  source: z.array(word).min(1),
  hours: z
    .array(
      z.strictObject({
        from: plainDateShape,
        weekdays: z.array(z.enum(weekdays).transform((day) => weekdays.indexOf(day))).min(1),
        periods: z.array(period).min(1),
      }),
    )
    .min(1),
  'closed on national holidays': z.boolean(),
  'closed each year': z.array(z.strictObject({ from: monthDay, until: monthDay })).default([]),
  closures: z.array(z.strictObject({ from: plainDateShape, until: plainDateShape, reason: sentence })).default([]),
  'extra openings': z
    .array(z.strictObject({ on: plainDateShape, periods: z.array(period).min(1), note: sentence }))
    .default([]),
});
export type CalendarShape = z.infer<typeof calendarShape>;

// ── content/procedures/renewal.yaml ─────────────────────────────────────────────────────────────────────────────────

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
        from: plainDateShape,
        months: wholeNumber,
        countsThatDay: z.boolean(),
        source: z.array(word).min(1),
      }),
    )
    .min(1),
  firstIssuedOn: z.strictObject({ value: plainDateShape, source: z.array(word).min(1) }),
  handoverDays: z.strictObject({ value: wholeNumber, source: z.array(word).min(1) }),
  soonDays: z.strictObject({ value: wholeNumber, source: z.array(word).min(1) }),
  insurance: z.strictObject({
    registrationStopsDaysBefore: wholeNumber,
    usableMonthsAfter: wholeNumber,
    source: z.array(word).min(1),
  }),
  leadTimes: z.strictObject({
    source: z.array(word).min(1),
    unlock: leadTimes,
    renewal: leadTimes,
    issue: leadTimes,
    card: leadTimes,
    footnotes: z.record(word, sentence),
  }),
});
export type RenewalTermsShape = z.infer<typeof renewalTermsShape>;
