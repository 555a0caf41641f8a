/** The words of the dialogue, shared by the engine and the adapters; what staff wrote is in `library.ts`. Types, and the list of commands; see the glossary in README.md. */
import type { ClockTime, Moment, PlainDate } from '../rules/dates.ts';
import type { Answers, DateRange, Facts } from '../rules/rule.ts';

// ── What a resident does ────────────────────────────────────────────────────────────────────────────────────────────

export type Message =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly button: Button }
  | { readonly kind: 'media'; readonly media: Media }
  | { readonly kind: 'follow' };

/** What is no text. `note`: what LINE says of it in words: a sticker's keywords, a place's name, a file's. */
export interface Media {
  readonly type: 'image' | 'video' | 'audio' | 'file' | 'location' | 'sticker' | 'other';
  readonly note: string;
}

/** What a tap means. Answers carry the question's meaning, so that a tap on last week's button is recognised for what it is. */
export type Button =
  | {
      readonly kind: 'answer';
      readonly flow: string;
      readonly slot: string;
      readonly meaning: string;
      readonly value: string;
    }
  | { readonly kind: 'do'; readonly action: Action }
  | { readonly kind: 'unreadable' };

/** What a choice outside a question does. */
export type Action =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'flow'; readonly flow: string }
  | { readonly kind: 'faq'; readonly faq: string }
  /** The rest of a text. */
  | { readonly kind: 'more'; readonly text: string }
  | { readonly kind: 'language'; readonly language: string }
  /** A question that is asked on request. */
  | { readonly kind: 'ask'; readonly flow: string; readonly slot: string; readonly person?: string }
  /** Whom it is about from now on. */
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'reminder'; readonly act: ReminderAct; readonly person: string };

/** What becomes of a reminder: what it is about is done, or nothing more is wanted. */
export const reminderActs = ['done', 'stop'] as const;
export type ReminderAct = (typeof reminderActs)[number];

export const commands = [
  'start-over',
  'back',
  'human',
  'leave',
  'wait',
  'leave-message',
  'helped',
  'not-helped',
  'forget',
  'language',
  'menu',
  'why',
  'family',
  'everybody',
  'remind',
  'reminders',
  'done',
  'stop-reminders',
  'news',
  'no-news',
  'calendar',
  'hello',
  'thanks',
] as const;
export type Command = (typeof commands)[number];

export interface Now {
  readonly today: PlainDate;
  readonly time: ClockTime;
}

// ── What is remembered ──────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A conversation between two messages, as plain JSON. It holds the answers, never a position: the open question is derived.
 */
export interface Session {
  readonly language: string;
  /** It was chosen, or is that of the phone: it is remembered for longer than what was said. */
  readonly isLanguageKept: boolean;
  readonly flow: string | null;
  readonly answers: Readonly<Record<string, GivenAnswer>>;
  /** Whose these are: one of the people that `words.yaml` names. */
  readonly person: string;
  /** The answers for others of the family, by person. */
  readonly others: Readonly<Record<string, Readonly<Record<string, GivenAnswer>>>>;
  /** What the resident wants to be reminded of. It outlives the answers. */
  readonly reminders: readonly Reminder[];
  /** The question that the resident wishes to be asked. */
  readonly wish: string | null;
  /** The question asked last: only its answer is taken from the next message. */
  readonly asked: { readonly slot: string; readonly meaning: string } | null;
  /** A date half understood, and the messages it came with. */
  readonly pending: (Pending & { readonly messageIds: readonly string[] }) | null;
  /** What was shown last to choose from by number. */
  readonly offered: Offered | null;
  /** The text that goes on for whoever asks for more. */
  readonly more: string | null;
  /** Messages in a row that were not understood. */
  readonly misses: number;
  /** The talk with the help desk, if there is one. It outlives the answers: staff may answer tomorrow. */
  readonly handoff: Handoff | null;
}

/** A text's own choices, or others: entries of the FAQ of which one was meant, languages. */
export type Offered = { readonly text: string } | { readonly actions: readonly Action[] };

/** From the wish to speak with a person to the last word. While they talk the bot is silent. */
export interface Handoff {
  readonly ticket: string;
  readonly language: string;
  /**
   * What it is about is asked; then the ticket is open, and the bot silent; or it is a message that waits, and the bot goes on meanwhile;
   * when it is over, the resident is asked whether it helped.
   */
  readonly stage: 'about' | 'open' | 'message' | 'over';
  /** Staff have the bot ask one question: only its answer is the bot's business. */
  readonly asking?: boolean;
  /** From this moment on the bot speaks again, whatever became of the ticket. */
  readonly until: Moment;
}

/** What somebody wants to be reminded of: the dates that are printed or were worked out, never a birthday. */
export interface Reminder {
  readonly person: string;
  readonly flow: string;
  /** Answers that say the same as those given, without personal data. */
  readonly answers: Answers;
  /** From this day on something can be done about it; after `until` there is nothing to be reminded of. */
  readonly from: PlainDate;
  readonly until: PlainDate;
  /** What was said already, or was past when it was asked for: its name → the event that said it. */
  readonly said: Readonly<Record<string, string>>;
  /** Wants to hear of temporary counters, too. */
  readonly news: boolean;
  /** The messages that the dates came of: it goes when one of them is unsent. */
  readonly messageIds: readonly string[];
}

export interface GivenAnswer {
  readonly value: string;
  /** The messages it came with, so that an unsent one is forgotten; none for a button. */
  readonly messageIds: readonly string[];
}

export type Pending =
  /** 「3月3日」: only the year is missing. */
  | { readonly kind: 'year'; readonly slot: string; readonly month: number; readonly day: number }
  /** 「平成2年3月3日のことですか」: answers to choose from, or to confirm when there is one. */
  | { readonly kind: 'which'; readonly slot: string; readonly options: readonly Answers[] };

// ── What the bot does ───────────────────────────────────────────────────────────────────────────────────────────────

/** How a message was understood. `values` are answers by slot. */
export type Intent =
  | { readonly kind: 'command'; readonly command: Exclude<Command, 'back'> }
  | { readonly kind: 'answer'; readonly values: Answers; readonly respelt?: boolean }
  | { readonly kind: 'correction'; readonly values: Answers }
  /** An earlier answer is to be given anew: that slot's, or the last one. */
  | { readonly kind: 'revisit'; readonly slot: string | null }
  | { readonly kind: 'retry'; readonly flow: string; readonly slot: string; readonly why: string }
  | { readonly kind: 'ask-back'; readonly flow: string; readonly pending: Pending }
  | { readonly kind: 'question-changed' }
  | { readonly kind: 'stale-button' }
  /** `also`: the message asks something else, too. `values`: answers that it gives by the way, where the entry begins a flow. */
  | { readonly kind: 'faq'; readonly faq: string; readonly also?: readonly string[]; readonly values?: Answers }
  /** It may be one of these. */
  | { readonly kind: 'maybe'; readonly faqs: readonly string[] }
  | { readonly kind: 'more'; readonly text: string }
  | { readonly kind: 'language'; readonly language: string }
  | { readonly kind: 'wish'; readonly flow: string; readonly slot: string; readonly person?: string }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'reminder'; readonly act: ReminderAct; readonly person: string }
  | { readonly kind: 'start'; readonly flow: string; readonly values: Answers; readonly afterIdle: boolean }
  /** A question for another counter. */
  | { readonly kind: 'out-of-scope' }
  /** What the resident wants to speak about with staff, and all that is said to them afterwards. */
  | { readonly kind: 'about'; readonly message: SaidMessage }
  | { readonly kind: 'to-staff'; readonly message: SaidMessage }
  /** A tap while staff are talking. */
  | { readonly kind: 'with-staff' }
  | { readonly kind: 'secret' }
  /** Angry, or in a hurry: a case for a person, though the FAQ may know the answer. */
  | { readonly kind: 'upset'; readonly faq: string | null }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'media' }
  | { readonly kind: 'follow' }
  | { readonly kind: 'not-understood' };

/** What to say, before words are put to it. */
export type Say =
  /** A text by its key. `leads`: in one bubble with what follows. */
  | { readonly kind: 'text'; readonly key: string; readonly facts?: Facts; readonly leads?: boolean }
  /** 「もしかして」: entries to choose from. */
  | { readonly kind: 'maybe'; readonly faqs: readonly string[] }
  /** The languages to choose from. */
  | { readonly kind: 'languages' }
  /** The rest of a text. */
  | { readonly kind: 'more'; readonly key: string }
  /** A text, and in it a line of another text for each row. */
  | { readonly kind: 'list'; readonly key: string; readonly rows: readonly Row[]; readonly facts?: Facts }
  /** A text, and actions to choose from, each named after a person. */
  | { readonly kind: 'people'; readonly key: string; readonly actions: readonly PersonAction[] }
  /** A text about what somebody is reminded of. `isOfOne`: nobody else is spoken of, so that its buttons are about this person. */
  | {
      readonly kind: 'reminder';
      readonly key: string;
      readonly reminder: Reminder;
      readonly facts: Facts;
      readonly isOfOne: boolean;
    }
  /** What a clerk wrote, word for word. */
  | { readonly kind: 'written'; readonly text: string }
  | { readonly kind: 'taken'; readonly flow: string; readonly slot: string; readonly value: string }
  | { readonly kind: 'retry'; readonly flow: string; readonly slot: string; readonly why: string }
  /** Why it is asked. */
  | { readonly kind: 'why-asked'; readonly flow: string; readonly slot: string }
  | { readonly kind: 'question'; readonly flow: string; readonly slot: string; readonly again: boolean }
  /** 「3月3日」 was read: of which year? */
  | {
      readonly kind: 'year';
      readonly flow: string;
      readonly slot: string;
      readonly month: number;
      readonly day: number;
    }
  | { readonly kind: 'which'; readonly flow: string; readonly slot: string; readonly options: readonly Answers[] };

/** A line of a list: its text, and what it is about. */
export interface Row {
  readonly line: string;
  readonly facts: Facts;
}

export type PersonAction = Extract<Action, { kind: 'person' | 'reminder' }>;

/** What the help desk is to hear of a turn. It is an effect of the committed turn: kept once, whatever fails. */
export type DeskEvent = { readonly ticket: string } & (
  | {
      readonly kind: 'opened';
      readonly about: SaidMessage;
      readonly messageId: string | null;
      /** The answers, and what the rules worked out of them: so that nobody has to say it twice. */
      readonly facts: Facts;
      /** The messages that those rest on. */
      readonly factsFrom: readonly string[];
      /** What the bot was asking, as 'flow.slot'. */
      readonly asked: string | null;
      /** The resident does not wait in the talk: it is answered when it can be. */
      readonly isMessage: boolean;
    }
  /** The resident waits in the talk again, or does not any more. */
  | { readonly kind: 'waits'; readonly isMessage: boolean }
  | { readonly kind: 'said'; readonly message: SaidMessage; readonly messageId: string | null }
  | { readonly kind: 'taken-back'; readonly messageId: string }
  /** The resident ended it, or it was over before anybody ended it. */
  | { readonly kind: 'left' | 'lapsed' }
  /** The resident wants nothing kept. */
  | { readonly kind: 'erased' }
  | { readonly kind: 'rated'; readonly helped: boolean }
  /** The answer to what staff had the bot ask, and what follows from it. `line`: in words, for staff. */
  | { readonly kind: 'answered'; readonly line: string; readonly facts: Facts; readonly factsFrom: readonly string[] }
);

/** Calendar entries behind a link that nobody can guess: dates and the office's words, and nothing of anybody. */
export interface SharedCalendar {
  readonly token: string;
  readonly events: readonly CalendarEvent[];
}

/** A whole day. */
export interface CalendarEvent {
  readonly on: PlainDate;
  readonly title: string;
  readonly description: string;
  readonly place: string;
}

/** What a resident says to a person: words, or something that is no text. */
export type SaidMessage = Extract<Message, { kind: 'text' | 'media' }>;

/** How a card is meant: go, wait, or late. */
export type Tone = 'good' | 'wait' | 'late';

/** A turn as it is shown to someone who tries the bot out. It holds what a resident said: never logged, never stored. */
export interface TurnReport {
  readonly message: Message;
  readonly now: Now;
  readonly intent: Intent;
  /** The answers, and what the rules worked out of them. */
  readonly facts: Facts;
  /** The open question, as 'flow.slot'. */
  readonly open: string | null;
  readonly session: Session;
  readonly replies: readonly Reply[];
  /** Nothing was remembered of the resident before it. */
  readonly isFirst: boolean;
}

/** What happened next in a conversation that is written down. */
export type TalkStep =
  | ({ readonly kind: 'turn' } & Pick<TurnReport, 'message' | 'now' | 'replies' | 'isFirst' | 'session'>)
  /** The resident took back their nth message, counting from 1. */
  | { readonly kind: 'unsend'; readonly nth: number }
  /** The resident blocked the account: everything is forgotten. */
  | { readonly kind: 'unfollow' };

/** One bubble as a resident sees it. */
export interface Reply {
  readonly text: string;
  readonly card?: Card;
  readonly choices: readonly Choice[];
}

export interface Card {
  readonly tone: Tone;
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly note: string;
  readonly alt: string;
}

export interface Choice {
  readonly label: string;
  readonly does:
    | { readonly kind: 'button'; readonly button: Button }
    | { readonly kind: 'say'; readonly text: string }
    | { readonly kind: 'pick-date'; readonly button: Button; readonly range: DateRange; readonly withTime: boolean };
}

/** Links to pages of this server. */
export interface Links {
  /** To the privacy notice. */
  readonly privacy: string;
  /** Another one each time it is read; nobody can guess it. */
  readonly newToken: string;
  /** To all entries, as a file. */
  file(token: string): string;
  /** To one of them, counting from 0. */
  entry(token: string, index: number): string;
}

export interface PrivacySection {
  readonly heading: string;
  /** Paragraphs. */
  readonly lines: readonly string[];
}

export interface PrivacyNotice {
  readonly language: string;
  /** What the language is called. */
  readonly name: string;
  /** The first is the page's title. */
  readonly sections: readonly PrivacySection[];
}
