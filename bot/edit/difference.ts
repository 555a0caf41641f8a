/** What is other in one set of files than in another, as changes: whatever they came from. */
import { isDeepStrictEqual } from 'node:util';
import { parsed } from '../load/parsed.ts';
import type { Texts } from '../load/texts.ts';
import type { Change, Place, Value } from './change.ts';

/** Only values count: comments and the way of writing do not. A file that is only in one of them counts as one value. */
export function differencesOf(before: Texts, after: Texts): Change[] {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return files.flatMap((file) =>
    before[file] === after[file] ? [] : between(valuesOf(before[file]), valuesOf(after[file]), { file, path: [] }),
  );
}

function between(was: Value | null, becomes: Value | null, at: { file: string; path: Place }): Change[] {
  if (isDeepStrictEqual(was, becomes)) return [];
  if (isMap(was) && isMap(becomes))
    return [...new Set([...Object.keys(was), ...Object.keys(becomes)])].flatMap((key) =>
      between(was[key] ?? null, becomes[key] ?? null, { ...at, path: [...at.path, key] }),
    );
  if (isListOfMaps(was) && isListOfMaps(becomes)) return betweenLists(was, becomes, at);
  return [{ kind: 'set', ...at, was, becomes }];
}

/** Buttons, rows and variants stand for each other by their place; days and hours come and go. */
function betweenLists(was: readonly Value[], becomes: readonly Value[], at: { file: string; path: Place }): Change[] {
  if (was.length === becomes.length && [...was, ...becomes].every(isText))
    return was.flatMap((item, index) => between(item, becomes[index] ?? null, { ...at, path: [...at.path, index] }));
  const missing = (list: readonly Value[], item: Value) => !list.some((each) => isDeepStrictEqual(each, item));
  return [
    ...was.filter((item) => missing(becomes, item)).map((item) => ({ kind: 'remove', ...at, item }) as const),
    ...becomes.filter((item) => missing(was, item)).map((item) => ({ kind: 'add', ...at, item }) as const),
  ];
}

function valuesOf(text: string | undefined): Value | null {
  return text === undefined ? null : (parsed(text).document.toJS() as Value | null);
}

function isMap(value: Value | null): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An empty list may become one. */
function isListOfMaps(value: Value | null): value is readonly Value[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object');
}

function isText(item: Value): boolean {
  return isMap(item) && ['label', 'text', 'card', 'choices'].some((key) => key in item);
}
