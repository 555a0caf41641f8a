/** What a clerk sees: everything but the birthday, which is shown when it is asked for. Made whole each time; the page puts in place what changed. */
import type { Media } from '../../bot/dialogue/types.ts';
import type { Role } from '../staff/accounts.ts';
import type { Closing, Entry, Ticket } from './ticket.ts';
import { wordsOf } from './words.ts';

export interface ConsoleView {
  readonly me: { readonly name: string; readonly csrf: string; readonly role: Role };
  /** Who else is signed in: tickets can be passed on to them. */
  readonly colleagues: readonly string[];
  readonly now: number;
  /** The office's clock, wherever the page is looked at (IANA). */
  readonly timezone: string;
  readonly tickets: readonly TicketView[];
  readonly numbers: {
    readonly waiting: number;
    readonly longestWaitMs: number;
    readonly closedToday: number;
    readonly helped: number;
    readonly rated: number;
  };
  /** To put into an answer: answers of the FAQ. */
  readonly snippets: readonly Snippet[];
  readonly questions: readonly QuestionName[];
}

/** A question of the bot's, by its name for people. */
export interface QuestionName {
  readonly flow: string;
  readonly slot: string;
  readonly name: string;
}

export interface TicketView {
  readonly id: string;
  readonly state: Ticket['state'];
  readonly agent: string | null;
  readonly openedAt: number;
  readonly isMessage: boolean;
  readonly why: Closing | null;
  readonly helped: boolean | null;
  /** The resident wrote while it was being closed: nobody has answered that. */
  readonly hasLateWords: boolean;
  /** What the bot knows, a line each. */
  readonly summary: readonly string[];
  readonly hasBirthday: boolean;
  /** Ready-made words for this resident; none for a colleague's ticket. */
  readonly replies: readonly Snippet[];
  readonly entries: readonly (Pick<Entry, 'id' | 'at' | 'by' | 'name' | 'text' | 'delivery'> & {
    readonly media: Media['type'] | null;
  })[];
}

export interface Snippet {
  readonly title: string;
  readonly text: string;
}

/** What a view is made with besides the tickets: all of it from content, which may have changed since the last one. */
export interface ViewParts extends Pick<ConsoleView, 'snippets' | 'questions'> {
  /** A ticket's facts in words, without the birthday. */
  readonly summarise: (ticket: Pick<Ticket, 'facts' | 'asked'>) => readonly string[];
  /** Ready-made words of that clerk's for the ticket's resident. */
  readonly replies: (ticket: Pick<Ticket, 'facts'>, clerk: string) => readonly Snippet[];
}

const dayMs = 86_400_000;

export function consoleView(
  tickets: readonly Ticket[],
  { summarise, replies, ...given }: Pick<ConsoleView, 'me' | 'colleagues' | 'now' | 'timezone'> & ViewParts,
): ConsoleView {
  const { now, me } = given;
  const sorted = tickets.toSorted((one, other) => one.openedAt - other.openedAt);
  const today = sorted.filter(({ closed }) => closed && now - closed.at < dayMs);
  const rated = today.filter(({ helped }) => helped !== null);
  const waiting = sorted.filter(({ state }) => state === 'waiting');
  return {
    ...given,
    tickets: sorted.map((ticket) => ({
      ...ticketView(ticket),
      summary: summarise(ticket),
      replies: ticket.state === 'taken' && ticket.agent === me.name ? replies(ticket, me.name) : [],
    })),
    numbers: {
      waiting: waiting.length,
      longestWaitMs: waiting[0] ? now - waiting[0].openedAt : 0,
      closedToday: today.length,
      helped: rated.filter(({ helped }) => helped).length,
      rated: rated.length,
    },
  };
}

function ticketView(ticket: Ticket): Omit<TicketView, 'summary' | 'replies'> {
  const { id, state, agent, openedAt, isMessage, closed, facts, helped } = ticket;
  return {
    id,
    state,
    agent,
    openedAt,
    isMessage,
    why: closed?.why ?? null,
    helped,
    hasLateWords: closed !== null && ticket.entries.some(({ by, at }) => by === 'resident' && at > closed.at),
    hasBirthday: facts.birthday !== undefined && facts.birthday !== 'unknown',
    entries: ticket.entries.map(({ messageId: _, media, ...entry }) => ({
      ...entry,
      text: wordsOf({ text: entry.text, media }),
      media: media?.type ?? null,
    })),
  };
}
