/** The raw bytes of a request: what a signature is made over. Nothing is parsed, inflated or guessed. */
import type { IncomingMessage } from 'node:http';

/** So many times `mostBytes` are listened to: who is answered while still sending may not hear the answer (the connection is reset). */
const patience = 8;

/** Undefined: more than `mostBytes`; the rest is heard out but not kept. Rejects (status 400) when the sender goes away in the middle. */
export function rawBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > patience * mostBytes) return resolve(undefined);
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > patience * mostBytes) resolve(undefined);
    });
    request.on('end', () => resolve(bytes > mostBytes ? undefined : Buffer.concat(chunks)));
    request.on('error', () => reject(Object.assign(new Error('half a request'), { status: 400, type: 'aborted' })));
  });
}
