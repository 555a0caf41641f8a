/** Figures in this process's memory. */
import type { Numbers } from '../bot/ports.ts';

export function memoryNumbers(): Numbers {
  const days = new Map<string, Record<string, number>>();
  return {
    add(day, names) {
      const counts = days.get(day) ?? {};
      for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
      days.set(day, counts);
    },
    between: async (from, until) =>
      new Map([...days].filter(([day]) => from <= day && day <= until).map(([day, counts]) => [day, { ...counts }])),
    async close() {},
  };
}
