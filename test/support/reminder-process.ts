/** A process that reminds as the bot does (real sessions, inbox, rounds and messenger), on a clock that a test moves: the day and time stand in a file. */
import { readFileSync } from 'node:fs';
import { lineMessenger } from '../../adapters/line/messenger.ts';
import { lineQuota } from '../../adapters/line/quota.ts';
import { longLived } from '../../adapters/line/token.ts';
import { memoryNumbers } from '../../adapters/memory-numbers.ts';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisInbox } from '../../adapters/redis/inbox.ts';
import { redisRounds } from '../../adapters/redis/rounds.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { redisSessions } from '../../adapters/redis/sessions.ts';
import type { Now } from '../../bot/dialogue/types.ts';
import { loadLibrary } from '../../bot/load/library.ts';
import { remindRound } from '../../bot/remind-round.ts';
import { root } from '../../bot/root.ts';
import { reminderEvent } from '../../bot/start-reminders.ts';
import { turnWorker } from '../../bot/turn.ts';
import { silent as log } from './silent.ts';

const { REDIS_URL: url = '', LINE_URL: apiBaseUrl = '', CLOCK: clockFile = '' } = process.env;
const accessToken = longLived('a-channel-access-token');
export const dataKey = { id: 'k1', key: Buffer.alloc(32, 7) };
/** A process that was killed is taken over after so long. */
const afterDeathMs = 1_000;

/** Another value each time, as in the bot. */
function now(): Now {
  return JSON.parse(readFileSync(clockFile, 'utf8')) as Now;
}

/** A round looks at one minute. */
function steady(): () => Now {
  const at = now();
  return () => at;
}

const loaded = loadLibrary(root);
if (!loaded.ok) throw new Error('the city’s own files have problems');
const library = () => loaded.library;
const seal = sealWith([dataKey]);
const redis = connectRedis(url, log);
const sessions = redisSessions(redis, { seal, idleMs: 30 * 60_000, language: 'ja' });
const inbox = redisInbox(redis, { seal, log, leaseMs: afterDeathMs, waitsMs: [50, 100, 200, 500, 1_000, 2_000] });
const messenger = lineMessenger({ accessToken, apiBaseUrl, log, now: Date.now });
inbox.start(turnWorker({ library, now, sessions, messenger, log, language: 'ja', count: () => undefined }));
const quota = lineQuota({ accessToken, apiBaseUrl });
redisRounds({
  url,
  seal,
  log,
  timezone: 'Asia/Tokyo',
  perSecond: 2_000,
  afterDeathMs,
  ask: (resident, id) => inbox.accept(reminderEvent(resident, id)),
  round: (ask) =>
    remindRound({ library, now: steady(), sessions, quota, monthly: undefined, numbers: memoryNumbers(), log, ask }),
});
console.log('ready');
