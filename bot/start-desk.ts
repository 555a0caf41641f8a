/** The help desk, put together: where tickets are kept, who may sign in, and the console. */
import { randomBytes } from 'node:crypto';
import { type Account, openAccounts, type SignIn } from '../adapters/helpdesk/accounts.ts';
import { memoryAudit } from '../adapters/helpdesk/audit.ts';
import { type StaffConsole, staffConsole } from '../adapters/helpdesk/console.ts';
import { type OwnDesk, ownDesk } from '../adapters/helpdesk/desk.ts';
import type { Ticket } from '../adapters/helpdesk/ticket.ts';
import { memoryRecords } from '../adapters/memory-records.ts';
import { redisAudit } from '../adapters/redis/audit.ts';
import type { RedisConnection } from '../adapters/redis/connect.ts';
import { redisRecords } from '../adapters/redis/records.ts';
import type { Seal } from '../adapters/redis/seal.ts';
import type { Library } from './dialogue/library.ts';
import { nameOf } from './dialogue/question-text.ts';
import { say } from './dialogue/say.ts';
import { text } from './dialogue/say-text.ts';
import { newSession } from './dialogue/session.ts';
import { situationOf } from './dialogue/situation.ts';
import { ticketSummary } from './dialogue/ticket-summary.ts';
import type { Now } from './dialogue/types.ts';
import type { Inbox, Log } from './ports.ts';
import { isOpenSince } from './rules/calendar.ts';
import { replyText } from './talk.ts';

export interface DeskOptions {
  readonly library: () => Library;
  readonly clock: () => Now;
  readonly inbox: Inbox;
  readonly log: Log;
  readonly language: string;
  /** Absent: in memory, and an account to try it out is made. */
  readonly redis: { readonly connection: RedisConnection; readonly seal: Seal } | undefined;
  /** Over https. */
  readonly isSecure: boolean;
}

export interface StartedDesk {
  readonly desk: OwnDesk;
  readonly console: StaffConsole;
  /** To try the console out, without Redis and LINE only. */
  readonly demo: { readonly name: string; readonly password: string } | undefined;
}

/** Undefined where nobody answers in the talk. */
export async function startDesk({
  library,
  clock,
  inbox,
  log,
  language,
  redis,
  isSecure,
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
    const spoken = library().languages.get(language);
    if (!spoken) throw new Error('the city speaks its main language');
    return spoken;
  };
  const console = staffConsole({
    desk,
    accounts,
    audit: redis ? redisAudit(redis.connection) : memoryAudit(),
    summarise: (ticket) => ticketSummary(ticket, { library: library(), language: words() }),
    snippets: () =>
      [...words().faq.values()].map(({ id, asks }) => {
        const situation = situationOf(newSession(language), { library: library(), now: clock() });
        return {
          title: asks[0] ?? id,
          text: say([text(`faq.${id}`)], situation)
            .map(replyText)
            .join('\n'),
        };
      }),
    questions: () =>
      [...library().flows.values()].flatMap(({ ask }) =>
        ask.map((question) => ({ flow: question.flow, slot: question.slot, name: nameOf(words(), question) })),
      ),
    timezone: () => library().timezone,
    now: Date.now,
    isSecure,
  });
  const demo = redis || isSecure ? undefined : { name: 'demo', password: randomBytes(9).toString('base64url') };
  if (demo) await accounts.add({ ...demo, role: 'admin' });
  else if ((await accounts.all().catch(() => ['unknown'])).length === 0)
    log.warn({}, 'nobody can sign in at /staff yet: npm run staff -- add NAME');
  desk.start();
  return { desk, console, demo };
}
