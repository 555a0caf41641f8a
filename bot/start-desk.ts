/** The help desk, put together: the tickets, who is told of them, and where staff answer: in the city's own console, or in Chatwoot. */
import type { Router } from 'express';
import { type Announced, announcer } from '../adapters/helpdesk/announce.ts';
import type { Mirrored, MirrorParts } from '../adapters/helpdesk/chatwoot/mirror.ts';
import { type OwnDesk, ownDesk } from '../adapters/helpdesk/desk.ts';
import type { Job } from '../adapters/helpdesk/job.ts';
import type { Ticket } from '../adapters/helpdesk/ticket.ts';
import type { LineContent } from '../adapters/line/content.ts';
import type { StaffPart } from '../adapters/staff/site.ts';
import type { Config } from './config.ts';
import type { Library } from './dialogue/library.ts';
import { ticketSummary } from './dialogue/ticket-summary.ts';
import type { Now } from './dialogue/types.ts';
import { mainLanguageOf } from './load/library.ts';
import type { Inbox, Log } from './ports.ts';
import { isOpenSince } from './rules/calendar.ts';
import { waysToAnnounce } from './start-announcer.ts';
import { openConsole } from './start-console.ts';
import type { Staff } from './start-staff.ts';

export interface DeskOptions {
  readonly library: () => Library;
  readonly clock: () => Now;
  readonly inbox: Inbox;
  readonly log: Log;
  readonly staff: Staff;
  /** A picture or the like that a resident sent. */
  readonly contentOf: (messageId: string) => Promise<LineContent | undefined>;
  readonly config: Pick<Config, 'mail' | 'webhook' | 'publicUrl' | 'chatwoot'>;
}

export interface StartedDesk {
  readonly desk: OwnDesk;
  /** What clerks do on a page of ours. */
  readonly part: StaffPart | undefined;
  /** What another system calls. */
  readonly page: Router | undefined;
  stop(): void;
}

/** Undefined where nobody answers in the talk. */
export async function startDesk(options: DeskOptions): Promise<StartedDesk | undefined> {
  const { library, clock, inbox, log, staff, config } = options;
  if (!library().desk) return undefined;
  const { records } = staff;
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
  const chatwoot =
    config.chatwoot &&
    (await openChatwoot(config.chatwoot, { desk, mirrored: records<Job<Mirrored>>('chatwoot'), library, log }));
  const part = chatwoot ? undefined : openConsole({ ...options, desk });
  desk.start();
  announcing.start();
  return {
    desk,
    part,
    page: chatwoot?.router,
    stop() {
      chatwoot?.stop();
      part?.close();
      announcing.stop();
      desk.stop();
    },
  };
}

/** Loaded only where a city has it. */
async function openChatwoot(
  { pathToken, secret, ...options }: NonNullable<Config['chatwoot']>,
  { library, ...parts }: Pick<MirrorParts, 'desk' | 'mirrored' | 'log'> & { readonly library: () => Library },
): Promise<{ router: Router; stop(): void }> {
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
  return { router: chatwootWebhook({ ...given, pathToken, secret }), stop: mirror.stop };
}
