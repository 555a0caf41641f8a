/** Every process takes up what is published within a second or two, without a restart. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveLibrary } from './load/live.ts';
import type { Log, Versions } from './ports.ts';
import { warm } from './warm.ts';

const lookMs = 1_000;
/** A store that is away does not hold up the start: the version is taken up when it is back. */
const firstLookMs = 1_000;

/** Resolves once the version that holds is taken up, or cannot be had now. Stops looking when the function is called. */
export async function follow(
  versions: Versions,
  { live, log }: { live: Pick<LiveLibrary, 'take' | 'library'>; log: Log },
): Promise<() => void> {
  let known: string | null = null;
  let missing: string | null = null;
  let isStopped = false;

  async function look(): Promise<void> {
    const id = await versions.currentId();
    if (id === known) return;
    const version = id === null ? undefined : await versions.find(id);
    if (id !== null && !version) {
      if (missing !== id)
        log.error({ version: id }, 'the published version is not in the store: going on with the one before');
      missing = id;
      return;
    }
    // Looked at once, whatever comes of it: what this process cannot read it cannot read a second later either.
    known = id;
    if (live.take(version?.texts ?? null)) {
      void warm(live.library());
      log.info({ version: id ?? 'none' }, 'a published version is in use');
    } else log.error({ version: id ?? 'none' }, 'a published version has problems here: going on with the one before');
  }

  async function keepLooking(): Promise<void> {
    while (!isStopped) {
      await look().catch(() => undefined); // Redis says itself that it is away
      await sleep(lookMs, undefined, { ref: false });
    }
  }

  await Promise.race([look().catch(() => undefined), sleep(firstLookMs)]);
  void keepLooking();
  return () => {
    isStopped = true;
  };
}
