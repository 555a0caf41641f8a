/** Figures in Redis: a hash for each day, kept for two years. Gathered here for a second, so that a turn costs nothing. */
import type { Numbers } from '../../bot/ports.ts';
import { memoryNumbers } from '../memory-numbers.ts';
import type { RedisConnection } from './connect.ts';

const keptSeconds = 2 * 366 * 86_400;
const writeEveryMs = 1_000;
const keyOf = (day: string) => `koshin:{numbers}:${day}`;

export function redisNumbers(redis: RedisConnection): Numbers {
  let inHand = memoryNumbers();
  const writing = setInterval(() => void write(), writeEveryMs).unref();

  /** What cannot be written is lost: figures are not worth a queue. */
  async function write(): Promise<void> {
    const gathered = await take();
    await Promise.all(
      [...gathered].map(async ([day, counts]) => {
        const pipeline = redis.pipeline();
        for (const [name, count] of Object.entries(counts)) pipeline.hincrby(keyOf(day), name, count);
        pipeline.expire(keyOf(day), keptSeconds);
        await pipeline.exec();
      }),
    ).catch(() => undefined); // Redis says itself that it is away
  }

  function take() {
    const gathered = inHand;
    inHand = memoryNumbers();
    return gathered.between('0000-01-01', '9999-12-31');
  }

  return {
    add: (day, counts) => inHand.add(day, counts),
    async between(from, until) {
      await write();
      const days = daysBetween(from, until);
      const counts = await Promise.all(days.map((day) => redis.hgetall(keyOf(day))));
      return new Map(
        days.flatMap((day, index) => {
          const entries = Object.entries(counts[index] ?? {}).map(([name, count]) => [name, Number(count)] as const);
          return entries.length === 0 ? [] : [[day, Object.fromEntries(entries)] as const];
        }),
      );
    },
    async close() {
      clearInterval(writing);
      await write();
    },
  };
}

function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(until); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
