/** Tells staff elsewhere that a new ticket waits: by mail, by webhook. Each way once, as far as the way itself can tell. */
import type { Log } from '../../bot/ports.ts';
import type { Records } from '../records.ts';
import { every, type Looking } from './every.ts';
import { inTurn, type Job } from './job.ts';
import type { Ticket } from './ticket.ts';

/** Nothing of the resident: it leaves the house. */
export interface Announcement {
  /** The same for every try. */
  readonly id: string;
  readonly ticket: string;
  readonly openedAt: number;
  readonly isMessage: boolean;
  /** How many wait, this one among them. */
  readonly waiting: number;
}

/** Resolves once whoever it goes to has taken it. */
export type Announce = (announcement: Announcement) => Promise<void>;

/** Whether they have. */
export type Announced = Job<{ readonly isDone: boolean }>;

export interface AnnouncerParts {
  readonly tickets: () => Promise<readonly Ticket[]>;
  readonly announced: Records<Announced>;
  readonly ways: Readonly<Record<string, Announce>>;
  readonly now: () => number;
  readonly log: Log;
}

const lookMs = 2_000;
/** After a day nobody needs to hear of it any more. */
const newMs = 86_400_000;

export function announcer({ tickets, announced, ways, now, log }: AnnouncerParts): Looking {
  const turns = { records: announced, empty: { isDone: false }, lifeMs: 2 * newMs, now };

  async function look(): Promise<void> {
    const waiting = (await tickets()).filter(({ state }) => state === 'waiting');
    for (const ticket of waiting.filter(({ openedAt }) => now() - openedAt < newMs))
      await Promise.all(Object.keys(ways).map((way) => once(ticket, way, waiting.length)));
  }

  async function once({ id: ticket, openedAt, isMessage }: Ticket, way: string, waiting: number): Promise<void> {
    const id = `${way}-${ticket}`;
    await inTurn(turns, id, {
      isDue: ({ isDone }) => !isDone,
      async work(_, keep) {
        await ways[way]?.({ id, ticket, openedAt, isMessage, waiting });
        await keep({ isDone: true });
      },
    }).catch((error: unknown) => {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      log.warn({ way, reason }, 'help desk: a new ticket could not be announced');
    });
  }

  return every(lookMs, look, { log, what: 'tickets to announce' });
}
