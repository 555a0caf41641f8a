/** What LINE tells of somebody's phone (docs: Get profile). Only its language is asked for: no name is ever read. */
import { z } from 'zod';
import type { LineAccess } from './http.ts';

/** The greeting waits for it: better Japanese at once than the right language late. */
const answerWithinMs = 1_000;
const profileShape = z.object({ language: z.string().optional() });

/** The language of the phone (BCP 47); undefined: LINE does not say, or not in time. */
export function lineProfile({
  channelAccessToken,
  apiBaseUrl,
  log,
}: LineAccess): (resident: string) => Promise<string | undefined> {
  const headers = { authorization: `Bearer ${channelAccessToken}` };
  return async (resident) => {
    try {
      const answer = await fetch(`${apiBaseUrl.replace(/\/$/, '')}/v2/bot/profile/${encodeURIComponent(resident)}`, {
        headers,
        signal: AbortSignal.timeout(answerWithinMs),
      });
      if (answer.status === 200) return profileShape.parse(await answer.json()).language;
      await answer.body?.cancel();
      log.warn({ status: answer.status }, 'LINE told nothing of a phone’s language');
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'LINE told nothing of a phone’s language');
    }
    return undefined;
  };
}
