/** The city's own help desk: hears of tickets from the bot, and lets clerks act on them. What is to be said goes through the inbox, like everything. */
import type { HelpDesk, Incoming, Log } from '../../bot/ports.ts';
import { allOf, changeRecord, type Records } from '../records.ts';
import { every, type Looking } from './every.ts';
import {
  afterEvent,
  apologised,
  type Closing,
  closedFor,
  type Ticket,
  takenBy,
  takenOverBy,
  withDelivery,
  withNote,
  withoutMessage,
  withQuestion,
  withReply,
} from './ticket.ts';

export interface DeskParts {
  readonly tickets: Records<Ticket>;
  /** Into the bot's inbox. */
  readonly accept: (incoming: Incoming) => Promise<void>;
  readonly terms: () => DeskTerms | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export interface DeskTerms {
  readonly answerWithinMinutes: number;
  readonly silentMinutes: number;
  /** The same, for whoever left a message: they are not looking at the talk. */
  readonly silentAfterMessageMinutes: number;
  readonly keepDays: number;
  /** Whether staff have been there for so many minutes without a break. */
  readonly isOpenSince: (minutes: number) => boolean;
}

/** What a clerk can do with a ticket. Undefined: another one has it, or it is over. */
export interface OwnDesk extends HelpDesk, Looking {
  all(): Promise<readonly Ticket[]>;
  find(id: string): Promise<Ticket | undefined>;
  changes(): Promise<number>;
  assign(id: string, name: string): Promise<Ticket | undefined>;
  /** From a colleague who has gone home. */
  takeOver(id: string, name: string): Promise<Ticket | undefined>;
  giveBack(id: string, name: string): Promise<Ticket | undefined>;
  passOn(id: string, name: string, to: string): Promise<Ticket | undefined>;
  /** `key`: the same for every try at sending these words. */
  reply(id: string, name: string, words: { readonly text: string; readonly key: string }): Promise<Ticket | undefined>;
  note(id: string, name: string, words: { readonly text: string; readonly key: string }): Promise<Ticket | undefined>;
  /** Has the bot ask a question; its answer comes into the ticket. */
  ask(
    id: string,
    name: string,
    question: { readonly flow: string; readonly slot: string; readonly key: string },
  ): Promise<Ticket | undefined>;
  end(id: string, name: string, why: Exclude<Closing, 'left' | 'lapsed'>): Promise<Ticket | undefined>;
}

/** How often time-outs are looked for, and what a crash left unsaid. */
const lookMs = 2_000;
const dayMs = 86_400_000;
/** An open ticket waits for people, however long a holiday is; the days to keep it begin with its end. */
const openDays = 60;

export function ownDesk({ tickets, accept, terms, now, log }: DeskParts): OwnDesk {
  let waiting = 0;
  const lifeMs = ({ closed }: Ticket) => (closed ? (terms()?.keepDays ?? openDays) : openDays) * dayMs;

  /** Undefined from `change` leaves everything as it is, and gives undefined. */
  async function changed(id: string, change: (ticket: Ticket) => Ticket | undefined): Promise<Ticket | undefined> {
    let isChanged = false;
    const ticket = await changeRecord(tickets, id, {
      lifeMs,
      change: (before) => {
        const after = before && change(before);
        isChanged = after !== undefined;
        return after;
      },
    });
    if (!ticket || !isChanged) return undefined;
    // What the ticket holds is not lost: it is sent with the next look.
    await send(ticket).catch((error: Error) =>
      log.warn({ error: error.name }, 'help desk: not sent yet, trying again'),
    );
    return ticket;
  }

  /** Into the inbox, which takes each once, and out of the outbox. */
  async function send({ id, outbox }: Ticket): Promise<void> {
    if (outbox.length === 0) return;
    for (const incoming of outbox) await accept(incoming);
    const sent = new Set(outbox.map((incoming) => incoming.id));
    await changeRecord(tickets, id, {
      lifeMs,
      change: (ticket) => ticket && { ...ticket, outbox: ticket.outbox.filter((incoming) => !sent.has(incoming.id)) },
    });
  }

  /** Only whoever has the ticket speaks. */
  const asAgent = (name: string, change: (ticket: Ticket) => Ticket) => (ticket: Ticket) =>
    ticket.state === 'taken' && ticket.agent === name ? change(ticket) : undefined;

  async function look(): Promise<void> {
    const all = await allOf(tickets);
    waiting = all.filter(({ state }) => state === 'waiting').length;
    for (const ticket of all) {
      await send(ticket); // what a process left that died before
      const due = dueChange(ticket);
      if (due) await changed(ticket.id, due);
    }
  }

  /** What time demands of a ticket: it is looked at again when it is changed, for a clerk may have been quicker. */
  function dueChange(ticket: Ticket): ((ticket: Ticket) => Ticket | undefined) | undefined {
    const { answerWithinMinutes, silentMinutes, silentAfterMessageMinutes, isOpenSince } = terms() ?? {};
    const isOld = (at: number, minutes: number) => now() - at >= minutes * 60_000;
    // Taken and never answered is as good as waiting.
    const isForgotten = ({ closed, isMessage, isApologised, waitingSince, entries }: Ticket) =>
      !closed &&
      !isMessage &&
      !entries.some(({ by }) => by === 'staff') &&
      !isApologised &&
      isOld(waitingSince, answerWithinMinutes ?? 0) &&
      isOpenSince?.(answerWithinMinutes ?? 0);
    const isSilent = ({ state, entries, isMessage, leftMessage }: Ticket) => {
      const longest = leftMessage ? silentAfterMessageMinutes : silentMinutes;
      const last = entries.findLast(({ by }) => by !== 'note');
      return state === 'taken' && !isMessage && last?.by === 'staff' && isOld(last.at, longest ?? 0);
    };
    if (answerWithinMinutes !== undefined && isForgotten(ticket))
      return (at) => (isForgotten(at) ? apologised(at, now()) : undefined);
    if (silentMinutes !== undefined && isSilent(ticket))
      return (at) => (isSilent(at) ? closedFor(at, 'silent', now()) : undefined);
    return undefined;
  }

  async function ofResident(resident: string): Promise<Ticket[]> {
    return (await allOf(tickets)).filter((ticket) => ticket.resident === resident);
  }

  return {
    waiting: () => waiting,
    async take(event) {
      if (event.kind === 'erased') for (const { id } of await ofResident(event.resident)) await tickets.remove(id);
      else if (event.kind === 'taken-back')
        for (const { id } of await ofResident(event.resident))
          await changed(id, (ticket) => withoutMessage(ticket, event.messageId));
      else await changeRecord(tickets, event.ticket, { lifeMs, change: (ticket) => afterEvent(ticket, event) });
    },
    async delivered(id, entryId, how) {
      await changed(id, (ticket) => withDelivery(ticket, entryId, how));
    },
    all: () => allOf(tickets),
    find: async (id) => (await tickets.load(id)).value,
    changes: () => tickets.changes(),
    assign: (id, name) => changed(id, (ticket) => takenBy(ticket, name)),
    takeOver: (id, name) => changed(id, (ticket) => takenOverBy(ticket, name)),
    giveBack: (id, name) =>
      changed(
        id,
        asAgent(name, (ticket) => ({ ...ticket, state: 'waiting', agent: null })),
      ),
    passOn: (id, name, to) =>
      changed(
        id,
        asAgent(name, (ticket) => ({ ...ticket, agent: to })),
      ),
    reply: (id, name, { text, key }) =>
      changed(
        id,
        asAgent(name, (ticket) => withReply(ticket, { id: `staff ${key}`, at: now(), name, text })),
      ),
    note: (id, name, { text, key }) =>
      changed(id, (ticket) => withNote(ticket, { id: `note ${key}`, at: now(), name, text })),
    ask: (id, name, { flow, slot, key }) =>
      changed(
        id,
        asAgent(name, (ticket) => withQuestion(ticket, { id: `ask ${key}`, at: now(), flow, slot })),
      ),
    end: (id, name, why) =>
      changed(
        id,
        asAgent(name, (ticket) => closedFor(ticket, why, now())),
      ),
    ...every(lookMs, look, { log, what: 'tickets' }),
  };
}
