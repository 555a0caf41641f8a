/** The draft: what staff have changed since the last publication, as changes and not as files, so that it holds whatever is published meanwhile. */
import { isDeepStrictEqual } from 'node:util';
import type { Texts } from '../load/texts.ts';
import { applyChange, type Change, type Changed, type Place, type Value } from './change.ts';
import { valueAt } from './splice.ts';

export interface Edit {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly change: Change;
}

export interface Draft {
  readonly texts: Texts;
  /** Edits that no longer fit, because something else was published in that place. */
  readonly conflicts: readonly { readonly edit: Edit; readonly now: Value | null }[];
}

/** What is published, with the edits. */
export function draftOf(live: Texts, edits: readonly Edit[]): Draft {
  let texts = live;
  const conflicts: { edit: Edit; now: Value | null }[] = [];
  for (const edit of edits) {
    const changed = applied(texts, edit.change);
    if (changed.ok) texts = changed.texts;
    else conflicts.push({ edit, now: changed.now });
  }
  return { texts, conflicts };
}

/** Remembered as long as the texts are: of a long draft only what is new takes time. */
function applied(texts: Texts, change: Change): Changed {
  const known = steps.get(texts) ?? new Map<string, Changed>();
  steps.set(texts, known);
  const key = JSON.stringify(change);
  const changed = known.get(key) ?? applyChange(texts, change);
  known.set(key, changed);
  return changed;
}

const steps = new WeakMap<Texts, Map<string, Changed>>();

/** Without the edits that do not fit any more and that another one at their place would replace. */
export function withoutStale(edits: readonly Edit[], { conflicts }: Draft, change: Change): readonly Edit[] {
  return edits.filter((each) => !conflicts.some(({ edit }) => edit === each && isSamePlace(each.change, change)));
}

/** The edits that are left once the others are published: they were made on top of those, and rest on the published texts from now on. */
export function rebased(edits: readonly Edit[], published: Texts): readonly Edit[] {
  return edits.map((edit) => {
    const { change } = edit;
    const text = published[change.file];
    if (change.kind !== 'set' || text === undefined) return edit;
    return { ...edit, change: { ...change, was: valueAt(text, change.path) } };
  });
}

/** One edit for each place: a later one takes the place of the one before, and what was changed back is no edit any more. */
export function withEdit(edits: readonly Edit[], edit: Edit): readonly Edit[] {
  const earlier = edits.find((each) => isSamePlace(each.change, edit.change) || isUndone(each.change, edit.change));
  if (!earlier) {
    const around = edits.find((each) => holds(each.change, edit.change));
    return around ? edits.map((each) => (each === around ? folded(around, edit) : each)) : [...edits, edit];
  }
  const rest = edits.filter((each) => each !== earlier);
  if (earlier.change.kind !== 'set' || edit.change.kind !== 'set') return rest;
  const change = { ...edit.change, was: earlier.change.was };
  return isDeepStrictEqual(change.was, change.becomes)
    ? rest
    : edits.map((each) => (each === earlier ? { ...edit, change } : each));
}

/** Without the edits of a place and of what lies in it, or without that one edit. */
export function withoutEdits(
  edits: readonly Edit[],
  which: { readonly id: string } | { readonly file: string; readonly path: Place },
): readonly Edit[] {
  return edits.filter(({ id, change }) =>
    'id' in which ? id !== which.id : change.file !== which.file || !isWithin(change.path, which.path),
  );
}

/** The edit that a difference comes from. */
export function editBehind(edits: readonly Edit[], change: Change): Edit | undefined {
  if (change.kind === 'set') return editOf(edits, change.file, change.path);
  return edits.find((edit) => isDeepStrictEqual(edit.change, change)) ?? editOf(edits, change.file, change.path);
}

/** The latest edit of a place, or of what lies in it. */
export function editOf(edits: readonly Edit[], file: string, path: Place): Edit | undefined {
  return edits.findLast(
    ({ change }) => change.file === file && (isWithin(change.path, path) || isWithin(path, change.path)),
  );
}

function isSamePlace(one: Change, other: Change): boolean {
  return (
    one.kind === 'set' && other.kind === 'set' && one.file === other.file && isDeepStrictEqual(one.path, other.path)
  );
}

/** An addition that is taken away again, or the other way round. */
function isUndone(one: Change, other: Change): boolean {
  if (one.kind === 'set' || other.kind === 'set' || one.kind === other.kind) return false;
  return one.file === other.file && isDeepStrictEqual([one.path, one.item], [other.path, other.item]);
}

/** Whether the other change is one of something that the first put there. */
function holds(one: Change, other: Change): boolean {
  const isInside = one.file === other.file && isWithin(other.path, one.path) && other.path.length > one.path.length;
  return isInside && one.kind === 'set' && other.kind === 'set' && typeof one.becomes === 'object';
}

function folded(around: Edit, edit: Edit): Edit {
  const [outer, inner] = [around.change, edit.change];
  if (outer.kind !== 'set' || inner.kind !== 'set') return around;
  const becomes = structuredClone(outer.becomes) as Record<string | number, Value>;
  const path = inner.path.slice(outer.path.length);
  const parent = path.slice(0, -1).reduce((each, key) => each[key] as Record<string | number, Value>, becomes);
  if (inner.becomes === null) delete parent[path.at(-1) ?? ''];
  else parent[path.at(-1) ?? ''] = inner.becomes;
  return { ...edit, change: { ...outer, becomes } };
}

function isWithin(path: Place, around: Place): boolean {
  return around.every((key, index) => path[index] === key);
}
