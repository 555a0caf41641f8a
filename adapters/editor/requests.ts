/** What the editors' pages send, and its shape. */
import { z } from 'zod';
import type { Value } from '../../bot/edit/change.ts';
import { isTextFile } from '../../bot/load/texts.ts';

export const place = z.array(z.union([z.string(), z.number()])).max(20);

/** The ways of asking of an entry, or all that is out of scope, stand in one text. */
const longest = 50_000;
/** Deeper than anything in the files. */
const deepest = 6;

function valueOfDepth(depth: number): z.ZodType<Value> {
  const scalar = z.union([z.string().max(longest), z.number(), z.boolean()]);
  if (depth === 0) return scalar;
  const inner = valueOfDepth(depth - 1);
  return z.union([scalar, z.array(inner).max(500), z.record(z.string().max(100), inner)]);
}

const value = valueOfDepth(deepest);
const at = { file: z.string().refine(isTextFile), path: place.min(1) };

export const changeRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), ...at, was: value.nullable(), becomes: value.nullable() }),
  z.strictObject({ kind: z.enum(['add', 'remove']), ...at, item: value }),
]);
