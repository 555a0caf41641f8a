/**
 * Rounds of reminders over several processes, on BullMQ: every hour one of them looks who is due, and the turns are asked for at a pace that leaves room
 * for whoever writes just then. A round that its process did not survive is taken up by another; the same turn asked for twice is one event of the inbox.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, Queue, Worker } from 'bullmq';
import type { Log } from '../../bot/ports.ts';
import { openRedis, type RedisConnection } from './connect.ts';
import type { Seal } from './seal.ts';

export interface RoundsOptions {
  readonly url: string;
  readonly seal: Seal;
  readonly log: Log;
  /** Where the hours are counted (IANA). */
  readonly timezone: string;
  /** Looks who is due, and asks for their turns. */
  readonly round: (ask: (residents: readonly string[]) => Promise<void>) => Promise<unknown>;
  /** Asks for one turn: the same id is the same event. */
  readonly ask: (resident: string, id: string) => Promise<void>;
  /** Turns asked for in a second. */
  readonly perSecond?: number;
  /** What a process had in hand when it died is taken up after so long. */
  readonly afterDeathMs?: number;
}

export interface Rounds {
  /** A round now, beside the hourly ones (for tests). `name`: the same name is the same round. */
  begin(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Every full hour; a round on which the counter is closed finds nobody. */
const hourly = '0 * * * *';
const stopWithinMs = 1_000;
const queueName = 'reminders';
const prefix = '{koshin-reminders}';
const asking = 'ask';
/** What failed is looked at by operators, and is gone after a week (s). */
const keptSeconds = 7 * 86_400;
const tries = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 5_000 },
  removeOnComplete: true,
  removeOnFail: { age: keptSeconds },
} as const;

type Asked = { readonly to: string; readonly id: string };

export function redisRounds({
  url,
  seal,
  log,
  timezone,
  round,
  ask,
  perSecond = 20,
  afterDeathMs = 10_000,
}: RoundsOptions): Rounds {
  // BullMQ waits for Redis as long as it takes.
  const connections: RedisConnection[] = [];
  const connect = () => {
    const connection = openRedis(url, { maxRetriesPerRequest: null });
    connection.on('error', () => undefined); // the session store's connection tells of it
    connections.push(connection);
    return connection;
  };
  const queue = new Queue<Asked>(queueName, { connection: connect(), prefix });
  queue.on('error', () => undefined);

  async function askFor(residents: readonly string[], name: string): Promise<void> {
    await queue.addBulk(
      residents.map((resident) => {
        const id = createHash('sha256')
          .update(`reminder ${name} ${seal.hash(resident)}`)
          .digest('hex')
          .slice(0, 26);
        return { name: asking, data: { to: seal.seal(resident, id), id }, opts: { jobId: id, ...tries } };
      }),
    );
  }

  async function work(job: Job<Asked>): Promise<void> {
    // BullMQ makes the id of a round of the hour that it is for, so that a round begun again asks for the same turns.
    if (job.name !== asking) return void (await round((residents) => askFor(residents, job.id ?? '')));
    const { to, id } = job.data;
    const resident = seal.open(to, id);
    if (resident === undefined) return log.error({ event: id }, 'a reminder cannot be opened: its key is gone');
    await ask(resident, id);
  }

  const worker = new Worker<Asked>(queueName, work, {
    connection: connect(),
    prefix,
    concurrency: 5,
    limiter: { max: perSecond, duration: 1_000 },
    lockDuration: afterDeathMs,
    stalledInterval: afterDeathMs,
    maxStalledCount: 10,
  });
  worker.on('error', () => undefined);
  worker.on('failed', (job, error) =>
    log.warn({ job: job?.name, error: error.name }, 'a round of reminders, or one of its turns, failed'),
  );
  // A Redis that is away does not hold up the start.
  queue
    .upsertJobScheduler(
      'hourly',
      { pattern: hourly, tz: timezone },
      { name: 'round', data: { to: '', id: '' }, opts: tries },
    )
    .catch((error: Error) => log.error({ error: error.name }, 'no reminders: the hourly rounds could not be set up'));

  return {
    begin: async (name) => void (await queue.add('round', { to: '', id: '' }, { jobId: name, ...tries })),
    async stop() {
      const closed = Promise.all([worker.close(), queue.close()]).catch(() => undefined);
      // Without Redis they would wait for it for ever; what is in hand is taken up by another process.
      await Promise.race([closed, sleep(stopWithinMs, undefined, { ref: false })]);
      for (const connection of connections) connection.disconnect();
    },
  };
}
