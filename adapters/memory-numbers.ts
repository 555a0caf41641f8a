/** Figures in this process's memory. */
import type { Numbers } from '../bot/ports.ts';

export function memoryNumbers(): Numbers {
  const days = new Map<string, Record<string, number>>();
  return {
    add(day, more) {
      const counts = days.get(day) ?? {};
      for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count;
      days.set(day, counts);
    },
    between: async (from, until) =>
      new Map([...days].filter(([day]) => from <= day && day <= until).map(([day, counts]) => [day, { ...counts }])),
    async close() {},
  };
}
