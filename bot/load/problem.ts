/** A mistake in a file that staff edit: where it is, what it is, and what to do about it, in Japanese. */
import { widthOf } from './width.ts';

export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** How many characters the caret marks. */
  readonly length: number;
  readonly message: string;
  readonly remedy: string;
  /** The line itself. */
  readonly source: string;
}

/** The problems as a clerk reads them: place, sentence, the line with a caret, the remedy. */
export function showProblems(problems: readonly Problem[]): string {
  return [...problems].sort(byPlace).map(showProblem).join('\n\n');
}

function showProblem({ file, line, column, length, message, remedy, source }: Problem): string {
  const margin = `${line}`.padStart(5);
  const before = [...source.slice(0, column - 1)].map((character) => ' '.repeat(widthOf(character))).join('');
  const marked = [...source.slice(column - 1, column - 1 + length)]
    .map((character) => '^'.repeat(widthOf(character)))
    .join('');
  return [
    `${file}:${line}:${column}  ${message}`,
    ...(source === '' ? [] : [`${margin} │ ${source}`, `${' '.repeat(margin.length)} │ ${before}${marked || '^'}`]),
    `    → ${remedy}`,
  ].join('\n');
}

function byPlace(one: Problem, other: Problem): number {
  return one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column;
}
