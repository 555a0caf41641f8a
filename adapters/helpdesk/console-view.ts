/** What a clerk sees: everything but the birthday, which is shown when it is asked for. Made whole each time; the page puts in place what changed. */
import type { Closing, Entry, Ticket } from './ticket.ts';

export interface ConsoleView {
  readonly me: { readonly name: string; readonly csrf: string };
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
  /** To put into an answer: answers of the FAQ, in the office's words. */
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
  readonly entries: readonly Pick<Entry, 'id' | 'at' | 'by' | 'name' | 'text' | 'media' | 'delivery'>[];
}

export interface Snippet {
  readonly title: string;
  readonly text: string;
}

/** A ticket's facts in words, without the birthday. */
export type Summarise = (ticket: Pick<Ticket, 'facts' | 'asked'>) => readonly string[];

const dayMs = 86_400_000;

export function consoleView(
  tickets: readonly Ticket[],
  {
    summarise,
    ...given
  }: Pick<ConsoleView, 'me' | 'now' | 'timezone' | 'snippets' | 'questions'> & { readonly summarise: Summarise },
): ConsoleView {
  const { now } = given;
  const sorted = tickets.toSorted((one, other) => one.openedAt - other.openedAt);
  const today = sorted.filter(({ closed }) => closed && now - closed.at < dayMs);
  const rated = today.filter(({ helped }) => helped !== null);
  const waiting = sorted.filter(({ state }) => state === 'waiting');
  return {
    ...given,
    tickets: sorted.map((ticket) => ticketView(ticket, summarise)),
    numbers: {
      waiting: waiting.length,
      longestWaitMs: waiting[0] ? now - waiting[0].openedAt : 0,
      closedToday: today.length,
      helped: rated.filter(({ helped }) => helped).length,
      rated: rated.length,
    },
  };
}

function ticketView(ticket: Ticket, summarise: Summarise): TicketView {
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
    summary: summarise(ticket),
    hasBirthday: facts.birthday !== undefined && facts.birthday !== 'unknown',
    entries: ticket.entries.map(({ messageId: _, ...entry }) => entry),
  };
}
