/** How well questions are understood that the matcher has never seen: by entry and by register, from a set that is only measured with. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Asked } from '../dialogue/questions.ts';

/** Entry (or `out of scope`) → register → questions. */
const setShape = z.record(z.string(), z.record(z.string(), z.array(z.coerce.string())));
export type MeasuringSet = z.infer<typeof setShape>;

/** A question that belongs to another counter, or to none. */
export const outOfScope = 'out of scope';

/** A question with what it is about (null: no business of ours), and how it was understood. */
export interface Tried {
  readonly topic: string | null;
  readonly register?: string;
  readonly asked: Asked;
}

export interface Score {
  readonly right: number;
  readonly of: number;
}

export interface Measured {
  /** Questions of the entries that had their entry in the first place. */
  readonly first: Score;
  /** Those that were answered rightly, or had the right entry among the choices. */
  readonly within: Score;
  /** Out-of-scope questions that led to no entry. */
  readonly outOfScope: Score;
  /** Of all questions, those that led to an entry that is not theirs: a wrong answer, given with confidence. */
  readonly wrong: Score;
  readonly byEntry: ReadonlyMap<string, Score>;
  readonly byRegister: ReadonlyMap<string, Score>;
}

export function readMeasuringSet(file: string): MeasuringSet {
  return setShape.parse(parse(readFileSync(file, 'utf8')));
}

/** Every question of a set, asked. */
export function tryAll(set: MeasuringSet, ask: (question: string) => Asked): Tried[] {
  return Object.entries(set).flatMap(([entry, registers]) =>
    Object.entries(registers).flatMap(([register, questions]) =>
      questions.map((question) => ({ topic: entry === outOfScope ? null : entry, register, asked: ask(question) })),
    ),
  );
}

/** The entry in the first place, answered or offered; null: none. */
export function firstOf({ faqs, choices }: Asked): string | null {
  return faqs[0] ?? choices[0] ?? null;
}

export function measure(tried: readonly Tried[]): Measured {
  const isRight = ({ topic, asked }: Tried) => firstOf(asked) === topic;
  const ours = tried.filter(({ topic }) => topic !== null);
  return {
    first: scoreOf(ours, isRight),
    within: scoreOf(ours, ({ topic, asked }) => [...asked.faqs, ...asked.choices].includes(topic ?? '')),
    outOfScope: scoreOf(
      tried.filter(({ topic }) => topic === null),
      isRight,
    ),
    wrong: scoreOf(tried, ({ topic, asked }) => asked.faqs.length > 0 && !asked.faqs.includes(topic ?? '')),
    byEntry: scoresBy(tried, ({ topic }) => topic ?? outOfScope, isRight),
    byRegister: scoresBy(ours, ({ register }) => register ?? '', isRight),
  };
}

function scoresBy(
  tried: readonly Tried[],
  keyOf: (each: Tried) => string,
  isRight: (each: Tried) => boolean,
): Map<string, Score> {
  return new Map([...Map.groupBy(tried, keyOf)].map(([key, list]) => [key, scoreOf(list, isRight)]));
}

function scoreOf(tried: readonly Tried[], counts: (each: Tried) => boolean): Score {
  return { right: tried.filter(counts).length, of: tried.length };
}

/** In percent: first, within the choices, out of scope, wrong with confidence. */
export function figuresOf({ first, within, outOfScope: others, wrong }: Measured): number[] {
  return [first, within, others, wrong].map(percent);
}

/** The same, a line each. */
export function showFigures({ first, within, outOfScope: others, wrong }: Measured): string {
  return [
    `はじめの答えが正しい: ${text(first)}`,
    `答えか「もしかして」の中にある: ${text(within)}`,
    `ほかの窓口の用件とわかる: ${text(others)}`,
    `ちがう答えを出してしまう: ${text(wrong)}`,
  ].join('\n');
}

/** The figures of each language in one table (Markdown). */
export function showLanguages(measured: ReadonlyMap<string, Measured>): string {
  const rows = [...measured].map(
    ([tag, one]) =>
      `| ${tag} | ${figuresOf(one)
        .map((each) => `${each.toFixed(1)}%`)
        .join(' | ')} |`,
  );
  return [
    '| ことば | はじめの答え | 答えか選択肢の中 | ほかの窓口とわかる | ちがう答え |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** A page of tables (Markdown), for people. */
export function showMeasured(measured: Measured): string {
  const table = (head: string, scores: ReadonlyMap<string, Score>) =>
    [`| ${head} | 正解 |`, '|---|---|', ...[...scores].map(([name, score]) => `| ${name} | ${text(score)} |`)].join(
      '\n',
    );
  return [showFigures(measured), '', table('言い方', measured.byRegister), '', table('質問', measured.byEntry)].join(
    '\n',
  );
}

function text({ right, of }: Score): string {
  return `${right} / ${of}（${percent({ right, of }).toFixed(1)}%）`;
}

function percent({ right, of }: Score): number {
  return of === 0 ? 0 : (100 * right) / of;
}
