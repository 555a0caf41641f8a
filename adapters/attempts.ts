/** The tries at one event: again after a while when the outside made it fail, and no longer than it makes sense. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, DeliveryError, type Incoming, type Worker } from '../bot/ports.ts';

export interface Tries {
  readonly first: Attempt;
  /** Waits between tries that count; a third of each is left to chance, so that not everybody tries at once. */
  readonly waitsMs: readonly number[];
  /** The process stops: nobody waits any more. */
  readonly signal: AbortSignal;
  /** What a stop means: one last try here and now, or leaving the event to whoever takes over. */
  readonly onStop: 'last-try' | 'leave';
}

/** All in all some two minutes: longer than a reply token lives, so the last tries are pushes. */
export const usualWaitsMs = [200, 1_000, 5_000, 15_000, 30_000, 60_000];

/** Half of the life of a retry key. */
const patienceMs = 12 * 60 * 60_000;

/** LINE is away: the tries do not count, for it is not the event's fault. */
const whileAwayMs = 2_000;

/** `left`: somebody else will take it. */
export type Outcome =
  | { readonly kind: 'done' }
  /** `mayBeDelivered`: a try may have reached the resident. */
  | { readonly kind: 'left'; readonly mayBeDelivered: boolean }
  | { readonly kind: 'given-up'; readonly reason: string };

/** Hands the event to the worker until it is done, given up or left. Never throws. */
export async function tryUntilDone(worker: Worker, incoming: Incoming, tries: Tries): Promise<Outcome> {
  let attempt = tries.first;
  let counted = 1;
  for (;;) {
    if (!attempt.isOurs()) return left(attempt);
    try {
      await worker.handle(incoming, attempt);
      return { kind: 'done' };
    } catch (error) {
      if (!attempt.isOurs()) return left(attempt);
      const failure = error instanceof DeliveryError ? error : undefined;
      const isAway = failure?.kind === 'away';
      const waitMs = isAway ? whileAwayMs : waitFor(incoming, { counted, isLines: failure !== undefined }, tries);
      const isHopeless = failure !== undefined && failure.kind !== 'retry' && !isAway;
      const mayBeDelivered = attempt.mayBeDelivered || (failure?.mayBeDelivered ?? false);
      if (tries.signal.aborted && tries.onStop === 'leave' && !isHopeless) return left({ mayBeDelivered });
      if (waitMs === undefined || isHopeless || tries.signal.aborted) {
        await worker.giveUp(incoming, error, attempt);
        return { kind: 'given-up', reason: reasonOf(error) };
      }
      if (!isAway) counted += 1;
      attempt = {
        ...attempt,
        number: attempt.number + 1,
        mayBeDelivered,
      };
      await sleep(jittered(waitMs), undefined, { signal: tries.signal }).catch(() => undefined);
    }
  }
}

/** Faults of ours are tried a few times; LINE's are waited out, as long as a retry key is known to it. */
function waitFor(
  { receivedAt }: Incoming,
  { counted, isLines }: { counted: number; isLines: boolean },
  { waitsMs }: Tries,
): number | undefined {
  const isWorthIt = isLines && Date.now() - receivedAt < patienceMs;
  return waitsMs[counted - 1] ?? (isWorthIt ? waitsMs.at(-1) : undefined);
}

function left({ mayBeDelivered }: { readonly mayBeDelivered: boolean }): Outcome {
  return { kind: 'left', mayBeDelivered };
}

function jittered(waitMs: number): number {
  return waitMs * (2 / 3 + Math.random() / 3);
}

/** Names and numbers only: an error of ours might carry what a resident typed. */
function reasonOf(error: unknown): string {
  if (error instanceof DeliveryError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
