/** The composition root: config → adapters → server, and a graceful stop. Only this, and cli/, know concrete adapters. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { readEvents } from '../adapters/line/events.ts';
import { actionOf } from '../adapters/line/messages.ts';
import { lineMessenger } from '../adapters/line/messenger.ts';
import { pinoLog } from '../adapters/log.ts';
import { memoryInbox, memorySessions } from '../adapters/memory.ts';
import { connectRedis } from '../adapters/redis/connect.ts';
import { sealWith } from '../adapters/redis/seal.ts';
import { redisSessions } from '../adapters/redis/sessions.ts';
import type { Simulator } from '../adapters/simulator/simulator.ts';
import { setTimeouts } from '../adapters/timeouts.ts';
import { type Config, readConfig } from './config.ts';
import { richMenuOf } from './dialogue/rich-menu.ts';
import type { Now } from './dialogue/types.ts';
import { type LiveLibrary, liveLibrary } from './load/live.ts';
import { showProblems } from './load/problem.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { DeliveryError, type Log, type Sessions, type Worker } from './ports.ts';
import { root } from './root.ts';
import { localNow } from './rules/dates.ts';
import { createApp, listen } from './server.ts';
import { writeTalk } from './talk.ts';
import { turnWorker } from './turn.ts';
import { welcome } from './welcome.ts';

/** How long a stop waits for requests under way: LINE waits no longer than that either. */
const lastRequestsMs = 2_000;

/** A conversation is forgotten after so long without a message. */
const idleMs = 30 * 60_000;

const language = 'ja';

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
const opened = liveLibrary(root);
if (!opened.ok)
  stop(`${showProblems(opened.problems)}\n\n${opened.problems.length}件の問題があるため、始められません。`);
await start(read.config, opened.live);

async function start(config: Config, live: LiveLibrary): Promise<void> {
  setTimeouts({ connectMs: 2_000, answerMs: 5_000 });
  const clock = () => clockOf(config, live);
  const simulator = config.line ? undefined : await tryOut(live, clock);
  const channel = config.line ?? simulator?.channel;
  if (!channel) throw new Error('there is a LINE channel, or a simulator that has one');

  // Whoever tries the bot out reads this screen: only what needs attention stands there.
  const log = pinoLog({ level: simulator ? 'warn' : 'info' });
  const metrics = createMetrics();
  const sessions = openSessions(config, log);
  const inbox = memoryInbox();
  const worker = turnWorker({
    library: live.library,
    now: simulator?.now ?? clock,
    sessions,
    messenger: lineMessenger({ ...channel, log, now: Date.now }),
    log,
    language,
    ...(simulator && { observe: simulator.report }),
  });
  inbox.start(measured(worker, metrics));

  const app = createApp({
    channelSecret: channel.channelSecret,
    readEvents,
    inbox,
    isReady: () => sessions.isReady(),
    metrics,
    log,
    pages: simulator ? [simulator.page] : [],
  });
  const { server, port } = await listen(app, config.port).catch((error: NodeJS.ErrnoException) =>
    stop(`Cannot listen on port ${config.port} (${error.code}). Is it taken? Set PORT to another one.`),
  );
  simulator?.connect(`http://127.0.0.1:${port}/webhook`);
  console.log(welcome(config, { port, library: live.library() }));
  if (config.pretendToday) log.warn({ today: config.pretendToday }, 'pretending that today is another day (BOT_TODAY)');

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      simulator?.leave();
      await closeServer(server);
      await inbox.stop();
      await sessions.close();
      await simulator?.close();
      log.info({ signal }, 'stopped');
      process.exit(0);
    });
  }
}

/** The office's day and time. */
function clockOf({ pretendToday }: Config, live: LiveLibrary): Now {
  const local = localNow(new Date(), live.library().timezone);
  return { ...local, today: pretendToday ?? local.today };
}

/** The stand-in LINE with its chat page, which follows every change of a file. Loaded only here: production does without it. */
async function tryOut(live: LiveLibrary, clock: () => Now): Promise<Simulator> {
  const { openSimulator } = await import('../adapters/simulator/simulator.ts').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return stop(
      'The chat page needs the development packages: npm ci. With a LINE channel (.env.example) it is not needed.',
    );
  });
  const simulator = await openSimulator({
    clock,
    menu() {
      const { bar, areas } = richMenuOf(live.library(), language);
      return { bar, areas: areas.map(actionOf) };
    },
    files: live.problems,
    writeTalk: (deeds) => writeTalk(deeds, richMenuOf(live.library(), language).areas),
  });
  live.follow(simulator.changed);
  return simulator;
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
