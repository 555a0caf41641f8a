/** The help desk's page, put together: what it is made with. */
import { type StaffConsole, staffConsole } from '../adapters/helpdesk/console.ts';
import type { ViewParts } from '../adapters/helpdesk/console-view.ts';
import type { OwnDesk } from '../adapters/helpdesk/desk.ts';
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

export function openConsole({
  library,
  clock,
  contentOf,
  staff,
  desk,
}: Pick<DeskOptions, 'library' | 'clock' | 'contentOf' | 'staff'> & { readonly desk: OwnDesk }): StaffConsole {
  return staffConsole({
    desk,
    accounts: staff.accounts,
    audit: staff.audit,
    parts: () => viewParts(library(), clock()),
    timezone: () => library().timezone,
    contentOf,
    now: Date.now,
  });
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
    snippets: [...language.faq.values()].map(({ id, title }) => ({ title, text: faqText(id) })),
    questions: [...library.flows.values()].flatMap(({ ask }) =>
      ask.map((question) => ({ flow: question.flow, slot: question.slot, name: nameOf(language, question) })),
    ),
  };
}
