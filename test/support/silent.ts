/** A log that nobody reads. */
import type { Log } from '../../bot/ports.ts';

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
