/** Reminders, put together: who looks when. With Redis one of all processes looks every hour; in memory, and with the chat page's own clocks, this one looks all the time. */
import { randomUUID } from 'node:crypto';
import type { LineAccess } from '../adapters/line/http.ts';
import { lineQuota } from '../adapters/line/quota.ts';
import type { Seal } from '../adapters/redis/seal.ts';
import type { Config } from './config.ts';
import type { Library } from './dialogue/library.ts';
import type { Now } from './dialogue/types.ts';
import type { Inbox, Incoming, Log, Numbers, Sessions } from './ports.ts';
import { type Round, remindRound } from './remind-round.ts';

export interface RemindersOptions {
  readonly config: Pick<Config, 'reminders' | 'redis'>;
  readonly channel: Pick<LineAccess, 'accessToken' | 'apiBaseUrl'>;
  /** Undefined: nothing outlives this process, or every resident has a clock of their own. */
  readonly redis: { readonly seal: Seal } | undefined;
  readonly library: () => Library;
  readonly now: (resident: string | null) => Now;
  readonly sessions: Sessions;
  readonly inbox: Inbox;
  readonly numbers: Numbers;
  readonly log: Log;
  /** Hears of every round, for the operators' figures. */
  readonly told: (round: Round) => void;
}

export interface StartedReminders {
  /** Somebody's clock has moved. */
  look(): void;
  stop(): Promise<void>;
}

const lookMs = 30_000;

export async function startReminders(options: RemindersOptions): Promise<StartedReminders> {
  const { config, channel, redis, inbox, log, told, library } = options;
  if (!config.reminders.isOn) return { look: () => undefined, stop: async () => undefined };
  const { monthly } = config.reminders;
  const quota = lineQuota(channel);
  const round = async (ask: (residents: readonly string[]) => Promise<void>) =>
    told(await remindRound({ ...options, quota, monthly, ask }));
  if (!redis || !config.redis) return inProcess(round, { inbox, log });
  // Loaded only where it is used.
  const { redisRounds } = await import('../adapters/redis/rounds.ts');
  const { url } = config.redis;
  const rounds = redisRounds({
    url,
    seal: redis.seal,
    log,
    timezone: library().timezone,
    round,
    ask: (resident, id) => inbox.accept(reminderEvent(resident, id)),
  });
  return { look: () => undefined, stop: rounds.stop };
}

function inProcess(
  round: (ask: (residents: readonly string[]) => Promise<void>) => Promise<void>,
  { inbox, log }: Pick<RemindersOptions, 'inbox' | 'log'>,
): StartedReminders {
  let running = Promise.resolve();
  const ask = async (residents: readonly string[]) => {
    for (const resident of residents) await inbox.accept(reminderEvent(resident, randomUUID()));
  };
  const look = () => {
    running = running
      .then(() => round(ask))
      .catch((error: Error) => log.warn({ error: error.name }, 'a round of reminders failed'));
  };
  const looking = setInterval(look, lookMs).unref();
  return {
    look,
    async stop() {
      clearInterval(looking);
      await running;
    },
  };
}

/** What a round asks for. */
export function reminderEvent(resident: string, id: string): Incoming {
  const at = Date.now();
  return { kind: 'reminder', id, at, receivedAt: at, replyToken: null, resident };
}
