/** What LINE tells of somebody's phone (docs: Get profile). Only its language is asked for: no name is ever read. */
import { z } from 'zod';
import { askAsChannel } from './ask.ts';
import type { LineAccess } from './http.ts';

/** The greeting waits for it: better Japanese at once than the right language late. */
const answerWithinMs = 1_000;
const profileShape = z.object({ language: z.string().optional() });

/** The language of the phone (BCP 47); undefined: LINE does not say, or not in time. */
export function lineProfile({
  accessToken,
  apiBaseUrl,
  log,
}: LineAccess): (resident: string) => Promise<string | undefined> {
  const asking = { accessToken, baseUrl: apiBaseUrl, withinMs: answerWithinMs };
  return async (resident) => {
    try {
      const answer = await askAsChannel(`/v2/bot/profile/${encodeURIComponent(resident)}`, asking);
      if (answer.status === 200) return profileShape.parse(await answer.json()).language;
      await answer.body?.cancel();
      log.warn({ status: answer.status }, 'LINE told nothing of a phone’s language');
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'LINE told nothing of a phone’s language');
    }
    return undefined;
  };
}
