/** What staff change in the files, one value at a time, each with what stood there before: so that two people's changes can be told apart. */
import { isDeepStrictEqual } from 'node:util';
import type { Texts } from '../load/texts.ts';
import { addItem, removeItem, setValue, valueAt } from './splice.ts';

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
/** Keys and places in lists, from the top of the file. */
export type Place = readonly (string | number)[];

export type Change = {
  readonly file: string;
  readonly path: Place;
} /** Null: nothing stood there, or nothing is to stand there. */ & (
  | { readonly kind: 'set'; readonly was: Value | null; readonly becomes: Value | null }
  /** In a list: another line, or one line less. */
  | { readonly kind: 'add' | 'remove'; readonly item: Value }
);

export type Changed =
  | { readonly ok: true; readonly texts: Texts }
  /** Something else stands there by now; or the file cannot take it there: what it rests on is gone, or others rest on it. */
  | { readonly ok: false; readonly why: 'other' | 'no-place'; readonly now: Value | null };

/** The files with that change; every other character stays as it was. The very same files when there was nothing to change. */
export function applyChange(texts: Texts, change: Change): Changed {
  const { file, path } = change;
  const text = Object.hasOwn(texts, file) ? texts[file] : undefined;
  if (text === undefined) return { ok: false, why: 'no-place', now: null };
  const now = valueAt(text, path);
  const list = Array.isArray(now) ? now : undefined;
  const isThere = change.kind !== 'set' && list?.some((each) => isDeepStrictEqual(each, change.item));
  if (change.kind === 'set' ? isDeepStrictEqual(now, change.becomes) : list && isThere === (change.kind === 'add'))
    return { ok: true, texts };
  if (change.kind === 'set' ? !isDeepStrictEqual(now, change.was) : !list) return { ok: false, why: 'other', now };
  try {
    return { ok: true, texts: { ...texts, [file]: written(text, change) } };
  } catch {
    return { ok: false, why: 'no-place', now };
  }
}

function written(text: string, change: Change): string {
  if (change.kind === 'set') return setValue(text, change.path, change.becomes);
  return (change.kind === 'add' ? addItem : removeItem)(text, change.path, change.item);
}
