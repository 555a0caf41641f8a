/** The city's own library, loaded once for all tests. */

import type { Library } from '../../bot/dialogue/library.ts';
import { loadLibrary } from '../../bot/load/library.ts';
import { showProblems } from '../../bot/load/problem.ts';
import { root } from '../../bot/root.ts';

const loaded = loadLibrary(root);
if (!loaded.ok) throw new Error(showProblems(loaded.problems));

export const library: Library = loaded.library;
