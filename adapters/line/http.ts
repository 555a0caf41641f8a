/**
 * POSTs JSON to LINE over connections that are kept open. The SDK's own client goes through `fetch`, which has no time-out of its own and
 * cost a third of a turn (docs/performance.md); paths, headers and bodies are as there.
 */
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Log } from '../../bot/ports.ts';
import type { AccessToken } from './token.ts';

/** What it takes to ask LINE for something as the channel. */
export interface LineAccess {
  readonly accessToken: AccessToken;
  readonly apiBaseUrl: string;
  readonly log: Log;
}

/** Pictures and the like have an address of their own at LINE. */
export function dataApiOf(apiBaseUrl: string): string {
  return apiBaseUrl.replace('://api.line.me', '://api-data.line.me');
}

export interface HttpAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly body: string;
}

export interface HttpOptions {
  readonly baseUrl: string;
  /** For the connection, and again for the answer. */
  readonly timeoutMs: number;
}

export type Post = (path: string, body: object, headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

/** Rejects with an error whose `code` says why there was no answer; `ECONNTIMEOUT`: not even a connection, `ETIMEDOUT`: no answer on it. */
export function httpPost({ baseUrl, timeoutMs }: HttpOptions): Post {
  // Taken apart once: it is the same for every call.
  const { protocol, hostname, port, pathname } = new URL(baseUrl);
  const target = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), ...(port !== '' && { port }) };
  const base = pathname.replace(/\/$/, '');
  const isTls = protocol === 'https:';
  const request = isTls ? tlsRequest : plainRequest;
  const agent = new (isTls ? TlsAgent : PlainAgent)({ keepAlive: true, maxSockets: 128, timeout: timeoutMs });
  return (path, body, headers) =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const sending = request({
        ...target,
        path: base + path,
        method: 'POST',
        agent,
        timeout: timeoutMs,
        headers: { 'content-type': 'application/json', 'content-length': bytes.length, ...headers },
      });
      sending.on('timeout', () => {
        const code = sending.socket?.connecting ? 'ECONNTIMEOUT' : 'ETIMEDOUT';
        sending.destroy(Object.assign(new Error('no answer in time'), { code }));
      });
      sending.on('error', reject);
      sending.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const requestId = response.headers['x-line-request-id'];
          resolve({
            status: response.statusCode ?? 0,
            requestId: typeof requestId === 'string' ? requestId : undefined,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      sending.end(bytes);
    });
}
