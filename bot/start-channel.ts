/** One channel, put together: config → adapters → what the server shows of it. */
import { sharedCalendars } from '../adapters/calendar/page.ts';
import type { Unanswered } from '../adapters/editor/numbers.ts';
import { withBreaker } from '../adapters/line/breaker.ts';
import { lineContent } from '../adapters/line/content.ts';
import { readEvents } from '../adapters/line/events.ts';
import { languageMenu } from '../adapters/line/language-menu.ts';
import { lineMessenger } from '../adapters/line/messenger.ts';
import { lineProfile } from '../adapters/line/profile.ts';
import { signatureCheck } from '../adapters/line/signature.ts';
import { pinoLog } from '../adapters/log.ts';
import { memoryVersions } from '../adapters/memory-versions.ts';
import { privacyPage } from '../adapters/privacy/page.ts';
import { nameAnew } from '../adapters/redis/reseal.ts';
import { redisVersions } from '../adapters/redis/versions.ts';
import type { Channel } from './channels.ts';
import type { Config } from './config.ts';
import { nearestLanguage } from './dialogue/nearest-language.ts';
import { privacyNotices } from './dialogue/privacy.ts';
import type { Now, SharedCalendar } from './dialogue/types.ts';
import { inEveryLanguage } from './dialogue/words.ts';
import { follow } from './follow.ts';
import { mainLanguage as language } from './load/files.ts';
import { type LiveLibrary, liveLibrary } from './load/live.ts';
import { showProblems } from './load/problem.ts';
import { createMetrics, measured } from './metrics.ts';
import { reminderFigure } from './remind-round.ts';
import { localNow } from './rules/dates.ts';
import type { ServedChannel } from './server.ts';
import { startDesk } from './start-desk.ts';
import { openEditor } from './start-editor.ts';
import { openLine } from './start-line.ts';
import { openNumbers } from './start-numbers.ts';
import { startReminders } from './start-reminders.ts';
import { openStaff } from './start-staff.ts';
import { openStore } from './start-store.ts';
import { stop } from './stop.ts';
import { turnWorker } from './turn.ts';
import { warm } from './warm.ts';
import { welcome } from './welcome.ts';

export interface StartedChannel {
  readonly served: ServedChannel;
  /** Where to listen, if not everywhere. */
  readonly at: { readonly host?: string };
  /** The server listens on that port. Resolves to what its people see on the screen. */
  listening(port: number): string;
  /** Before the server closes: what would keep it from closing. */
  leave(): void;
  /** After it has closed: what is in hand is done. */
  stop(): Promise<void>;
}

/** Ends the process with a sentence where the files have problems. */
export async function startChannel({ name, config }: Channel): Promise<StartedChannel> {
  const live = loadOrStop(config.folder);
  const clock = clockOf(config, live);
  const line = await openLine(config, live, clock);
  const log = pinoLog({ level: line.logLevel, channel: name });
  const { sessions, inbox, redis } = await openStore({ name, config }, log);
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
    speaks: languageMenu({ ...line.channel, log, mainLanguage: language, now: Date.now }),
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

  return {
    served: {
      name,
      host: name === undefined || !config.publicUrl ? undefined : new URL(config.publicUrl).hostname,
      publicUrl: config.publicUrl,
      isSigned: signatureCheck(line.channel.channelSecret),
      readEvents,
      inbox,
      isReady: () => sessions.isReady(),
      metrics,
      log,
      pages: [
        staff.site(
          [
            desk?.part,
            openEditor({ folder: config.folder, versions, sessions, staff, clock, numbers, unanswered }),
          ].filter((part) => part !== undefined),
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
    },
    at: line.at ?? (config.host ? { host: config.host } : {}),
    listening(port) {
      void warm(live.library());
      // One is needed soon; and wrong credentials are better known now than with the first resident.
      line.channel.accessToken
        .get()
        .catch((error: { status?: number }) =>
          log.error({ status: error.status }, 'LINE gives no access token: npm run line -- check says why'),
        );
      // Whoever tries the bot out has its page open on this machine.
      if (!config.line && !config.publicUrl) calendars.reachedAt(`http://localhost:${port}`);
      line.connect?.(`http://127.0.0.1:${port}/webhook`);
      if (config.pretendToday)
        log.warn({ today: config.pretendToday }, 'pretending that today is another day (BOT_TODAY)');
      return welcome({ name, config }, { port, library: live.library(), demo: staff.demo });
    },
    leave() {
      line.leave?.();
      stopFollowing();
      desk?.stop();
    },
    async stop() {
      await reminders.stop();
      await inbox.stop();
      await numbers.close();
      await sessions.close();
      await line.close?.();
      log.info({}, 'stopped');
      await log.close();
    },
  };
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

function loadOrStop(folder: string): LiveLibrary {
  const opened = liveLibrary(folder);
  if (opened.ok) return opened.live;
  return stop(`${showProblems(opened.problems)}\n\n${opened.problems.length}件の問題があるため、始められません。`);
}
