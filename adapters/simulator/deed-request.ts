/** What the page asks for, as it comes: anything else is refused. */
import { z } from 'zod';
import type { Now } from '../../bot/dialogue/types.ts';

const day = z.custom<Now['today']>((value) => z.iso.date().safeParse(value).success);
const time = z.custom<Now['time']>(
  (value) =>
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .safeParse(value).success,
);
const index = z.int().nonnegative();
const spot = z.discriminatedUnion('on', [
  z.object({ on: z.literal('quick-reply'), entry: z.string(), index }),
  z.object({ on: z.literal('card'), entry: z.string(), index }),
  z.object({ on: z.literal('menu'), index }),
]);

export const deedRequest = z.discriminatedUnion('do', [
  /** LINE's own field takes 10 000 characters. */
  z.object({ do: z.literal('say'), text: z.string().trim().min(1).max(10_000) }),
  z.object({ do: z.literal('tap'), spot, picked: z.string().max(16).optional() }),
  z.object({ do: z.literal('sticker'), index }),
  z.object({ do: z.literal('unsend'), entry: z.string() }),
  z.object({ do: z.literal('block') }),
  z.object({ do: z.literal('unblock') }),
  /** LINE delivers the latest event a second time. */
  z.object({ do: z.literal('redeliver') }),
  /** The language of the phone: the bot hears of it when it is added. */
  z.object({ do: z.literal('language'), language: z.string().min(1).max(35) }),
  /** What is left out goes by the clock again. */
  z.object({ do: z.literal('pretend'), today: day.optional(), time: time.optional() }),
]);

export type DeedRequest = z.infer<typeof deedRequest>;
