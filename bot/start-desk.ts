/** The help desk, put together: where tickets are kept, who may sign in, and the console. */
import { randomBytes } from 'node:crypto';
import { type Account, openAccounts, type SignIn } from '../adapters/helpdesk/accounts.ts';
import { type Announce, type Announced, type Announcement, announcer } from '../adapters/helpdesk/announce.ts';
import { memoryAudit } from '../adapters/helpdesk/audit.ts';
import { type StaffConsole, staffConsole } from '../adapters/helpdesk/console.ts';
import type { ViewParts } from '../adapters/helpdesk/console-view.ts';
import { type OwnDesk, ownDesk } from '../adapters/helpdesk/desk.ts';
import type { OidcStart } from '../adapters/helpdesk/oidc.ts';
import type { Ticket } from '../adapters/helpdesk/ticket.ts';
import { webhookAnnouncement } from '../adapters/helpdesk/webhook.ts';
import type { LineContent } from '../adapters/line/content.ts';
import { memoryRecords } from '../adapters/memory-records.ts';
import { redisAudit } from '../adapters/redis/audit.ts';
import type { RedisConnection } from '../adapters/redis/connect.ts';
import { redisRecords } from '../adapters/redis/records.ts';
import type { Seal } from '../adapters/redis/seal.ts';
import type { Config } from './config.ts';
import { cannedReplies } from './dialogue/canned-replies.ts';
import type { Language, Library, Template } from './dialogue/library.ts';
import { nameOf } from './dialogue/question-text.ts';
import { say } from './dialogue/say.ts';
import { text } from './dialogue/say-text.ts';
import { newSession } from './dialogue/session.ts';
import { situationOf } from './dialogue/situation.ts';
import { fillTemplate } from './dialogue/template.ts';
import { ticketSummary } from './dialogue/ticket-summary.ts';
import type { Now } from './dialogue/types.ts';
import { mainLanguage } from './load/files.ts';
import type { Inbox, Log } from './ports.ts';
import { isOpenSince } from './rules/calendar.ts';
import type { Facts } from './rules/rule.ts';
import { replyText } from './talk.ts';

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
  readonly config: Pick<Config, 'oidc' | 'mail' | 'webhook' | 'publicUrl'>;
}

export interface StartedDesk {
  readonly desk: OwnDesk;
  readonly console: StaffConsole;
  /** To try the console out, without Redis and LINE only. */
  readonly demo: { readonly name: string; readonly password: string } | undefined;
  stop(): void;
}

/** Undefined where nobody answers in the talk. */
export async function startDesk({
  library,
  clock,
  inbox,
  log,
  redis,
  isSecure,
  contentOf,
  config,
}: DeskOptions): Promise<StartedDesk | undefined> {
  if (!library().desk) return undefined;
  const records = <Value>(name: string) =>
    redis ? redisRecords<Value>(redis.connection, { seal: redis.seal, name }) : memoryRecords<Value>();
  const accounts = openAccounts(records<Account>('account'), records<SignIn>('sign-in'));
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
  const words = () => {
    const spoken = library().languages.get(mainLanguage);
    if (!spoken) throw new Error('the city speaks its main language');
    return spoken;
  };
  const audit = redis ? redisAudit(redis.connection) : memoryAudit();
  const starts = records<OidcStart>('oidc');
  const { oidc } = config;
  // Loaded only where a city has it.
  const { oidcSignIn } = oidc ? await import('../adapters/helpdesk/oidc.ts') : {};
  const otherSignIn = oidc && oidcSignIn?.({ options: oidc, starts, accounts, audit, now: Date.now, isSecure, log });
  const console = staffConsole({
    desk,
    accounts,
    audit,
    parts: () => viewParts(library(), { language: words(), now: clock() }),
    contentOf,
    otherSignIn,
    now: Date.now,
    isSecure,
  });
  const demo = redis || isSecure ? undefined : { name: 'demo', password: randomBytes(9).toString('base64url') };
  if (demo) await accounts.add({ ...demo, role: 'admin' });
  else if ((await accounts.all().catch(() => ['unknown'])).length === 0)
    log.warn({}, 'nobody can sign in at /staff yet: npm run staff -- add NAME');
  const announcing = announcer({
    tickets: desk.all,
    announced: records<Announced>('announcement'),
    ways: await waysToAnnounce(config, library),
    now: Date.now,
    log,
  });
  desk.start();
  announcing.start();
  return {
    desk,
    console,
    demo,
    stop() {
      console.close();
      announcing.stop();
      desk.stop();
    },
  };
}

/** Loaded only where a city has them. */
async function waysToAnnounce(
  { mail, webhook, publicUrl }: DeskOptions['config'],
  library: () => Library,
): Promise<Readonly<Record<string, Announce>>> {
  const words = ({ waiting }: Announcement) => {
    const { desk, officeFacts } = library();
    const facts: Facts = { ...officeFacts, waiting, console: `${publicUrl}/staff` };
    const filled = (template: Template) => fillTemplate(template, ({ name }) => String(facts[name] ?? ''));
    return desk
      ? { subject: filled(desk.announcement.subject), text: filled(desk.announcement.text) }
      : { subject: '', text: '' };
  };
  const { mailAnnouncement } = mail ? await import('../adapters/helpdesk/mail.ts') : {};
  return {
    ...(mail && mailAnnouncement && { mail: mailAnnouncement(mail, words) }),
    ...(webhook && { webhook: webhookAnnouncement(webhook, Date.now) }),
  };
}

/** What the console is made with, in the words of today. */
function viewParts(library: Library, { language, now }: { language: Language; now: Now }): ViewParts {
  const desk = { waiting: 0, newTicket: '' };
  const situation = situationOf(newSession(mainLanguage), { library, now, desk });
  const flows = [...library.flows.values()];
  return {
    timezone: library.timezone,
    summarise: (ticket) => ticketSummary(ticket, { library, language }),
    replies: ({ facts }) => cannedReplies(facts, { library, language, now }),
    snippets: [...language.faq.values()].map(({ id, asks }) => ({
      title: asks[0] ?? id,
      text: say([text(`faq.${id}`)], situation)
        .map(replyText)
        .join('\n'),
    })),
    questions: flows.flatMap(({ ask }) =>
      ask.map((question) => ({ flow: question.flow, slot: question.slot, name: nameOf(language, question) })),
    ),
  };
}
