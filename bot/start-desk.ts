/** The help desk, put together: the tickets, who is told of them, and where staff answer: in the city's own console, or in Chatwoot. */
import type { Router } from 'express';
import { type Announced, announcer } from '../adapters/helpdesk/announce.ts';
import type { Mirrored, MirrorParts } from '../adapters/helpdesk/chatwoot/mirror.ts';
import { type OwnDesk, ownDesk } from '../adapters/helpdesk/desk.ts';
import type { Job } from '../adapters/helpdesk/job.ts';
import type { Ticket } from '../adapters/helpdesk/ticket.ts';
import type { LineContent } from '../adapters/line/content.ts';
import { memoryRecords } from '../adapters/memory-records.ts';
import type { RedisConnection } from '../adapters/redis/connect.ts';
import { redisRecords } from '../adapters/redis/records.ts';
import type { Seal } from '../adapters/redis/seal.ts';
import type { Config } from './config.ts';
import type { Library } from './dialogue/library.ts';
import { ticketSummary } from './dialogue/ticket-summary.ts';
import type { Now } from './dialogue/types.ts';
import { mainLanguageOf } from './load/library.ts';
import type { Inbox, Log } from './ports.ts';
import { isOpenSince } from './rules/calendar.ts';
import { waysToAnnounce } from './start-announcer.ts';
import { type Demo, openConsole } from './start-console.ts';

export interface DeskOptions {
  readonly library: () => Library;
  readonly clock: () => Now;
  readonly inbox: Inbox;
  readonly log: Log;
  /** Absent: in memory, and an account to try it out is made. */
  readonly redis: { readonly connection: RedisConnection; readonly seal: Seal } | undefined;
  /** Over https. */
  readonly isSecure: boolean;
  /** A picture or the like that a resident sent. */
  readonly contentOf: (messageId: string) => Promise<LineContent | undefined>;
  readonly config: Pick<Config, 'oidc' | 'mail' | 'webhook' | 'publicUrl' | 'chatwoot'>;
}

export interface StartedDesk {
  readonly desk: OwnDesk;
  /** What it answers over HTTP. */
  readonly page: Router;
  readonly demo: Demo | undefined;
  stop(): void;
}

/** Undefined where nobody answers in the talk. */
export async function startDesk(options: DeskOptions): Promise<StartedDesk | undefined> {
  const { library, clock, inbox, log, redis, config } = options;
  if (!library().desk) return undefined;
  const records = <Value>(name: string) =>
    redis ? redisRecords<Value>(redis.connection, { seal: redis.seal, name }) : memoryRecords<Value>();
  const desk = ownDesk({
    tickets: records<Ticket>('ticket'),
    accept: (incoming) => inbox.accept(incoming),
    terms: () => {
      const terms = library().desk;
      return terms && { ...terms, isOpenSince: (minutes) => isOpenSince(terms.calendar, clock(), minutes) };
    },
    now: Date.now,
    log,
  });
  const announcing = announcer({
    tickets: desk.all,
    announced: records<Announced>('announcement'),
    ways: await waysToAnnounce(config, library),
    now: Date.now,
    log,
  });
  const place = config.chatwoot
    ? await openChatwoot(config.chatwoot, { desk, mirrored: records<Job<Mirrored>>('chatwoot'), library, log })
    : await openConsole({ ...options, desk, records });
  desk.start();
  announcing.start();
  return {
    desk,
    page: place.router,
    demo: place.demo,
    stop() {
      place.stop();
      announcing.stop();
      desk.stop();
    },
  };
}

/** Loaded only where a city has it. */
async function openChatwoot(
  { pathToken, secret, ...options }: NonNullable<Config['chatwoot']>,
  { library, ...parts }: Pick<MirrorParts, 'desk' | 'mirrored' | 'log'> & { readonly library: () => Library },
): Promise<{ router: Router; demo: undefined; stop(): void }> {
  const [{ chatwootApi }, { chatwootMirror }, { chatwootWebhook }] = await Promise.all([
    import('../adapters/helpdesk/chatwoot/api.ts'),
    import('../adapters/helpdesk/chatwoot/mirror.ts'),
    import('../adapters/helpdesk/chatwoot/webhook.ts'),
  ]);
  const given = { ...parts, api: chatwootApi(options), now: Date.now };
  const mirror = chatwootMirror({
    ...given,
    summarise: (ticket) => ticketSummary(ticket, { library: library(), language: mainLanguageOf(library()) }),
  });
  mirror.start();
  return { router: chatwootWebhook({ ...given, pathToken, secret }), demo: undefined, stop: mirror.stop };
}
