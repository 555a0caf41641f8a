/** Where a channel's conversations and waiting events are kept. */
import { memoryInbox, memorySessions } from '../adapters/memory.ts';
import { claim } from '../adapters/redis/claim.ts';
import { connectRedis } from '../adapters/redis/connect.ts';
import { redisInbox } from '../adapters/redis/inbox.ts';
import { sealWith } from '../adapters/redis/seal.ts';
import { redisSessions } from '../adapters/redis/sessions.ts';
import type { Channel } from './channels.ts';
import { mainLanguage as language } from './load/files.ts';
import type { Inbox, Log, Sessions } from './ports.ts';
import type { StaffOptions } from './start-staff.ts';
import { stop } from './stop.ts';

/** A conversation is forgotten after so long without a message. */
const idleMs = 30 * 60_000;

export interface Store {
  readonly sessions: Sessions;
  readonly inbox: Inbox;
  /** Undefined: everything is in memory. */
  readonly redis: StaffOptions['redis'];
}

/** Ends the process where another channel has the database. */
export async function openStore({ name, config: { redis } }: Channel, log: Log): Promise<Store> {
  if (!redis)
    return { sessions: memorySessions({ idleMs, now: Date.now, language }), inbox: memoryInbox(), redis: undefined };
  const connection = connectRedis(redis.url, log);
  const other = name && (await claim(connection, name).catch(() => undefined)); // Redis says itself that it is away
  if (other) stop(`REDIS_URL of ${name}: the database belongs to the channel ${other}; each channel has its own`);
  const seal = sealWith(redis.dataKeys);
  const sessions = redisSessions(connection, { seal, idleMs, language });
  return { sessions, inbox: redisInbox(connection, { seal, log }), redis: { connection, seal } };
}
