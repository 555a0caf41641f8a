/** The composition root: config → adapters → server, and a graceful stop. Only this, and cli/, know concrete adapters. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { readEvents } from '../adapters/line/events.ts';
import { lineMessenger } from '../adapters/line/messenger.ts';
import { pinoLog } from '../adapters/log.ts';
import { memoryInbox, memorySessions } from '../adapters/memory.ts';
import { connectRedis } from '../adapters/redis/connect.ts';
import { sealWith } from '../adapters/redis/seal.ts';
import { redisSessions } from '../adapters/redis/sessions.ts';
import { setTimeouts } from '../adapters/timeouts.ts';
import { type Config, readConfig } from './config.ts';
import type { Library } from './dialogue/library.ts';
import { loadLibrary } from './load/library.ts';
import { showProblems } from './load/problem.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { DeliveryError, type Log, type Messenger, type Sessions, type Worker } from './ports.ts';
import { root } from './root.ts';
import { localNow } from './rules/dates.ts';
import { createApp, listen } from './server.ts';
import { turnWorker } from './turn.ts';
import { welcome } from './welcome.ts';

/** How long a stop waits for requests under way: LINE waits no longer than that either. */
const lastRequestsMs = 2_000;

/** A conversation is forgotten after so long without a message. */
const idleMs = 30 * 60_000;

if (existsSync(`${root}/.env`)) process.loadEnvFile(`${root}/.env`);
const read = readConfig(process.env);
if (!read.ok)
  stop(
    [
      'The environment is not right:',
      ...read.problems.map((problem) => `  ${problem}`),
      '.env.example explains every variable.',
    ].join('\n'),
  );
const loaded = loadLibrary(root);
if (!loaded.ok)
  stop(`${showProblems(loaded.problems)}\n\n${loaded.problems.length}件の問題があるため、始められません。`);
await start(read.config, loaded.library);

async function start(config: Config, library: Library): Promise<void> {
  setTimeouts({ connectMs: 2_000, answerMs: 5_000 });
  const log = pinoLog();
  const metrics = createMetrics();
  const sessions = openSessions(config, log);
  const inbox = memoryInbox();
  const now = () => {
    const local = localNow(new Date(), library.timezone);
    return { ...local, today: config.pretendToday ?? local.today };
  };
  const worker = turnWorker({
    library: () => library,
    now,
    sessions,
    messenger: openMessenger(config, log),
    log,
    language: 'ja',
  });
  inbox.start(measured(worker, metrics));

  const app = createApp({
    channelSecret: config.line?.channelSecret,
    readEvents,
    inbox,
    isReady: () => sessions.isReady(),
    metrics,
    log,
  });
  const { server, port } = await listen(app, config.port).catch((error: NodeJS.ErrnoException) =>
    stop(`Cannot listen on port ${config.port} (${error.code}). Is it taken? Set PORT to another one.`),
  );
  console.log(welcome(config, { port, library }));
  if (config.pretendToday) log.warn({ today: config.pretendToday }, 'pretending that today is another day (BOT_TODAY)');

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      await closeServer(server);
      await inbox.stop();
      await sessions.close();
      log.info({ signal }, 'stopped');
      process.exit(0);
    });
  }
}

/** Requests under way are answered first; a connection that says nothing is not waited for. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), lastRequestsMs);
  await closed;
  clearTimeout(late);
}

function openSessions({ redis }: Config, log: Log): Sessions {
  if (!redis) return memorySessions({ idleMs, now: Date.now });
  return redisSessions(connectRedis(redis.url, log), { seal: sealWith(redis.dataKeys), idleMs });
}

/** Without a channel nothing arrives, so nothing is ever to be sent. */
function openMessenger({ line }: Config, log: Log): Messenger {
  if (!line) return { send: () => Promise.reject(new DeliveryError('refused', 'there is no LINE channel')) };
  return lineMessenger({ ...line, log, now: Date.now });
}

function measured(worker: Worker, { attempts, turnSeconds }: Metrics): Worker {
  return {
    giveUp: worker.giveUp,
    async handle(incoming, attempt) {
      try {
        await worker.handle(incoming, attempt);
        attempts.inc({ outcome: 'done' });
        turnSeconds.observe((Date.now() - incoming.receivedAt) / 1000);
      } catch (error) {
        attempts.inc({ outcome: error instanceof DeliveryError ? error.kind : 'failed' });
        throw error;
      }
    },
  };
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
