/** One flow by itself: its rule, its slots, its conditions. */

import { rules } from '../rules/index.ts';
import type { FactKind } from '../rules/rule.ts';
import { checkConditions } from './check-conditions.ts';
import type { FlowFile } from './files.ts';
import { askLines, dayLines, tellLines } from './flow.ts';
import { didYouMean } from './near.ts';
import type { Problem } from './problem.ts';

/** The rule a flow names; undefined when it names none, or one that does not exist. */
export function ruleOf(file: FlowFile) {
  return Object.entries(rules).find(([name]) => name === file.value.uses)?.[1];
}

export function checkRule(file: FlowFile): Problem[] {
  const { uses } = file.value;
  if (uses === undefined || ruleOf(file)) return [];
  const names = Object.keys(rules).join('、');
  return [file.problem(['uses'], `規則「${uses}」はありません`, `使える規則は ${names} です。`)];
}

export function checkFlow(file: FlowFile): Problem[] {
  return [...checkLength(file), ...checkQuestions(file), ...checkFlowConditions(file), ...checkDays(file)];
}

/** Whoever is asked more than that in a talk gives up; no one is asked all of them. */
const mostQuestions = 10;

function checkLength(file: FlowFile): Problem[] {
  const { length } = file.value.ask;
  if (length <= mostQuestions) return [];
  const remedy = `${mostQuestions}問までにしてください。答えから計算できることは聞かずに済みます。開発者に相談してください。`;
  return [file.problem(['ask', mostQuestions], `質問が多すぎます（${length}問）`, remedy)];
}

function checkQuestions(file: FlowFile): Problem[] {
  const slots = ruleOf(file)?.slots ?? {};
  const seen = new Set<string>();
  return askLines(file).flatMap(({ slot, kind }, index) => {
    const problem = (message: string, remedy: string) => [file.problem(['ask', index], message, remedy)];
    const { when: _, 'on request': __, ...named } = file.value.ask[index] ?? {};
    const names = Object.keys(named);
    if (names.length !== 1)
      return problem(
        '1行にひとつの質問を書きます',
        '「- birthday: date」のように、質問ごとに「- 」の行を分けてください。',
      );
    if (seen.has(slot)) return problem(`${slot} を二度聞いています`, 'どちらかの行を消してください。');
    seen.add(slot);
    if (kind === 'choice') return [];
    const isAhead = (name: string) => slots[name]?.suggest !== undefined;
    const fitting = Object.keys(slots).filter((name) => isAhead(name) === (kind === 'day'));
    if (fitting.includes(slot)) return [];
    const known = fitting.join('、') || 'ありません';
    return problem(
      kind === 'day' ? `これからの日 ${slot} を使う規則がありません` : `日付 ${slot} を使う規則がありません`,
      `規則が使う日付は ${known} です。新しい日付は開発者に相談してください。`,
    );
  });
}

/** Each belongs to a day that the rule works out. */
function checkDays(file: FlowFile): Problem[] {
  const rule = ruleOf(file);
  const days = Object.entries(rule?.factKinds ?? {}).flatMap(([name, kind]) => (kind === 'date' ? [name] : []));
  return (['remind', 'calendar'] as const).flatMap((section) =>
    dayLines(file, section).flatMap(({ text, on }, index) => {
      const isOne = Object.keys(file.value[section][index] ?? {}).length === 1;
      if (!isOne)
        return [
          file.problem(
            [section, index],
            '1行にひとつの文を書きます',
            `「- ${text}: ${on}」のように、文ごとに「- 」の行を分けてください。`,
          ),
        ];
      if (days.includes(on)) return [];
      return [file.problem([section, index, text], `「${on}」という日はありません`, didYouMean(on, days))];
    }),
  );
}

/** Conditions may name an earlier question, or a fact of the rule that is one of a few words. */
function checkFlowConditions(file: FlowFile): Problem[] {
  const asks = askLines(file);
  const kinds = ruleOf(file)?.factKinds ?? {};
  const slots = asks.map(({ slot, kind, choices }): [string, FactKind] => [
    slot,
    kind === 'choice' ? choices : kind === 'date' ? ['known', 'unknown'] : ['known'],
  ]);
  const known = (until: number) => new Map<string, FactKind>([...Object.entries(kinds), ...slots.slice(0, until)]);
  const lines = [
    ...asks.map(({ when }, index) => ({ when, path: ['ask', index, 'when'], facts: known(index) })),
    ...(['tell', 'why'] as const).flatMap((section) =>
      tellLines(file, section).map(({ text, when }, index) => ({
        when,
        path: [section, index, text],
        facts: known(asks.length),
      })),
    ),
  ];
  return lines.flatMap(({ when, path, facts }) =>
    checkConditions(file, path, when, (name) => {
      const kind = facts.get(name);
      if (kind === undefined) {
        return {
          message: `条件の「${name}」がわかりません`,
          remedy: `${didYouMean(name, [...facts.keys()])}質問なら、この行より前に聞いてください。`,
        };
      }
      if (typeof kind !== 'string') return kind;
      return {
        message: `「${name}」は条件に使えません`,
        remedy: '条件には、決まった言葉になるものだけを使えます。大小の比較が必要なときは開発者に相談してください。',
      };
    }),
  );
}
