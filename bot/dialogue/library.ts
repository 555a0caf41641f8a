/** What staff wrote in `flows/` and `content/`, loaded and checked. Types only. */
import type { OfficeCalendar } from '../rules/calendar.ts';
import type { ClockTime, PlainDate } from '../rules/dates.ts';
import type { Answers, DateRange, Days, FactKind, Facts, Kept } from '../rules/rule.ts';
import type { FaqMatcher } from './faq.ts';
import type { DateWriter } from './formats.ts';
import type { Button, Command, Links, Now, Tone } from './types.ts';

/** Fact → the values it may have; all facts must fit. Equality only: anything harder is a fact of its own, worked out by a rule. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly startsWith: readonly string[];
  readonly rule: BoundRule | undefined;
  readonly ask: readonly Question[];
  readonly tell: readonly Tell[];
  /** Told to whoever asks why: like `tell`. */
  readonly why: readonly Tell[];
  /** What is said to whoever wants to be reminded, and the fact that is the day for it; in the order of the days. */
  readonly remind: readonly DayText[];
  /** Events for the resident's own calendar: the first line of each text is its title. */
  readonly calendar: readonly DayText[];
  /** Several people in one talk: the text that is one person's line, and what is said of them together. Absent: one person at a time. */
  readonly family: { readonly line: string; readonly together: string } | undefined;
  /** Said after all is told: what can be done next. Absent: what is said after every flow. */
  readonly next: string | undefined;
}

/** A text, and the fact that is the day for it. */
export interface DayText {
  readonly text: string;
  readonly on: string;
}

export interface Question {
  readonly flow: string;
  readonly slot: string;
  /** 'day': one that is still to come, perhaps with a time. */
  readonly kind: 'date' | 'day' | 'choice';
  /** Empty for dates and days. */
  readonly choices: readonly string[];
  readonly when: Conditions;
  /** Asked of whoever wishes to be. */
  readonly onRequest: boolean;
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
  readonly about: Readonly<Record<string, string>>;
  readonly slots: Readonly<Record<string, BoundDateSlot>>;
  facts(answers: Answers, now: Now): Facts;
  /** See `Rule`. */
  readonly keeps: ((facts: Facts) => Kept | undefined) | undefined;
  readonly together: ((people: readonly Facts[]) => Facts) | undefined;
}

export interface BoundDateSlot {
  readonly personal: boolean;
  readonly suffices: boolean;
  readonly reasons: readonly string[];
  range(answers: Answers, now: Now): DateRange;
  refuse(on: PlainDate, answers: Answers, now: Now): string | undefined;
  /** See `DateSlot`. */
  suggest?(among: Days, facts: Facts, now: Now): readonly PlainDate[];
}

// ── Texts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

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
  /** The rest, for whoever asks for it. */
  readonly more: Template | undefined;
  readonly card: CardText | undefined;
  readonly choices: readonly TextChoice[];
  /** The choices are listed with numbers in the text too, and a number answers: quick replies do not exist on a PC. */
  readonly numbered: boolean;
  /** Said in the same bubble as what comes before. */
  readonly joins: boolean;
}

/** A button under a text. */
export interface TextChoice {
  readonly label: Template;
  readonly button: Button;
  /** The fact whose value is the answer that the button gives; without that fact there is no button. */
  readonly fromFact?: string | undefined;
  readonly when: Conditions;
}

export interface CardText {
  readonly tone: Tone;
  readonly title: Template;
  readonly rows: readonly { readonly label: string; readonly value: Template }[];
  readonly note: Template | undefined;
  /** Stands alone in the notification and the list of talks. */
  readonly alt: Template;
}

export interface QuestionText {
  readonly name: string;
  /** Other words for what is asked: 「誕生日」. They say which question a date belongs to, and which answer to correct. */
  readonly called: readonly string[];
  readonly ask: Template;
  /** Shorter, for asking once more. */
  readonly again: Template;
  readonly taken: Template | undefined;
  /** Why it is asked. */
  readonly why: Template | undefined;
  /** Words (folded) that, by themselves, ask for this question. */
  readonly requests: readonly string[];
  /** Facts whose days are offered as answers. */
  readonly offers: readonly string[];
  /** Said when the answer is 「わからない」. */
  readonly reassure: Template | undefined;
  /** Why an answer was refused → what to say. */
  readonly retry: Readonly<Record<string, Template>>;
  readonly choices: Readonly<Record<string, ChoiceText>>;
  /** The button for 「わからない」 at a date question. */
  readonly unknown: string;
}

export interface ChoiceText {
  readonly label: string;
  /** Other words (folded) that, by themselves, mean this choice. */
  readonly also: readonly string[];
  /** Words that mean it anywhere in a message. */
  readonly contains: readonly string[];
}

export interface FaqEntry {
  readonly id: string;
  /** Short: it stands on buttons. */
  readonly title: string;
  readonly asks: readonly string[];
  readonly answer: Text;
  /** The flow that works the answer out for this resident. */
  readonly starts: string | undefined;
  readonly command: Exclude<Command, 'back'> | undefined;
}

/** Ready-made words for clerks. */
export interface CannedReply {
  readonly title: string;
  readonly when: Conditions;
  readonly text: Template;
}

/** Everything a city says in one language. */
export interface Language {
  /** BCP 47: the name of its folder. */
  readonly tag: string;
  /** In the language itself: 「English」. It stands on a button. */
  readonly name: string;
  /** Other names (folded) that, by themselves, ask for it. */
  readonly called: readonly string[];
  readonly dates: DateWriter;
  /** Sentences and words of this language and no other, to know it by. */
  readonly spoken: readonly string[];
  /** The office's facts that are written otherwise in it. */
  readonly officeFacts: Facts;
  readonly texts: ReadonlyMap<string, Text>;
  /** By 'flow.slot'. */
  readonly questions: ReadonlyMap<string, QuestionText>;
  readonly phrases: ReadonlyMap<string, Text>;
  readonly faq: ReadonlyMap<string, FaqEntry>;
  readonly matcher: FaqMatcher;
  readonly words: Words;
  readonly replies: ReadonlyMap<string, CannedReply>;
  /** Facts and their values, as people call them. */
  readonly facts: ReadonlyMap<string, { readonly name: string; readonly values: Readonly<Record<string, string>> }>;
}

/** Words a resident may use, by what they mean; folded by `normalise`, but for the labels. */
export interface Words {
  readonly commands: Readonly<Record<Command, readonly string[]>>;
  readonly unknown: readonly string[];
  /** Words that may stand around those: 「日付は、ちょっと…」. */
  readonly aroundUnknown: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** 「ちがう」: what was understood last is not so. */
  readonly wrong: readonly string[];
  /** Words that may stand around those that begin a flow: 「…をしたい」. */
  readonly aroundStart: readonly string[];
  /** Words that ask to change an answer when they stand beside a question's name. */
  readonly correct: readonly string[];
  /** What stands on buttons. */
  readonly labels: {
    readonly yes: string;
    readonly no: string;
    readonly pickDate: string;
    readonly pickDay: string;
    readonly more: string;
  };
  /** Whose certificate it may be: by person, what they are called (as it stands on a button) and other words (folded) for them. */
  readonly people: ReadonlyMap<string, { readonly label: string; readonly also: readonly string[] }>;
  /** 「くわしく」: the rest of the last text. */
  readonly more: readonly string[];
  /** Words that may stand around a language's name: 「…でお願いします」. */
  readonly aroundLanguage: readonly string[];
  /** Words that stand between two questions in one message, as they are written. */
  readonly between: readonly string[];
  /** Words that anger or need speaks with, anywhere in a message. */
  readonly upset: readonly string[];
  /** Words that show that a number beside them is a secret. */
  readonly secrets: readonly string[];
}

/** What the whole of `flows/` and `content/` says, loaded and checked. */
export interface Library {
  readonly flows: ReadonlyMap<string, Flow>;
  /** By tag, the main one first. */
  readonly languages: ReadonlyMap<string, Language>;
  /** The language that a message is plainly written in, if it is another one than this; null: one that the city does not speak. */
  spokenIn(text: string, current: string): string | null | undefined;
  readonly timezone: string;
  /** Place, phone and the like: facts that hold whatever the day. */
  readonly officeFacts: Facts;
  /** Days on which the counter is open although it is not as a rule, from a day on. */
  openingsFrom(on: PlainDate): readonly Opening[];
  /** What the counter does at this minute. */
  factsNow(now: Now): Facts;
  /** Staff who answer in the talk; undefined: by phone only. */
  readonly desk: Desk | undefined;
}

/** A temporary counter. */
export interface Opening {
  readonly on: PlainDate;
  readonly opens: ClockTime;
  readonly closes: ClockTime;
}

/** The help desk's terms, as `content/helpdesk.yaml` sets them. */
export interface Desk {
  readonly calendar: OfficeCalendar;
  /** Whether staff answer at this minute, and when they will. */
  factsNow(now: Now): Facts;
  /** How long one talk takes, about: what the promise is reckoned with. */
  readonly minutesEach: number;
  /** Who was not answered for so long (in the desk's hours) is told so. */
  readonly answerWithinMinutes: number;
  /** Whoever does not write back for so long has been helped. */
  readonly silentMinutes: number;
  /** The same, for whoever left a message: they are not looking at the talk. */
  readonly silentAfterMessageMinutes: number;
  /** Tickets are erased so many days after their end. */
  readonly keepDays: number;
  /** What tells staff elsewhere that somebody waits: no word of the resident's. */
  readonly announcement: { readonly subject: Template; readonly text: Template };
}

/** What a turn may look at besides the session and the message. */
export interface World {
  readonly library: Library;
  readonly now: Now;
  /** Absent: nobody answers in the talk. */
  readonly desk?: DeskNow | undefined;
  /** Absent: this server has no address that a phone could open. */
  readonly links?: Links | undefined;
  /** The operators have switched reminders off. */
  readonly withoutReminders?: boolean;
}

/** The help desk at this moment. */
export interface DeskNow {
  readonly waiting: number;
  /** The name of a ticket, should this turn open one. */
  readonly newTicket: string;
}
