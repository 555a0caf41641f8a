/**
 * A stand-in LINE that fails as the real one may: errors before and after it has delivered, no answer at all, answers that come too
 * late, connections cut. What it has delivered it keeps; a reply token works once, a retry key once.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from './body.ts';

export interface Delivered {
  /** The reply token or the resident. */
  readonly to: string;
  readonly by: 'reply' | 'push';
  readonly texts: readonly string[];
}

type Fault = 'none' | 'error' | 'error after delivery' | 'silence' | 'late' | 'reset' | 'busy';

/** How often each happens, in a thousand. */
const odds: readonly (readonly [Fault, number])[] = [
  ['error', 40],
  ['error after delivery', 20],
  ['reset', 20],
  ['busy', 15],
  ['silence', 4],
  ['late', 4],
];

/** `random`: 0 to 1; `lateMs`: longer than the bot waits. */
export async function startFaultyLine({ random, lateMs }: { random: () => number; lateMs: number }) {
  const delivered: Delivered[] = [];
  const spent = new Set<string>();
  const faults = new Map<Fault, number>();
  let isDown = false;
  const server = createServer(async (request, response) => {
    const written = await textOf(request);
    // Profiles and menus are none of its business.
    if (!request.url?.startsWith('/v2/bot/message/')) return answer(response, 404, { message: 'Not found' });
    const body = JSON.parse(written) as {
      replyToken?: string;
      to?: string;
      messages: { text?: string; altText?: string }[];
    };
    const retryKey = request.headers['x-line-retry-key'];
    const fault = isDown ? 'error' : pick();
    faults.set(fault, (faults.get(fault) ?? 0) + 1);
    if (fault === 'error') return answer(response, 500, { message: 'Internal server error' });
    if (fault === 'busy')
      return answer(response, 429, { message: 'The API rate limit has been exceeded. Try again later.' });
    if (fault === 'reset') return void request.socket.destroy();
    const key = body.replyToken ?? String(retryKey);
    const isSpent = spent.has(key);
    spent.add(key);
    if (!isSpent)
      delivered.push({
        to: body.replyToken ?? body.to ?? '',
        by: body.replyToken ? 'reply' : 'push',
        texts: body.messages.map(({ text, altText }) => text ?? altText ?? ''),
      });
    if (fault === 'error after delivery') return answer(response, 500, { message: 'Internal server error' });
    if (fault === 'silence') return;
    if (fault === 'late') await sleep(lateMs, undefined, { ref: false });
    if (!isSpent) return answer(response, 200, { sentMessages: [] });
    if (body.replyToken) return answer(response, 400, { message: 'Invalid reply token' });
    answer(response, 409, { message: 'The retry key is already accepted' });
  });
  function pick(): Fault {
    const drawn = random() * 1_000;
    let sum = 0;
    for (const [fault, share] of odds) {
      sum += share;
      if (drawn < sum) return fault;
    }
    return 'none';
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delivered,
    faults,
    /** Nothing but errors for so long. */
    async outage(ms: number): Promise<void> {
      isDown = true;
      await sleep(ms);
      isDown = false;
    },
    stop: () => void server.close().closeAllConnections(),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (!response.destroyed) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
