/** The library for a command line, or its problems on the screen and exit code 1. */
import { existsSync } from 'node:fs';
import { type Loaded, loadLibrary } from '../load/library.ts';
import { showProblems } from '../load/problem.ts';
import { folder } from './channel.ts';
import { stop } from './stop.ts';

export function loadOrStop(): Extract<Loaded, { ok: true }> {
  const missing = ['flows', 'content'].filter((each) => !existsSync(`${folder}/${each}`));
  if (missing.length > 0) stop(`${folder} に ${missing.join(' と ')} がありません。CITY_FOLDER を確かめてください。`);
  const loaded = loadLibrary(folder);
  if (loaded.ok) return loaded;
  console.error(`${showProblems(loaded.problems)}\n\n${loaded.problems.length}件の問題があります。`);
  process.exit(1);
}
