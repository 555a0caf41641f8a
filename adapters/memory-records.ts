/** Records in this process's memory. */
import { randomUUID } from 'node:crypto';
import type { Records } from './records.ts';

export function memoryRecords<Value>(now: () => number = Date.now): Records<Value> {
  const kept = new Map<string, { json: string; version: string; until: number }>();
  let changed = 0;
  const current = (id: string) => {
    const entry = kept.get(id);
    if (entry && entry.until <= now()) kept.delete(id);
    return kept.get(id);
  };
  return {
    async load(id) {
      const entry = current(id);
      // Through JSON, as in any real store.
      return { value: entry && (JSON.parse(entry.json) as Value), version: entry?.version ?? null };
    },
    async save(id, value, { version, lifeMs }) {
      if ((current(id)?.version ?? null) !== version) return false;
      kept.set(id, { json: JSON.stringify(value), version: randomUUID(), until: now() + lifeMs });
      changed += 1;
      return true;
    },
    async remove(id) {
      kept.delete(id);
      changed += 1;
    },
    ids: async () => [...kept.keys()].filter((id) => current(id) !== undefined),
    changes: async () => changed,
  };
}
