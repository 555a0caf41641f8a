/** The library in use, and what takes its place: files that have changed here, or a version that was published to all processes. */
import type { Library } from '../dialogue/library.ts';
import { type Loaded, loadLibrary } from './library.ts';
import type { Problem } from './problem.ts';
import type { Texts } from './texts.ts';

export interface LiveLibrary {
  /** The last one that loaded without a problem. */
  library(): Library;
  /** What is wrong with the files as they were last read; empty when the library in use is made of them. */
  problems(): readonly Problem[];
  /** Reads the files again; while a version is published, that one holds. */
  reload(): void;
  /** From now on that version holds; false, and everything as before, when it has a problem. Null: the files here hold again. */
  take(texts: Texts | null): boolean;
}

/** The folders `flows/` and `content/` under `root`; to begin with they must be without a problem. */
export function liveLibrary(
  root: string,
): { readonly ok: true; readonly live: LiveLibrary } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const first = loadLibrary(root);
  if (!first.ok) return first;
  let { library } = first;
  let problems: readonly Problem[] = [];
  let isPublished = false;
  const use = (loaded: Loaded): boolean => {
    if (loaded.ok) library = loaded.library;
    problems = loaded.ok ? [] : loaded.problems;
    return loaded.ok;
  };
  return {
    ok: true,
    live: {
      library: () => library,
      problems: () => problems,
      reload() {
        if (!isPublished) use(loadLibrary(root));
      },
      take(texts) {
        const isTaken = use(loadLibrary(texts ?? root));
        if (isTaken) isPublished = texts !== null;
        return isTaken;
      },
    },
  };
}
