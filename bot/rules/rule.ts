/** What a rule offers to flows: named facts worked out of the answers, and what its date slots accept. Types only. */
import type { OfficeCalendar } from './calendar.ts';
import type { ClockTime, PlainDate } from './dates.ts';

/** An answer is 'YYYY-MM-DD' for a date slot, that or 'YYYY-MM-DDTHH:mm' for a day still to come, one of the flow's choices for the others, or 'unknown' (「わからない」). */
export type Answers = Readonly<Record<string, string>>;

/** Named values for conditions and texts: words, whole numbers, PlainDates, Moments and ClockTimes. */
export type Facts = Readonly<Record<string, string | number>>;

/** What a rule may know besides the answers. `terms` are the procedure's parameters from `content/procedures/`. */
export interface RuleWorld<Terms> {
  readonly today: PlainDate;
  readonly time: ClockTime;
  readonly calendar: OfficeCalendar;
  readonly terms: Terms;
}

export interface DateRange {
  readonly from: PlainDate;
  readonly until: PlainDate;
  /** Where a date picker opens. */
  readonly likely: PlainDate;
}

/** A date a rule asks for. Ranges may depend on the answers before it. */
export interface DateSlot<Terms> {
  /** Personal data: texts may show its month and day only. */
  readonly personal: boolean;
  /** Known, it makes the other dates needless. */
  readonly suffices: boolean;
  /** Why a date may be refused; each reason needs a sentence in the flow's texts. */
  readonly reasons: readonly string[];
  range(answers: Answers, world: RuleWorld<Terms>): DateRange;
  /** One of `reasons`, or undefined when the date will do. */
  refuse(on: PlainDate, answers: Answers, world: RuleWorld<Terms>): string | undefined;
  /** A day still to come, perhaps with a time: the days from `from` until `until` that are worth choosing by the facts so far, at most `count`. Undefined: a date of the past, or one that is printed. */
  suggest?(among: Days, facts: Facts, world: RuleWorld<Terms>): readonly PlainDate[];
}

export interface Days {
  readonly from: PlainDate;
  readonly until: PlainDate;
  readonly count: number;
}

export type FactKind = 'date' | 'moment' | 'time' | 'number' | readonly string[];

export interface Rule<Terms> {
  readonly slots: Readonly<Record<string, DateSlot<Terms>>>;
  /** Two dates in one message answer these two slots, the earlier first. */
  readonly datePair?: readonly [string, string];
  /** An answer that is about another one, and goes when that one changes: slot → the slot it is about. */
  readonly about?: Readonly<Record<string, string>>;
  /** Every fact the rule can work out, and what it can be: what conditions and texts are checked against. */
  readonly factKinds: Readonly<Record<string, FactKind>>;
  /** The facts that follow from the answers so far; those that still hang on an open question are missing. */
  facts(answers: Answers, world: RuleWorld<Terms>): Facts;
  /** What the facts of several people come to. */
  together?(people: readonly Facts[]): Facts;
  /** What is worth keeping for a reminder; undefined: there is nothing to be reminded of. */
  keeps?(facts: Facts): Kept | undefined;
}

/** Answers that lead to the same facts, without personal data, and the days between which something can be done about it. */
export interface Kept {
  readonly answers: Answers;
  readonly from: PlainDate;
  readonly until: PlainDate;
}
