/** The smallest shapes, and how to say what is wrong with them. */
import { z } from 'zod';
import { type ClockTime, isClockTime, isPlainDate, type PlainDate } from '../../rules/dates.ts';

export const sentence = z.string().trim().min(1);
export const word = z.string().trim().min(1);
export const wholeNumber = z.number().int().nonnegative();
// What follows `meta` is for the editor: a custom shape has no form of its own in JSON Schema.
export const plainDate = z
  .custom<PlainDate>(isPlainDate, { error: 'ここには実在する日付を 2026-04-01 の形で書きます' })
  .meta({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '日付（2026-04-01 の形）' });
export const clockTime = z
  .custom<ClockTime>(isClockTime, { error: 'ここには時刻を "09:00" の形で、引用符つきで書きます' })
  .meta({ type: 'string', pattern: '^\\d{2}:\\d{2}$', description: '時刻（"09:00" の形。引用符が要ります）' });
export const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'ここには月日を 12-29 の形で書きます' });
/** Ids of `content/sources.yaml`. */
export const citations = z.array(word).min(1).describe('出典。content/sources.yaml の左の名前を並べます');

/** One value or a list of them; equality only. */
export const conditions = z
  .record(
    word,
    z.union([word, z.array(word).min(1)], {
      error: '条件には、値か値の一覧だけを書けます（不等号や計算は使えません）',
    }),
  )
  .describe('当てはまるときの条件。「事実の名前: 値」または「事実の名前: [値, 値]」。すべて当てはまるときに使われます')
  .transform((when) => Object.fromEntries(Object.entries(when).map(([name, value]) => [name, [value].flat()])));
