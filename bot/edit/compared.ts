/** Two sets of files, for people: each difference in words, and as residents see it before and after. */
import type { Loaded } from '../load/library.ts';
import type { Texts } from '../load/texts.ts';
import type { PlainDate } from '../rules/dates.ts';
import type { Change, Place } from './change.ts';
import { differencesOf } from './difference.ts';
import { type Preview, previewOf } from './preview.ts';
import { type SaidChange, sayChange } from './say-change.ts';
import { formOf, isForm } from './sections.ts';

export interface Compared extends SaidChange {
  readonly change: Change;
  readonly bubbles: { readonly before: readonly Preview[]; readonly after: readonly Preview[] };
}

/** `before` and `after`: what came of loading them; what did not load has no bubbles. */
export function compared(
  live: Texts,
  next: Texts,
  { before, after, today }: { before: Loaded; after: Loaded; today: PlainDate },
): Compared[] {
  const bubbles = (loaded: Loaded, { file }: Change, section: Place | undefined): Preview[] =>
    loaded.ok && section ? previewOf(file, section, { library: loaded.library, today }) : [];
  return differencesOf(live, next).map((change) => {
    const texts = next[change.file] === undefined || isGone(change) ? live : next;
    const section = sectionOf(change, texts);
    return {
      change,
      ...sayChange(change, texts),
      bubbles: { before: bubbles(before, change, section), after: bubbles(after, change, section) },
    };
  });
}

function isGone(change: Change): boolean {
  return change.kind === 'set' && change.becomes === null;
}

function sectionOf({ file, path }: Change, texts: Texts): Place | undefined {
  if (!isForm(file)) return undefined;
  return formOf(file, texts[file] ?? '').sections.find((each) => each.path.every((key, index) => path[index] === key))
    ?.path;
}
