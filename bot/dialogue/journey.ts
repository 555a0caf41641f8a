/**
 * Answers → what follows from them: the facts, the open question, what there is to tell.
 * Nothing here is stored. A new flow file, a correction or a new day simply give another journey for the same answers.
 */
import { dayOf, isMoment, isPlainDate } from '../rules/dates.ts';
import type { Answers, Facts } from '../rules/rule.ts';
import type { Conditions, Flow, Question } from './library.ts';
import type { Now, Session } from './types.ts';

export interface Journey {
  /** The answers that count: still fitting, and given to a question that applies or known by themselves. */
  readonly given: Answers;
  /** The answers and what the rule works out of them. */
  readonly facts: Facts;
  /** The first question that applies and has no answer. */
  readonly open: Question | undefined;
  /** Keys of the texts that apply, in the order of the file. */
  readonly tells: readonly string[];
}

/** `wish`: the question that is asked on request. */
export function journeyOf(flow: Flow, answers: Session['answers'], now: Now, wish: string | null = null): Journey {
  const given: Record<string, string> = {};
  let facts: Facts = {};
  let open: Question | undefined;
  let wished: Question | undefined;
  const valueFor = (question: Question): string | undefined => {
    const value = answers[question.slot]?.value;
    return value !== undefined && isAnswerTo(question, value, { flow, given, now }) ? value : undefined;
  };
  const take = (question: Question, value: string) => {
    given[question.slot] = value;
    facts = { ...given, ...flow.rule?.facts(given, now) };
  };

  // A date that answers everything comes first, wherever it stands in the file: the other dates need not be asked any more.
  const decisive = flow.ask.filter(({ slot }) => flow.rule?.slots[slot]?.suffices);
  for (const question of decisive) {
    const value = valueFor(question);
    if (isPlainDate(value)) take(question, value);
  }
  const isDecided = Object.keys(given).length > 0;

  for (const question of flow.ask) {
    if (given[question.slot] !== undefined) continue;
    const value = valueFor(question);
    // A date that the resident knows is a fact, whether or not it would have been asked for.
    if (!fits(question.when, facts) && !(question.kind === 'date' && isPlainDate(value))) continue;
    if (value !== undefined) {
      take(question, value);
    } else if (question.onRequest) {
      if (wish === question.slot) wished = question;
    } else if (!isDecided || question.kind !== 'date') {
      open = question;
      break;
    }
  }
  return {
    given,
    facts,
    // What the resident wishes to be asked comes before what the flow would ask.
    open: wished ?? open,
    tells: flow.tell.filter((tell) => fits(tell.when, facts)).map((tell) => `${flow.id}.${tell.text}`),
  };
}

/** Equality only. For conditions a date is `known`. */
export function fits(when: Conditions, facts: Facts): boolean {
  // Asked some hundred times a turn: without a list of entries each time.
  for (const name in when) {
    const fact = facts[name];
    if (fact === undefined) return false;
    const value = isPlainDate(fact) || isMoment(fact) ? 'known' : String(fact);
    if (!when[name]?.includes(value)) return false;
  }
  return true;
}

/** Whether a value answers the question as the file asks it today; one that no longer fits counts as not given. */
function isAnswerTo(
  question: Question,
  value: string,
  { flow, given, now }: { flow: Flow; given: Answers; now: Now },
): boolean {
  if (question.kind === 'choice') return question.choices.includes(value);
  if (value === 'unknown') return question.kind === 'date';
  if (!isPlainDate(value) && !(question.kind === 'day' && isMoment(value))) return false;
  return flow.rule?.slots[question.slot]?.refuse(dayOf(value), given, now) === undefined;
}
