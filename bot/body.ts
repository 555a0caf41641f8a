/** The raw bytes of a request: what a signature is made over. Nothing is parsed, inflated or guessed. */
import type { IncomingMessage } from 'node:http';

/** Undefined: more than `mostBytes`, and the rest is not kept. Rejects (status 400) when the sender goes away in the middle. */
export function rawBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > mostBytes) return resolve(undefined);
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(Object.assign(new Error('half a request'), { status: 400, type: 'aborted' })));
  });
}
