/** A stand-in for LINE's API on this machine: gives access tokens, takes replies and pushes, a reply token works once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from './body.ts';

export interface Sent {
  readonly path: string;
  readonly to: string;
  readonly messages: readonly {
    readonly type: string;
    readonly text?: string;
    readonly altText?: string;
    readonly contents?: unknown;
    readonly quickReply?: { readonly items: readonly { readonly action: Record<string, string> }[] };
  }[];
}

export async function startFakeLine() {
  const sent: Sent[] = [];
  const used = new Set<string>();
  const issued: { readonly asked: URLSearchParams; readonly token: string }[] = [];
  const revoked = new Set<string>();
  const server = createServer(async (request, response) => {
    const written = await textOf(request);
    if (request.url === '/oauth2/v3/token') {
      const token = `stateless-${issued.length + 1}`;
      issued.push({ asked: new URLSearchParams(written), token });
      response.end(JSON.stringify({ token_type: 'Bearer', access_token: token, expires_in: 900 }));
      return;
    }
    if (revoked.has(request.headers.authorization?.replace('Bearer ', '') ?? '')) {
      response.writeHead(401).end(JSON.stringify({ message: 'Authentication failed' }));
      return;
    }
    if (!request.url?.startsWith('/v2/bot/message/')) {
      response.writeHead(404).end(JSON.stringify({ message: 'Not found' }));
      return;
    }
    const body = JSON.parse(written) as { replyToken?: string; to?: string; messages: Sent['messages'] };
    const to = body.replyToken ?? body.to ?? '';
    const isSpent = body.replyToken !== undefined && used.has(to);
    used.add(to);
    if (!isSpent) sent.push({ path: request.url ?? '', to, messages: body.messages });
    response.writeHead(isSpent ? 400 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        isSpent
          ? { message: 'Invalid reply token' }
          : { sentMessages: body.messages.map((_, index) => ({ id: String(index + 1) })) },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    /** The access tokens that it gave, and what with. */
    issued,
    /** From now on these are refused. */
    revoked,
    /** Waits until something was sent with that token (or to that resident). */
    async to(address: string): Promise<Sent> {
      for (let tries = 0; tries < 2_000; tries += 1) {
        const found = sent.find(({ to }) => to === address);
        if (found) return found;
        await sleep(10);
      }
      throw new Error(`nothing was sent to ${address}`);
    },
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
