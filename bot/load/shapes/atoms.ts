/** The smallest shapes, and how to say what is wrong with them. */
import { z } from 'zod';
import { type ClockTime, isClockTime, isPlainDate, type PlainDate } from '../../rules/dates.ts';

export const sentence = z.string().trim().min(1);
export const word = z.string().trim().min(1);
export const wholeNumber = z.number().int().nonnegative();
export const plainDate = z.custom<PlainDate>(isPlainDate, {
  error: 'ここには実在する日付を 2026-04-01 の形で書きます',
});
export const clockTime = z.custom<ClockTime>(isClockTime, {
  error: 'ここには時刻を "09:00" の形で、引用符つきで書きます',
});
export const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'ここには月日を 12-29 の形で書きます' });
/** Ids of `content/sources.yaml`. */
export const citations = z.array(word).min(1);

/** One value or a list of them; equality only. */
export const conditions = z
  .record(
    word,
    z.union([word, z.array(word).min(1)], {
      error: '条件には、値か値の一覧だけを書けます（不等号や計算は使えません）',
    }),
  )
  .transform((when) => Object.fromEntries(Object.entries(when).map(([name, value]) => [name, [value].flat()])));
