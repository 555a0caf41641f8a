/** The library in use, and what takes its place when a file in `flows/` or `content/` changes. */
import { watch } from 'node:fs';
import type { Library } from '../dialogue/library.ts';
import { loadLibrary } from './library.ts';
import type { Problem } from './problem.ts';

/** An editor writes a file in several steps; they count as one change. */
const settledAfterMs = 150;

export interface LiveLibrary {
  /** The last one that loaded without a problem. */
  library(): Library;
  /** What is wrong with the files as they are now; empty when the library in use is made of them. */
  problems(): readonly Problem[];
  /** From now on loads anew after every change of a file, and calls back; until the returned function is called. */
  follow(changed: () => void): () => void;
}

/** The folders `flows/` and `content/` under `root`; to begin with they must be without a problem. */
export function liveLibrary(
  root: string,
): { readonly ok: true; readonly live: LiveLibrary } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const first = loadLibrary(root);
  if (!first.ok) return first;
  let { library } = first;
  let problems: readonly Problem[] = [];

  function follow(changed: () => void): () => void {
    let settling: NodeJS.Timeout | undefined;
    const load = () => {
      const loaded = loadLibrary(root);
      if (loaded.ok) library = loaded.library;
      problems = loaded.ok ? [] : loaded.problems;
      changed();
    };
    const watchers = ['flows', 'content'].map((folder) =>
      watch(`${root}/${folder}`, { recursive: true, persistent: false }, () => {
        clearTimeout(settling);
        settling = setTimeout(load, settledAfterMs);
      }),
    );
    return () => {
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    };
  }

  return { ok: true, live: { library: () => library, problems: () => problems, follow } };
}
