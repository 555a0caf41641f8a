/** Who changed a text last, and when it was published: found by going back through the versions. */
import { isDeepStrictEqual } from 'node:util';
import type { Place, Value } from '../../bot/edit/change.ts';
import { valueAt } from '../../bot/edit/splice.ts';
import type { VersionInfo } from '../../bot/ports.ts';
import { type EditorParts, textsOf } from './parts.ts';

export interface LastChange {
  readonly by: string;
  readonly at: number;
  readonly why: string;
}

/** Further back nobody asks. */
const mostVersions = 50;

/** For each place in a file, the version that wrote what stands there in the version that holds; none for what was never published. */
export function lastChanges(parts: EditorParts) {
  const values = new Map<string, Promise<Value | null>>();
  /** A version never changes. */
  function fileOf(id: string | null, file: string): Promise<Value | null> {
    const key = `${id} ${file}`;
    const known = id === null ? undefined : values.get(key);
    const read = known ?? textsOf(id, parts).then((texts) => valueAt(texts[file] ?? '', []));
    if (id !== null) values.set(key, read);
    return read;
  }

  return async (file: string, places: readonly Place[], liveId: string | null): Promise<(LastChange | undefined)[]> => {
    const found: (LastChange | undefined)[] = places.map(() => undefined);
    const history = await parts.versions.history();
    let version: VersionInfo | undefined = history.find(({ id }) => id === liveId);
    for (let steps = 0; version && steps < mostVersions && found.some((each) => !each); steps += 1) {
      const { by, at, why, from, id } = version;
      const [now, before] = await Promise.all([fileOf(id, file), fileOf(from, file)]);
      for (const [index, place] of places.entries())
        if (!isDeepStrictEqual(within(now, place), within(before, place))) found[index] ??= { by, at, why };
      version = history.find((each) => each.id === from);
    }
    return found;
  };
}

function within(value: Value | null, place: Place): unknown {
  return place.reduce<unknown>(
    (each, key) => (typeof each === 'object' && each !== null ? Reflect.get(each, key) : undefined),
    value,
  );
}
