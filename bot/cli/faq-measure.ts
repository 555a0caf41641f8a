/** How well questions are understood that the matcher has never seen: by entry and by register, from a set that is only measured with. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { FaqMatcher } from '../dialogue/faq.ts';

/** Entry (or `out of scope`) → register → questions. */
const setShape = z.record(z.string(), z.record(z.string(), z.array(z.coerce.string())));
export type MeasuringSet = z.infer<typeof setShape>;

/** A question that belongs to another counter, or to none. */
export const outOfScope = 'out of scope';

export interface Score {
  readonly right: number;
  readonly of: number;
}

export interface Measured {
  /** Questions of the entries that led to their entry. */
  readonly first: Score;
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

export function measure(matcher: FaqMatcher, set: MeasuringSet): Measured {
  const asked = Object.entries(set).flatMap(([entry, registers]) =>
    Object.entries(registers).flatMap(([register, questions]) =>
      questions.map((question) => {
        const { faq } = matcher.match(question);
        return { entry, register, faq, isRight: faq === (entry === outOfScope ? null : entry) };
      }),
    ),
  );
  const ours = asked.filter(({ entry }) => entry !== outOfScope);
  const others = asked.filter(({ entry }) => entry === outOfScope);
  return {
    first: scoreOf(ours),
    outOfScope: scoreOf(others),
    wrong: scoreOf(asked.map(({ isRight, faq }) => ({ isRight: !isRight && faq !== null }))),
    byEntry: scoresBy(asked, ({ entry }) => entry),
    byRegister: scoresBy(ours, ({ register }) => register),
  };
}

function scoresBy<Asked extends { readonly isRight: boolean }>(
  asked: readonly Asked[],
  keyOf: (each: Asked) => string,
): Map<string, Score> {
  return new Map([...Map.groupBy(asked, keyOf)].map(([key, list]) => [key, scoreOf(list)]));
}

function scoreOf(asked: readonly { readonly isRight: boolean }[]): Score {
  return { right: asked.filter(({ isRight }) => isRight).length, of: asked.length };
}

/** A page of tables (Markdown), for people. */
export function showMeasured({ first, outOfScope: others, wrong, byEntry, byRegister }: Measured): string {
  const table = (head: string, scores: ReadonlyMap<string, Score>) =>
    [`| ${head} | 正解 |`, '|---|---|', ...[...scores].map(([name, score]) => `| ${name} | ${text(score)} |`)].join(
      '\n',
    );
  return [
    `はじめの答えが正しい: ${text(first)}`,
    `ほかの窓口の用件とわかる: ${text(others)}`,
    `ちがう答えを出してしまう: ${text(wrong)}`,
    '',
    table('言い方', byRegister),
    '',
    table('質問', byEntry),
  ].join('\n');
}

function text({ right, of }: Score): string {
  return `${right} / ${of}（${percent({ right, of }).toFixed(1)}%）`;
}

export function percent({ right, of }: Score): number {
  return of === 0 ? 0 : (100 * right) / of;
}
