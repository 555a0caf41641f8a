/** The month's pushed messages, as LINE counts them (docs: Get the target limit / the number of messages sent this month). */
import { z } from 'zod';
import type { Quota } from '../../bot/ports.ts';
import { askAsChannel } from './ask.ts';
import type { LineAccess } from './http.ts';

const answerWithinMs = 5_000;
const limitShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('limited'), value: z.number() }),
]);
const usedShape = z.object({ totalUsage: z.number() });

export function lineQuota({ accessToken, apiBaseUrl }: Pick<LineAccess, 'accessToken' | 'apiBaseUrl'>): Quota {
  const asking = { accessToken, baseUrl: apiBaseUrl, withinMs: answerWithinMs };
  async function read<Shape>(path: string, shape: z.ZodType<Shape>): Promise<Shape> {
    const answer = await askAsChannel(`/v2/bot/message/${path}`, asking);
    if (answer.status === 200) return shape.parse(await answer.json());
    await answer.body?.cancel();
    throw Object.assign(new Error(`LINE ${path}: ${answer.status}`), { status: answer.status });
  }
  return async () => {
    const [limit, { totalUsage }] = await Promise.all([
      read('quota', limitShape),
      read('quota/consumption', usedShape),
    ]);
    return { limit: limit.type === 'none' ? undefined : limit.value, used: totalUsage };
  };
}
