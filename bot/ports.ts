/** What the bot needs from outside: types, and the one error they share. Adapters fulfil them; `start.ts` chooses which. */
import type { DeskEvent, Message, Now, Reply, Say, Session, SharedCalendar } from './dialogue/types.ts';

/** Something that happened in a chat, as the bot cares about it. */
export type Incoming = {
  /** Equal for every delivery of the same event. */
  readonly id: string;
  /** When it happened (ms). */
  readonly at: number;
  /** When this delivery arrived (ms). */
  readonly receivedAt: number;
  readonly replyToken: string | null;
} & (
  | {
      readonly kind: 'message';
      readonly resident: string;
      readonly message: Message;
      readonly messageId: string | null;
    }
  | { readonly kind: 'unfollow'; readonly resident: string }
  | { readonly kind: 'unsend'; readonly resident: string; readonly messageId: string }
  /** A clerk wrote to the resident of that ticket. */
  | { readonly kind: 'staff'; readonly resident: string; readonly ticket: string; readonly text: string }
  /** A clerk has the bot ask a question, again or for the first time. */
  | {
      readonly kind: 'ask-again';
      readonly resident: string;
      readonly ticket: string;
      readonly flow: string;
      readonly slot: string;
    }
  /** The talk with staff is over: a clerk says so, or the resident has been silent for long. */
  | {
      readonly kind: 'handoff-over';
      readonly resident: string;
      readonly ticket: string;
      readonly why: 'over' | 'silent';
    }
  /** Nobody has answered the ticket for long. */
  | { readonly kind: 'nobody-came'; readonly resident: string; readonly ticket: string }
  /** Something may be due of what the resident wants to be reminded of; what it is, is looked at then. */
  | { readonly kind: 'reminder'; readonly resident: string }
  /** The bot was brought into a group or room. */
  | { readonly kind: 'group'; readonly resident: null }
);

/** What is kept of a resident between two messages. One write of it commits a turn. */
export interface Stored {
  /** `storedFormat` of the bot that wrote it; another format counts as nothing stored. */
  readonly format: number;
  /** Its handoff and its reminders have lives of their own: they stay when the rest has been idle too long. */
  readonly session: Session;
  /** How long the handoff lives (0: there is none). */
  readonly handoffMs: number;
  /** How long the reminders live (0: there are none). */
  readonly remindersMs: number;
  /** The freshest reply token that was not needed: what staff write can still go out with it, for free. */
  readonly token: ReplyToken | null;
  /** Ids of the latest events handled, oldest first. */
  readonly seen: readonly string[];
  /** The last turn's answer, kept until the next turn so that whoever takes over can deliver it. */
  readonly outbox: Outgoing | null;
}

/** What is kept of a conversation for half an hour. */
export type StoredTalk = Omit<Stored, 'session'> & {
  readonly session: Omit<Session, 'handoff' | 'reminders'>;
};

/** What is kept beside it, each for its own time. */
export interface Beside {
  readonly handoff: Session['handoff'];
  readonly reminders: Session['reminders'];
  /** The language spoken last, if it was not the main one (`languageLifeMs`). */
  readonly language: string | null;
}

/** So long after the last message somebody is still spoken to in their language (ms): a renewal takes more than a year to come again. */
export const languageLifeMs = 400 * 86_400_000;

/** Raised whenever `Stored` changes its shape. */
export const storedFormat = 4;

/** `until`: not used for the first time after this instant (ms). */
export interface ReplyToken {
  readonly token: string;
  readonly until: number;
}

/** An answer before words are put to it: small, and the same words come of it whenever it is delivered. */
export interface Outgoing {
  readonly eventId: string;
  readonly says: readonly Say[];
  readonly now: Now;
  /** What the help desk is to hear, in order. */
  readonly desk: readonly DeskEvent[];
  /** What is to be had behind a link in the answer. */
  readonly calendar: SharedCalendar | null;
  /** What it goes out with, when the event brought no reply token of its own. */
  readonly token: ReplyToken | null;
  /** Other events may lead to the same words: those are told apart by this, and not by the event. */
  readonly retryAs: string | null;
}

export interface Sessions {
  /** What is stored (undefined: nothing, nothing readable, or idle too long), with the version that `save` must name. */
  load(resident: string): Promise<{
    readonly talk: StoredTalk | undefined;
    readonly version: string | null;
    readonly beside: Beside;
  }>;
  /** Writes only if nobody wrote since that version (null: nothing was there). False: load again and take the turn anew. */
  save(resident: string, stored: Stored, version: string | null): Promise<boolean>;
  forget(resident: string): Promise<void>;
  /** Every conversation that is not over, in no order; one that begins or ends meanwhile may be missing. */
  all(): AsyncIterable<Session>;
  /** Everybody who wants to be reminded, in no order. */
  reminded(): AsyncIterable<Reminded>;
  /** Whether the store answers. */
  isReady(): Promise<boolean>;
  /** How many residents something is kept of, about. */
  count(): Promise<number>;
  close(): Promise<void>;
}

export interface Reminded {
  readonly resident: string;
  readonly reminders: Session['reminders'];
}

/** A try at an event. */
export interface Attempt {
  /** Counting from 1. */
  readonly number: number;
  /** An earlier try may have reached the resident, though it failed here. */
  readonly mayBeDelivered: boolean;
  /** False once another process may have taken the resident over: then nothing more is said from here. */
  readonly isOurs: () => boolean;
}

export interface Worker {
  handle(incoming: Incoming, attempt: Attempt): Promise<void>;
  /** The last thing done for an event whose tries are used up. Never throws. */
  giveUp(incoming: Incoming, error: unknown, last: Attempt): Promise<void>;
}

export interface Inbox {
  /** Once this resolves the event is not lost any more (as far as the adapter can promise). An id that was accepted before is dropped. */
  accept(incoming: Incoming): Promise<void>;
  /** Hands the events out, one at a time per resident and in order, and again after a failure that may pass. */
  start(worker: Worker): void;
  /** Accepts nothing more and resolves when what is in hand is done, or safely left to others. */
  stop(): Promise<void>;
  backlog(): Promise<Backlog>;
}

/** What an inbox still has to do. */
export interface Backlog {
  readonly waiting: number;
  /** How long the oldest event has waited (0: none does). */
  readonly oldestMs: number;
  /** Events given up, as far as they are remembered. */
  readonly dead: number;
}

export interface Address {
  readonly resident: string | null;
  readonly replyToken: string | null;
  /** The reply token is not used for the first time after this instant (ms). */
  readonly replyUntil: number;
  /** The same for every try at the same answer (a UUID). */
  readonly retryKey: string;
  /** An earlier try may have been delivered. */
  readonly mayBeDelivered: boolean;
}

export interface Messenger {
  /** One try at delivering; how it went out, as far as is known. Throws a `DeliveryError` when it cannot. */
  send(to: Address, replies: readonly Reply[]): Promise<Delivered>;
}

/** A reply is free, a push counts. `before`: an earlier try had arrived. */
export type Delivered = 'reply' | 'push' | 'before';

/** The month's pushed messages: how many there may be (undefined: no limit), and how many there were. Rejects when LINE does not tell. */
export type Quota = () => Promise<{ readonly limit: number | undefined; readonly used: number }>;

export type { Links } from './dialogue/types.ts';

/** Calendars behind links, for an hour. */
export interface Calendars {
  share(calendar: SharedCalendar): Promise<void>;
}

/** What became of a clerk's words. `over`: the resident had ended the talk. */
export type StaffDelivery = Delivered | 'over' | 'quota' | 'failed';

/** Where people answer. */
export interface HelpDesk {
  /** How many wait, as known a moment ago. */
  waiting(): number;
  /** Resolves once it is kept. The same id is kept once. */
  take(event: DeskEvent & { readonly id: string; readonly resident: string; readonly at: number }): Promise<void>;
  /** What became of the words that came as that event. */
  delivered(ticket: string, eventId: string, how: StaffDelivery): Promise<void>;
}

/**
 * The outside failed: worth another try, refused for good, out of the month's quota, or away altogether (not even tried).
 * Never carries a token or a text.
 */
export class DeliveryError extends Error {
  readonly kind: 'retry' | 'refused' | 'quota' | 'away';
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Whether the messages may have arrived all the same: a time-out, a 5xx. */
  readonly mayBeDelivered: boolean;

  constructor(
    kind: DeliveryError['kind'],
    message: string,
    details: {
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
      readonly mayBeDelivered?: boolean;
    } = {},
  ) {
    super(message);
    this.name = 'DeliveryError';
    this.kind = kind;
    this.status = details.status;
    this.requestId = details.requestId;
    this.mayBeDelivered = details.mayBeDelivered ?? false;
  }
}

/** The files that staff edit, published: what the bot says from then on. */
export interface Version {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly why: string;
  /** The one that held before; null: the files that the bot was deployed with. */
  readonly from: string | null;
  /** By file. */
  readonly texts: Readonly<Record<string, string>>;
}
export type VersionInfo = Omit<Version, 'texts'>;

export interface Versions {
  /** The one that holds; null: none was ever published. */
  currentId(): Promise<string | null>;
  find(id: string): Promise<Version | undefined>;
  /** Newest first. Nothing is ever taken out: going back is another version. */
  history(): Promise<readonly VersionInfo[]>;
  /** False when another one than `from` holds by now. */
  publish(version: Version): Promise<boolean>;
}

/** Figures for the office: how often what happened on which of its days. Names and counts, nothing of anybody. */
export interface Numbers {
  /** So many more (or fewer) of each. Not waited for: what a process has in hand when it is killed is lost. */
  add(day: string, counts: Readonly<Record<string, number>>): void;
  /** By day, then by name; days on which nothing happened are missing. Both ends included. */
  between(from: string, until: string): Promise<DailyCounts>;
  /** Writes what is in hand. */
  close(): Promise<void>;
}

/** Day (YYYY-MM-DD) → name → how often. */
export type DailyCounts = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** What the bot tells its operators: names and numbers, never what a resident typed. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** A key of the ring that encrypts at rest. */
export interface DataKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}
