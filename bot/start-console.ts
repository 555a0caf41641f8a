/** The city's own console, put together: who may sign in, and what it is made with. */
import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import { type Account, openAccounts, type SignIn } from '../adapters/helpdesk/accounts.ts';
import { memoryAudit } from '../adapters/helpdesk/audit.ts';
import { staffConsole } from '../adapters/helpdesk/console.ts';
import type { ViewParts } from '../adapters/helpdesk/console-view.ts';
import type { OwnDesk } from '../adapters/helpdesk/desk.ts';
import type { OidcName, OidcStart } from '../adapters/helpdesk/oidc.ts';
import type { Records } from '../adapters/helpdesk/records.ts';
import { redisAudit } from '../adapters/redis/audit.ts';
import { cannedReplies } from './dialogue/canned-replies.ts';
import type { Library } from './dialogue/library.ts';
import { nameOf } from './dialogue/question-text.ts';
import { say } from './dialogue/say.ts';
import { text } from './dialogue/say-text.ts';
import { newSession } from './dialogue/session.ts';
import { situationOf } from './dialogue/situation.ts';
import { ticketSummary } from './dialogue/ticket-summary.ts';
import type { Now } from './dialogue/types.ts';
import { mainLanguage } from './load/files.ts';
import { mainLanguageOf } from './load/library.ts';
import type { DeskOptions } from './start-desk.ts';
import { replyText } from './talk.ts';

/** To try the console out, without Redis and LINE only. */
export interface Demo {
  readonly name: string;
  readonly password: string;
}

export async function openConsole({
  desk,
  records,
  library,
  clock,
  redis,
  isSecure,
  contentOf,
  config: { oidc },
  log,
}: DeskOptions & { readonly desk: OwnDesk; readonly records: <Value>(name: string) => Records<Value> }): Promise<{
  readonly router: Router;
  readonly demo: Demo | undefined;
  stop(): void;
}> {
  const accounts = openAccounts(records<Account>('account'), records<SignIn>('sign-in'));
  const audit = redis ? redisAudit(redis.connection) : memoryAudit();
  const signingIn = { accounts, audit, now: Date.now, isSecure };
  // Loaded only where a city has it.
  const { oidcSignIn } = oidc ? await import('../adapters/helpdesk/oidc.ts') : {};
  const { router, close } = staffConsole({
    ...signingIn,
    desk,
    parts: () => viewParts(library(), clock()),
    timezone: () => library().timezone,
    contentOf,
    otherSignIn:
      oidc &&
      oidcSignIn?.({
        ...signingIn,
        options: oidc,
        starts: records<OidcStart>('oidc'),
        names: records<OidcName>('oidc-name'),
        log,
      }),
  });
  const demo = redis || isSecure ? undefined : { name: 'demo', password: randomBytes(9).toString('base64url') };
  if (demo) await accounts.add({ ...demo, role: 'admin' });
  else if (!oidc && (await accounts.all().catch(() => ['unknown'])).length === 0)
    log.warn({}, 'nobody can sign in at /staff yet: npm run staff -- add NAME');
  return { router, demo, stop: close };
}

/** What the console is made with, in the words of today. */
function viewParts(library: Library, now: Now): ViewParts {
  const language = mainLanguageOf(library);
  const desk = { waiting: 0, newTicket: '' };
  const situation = situationOf(newSession(mainLanguage), { library, now, desk });
  const faqText = (id: string) =>
    say([text(`faq.${id}`)], situation)
      .map(replyText)
      .join('\n');
  return {
    summarise: (ticket) => ticketSummary(ticket, { library, language }),
    replies: ({ facts }) => cannedReplies(facts, { library, language, now }),
    snippets: [...language.faq.values()].map(({ id, asks }) => ({ title: asks[0] ?? id, text: faqText(id) })),
    questions: [...library.flows.values()].flatMap(({ ask }) =>
      ask.map((question) => ({ flow: question.flow, slot: question.slot, name: nameOf(language, question) })),
    ),
  };
}
