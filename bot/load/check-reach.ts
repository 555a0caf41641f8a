/** What nobody would ever read, and what would leave somebody without a word: variants, and the ways to a person. */

import { possibleIn } from './check-conditions.ts';
import type { LanguageFiles } from './files.ts';
import type { Names } from './names.ts';
import type { Problem } from './problem.ts';
import type { VariantShape } from './shapes/texts.ts';
import type { Path, YamlFile } from './yaml.ts';

/** The first variant that fits is said: what stands behind one that always fits is never reached. */
export function checkOrder(file: YamlFile<unknown>, path: Path, variants: readonly VariantShape[]): Problem[] {
  const always = variants.findIndex(({ when }) => Object.keys(when).length === 0);
  if (always < 0 || always === variants.length - 1) return [];
  return [
    file.problem(
      [...path, always + 1],
      '条件のない文のあとにあるので、この文は使われません',
      '条件のない文を、いちばん下に移してください。',
    ),
  ];
}

/** For every case there is a variant: one without a condition, or one for each value of the fact that they all ask about. */
export function checkEveryCase(
  file: YamlFile<unknown>,
  path: Path,
  variants: readonly VariantShape[],
  names: Names,
): Problem[] {
  const conditions = variants.map(({ when }) => when);
  if (conditions.some((when) => Object.keys(when).length === 0)) return [];
  const facts = new Set(conditions.flatMap((when) => Object.keys(when)));
  const [fact] = facts;
  const possible = fact === undefined ? [] : possibleIn(names, fact);
  if ('message' in possible) return [];
  const covered = new Set(facts.size === 1 ? conditions.flatMap((when) => when[fact ?? ''] ?? []) : []);
  const missing = possible.filter((value) => !covered.has(value));
  if (facts.size === 1 && missing.length === 0) return [];
  const where = facts.size === 1 ? `「${fact}」が ${missing.join('、')} のときの文` : 'どれにも当てはまらないときの文';
  return [file.problem(path, `${where}がありません`, 'いちばん下に、when のない文を足してください。', 'key')];
}

/** Texts that whoever is stuck reads: each offers to speak with a person. */
const waysToStaff = ['greeting', 'more', 'offer-human', 'rich-menu'] as const;

export function checkWaysToStaff({ common }: LanguageFiles): Problem[] {
  return waysToStaff.flatMap((key) =>
    (common.value.texts[key] ?? [])
      .filter(({ choices }) => !choices.some(({ command }) => command === 'human'))
      .map(() =>
        common.problem(
          ['texts', key],
          `「${key}」に、職員に相談するボタンがありません`,
          '「- { label: 職員に相談, command: human }」を choices に足してください。',
          'key',
        ),
      ),
  );
}
