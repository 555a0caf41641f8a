/**
 * Time-outs for every outgoing request of this process. `fetch` waits up to five minutes for an answer, and the LINE SDK, which uses it,
 * has no setting of its own; undici's dispatcher is the one place where both can be told.
 */
import { Agent, setGlobalDispatcher } from 'undici';

export function setTimeouts({ connectMs, answerMs }: { connectMs: number; answerMs: number }): void {
  setGlobalDispatcher(
    new Agent({ connect: { timeout: connectMs }, headersTimeout: answerMs, bodyTimeout: answerMs, connections: 128 }),
  );
}
