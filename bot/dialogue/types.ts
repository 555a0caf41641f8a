/** The words of the dialogue, shared by the engine, the loader and the adapters. Types only; see the glossary in README.md. */
import type { ClockTime, PlainDate } from '../rules/dates.ts';
import type { Answers, DateRange, FactKind, Facts } from '../rules/rule.ts';
import type { FaqMatcher } from './faq.ts';

// ── What a resident does ────────────────────────────────────────────────────────────────────────────────────────────

export type Message =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly button: Button }
  | { readonly kind: 'media' }
  | { readonly kind: 'follow' };

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
  | { readonly kind: 'answer'; readonly slot: string; readonly value: string };

export const commands = ['start-over', 'back', 'human', 'forget', 'language', 'menu', 'hello', 'thanks'] as const;
export type Command = (typeof commands)[number];

// ── What staff wrote: flows ─────────────────────────────────────────────────────────────────────────────────────────

/** Fact → the values it may have; all facts must fit. Equality only: anything harder is a fact of its own, worked out by a rule. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly startsWith: readonly string[];
  readonly rule: BoundRule | undefined;
  readonly ask: readonly Question[];
  readonly tell: readonly Tell[];
}

export interface Question {
  readonly flow: string;
  readonly slot: string;
  readonly kind: 'date' | 'choice';
  /** Empty for dates. */
  readonly choices: readonly string[];
  readonly when: Conditions;
  /** Fingerprint of slot, kind and choices, not of the wording: a message answers the question that was asked, or none. */
  readonly meaning: string;
}

export interface Tell {
  readonly text: string;
  readonly when: Conditions;
}

/** A rule with the office's calendar and the procedure's terms already in its hands. */
export interface BoundRule {
  readonly factKinds: Readonly<Record<string, FactKind>>;
  readonly datePair: readonly [string, string] | undefined;
  readonly slots: Readonly<Record<string, BoundDateSlot>>;
  facts(answers: Answers, now: Now): Facts;
}

export interface BoundDateSlot {
  readonly personal: boolean;
  readonly reasons: readonly string[];
  range(answers: Answers, now: Now): DateRange;
  refuse(on: PlainDate, answers: Answers, now: Now): string | undefined;
}

// ── What staff wrote: texts ─────────────────────────────────────────────────────────────────────────────────────────

/** A sentence with `{fact}` or `{fact.format}` in it. */
export type Template = readonly (string | Placeholder)[];

export interface Placeholder {
  readonly name: string;
  readonly format: string | undefined;
}

/** Variants in order; the first whose conditions fit is said. */
export type Text = readonly Variant[];

export interface Variant {
  readonly when: Conditions;
  readonly text: Template | undefined;
  readonly card: CardText | undefined;
  readonly choices: readonly { readonly label: string; readonly action: Action }[];
  /** The choices are listed with numbers in the text too, and a number answers: quick replies do not exist on a PC. */
  readonly numbered: boolean;
  /** Said in the same bubble as what comes before. */
  readonly joins: boolean;
}

export interface CardText {
  readonly tone: Tone;
  readonly title: Template;
  readonly rows: readonly { readonly label: string; readonly value: Template }[];
  readonly note: Template | undefined;
  /** Stands alone in the notification and the list of talks. */
  readonly alt: Template;
}

export type Tone = 'good' | 'wait' | 'late';

export interface QuestionText {
  readonly name: string;
  readonly ask: Template;
  /** Shorter, for asking once more. */
  readonly again: Template;
  readonly taken: Template | undefined;
  /** Why an answer was refused → what to say. */
  readonly retry: Readonly<Record<string, Template>>;
  readonly choices: Readonly<Record<string, ChoiceText>>;
  /** The button for 「わからない」 at a date question. */
  readonly unknown: string;
}

export interface ChoiceText {
  readonly label: string;
  /** Other words that mean this choice. */
  readonly also: readonly string[];
}

export interface FaqEntry {
  readonly id: string;
  readonly asks: readonly string[];
  readonly answer: Text;
  /** The flow that works the answer out for this resident. */
  readonly starts: string | undefined;
  readonly command: Command | undefined;
}

/** Everything a city says in one language. */
export interface Language {
  readonly texts: ReadonlyMap<string, Text>;
  /** By 'flow.slot'. */
  readonly questions: ReadonlyMap<string, QuestionText>;
  readonly phrases: ReadonlyMap<string, Text>;
  readonly faq: ReadonlyMap<string, FaqEntry>;
  readonly matcher: FaqMatcher;
  readonly words: Words;
}

/** Words a resident may use, by what they mean. */
export interface Words {
  readonly commands: Readonly<Record<Command, readonly string[]>>;
  readonly unknown: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** Words that ask to change an answer when they stand beside a question's name. */
  readonly correct: readonly string[];
  /** Questions for other counters, as residents ask them. */
  readonly outOfScope: readonly string[];
  /** The button that opens the date picker. */
  readonly pickDate: string;
  /** Words that show that a number beside them is a secret. */
  readonly secrets: readonly string[];
}

/** What the whole of `flows/` and `content/` says, loaded and checked. */
export interface Library {
  readonly flows: ReadonlyMap<string, Flow>;
  readonly languages: ReadonlyMap<string, Language>;
  readonly timezone: string;
  /** Place, phone and the like: facts that hold whatever the day. */
  readonly officeFacts: Facts;
  /** What the counter does at this minute. */
  factsNow(now: Now): Facts;
}

export interface Now {
  readonly today: PlainDate;
  readonly time: ClockTime;
}

/** What a turn may look at besides the session and the message. */
export interface World {
  readonly library: Library;
  readonly now: Now;
}

// ── What is remembered ──────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A conversation between two messages, as plain JSON. It holds the answers, never a position: the open question is derived.
 */
export interface Session {
  readonly language: string;
  readonly flow: string | null;
  readonly answers: Readonly<Record<string, GivenAnswer>>;
  /** The question asked last: only its answer is taken from the next message. */
  readonly asked: { readonly slot: string; readonly meaning: string } | null;
  /** A date half understood. */
  readonly pending: Pending | null;
  /** The text whose numbered choices were shown last. */
  readonly offered: string | null;
  /** Messages in a row that were not understood. */
  readonly misses: number;
}

export interface GivenAnswer {
  readonly value: string;
  /** The message it came with, so that an unsent message is forgotten; null for a button. */
  readonly messageId: string | null;
}

export type Pending =
  /** 「3月3日」: only the year is missing. */
  | { readonly kind: 'year'; readonly slot: string; readonly month: number; readonly day: number }
  /** 「平成2年3月3日のことですか」: answers to choose from, or to confirm when there is one. */
  | { readonly kind: 'which'; readonly slot: string; readonly options: readonly Answers[] };

// ── What the bot does ───────────────────────────────────────────────────────────────────────────────────────────────

/** How a message was understood. `values` are answers by slot. */
export type Intent =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'answer'; readonly values: Answers; readonly respelt?: boolean }
  | { readonly kind: 'correction'; readonly values: Answers }
  /** An earlier answer is to be given anew: that slot's, or the last one. */
  | { readonly kind: 'revisit'; readonly slot: string | null }
  | { readonly kind: 'retry'; readonly slot: string; readonly why: string }
  | { readonly kind: 'ask-back'; readonly pending: Pending }
  | { readonly kind: 'question-changed' }
  | { readonly kind: 'stale-button' }
  | { readonly kind: 'faq'; readonly faq: string }
  | { readonly kind: 'start'; readonly flow: string; readonly values: Answers; readonly afterIdle: boolean }
  /** A question for another counter. */
  | { readonly kind: 'out-of-scope' }
  | { readonly kind: 'secret' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'media' }
  | { readonly kind: 'follow' }
  | { readonly kind: 'not-understood' };

/** What to say, before words are put to it. */
export type Say =
  /** A text by its key. `leads`: in one bubble with what follows. */
  | { readonly kind: 'text'; readonly key: string; readonly facts?: Facts; readonly leads?: boolean }
  | { readonly kind: 'taken'; readonly flow: string; readonly slot: string }
  | { readonly kind: 'retry'; readonly flow: string; readonly slot: string; readonly why: string }
  | { readonly kind: 'question'; readonly flow: string; readonly slot: string; readonly again: boolean }
  | { readonly kind: 'which'; readonly flow: string; readonly slot: string; readonly options: readonly Answers[] };

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
    | { readonly kind: 'pick-date'; readonly button: Button; readonly range: DateRange };
}
