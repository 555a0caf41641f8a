/** The console's stream: the view whole, again whenever something has changed, by whichever process. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import type { Accounts } from '../staff/accounts.ts';
import { me, secretOf } from '../staff/guards.ts';
import { type ConsoleView, consoleView, type ViewParts } from './console-view.ts';
import type { OwnDesk } from './desk.ts';

export interface ViewStreams {
  readonly handler: RequestHandler;
  /** Ends the streams, so that a stopping server need not wait for them. */
  close(): void;
}

/** How often the streams look for what other processes changed. */
const lookMs = 500;
/** Waiting times are minutes: they grow without any change. */
const freshMs = 30_000;

export function viewStreams({
  desk,
  accounts,
  parts,
  timezone,
  now,
}: {
  desk: OwnDesk;
  accounts: Accounts;
  parts: () => ViewParts;
  timezone: () => string;
  now: () => number;
}): ViewStreams {
  const streams = new Set<Response>();

  async function view({ name, csrf, role }: ReturnType<typeof me>): Promise<ConsoleView> {
    const colleagues = (await accounts.here()).filter((other) => other !== name);
    return consoleView(await desk.all(), {
      ...parts(),
      me: { name, csrf, role },
      colleagues,
      timezone: timezone(),
      now: now(),
    });
  }

  return {
    async handler(request, response) {
      response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      streams.add(response);
      response.on('close', () => streams.delete(response));
      let seen: string | undefined;
      let lookedAt = now();
      while (streams.has(response)) {
        const mark = `${await desk.changes().catch(() => seen)} ${Math.floor(now() / freshMs)}`;
        if (mark !== seen) {
          // A store that is away for a moment leaves the page as it is.
          const json = await view(me(response)).then(JSON.stringify, () => undefined);
          if (json !== undefined) {
            response.write(`data: ${json}\n\n`);
            seen = mark;
          }
        }
        await sleep(lookMs);
        if (now() - lookedAt <= 60_000) continue;
        lookedAt = now();
        // The stream is no work of a clerk's: who has gone home is signed out.
        const isSignedIn = accounts.signedIn(secretOf(request), { isDoing: false });
        if (!(await isSignedIn.catch(() => true))) response.end();
      }
    },
    close() {
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
