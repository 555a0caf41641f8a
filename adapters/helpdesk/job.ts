/** Work that one process at a time does, and another goes on with when that one has died: kept with what has been done of it. */
import { randomUUID } from 'node:crypto';
import { changeRecord, type Records } from '../records.ts';

export interface Job<State> {
  readonly state: State;
  /** Who has it in hand, or had it last. */
  readonly by: string;
  /** Nobody else takes it up before this instant (ms). */
  readonly until: number;
  /** Failures in a row. */
  readonly failures: number;
}

export interface Turns<State> {
  readonly records: Records<Job<State>>;
  /** Of a job that nothing has been done of yet. */
  readonly empty: State;
  readonly lifeMs: number;
  readonly now: () => number;
  /** The pause after many failures (an hour, unless somebody waits). */
  readonly longestPauseMs?: number;
}

/** Whoever has had a job in hand for so long is dead. */
const inHandMs = 60_000;
/** 5, 10, 20 … seconds until the next try. */
const firstPauseMs = 5_000;

/**
 * Does the job if it is due and nobody has it in hand. `keep` writes down what has been done so far, so that nothing is done twice; it
 * rejects once somebody else has the job. Rejects as `work` does; the job is then left alone for a while.
 */
export async function inTurn<State>(
  { records, empty, lifeMs, now, longestPauseMs = 60 * 60_000 }: Turns<State>,
  id: string,
  {
    isDue,
    work,
  }: {
    /** Whether anything is left to do; looked at before anything is written. */
    isDue: (state: State) => boolean;
    work: (state: State, keep: (state: State) => Promise<void>) => Promise<void>;
  },
): Promise<void> {
  const by = randomUUID();
  const change = (to: (job: Job<State>) => Job<State> | undefined) =>
    changeRecord(records, id, {
      lifeMs: () => lifeMs,
      change: (job) => to(job ?? { state: empty, by: '', until: 0, failures: 0 }),
    });
  const mine = await change((job) =>
    job.until > now() || !isDue(job.state) ? undefined : { ...job, by, until: now() + inHandMs },
  );
  if (mine?.by !== by) return;
  const whileMine = async (to: (job: Job<State>) => Job<State>) => {
    const job = await change((each) => (each.by === by ? to(each) : undefined));
    if (job?.by !== by) throw new Error('another process has this job in hand');
  };
  try {
    await work(mine.state, (state) => whileMine((job) => ({ ...job, state, until: now() + inHandMs })));
    await whileMine((job) => ({ ...job, until: 0, failures: 0 }));
  } catch (error) {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** mine.failures);
    await whileMine((job) => ({ ...job, until: now() + pauseMs, failures: job.failures + 1 })).catch(() => undefined);
    throw error;
  }
}
