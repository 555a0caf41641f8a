/** Who changed a text last, and when it was published: found by going back through the versions. */
import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../../bot/edit/change.ts';
import { valueAt } from '../../bot/edit/splice.ts';
import type { Texts } from '../../bot/load/texts.ts';
import type { VersionInfo } from '../../bot/ports.ts';
import { type EditorParts, textsOf } from './parts.ts';

interface LastChange {
  readonly by: string;
  readonly at: number;
  readonly why: string;
}

/** Further back nobody asks. */
const mostVersions = 50;

/** For each place in a file, the version that wrote what stands there in the version that holds; none for what was never published. */
export function lastChanges(parts: EditorParts) {
  const kept = new Map<string, Promise<Texts>>();
  /** A version never changes. One that could not be read is asked for again. */
  function textsAt(id: string | null): Promise<Texts> {
    if (id === null) return textsOf(null, parts);
    const read = kept.get(id) ?? textsOf(id, parts);
    kept.delete(id);
    kept.set(id, read);
    read.catch(() => kept.delete(id));
    const [oldest] = kept.keys();
    if (kept.size > mostVersions && oldest !== undefined) kept.delete(oldest);
    return read;
  }

  return async (file: string, places: readonly Place[], liveId: string | null): Promise<(LastChange | undefined)[]> => {
    const found: (LastChange | undefined)[] = places.map(() => undefined);
    const history = await parts.versions.history();
    let version: VersionInfo | undefined = history.find(({ id }) => id === liveId);
    for (let steps = 0; version && steps < mostVersions && found.some((each) => !each); steps += 1) {
      const { by, at, why, from, id } = version;
      const [now, before] = (await Promise.all([textsAt(id), textsAt(from)])).map((texts) => texts[file] ?? '');
      if (now !== before)
        for (const [index, place] of places.entries())
          if (!isDeepStrictEqual(valueAt(now ?? '', place), valueAt(before ?? '', place)))
            found[index] ??= { by, at, why };
      version = history.find((each) => each.id === from);
    }
    return found;
  };
}
