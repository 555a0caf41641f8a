/** A ticket, and what happens to it: pure. What is to reach the resident stands in its outbox until the inbox has it. */
import type { DeskEvent, Media, SaidMessage } from '../../bot/dialogue/types.ts';
import type { Incoming, StaffDelivery } from '../../bot/ports.ts';

export interface Ticket {
  readonly id: string;
  readonly resident: string;
  readonly openedAt: number;
  /** The answers, and what the rules worked out of them. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** The messages that those rest on: they go with any of these. */
  readonly factsFrom: readonly string[];
  readonly asked: string | null;
  /** The resident does not wait in the talk: the bot goes on with them meanwhile. */
  readonly isMessage: boolean;
  /** They once left a message: they are not looking at the talk when the answer comes. */
  readonly leftMessage: boolean;
  /** Since when they have waited in the talk. */
  readonly waitingSince: number;
  readonly state: 'waiting' | 'taken' | 'closed';
  /** Who has it. */
  readonly agent: string | null;
  readonly entries: readonly Entry[];
  /** Ids of the events it has heard, so that none is kept twice. */
  readonly seen: readonly string[];
  readonly outbox: readonly Incoming[];
  readonly closed: { readonly at: number; readonly why: Closing } | null;
  /** Whether it helped, if the resident said so. */
  readonly helped: boolean | null;
  /** The resident was told that nobody has come yet. */
  readonly isApologised: boolean;
}

/** `left`: by the resident; `lapsed`: the bot had come back by then; the others by staff, or for silence. */
export type Closing = 'left' | 'lapsed' | 'solved' | 'elsewhere' | 'returned' | 'silent';

export interface Entry {
  readonly id: string;
  readonly at: number;
  readonly by: 'resident' | 'staff' | 'note' | 'bot';
  /** The clerk. */
  readonly name: string | null;
  /** Empty for a sticker, a picture or the like. */
  readonly text: string;
  readonly media: Media | null;
  readonly messageId: string | null;
  /** What became of a clerk's words. */
  readonly delivery: 'sending' | StaffDelivery | null;
}

type Told = DeskEvent & { readonly id: string; readonly resident: string; readonly at: number };

/** The ticket after the event; undefined when it changes nothing (heard before, or not this ticket's business). */
export function afterEvent(ticket: Ticket | undefined, event: Told): Ticket | undefined {
  if (event.kind === 'opened') return ticket ? undefined : opened(event);
  if (!ticket || ticket.seen.includes(event.id)) return undefined;
  const heard = { ...ticket, seen: [...ticket.seen, event.id] };
  switch (event.kind) {
    case 'said':
      return { ...heard, entries: [...ticket.entries, saidEntry(event, event.message, event.messageId)] };
    case 'taken-back':
      return withoutMessage(ticket, event.messageId);
    case 'left':
    case 'lapsed':
      return ticket.closed
        ? undefined
        : { ...heard, ...noFacts, state: 'closed', closed: { at: event.at, why: event.kind } };
    case 'answered':
      // Once it is over nothing is worked out of a birthday any more.
      if (ticket.closed) return heard;
      return {
        ...heard,
        facts: event.facts,
        factsFrom: event.factsFrom,
        entries: [...ticket.entries, answerEntry(event)],
      };
    case 'waits':
      return event.isMessage
        ? { ...heard, isMessage: true, leftMessage: true }
        : { ...heard, isMessage: false, waitingSince: event.at };
    case 'rated':
      return { ...heard, helped: event.helped };
    case 'erased':
      return undefined;
  }
}

function opened(event: Extract<Told, { kind: 'opened' }>): Ticket {
  const { ticket: id, resident, at: openedAt, facts, factsFrom, asked, isMessage } = event;
  const entries = [saidEntry(event, event.about, event.messageId)];
  const empty = { agent: null, seen: [event.id], outbox: [], closed: null, helped: null, isApologised: false } as const;
  const waits = { isMessage, leftMessage: isMessage, waitingSince: openedAt };
  return { id, resident, openedAt, facts, factsFrom, asked, ...waits, state: 'waiting', entries, ...empty };
}

function saidEntry({ id, at }: Told, message: SaidMessage, messageId: string | null): Entry {
  const said = message.kind === 'text' ? { text: message.text, media: null } : { text: '', media: message.media };
  return { id, at, by: 'resident', name: null, ...said, messageId, delivery: null };
}

/** It goes with the messages it rests on; so it has the last one's id. */
function answerEntry({ id, at, line, factsFrom }: Extract<Told, { kind: 'answered' }>): Entry {
  return {
    id,
    at,
    by: 'bot',
    name: null,
    text: line,
    media: null,
    messageId: factsFrom.at(-1) ?? null,
    delivery: null,
  };
}

/** The bot is to ask the resident that. */
export function withQuestion(
  ticket: Ticket,
  { id, at, flow, slot }: { id: string; at: number; flow: string; slot: string },
): Ticket {
  return {
    ...ticket,
    isMessage: false,
    outbox: [...ticket.outbox, { ...eventFor(ticket, id, at), kind: 'ask-again', flow, slot }],
  };
}

/** Once it is over nobody needs the birthday, nor what follows from it. */
const noFacts = { facts: {}, factsFrom: [] } as const;

/** LINE asks that an unsent message be made unseeable; what was worked out of it goes too. */
export function withoutMessage(ticket: Ticket, messageId: string): Ticket | undefined {
  const entries = ticket.entries.filter((entry) => entry.messageId !== messageId);
  const isBasis = ticket.factsFrom.includes(messageId);
  if (entries.length === ticket.entries.length && !isBasis) return undefined;
  return { ...ticket, entries, ...(isBasis && noFacts) };
}

/** Undefined when another clerk has it, or it is over. */
export function takenBy(ticket: Ticket, agent: string): Ticket | undefined {
  if (ticket.state === 'closed' || (ticket.agent !== null && ticket.agent !== agent)) return undefined;
  return { ...ticket, state: 'taken', agent };
}

/** A colleague's ticket; undefined when nobody has it, or it is over. */
export function takenOverBy(ticket: Ticket, agent: string): Ticket | undefined {
  return ticket.state === 'taken' && ticket.agent !== agent ? { ...ticket, agent } : undefined;
}

/** The same words under the same id are there once. */
function holds(ticket: Ticket, id: string): boolean {
  return ticket.entries.some((entry) => entry.id === id);
}

/** With a clerk's words, on their way to the resident. */
export function withReply(
  ticket: Ticket,
  { id, at, name, text }: { id: string; at: number; name: string; text: string },
): Ticket {
  if (holds(ticket, id)) return ticket;
  const entry: Entry = { id, at, by: 'staff', name, text, media: null, messageId: null, delivery: 'sending' };
  const outbox: Ticket['outbox'] = [...ticket.outbox, { ...eventFor(ticket, id, at), kind: 'staff', text }];
  // From now on the bot is silent, and the resident in the talk.
  return { ...ticket, isMessage: false, entries: [...ticket.entries, entry], outbox };
}

export function withNote(
  ticket: Ticket,
  { id, at, name, text }: { id: string; at: number; name: string; text: string },
): Ticket {
  if (holds(ticket, id)) return ticket;
  return {
    ...ticket,
    entries: [...ticket.entries, { id, at, by: 'note', name, text, media: null, messageId: null, delivery: null }],
  };
}

/** Over, and the bot goes on with the resident. */
export function closedFor(ticket: Ticket, why: Exclude<Closing, 'left' | 'lapsed'>, at: number): Ticket {
  const event = { ...eventFor(ticket, `over ${ticket.id}`, at), kind: 'handoff-over' } as const;
  const outbox: Ticket['outbox'] = [...ticket.outbox, { ...event, why: why === 'silent' ? 'silent' : 'over' }];
  return { ...ticket, ...noFacts, state: 'closed', closed: { at, why }, outbox };
}

/** The resident is told that nobody has come yet; once. */
export function apologised(ticket: Ticket, at: number): Ticket {
  const event = { ...eventFor(ticket, `nobody ${ticket.id}`, at), kind: 'nobody-came' } as const;
  return { ...ticket, isApologised: true, outbox: [...ticket.outbox, event] };
}

export function withDelivery(ticket: Ticket, entryId: string, delivery: StaffDelivery): Ticket {
  return { ...ticket, entries: ticket.entries.map((entry) => (entry.id === entryId ? { ...entry, delivery } : entry)) };
}

/** What every event for the resident of a ticket has; the same id is taken by the inbox once. */
function eventFor({ id: ticket, resident }: Ticket, id: string, at: number) {
  return { id, at, receivedAt: at, replyToken: null, resident, ticket };
}
