/** A flow file → the flow the dialogue walks through. */
import { createHash } from 'node:crypto';
import type { BoundRule, Conditions, Flow, Question, Tell } from '../dialogue/library.ts';
import { normalise } from '../dialogue/normalise.ts';
import type { FlowFile } from './files.ts';

export interface AskLine {
  readonly slot: string;
  readonly kind: 'date' | 'choice';
  readonly choices: readonly string[];
  readonly when: Conditions;
}

/** The questions of a file, in order. A line names one slot beside its `when`. */
export function askLines(file: FlowFile): readonly AskLine[] {
  return file.value.ask.map(({ when, ...slots }) => {
    const [slot = '', answer = 'date'] = Object.entries(slots)[0] ?? [];
    return { slot, kind: answer === 'date' ? 'date' : 'choice', choices: Array.isArray(answer) ? answer : [], when };
  });
}

export function tellLines(file: FlowFile): readonly Tell[] {
  return file.value.tell.map((line) => {
    if (typeof line === 'string') return { text: line, when: {} };
    const [text = '', when = {}] = Object.entries(line)[0] ?? [];
    return { text, when };
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
  };
}

/** The meaning of a question in eight characters: slot, kind and choices in any order; not its wording, not its conditions. */
export function fingerprint({ slot, kind, choices }: Pick<AskLine, 'slot' | 'kind' | 'choices'>): string {
  return createHash('sha256')
    .update(JSON.stringify([slot, kind, [...choices].sort()]))
    .digest('hex')
    .slice(0, 8);
}
