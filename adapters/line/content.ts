/** What residents sent that is no text: LINE keeps it for a while, and gives it to the channel's owner (docs: Get content). */
import { askAsChannel } from './ask.ts';
import { dataApiOf, type LineAccess } from './http.ts';

export interface LineContent {
  /** As LINE names it: `image/jpeg`, … */
  readonly type: string;
  readonly bytes: Buffer;
}

const answerWithinMs = 10_000;
/** More than a phone sends in one piece. */
const largestBytes = 50 * 1024 * 1024;

/** Undefined: LINE has it no more, is still preparing it, or does not answer. */
export function lineContent({
  accessToken,
  apiBaseUrl,
  log,
}: LineAccess): (messageId: string) => Promise<LineContent | undefined> {
  const baseUrl = dataApiOf(apiBaseUrl);
  const asking = { accessToken, baseUrl, withinMs: answerWithinMs };
  return async (messageId) => {
    try {
      const answer = await askAsChannel(`/v2/bot/message/${encodeURIComponent(messageId)}/content`, asking);
      const isTooLarge = Number(answer.headers.get('content-length')) > largestBytes;
      if (answer.status !== 200 || isTooLarge) {
        await answer.body?.cancel();
        log.warn({ status: answer.status, isTooLarge }, 'LINE gave no content');
        return undefined;
      }
      const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
      return { type, bytes: Buffer.from(await answer.arrayBuffer()) };
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'LINE gave no content');
      return undefined;
    }
  };
}
