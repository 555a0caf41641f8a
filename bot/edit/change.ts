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
  /** Something else stands there by now. */
  | { readonly ok: false; readonly now: Value | null };

/** The files with that change; every other character stays as it was. */
export function applyChange(texts: Texts, change: Change): Changed {
  const { file, path } = change;
  const text = texts[file];
  if (text === undefined) return { ok: false, now: null };
  const now = valueAt(text, path);
  const write = (written: string): Changed => ({ ok: true, texts: { ...texts, [file]: written } });
  switch (change.kind) {
    case 'set':
      if (isDeepStrictEqual(now, change.becomes)) return { ok: true, texts };
      return isDeepStrictEqual(now, change.was) ? write(setValue(text, path, change.becomes)) : { ok: false, now };
    case 'add':
      if (!Array.isArray(now)) return { ok: false, now };
      return hasItem(now, change.item) ? { ok: true, texts } : write(addItem(text, path, change.item));
    case 'remove':
      if (!Array.isArray(now)) return { ok: false, now };
      return hasItem(now, change.item) ? write(removeItem(text, path, change.item)) : { ok: true, texts };
  }
}

function hasItem(list: readonly Value[], item: Value): boolean {
  return list.some((each) => isDeepStrictEqual(each, item));
}
