/** Published versions in this process's memory: for trying the pages out. */
import type { Version, Versions } from '../bot/ports.ts';

export function memoryVersions(): Versions {
  const kept: Version[] = [];
  const current = () => kept.at(-1)?.id ?? null;
  return {
    currentId: async () => current(),
    find: async (id) => kept.find((version) => version.id === id),
    history: async () => kept.map(({ texts: _, ...info }) => info).toReversed(),
    async publish(version) {
      if (current() !== version.from) return false;
      kept.push(structuredClone(version));
      return true;
    },
  };
}
