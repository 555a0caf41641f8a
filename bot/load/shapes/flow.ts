/** The shape of `flows/*.yaml`. */
import { z } from 'zod';
import { conditions, sentence, word } from './atoms.ts';

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
