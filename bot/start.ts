/** The composition root: config → adapters → server, and a graceful stop. Only this, and cli/, know concrete adapters. */
import { existsSync } from 'node:fs';
import { sharedCalendars } from '../adapters/calendar/page.ts';
import type { Unanswered } from '../adapters/editor/numbers.ts';
import { withBreaker } from '../adapters/line/breaker.ts';
import { lineContent } from '../adapters/line/content.ts';
import { readEvents } from '../adapters/line/events.ts';
import { actionOf } from '../adapters/line/messages.ts';
import { lineMessenger } from '../adapters/line/messenger.ts';
import { lineProfile } from '../adapters/line/profile.ts';
import { signatureCheck } from '../adapters/line/signature.ts';
import { type AccessToken, longLived, stateless } from '../adapters/line/token.ts';
import { pinoLog } from '../adapters/log.ts';
import { memoryInbox, memorySessions } from '../adapters/memory.ts';
import { memoryVersions } from '../adapters/memory-versions.ts';
import { privacyPage } from '../adapters/privacy/page.ts';
import { connectRedis } from '../adapters/redis/connect.ts';
import { redisInbox } from '../adapters/redis/inbox.ts';
import { nameAnew } from '../adapters/redis/reseal.ts';
import { sealWith } from '../adapters/redis/seal.ts';
import { redisSessions } from '../adapters/redis/sessions.ts';
import { redisVersions } from '../adapters/redis/versions.ts';
import type { Simulator } from '../adapters/simulator/simulator.ts';
import { type Config, readConfig } from './config.ts';
import { nearestLanguage } from './dialogue/nearest-language.ts';
import { privacyNotices } from './dialogue/privacy.ts';
import { richMenuOf } from './dialogue/rich-menu.ts';
import type { Now, SharedCalendar } from './dialogue/types.ts';
import { inEveryLanguage } from './dialogue/words.ts';
import { follow } from './follow.ts';
import { mainLanguage as language } from './load/files.ts';
import { type LiveLibrary, liveLibrary } from './load/live.ts';
import { showProblems } from './load/problem.ts';
import { createMetrics, measured } from './metrics.ts';
import type { Inbox, Log, Sessions } from './ports.ts';
import { reminderFigure } from './remind-round.ts';
import { root } from './root.ts';
import { localNow } from './rules/dates.ts';
import { close, createApp, listen } from './server.ts';
import { startDesk } from './start-desk.ts';
import { openEditor } from './start-editor.ts';
import { openNumbers } from './start-numbers.ts';
import { startReminders } from './start-reminders.ts';
import { openStaff, type StaffOptions } from './start-staff.ts';
import { writeTalk } from './talk.ts';
import { turnWorker } from './turn.ts';
import { warm } from './warm.ts';
import { welcome } from './welcome.ts';

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
const opened = liveLibrary(root);
if (!opened.ok)
  stop(`${showProblems(opened.problems)}\n\n${opened.problems.length}件の問題があるため、始められません。`);
await start(read.config, opened.live);

async function start(config: Config, live: LiveLibrary): Promise<void> {
  const clock = clockOf(config, live);
  const line = config.line ? realLine(config.line) : await tryOut(live, clock);
  const log = pinoLog({ level: line.logLevel });
  const { sessions, inbox, redis } = openStore(config, log);
  const versions = redis ? redisVersions(redis.connection) : memoryVersions();
  const stopFollowing = await follow(versions, { live, log });
  const staff = await openStaff({ redis, isSecure: config.line !== undefined, config, log });
  const desk = await startDesk({
    library: live.library,
    clock,
    inbox,
    log,
    staff,
    contentOf: lineContent({ ...line.channel, log }),
    config,
  });
  const unanswered = config.keepUnanswered ? staff.records<Unanswered>('unanswered') : undefined;
  const { numbers, tally } = openNumbers({ redis, unanswered, log });
  const metrics = createMetrics({ inbox, sessions });
  const nowFor = line.nowFor ?? clock;
  const calendars = sharedCalendars(staff.records<SharedCalendar>('calendar'), () =>
    inEveryLanguage('common.calendar-gone', live.library()),
  );
  if (config.publicUrl) calendars.reachedAt(config.publicUrl);
  const worker = turnWorker({
    library: live.library,
    now: nowFor,
    withoutReminders: !config.reminders.isOn,
    calendars,
    reminded(how) {
      if (how === 'push') numbers.add(clock().today, { [reminderFigure]: 1 });
    },
    sessions,
    messenger: withBreaker(
      lineMessenger({ ...line.channel, log, now: Date.now, delivered: (by) => metrics.messages.inc({ by }) }),
      { log },
    ),
    helpDesk: desk?.desk,
    log,
    language,
    phoneLanguage: lineProfile({ ...line.channel, log }),
    count: (intent) => metrics.turns.inc({ intent }),
    tally,
    ...(line.report && { observe: line.report }),
  });
  if (redis)
    await nameAnew(redis.connection, redis.seal, sessions).catch((error: Error) =>
      log.warn({ error: error.name }, 'reminders keep the names that an earlier key gave them until the next round'),
    );
  inbox.start(measured(worker, metrics));
  const reminders = await startReminders({
    config,
    channel: line.channel,
    redis: config.line && redis,
    library: live.library,
    now: nowFor,
    sessions,
    inbox,
    numbers,
    log,
    told: ({ held }) => {
      metrics.rounds.inc();
      metrics.remindersHeld.inc(held);
    },
  });
  line.whenPretended?.(reminders.look);

  const app = createApp({
    isSigned: signatureCheck(line.channel.channelSecret),
    readEvents,
    inbox,
    isReady: () => sessions.isReady(),
    metrics,
    log,
    pages: [
      staff.site(
        [desk?.part, openEditor({ versions, sessions, staff, clock, numbers, unanswered })].filter(
          (part) => part !== undefined,
        ),
        () => live.library().timezone,
      ),
      desk?.page,
      calendars.page,
      privacyPage(() => privacyNotices(live.library()), {
        isSecure: config.line !== undefined,
        nearest: nearestLanguage,
      }),
      line.page,
    ].filter((page) => page !== undefined),
  });
  const { server, port } = await listen(app, { port: config.port, ...line.at }).catch((error: NodeJS.ErrnoException) =>
    stop(`Cannot listen on port ${config.port} (${error.code}). Is it taken? Set PORT to another one.`),
  );
  void warm(live.library());
  // Whoever tries the bot out has its page open on this machine.
  if (!config.line && !config.publicUrl) calendars.reachedAt(`http://localhost:${port}`);
  line.connect?.(`http://127.0.0.1:${port}/webhook`);
  console.log(welcome(config, { port, library: live.library(), demo: staff.demo }));
  if (config.pretendToday) log.warn({ today: config.pretendToday }, 'pretending that today is another day (BOT_TODAY)');

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      line.leave?.();
      stopFollowing();
      desk?.stop();
      await close(server);
      await reminders.stop();
      await inbox.stop();
      await numbers.close();
      await sessions.close();
      await line.close?.();
      log.info({ signal }, 'stopped');
      await log.close();
      process.exit(0);
    });
  }
}

/** The office's day and time: worked out once a minute, and a value of its own for everybody who asks. */
function clockOf({ pretendToday }: Config, live: LiveLibrary): () => Now {
  let minute = Number.NaN;
  let now: Now;
  return () => {
    const current = Math.floor(Date.now() / 60_000);
    if (current !== minute) {
      const local = localNow(new Date(), live.library().timezone);
      now = { ...local, today: pretendToday ?? local.today };
      minute = current;
    }
    return { ...now };
  };
}

/** The LINE that the bot talks to: the city's channel, or the stand-in, which brings more along. */
type Line = { readonly channel: Channel } & Partial<Omit<Simulator, 'channel'>> & {
    readonly logLevel: 'info' | 'warn';
    readonly at?: { readonly host: string };
  };

interface Channel {
  readonly channelSecret: string;
  readonly accessToken: AccessToken;
  readonly apiBaseUrl: string;
}

function realLine({ channelSecret, by, apiBaseUrl }: NonNullable<Config['line']>): Line {
  const accessToken =
    'channelId' in by
      ? stateless({ channelId: by.channelId, channelSecret, apiBaseUrl, now: Date.now })
      : longLived(by.channelAccessToken);
  return { channel: { channelSecret, accessToken, apiBaseUrl }, logLevel: 'info' };
}

/**
 * The stand-in with its chat page. Loaded only here: production does without it. Its terminal shows only what needs attention, and
 * it is for this machine alone: who opens the page is not asked who they are.
 */
async function tryOut(live: LiveLibrary, clock: () => Now): Promise<Line> {
  const { openSimulator } = await import('../adapters/simulator/simulator.ts').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return stop(
      'The chat page needs the development packages: npm ci. With a LINE channel (.env.example) it is not needed.',
    );
  });
  const menu = () => richMenuOf(live.library(), language);
  const simulator = await openSimulator({
    clock,
    menu: () => ({ bar: menu().bar, areas: menu().areas.map(actionOf) }),
    folders: [`${root}/flows`, `${root}/content`],
    reload: live.reload,
    files: live.problems,
    writeTalk: (steps) => writeTalk(steps, { menu: menu().areas, language, withLinks: true }),
  });
  const { channelSecret, channelAccessToken, apiBaseUrl } = simulator.channel;
  const channel = { channelSecret, accessToken: longLived(channelAccessToken), apiBaseUrl };
  return { ...simulator, channel, logLevel: 'warn', at: { host: '127.0.0.1' } };
}

/** Where conversations and waiting events are kept. */
function openStore(
  { redis }: Config,
  log: Log,
): {
  readonly sessions: Sessions;
  readonly inbox: Inbox;
  readonly redis: StaffOptions['redis'];
} {
  if (!redis)
    return { sessions: memorySessions({ idleMs, now: Date.now, language }), inbox: memoryInbox(), redis: undefined };
  const connection = connectRedis(redis.url, log);
  const seal = sealWith(redis.dataKeys);
  const sessions = redisSessions(connection, { seal, idleMs, language });
  return { sessions, inbox: redisInbox(connection, { seal, log }), redis: { connection, seal } };
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
