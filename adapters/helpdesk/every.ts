/** Looks again and again, one look at a time; what fails is told and tried with the next. */
import type { Log } from '../../bot/ports.ts';

export interface Looking {
  start(): void;
  stop(): void;
}

export function every(ms: number, look: () => Promise<void>, { log, what }: { log: Log; what: string }): Looking {
  let looking: NodeJS.Timeout | undefined;
  const tick = () =>
    look()
      .catch((error: Error) => log.warn({ error: error.name }, `help desk: ${what} could not be looked at`))
      .finally(() => {
        if (looking) looking = setTimeout(tick, ms).unref();
      });
  return {
    start() {
      looking = setTimeout(tick, 0).unref();
    },
    stop() {
      clearTimeout(looking);
      looking = undefined;
    },
  };
}
