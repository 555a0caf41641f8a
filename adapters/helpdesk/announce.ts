/**
 * Tells staff elsewhere that a new ticket waits: by mail, by webhook. Each way once, as far as the way itself can tell: whoever dies in the
 * middle is followed by another try under the same id.
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../../bot/ports.ts';
import { changeRecord, type Records } from './records.ts';
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

/** What has become of a ticket's announcements, by way. */
export type Announced = Readonly<
  Record<string, { readonly by: string; readonly tries: number; readonly until: number; readonly isDone: boolean }>
>;

export interface AnnouncerParts {
  readonly tickets: () => Promise<readonly Ticket[]>;
  readonly announced: Records<Announced>;
  readonly ways: Readonly<Record<string, Announce>>;
  readonly now: () => number;
  readonly log: Log;
}

const lookMs = 2_000;
/** Whoever has taken an announcement in hand and has not done it by then is dead. */
const inHandMs = 60_000;
/** After a day nobody needs to hear of it any more. Until then there are 1, 2, 4 … minutes between tries. */
const newMs = 86_400_000;

export function announcer({ tickets, announced, ways, now, log }: AnnouncerParts): { start(): void; stop(): void } {
  let looking: NodeJS.Timeout | undefined;
  const put = (id: string, change: (before: Announced) => Announced | undefined) =>
    changeRecord(announced, id, { lifeMs: () => 2 * newMs, change: (before) => change(before ?? {}) });

  async function look(): Promise<void> {
    const waiting = (await tickets()).filter(({ state }) => state === 'waiting');
    const fresh = waiting.filter(({ openedAt }) => now() - openedAt < newMs);
    for (const ticket of fresh) await Promise.all(Object.keys(ways).map((way) => once(ticket, way, waiting.length)));
  }

  async function once({ id: ticket, openedAt, isMessage }: Ticket, way: string, waiting: number): Promise<void> {
    const by = randomUUID();
    const mine = await put(ticket, (before) => {
      const { tries = 0, until = 0, isDone = false } = before[way] ?? {};
      if (isDone || until > now()) return undefined;
      return { ...before, [way]: { by, tries: tries + 1, until: now() + inHandMs, isDone } };
    });
    const claim = mine?.[way];
    if (!claim || claim.by !== by) return;
    const end = (how: { until: number; isDone: boolean }) =>
      put(ticket, (at) => ({ ...at, [way]: { ...claim, ...how } }));
    try {
      await ways[way]?.({ id: `${way}-${ticket}`, ticket, openedAt, isMessage, waiting });
      await end({ until: 0, isDone: true });
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      log.warn({ way, reason, tries: claim.tries }, 'help desk: a new ticket could not be announced');
      await end({ until: now() + 60_000 * 2 ** (claim.tries - 1), isDone: false });
    }
  }

  return {
    start() {
      const tick = () =>
        look()
          .catch((error: Error) => log.warn({ error: error.name }, 'help desk: tickets could not be announced'))
          .finally(() => {
            if (looking) looking = setTimeout(tick, lookMs).unref();
          });
      looking = setTimeout(tick, 0).unref();
    },
    stop() {
      clearTimeout(looking);
      looking = undefined;
    },
  };
}
