/** A way to LINE on which one call goes wrong: refused before it arrives, or lost after it was done. Everything that passes is written down. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

export interface Fault {
  /** The call that goes wrong, from 1. */
  readonly at: number;
  readonly status: number;
  readonly body: object;
  /** LINE has done it, and only its answer does not arrive. */
  readonly isLost?: boolean;
}

/** In front of the LINE at that address. */
export async function startBadLine(target: string) {
  const passed: Passed[] = [];
  let fault: Fault | undefined;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = 'GET', url = '/' } = request;
    passed.push({ method, path: url, body });
    const isHit = fault?.at === passed.length;
    if (fault && isHit && !fault.isLost) return void response.writeHead(fault.status).end(JSON.stringify(fault.body));
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(target + url, {
      method,
      headers: { authorization, ...(type && { 'content-type': type }) },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (fault && isHit) return void response.writeHead(fault.status).end(JSON.stringify(fault.body));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    /** From now on: counts calls anew, and that one goes wrong. */
    failAt(next: Fault | undefined) {
      passed.length = 0;
      fault = next;
    },
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
