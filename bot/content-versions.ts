/** Versions of what the bot says: made, and compared. */
import { printOf, type Texts } from './load/texts.ts';
import type { Version } from './ports.ts';

/** The id says when it was made and what is in it. */
export function versionOf(texts: Texts, { at, ...rest }: Pick<Version, 'at' | 'by' | 'why' | 'from'>): Version {
  const day = new Date(at).toISOString().replace(/\D/g, '').slice(0, 17);
  return { id: `${day}-${printOf(texts).slice(0, 6)}`, at, texts, ...rest };
}

/** Files that are not the same in both, or only in one, in order. */
export function differences(one: Texts, other: Texts): string[] {
  const files = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return files.filter((file) => one[file] !== other[file]);
}
