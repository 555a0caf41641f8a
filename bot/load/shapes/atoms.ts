/** The smallest shapes, and how to say what is wrong with them. */
import { z } from 'zod';
import { type ClockTime, isClockTime, isPlainDate, type PlainDate } from '../../rules/dates.ts';

export const sentence = z.string().trim().min(1);
export const word = z.string().trim().min(1);
/** Many sentences: one a line (no marks needed), or a list. */
export const lines = z.union([
  z.array(word).min(1),
  sentence.transform((text) => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))),
]);
export const wholeNumber = z.number().int().nonnegative();
export const atLeastOne = z.number().int().positive();
// What follows `meta` is for the editor: a custom shape has no form of its own in JSON Schema.
export const plainDate = z
  .custom<PlainDate>(isPlainDate, { error: ({ input }) => whyNoDate(input) })
  .meta({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '日付（2026-04-01 の形）' });
export const clockTime = z
  .custom<ClockTime>(isClockTime, { error: ({ input }) => whyNoTime(input) })
  .meta({ type: 'string', pattern: '^\\d{2}:\\d{2}$', description: '時刻（"09:00" の形。引用符が要ります）' });
function whyNoDate(input: unknown): string {
  const text = typeof input === 'string' ? input.normalize('NFKC') : '';
  const [whole, year, month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  if (!whole) return 'ここには日付を書きます\n2026-04-01 の形（西暦、半角）にしてください。';
  const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(meant)
    ? `日付の形が合いません\n${meant} のように、月と日を2桁にして、半角の「-」でつないでください。`
    : `${year}年${Number(month)}月${Number(day)}日という日はありません\nカレンダーにある日に直してください。`;
}

function whyNoTime(input: unknown): string {
  const [whole, hour = '', minute] =
    /^(\d{1,2})[:：時](\d{2})分?$/.exec(typeof input === 'string' ? input.normalize('NFKC') : '') ?? [];
  const meant = `${hour.padStart(2, '0')}:${minute}`;
  if (!whole) return 'ここには時刻を書きます\n"09:00" の形で、引用符つきにしてください。';
  return isClockTime(meant)
    ? `時刻の形が合いません\n"${meant}" のように、2桁ずつ、引用符つきで書いてください。`
    : `「${input}」という時刻はありません\n"00:00" から "23:59" までの時刻に直してください。`;
}

export const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
  error: 'ここには月日を書きます\n12-29 の形（2桁ずつ、半角）にしてください。',
});
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
