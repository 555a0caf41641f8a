/** What the editors' pages send, and its shape. */
import { z } from 'zod';
import type { Value } from '../../bot/edit/change.ts';
import { isTextFile } from '../../bot/load/texts.ts';

export const place = z.array(z.union([z.string(), z.number()])).max(20);

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.string().max(5_000),
    z.number(),
    z.boolean(),
    z.array(value).max(500),
    z.record(z.string().max(100), value),
  ]),
);
const at = { file: z.string().refine(isTextFile), path: place.min(1) };

export const changeRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), ...at, was: value.nullable(), becomes: value.nullable() }),
  z.strictObject({ kind: z.enum(['add', 'remove']), ...at, item: value }),
]);
