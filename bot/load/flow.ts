/** A flow file → the flow the dialogue walks through. */
import { createHash } from 'node:crypto';
import type { BoundRule, Conditions, DayText, Flow, Question, Tell } from '../dialogue/library.ts';
import { normalise } from '../dialogue/normalise.ts';
import type { FlowFile } from './files.ts';

export interface AskLine {
  readonly slot: string;
  readonly kind: Question['kind'];
  readonly choices: readonly string[];
  readonly when: Conditions;
  readonly onRequest: boolean;
}

/** The questions of a file, in order. A line names one slot beside its `when`. */
export function askLines(file: FlowFile): readonly AskLine[] {
  return file.value.ask.map(({ when, 'on request': onRequest, ...slots }) => {
    const [slot = '', answer = 'date'] = Object.entries(slots)[0] ?? [];
    const kind = answer === 'date' || answer === 'day' ? answer : 'choice';
    return { slot, kind, choices: Array.isArray(answer) ? answer : [], when, onRequest };
  });
}

/** What is told by itself, or to whoever asks why. */
export function tellLines(file: FlowFile, section: 'tell' | 'why' = 'tell'): readonly Tell[] {
  return file.value[section].map((line) => {
    if (typeof line === 'string') return { text: line, when: {} };
    const [text = '', when = {}] = Object.entries(line)[0] ?? [];
    return { text, when };
  });
}

/** What is said, or stands in a calendar, on a day of its own. */
export function dayLines(file: FlowFile, section: 'remind' | 'calendar'): readonly DayText[] {
  return file.value[section].map((line) => {
    const [text = '', on = ''] = Object.entries(line)[0] ?? [];
    return { text, on };
  });
}

export function buildFlow(file: FlowFile, rule: BoundRule | undefined): Flow {
  return {
    id: file.id,
    title: file.value.title,
    startsWith: file.value['starts with'].map(normalise),
    rule,
    ask: askLines(file).map((line): Question => ({ flow: file.id, ...line, meaning: fingerprint(line) })),
    tell: tellLines(file),
    why: tellLines(file, 'why'),
    remind: dayLines(file, 'remind'),
    calendar: dayLines(file, 'calendar'),
    family: file.value.family,
    next: file.value.next,
  };
}

/** The meaning of a question in eight characters: slot, kind and choices in any order; not its wording, not its conditions. */
export function fingerprint({ slot, kind, choices }: Pick<AskLine, 'slot' | 'kind' | 'choices'>): string {
  return createHash('sha256')
    .update(JSON.stringify([slot, kind, [...choices].sort()]))
    .digest('hex')
    .slice(0, 8);
}
