/** A command that cannot do what it was called for: why, what to do, and exit code 2. */
import { stop as end } from '../stop.ts';

export function stop(message: string): never {
  return end(message, 2);
}
