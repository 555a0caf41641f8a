/** The shape of `flows/*.yaml`. */
import { z } from 'zod';
import { conditions, sentence, word } from './atoms.ts';

const askLine = z
  .object({
    when: conditions.default({}),
    'on request': z
      .boolean()
      .default(false)
      .describe('true なら、「ask: 質問の名前」のボタンなどで頼まれたときだけ聞きます'),
  })
  .catchall(
    z.union([z.enum(['date', 'day']), z.array(word).min(1)], {
      error: 'ここには date か day か、選択肢の一覧 [a, b] を書きます',
    }),
  );

const tellLine = z.union([word, z.record(word, conditions)]);

export const flowShape = z.strictObject({
  title: sentence.describe('対話の名前。職員と市民に見えます'),
  'starts with': z.array(word).default([]).describe('この言葉だけが送られたら、この対話を始めます'),
  uses: word.optional().describe('計算する規則の名前（bot/rules/）'),
  ask: z.array(askLine).min(1).describe('聞くこと。上から順に、当てはまってまだ答えのないものを聞きます'),
  tell: z.array(tellLine).min(1).describe('伝えること。当てはまる行をすべて、この順で伝えます'),
  why: z
    .array(tellLine)
    .default([])
    .describe('「どうして?」と聞かれたら伝えること。当てはまる行をすべて、この順で伝えます'),
  remind: z
    .array(z.record(word, word))
    .default([])
    .describe('知らせてほしい方に送る文と、送る日（規則が作る日の名前）。早い順に書きます'),
  calendar: z
    .array(z.record(word, word))
    .default([])
    .describe('カレンダーに入れる予定の文と、その日（規則が作る日の名前）'),
  family: z
    .strictObject({
      line: word.describe('お一人に1行の文'),
      together: word.describe('まとめて行ける日の文'),
    })
    .optional()
    .describe('「家族の分も」のときに出す文'),
  next: word.optional().describe('すべて伝えたあとに出す文。次にできることを選べます'),
});
export type FlowShape = z.infer<typeof flowShape>;
