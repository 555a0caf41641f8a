/** The library for a command line, or its problems on the screen and exit code 1. */
import { type Loaded, loadLibrary } from '../load/library.ts';
import { showProblems } from '../load/problem.ts';
import { folder } from './channel.ts';

export function loadOrStop(): Extract<Loaded, { ok: true }> {
  const loaded = loadLibrary(folder);
  if (loaded.ok) return loaded;
  console.error(`${showProblems(loaded.problems)}\n\n${loaded.problems.length}件の問題があります。`);
  process.exit(1);
}
