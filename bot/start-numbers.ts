/** The office's figures and unanswered questions, put together: what a turn adds to them. */
import { randomUUID } from 'node:crypto';
import type { Unanswered } from '../adapters/editor/numbers.ts';
import { memoryNumbers } from '../adapters/memory-numbers.ts';
import type { Records } from '../adapters/records.ts';
import type { RedisConnection } from '../adapters/redis/connect.ts';
import { redisNumbers } from '../adapters/redis/numbers.ts';
import { redact } from './dialogue/redact.ts';
import { tallyOf } from './dialogue/tally.ts';
import type { Intent } from './dialogue/types.ts';
import { mainLanguageOf } from './load/library.ts';
import type { Log, Numbers } from './ports.ts';
import type { TakenTurn } from './turn.ts';

const unansweredMs = 30 * 86_400_000;

/** What the FAQ does not answer yet, or not surely. */
const unclear: ReadonlySet<Intent['kind']> = new Set(['not-understood', 'maybe']);

export function openNumbers({
  redis,
  unanswered,
  log,
}: {
  readonly redis: { readonly connection: RedisConnection } | undefined;
  /** Undefined: nothing that was said is kept. */
  readonly unanswered: Records<Unanswered> | undefined;
  readonly log: Log;
}): { readonly numbers: Numbers; readonly tally: (taken: TakenTurn) => void } {
  const numbers = redis ? redisNumbers(redis.connection) : memoryNumbers();

  /** What answers a question of ours is no question of theirs: it may be anything, and is not kept. */
  function keep({ message, before, turn, world }: TakenTurn): void {
    if (!unanswered || message.kind !== 'text' || !unclear.has(turn.intent.kind) || before?.asked) return;
    const text = redact(message.text, mainLanguageOf(world.library));
    if (text === undefined) return;
    const id = randomUUID();
    unanswered
      .save(id, { id, at: Date.now(), text }, { version: null, lifeMs: unansweredMs })
      .catch((error: unknown) => log.warn({ error: String(error) }, 'an unanswered question could not be kept'));
  }

  return {
    numbers,
    tally(taken) {
      const { before, turn, world } = taken;
      numbers.add(world.now.today, tallyOf(before, turn, world));
      keep(taken);
    },
  };
}
