/** The library in use, and what takes its place when the files have changed. */
import type { Library } from '../dialogue/library.ts';
import { loadLibrary } from './library.ts';
import type { Problem } from './problem.ts';

export interface LiveLibrary {
  /** The last one that loaded without a problem. */
  library(): Library;
  /** What is wrong with the files as they were last read; empty when the library in use is made of them. */
  problems(): readonly Problem[];
  /** Reads the files again. */
  reload(): void;
}

/** The folders `flows/` and `content/` under `root`; to begin with they must be without a problem. */
export function liveLibrary(
  root: string,
): { readonly ok: true; readonly live: LiveLibrary } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const first = loadLibrary(root);
  if (!first.ok) return first;
  let { library } = first;
  let problems: readonly Problem[] = [];
  return {
    ok: true,
    live: {
      library: () => library,
      problems: () => problems,
      reload() {
        const loaded = loadLibrary(root);
        if (loaded.ok) library = loaded.library;
        problems = loaded.ok ? [] : loaded.problems;
      },
    },
  };
}
