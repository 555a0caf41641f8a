/** Conditions: every name is one that can be asked about, every value one that it can have. */
import type { Conditions } from '../dialogue/library.ts';
import type { Names } from './names.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** The words a name can be, or why it cannot stand in a condition. */
export type Possible = readonly string[] | { readonly message: string; readonly remedy: string };

export function checkConditions(
  file: YamlFile<unknown>,
  path: Path,
  when: Conditions,
  possibleFor: (name: string) => Possible,
): Problem[] {
  return Object.entries(when).flatMap(([name, values]) => {
    const possible = possibleFor(name);
    if ('message' in possible) return [file.problem([...path, name], possible.message, possible.remedy, 'key')];
    return values
      .filter((value) => !possible.includes(value))
      .map((value) =>
        file.problem(
          [...path, name],
          `「${name}」が「${value}」になることはありません`,
          `「${name}」は ${possible.join('、')} のどれかです。`,
        ),
      );
  });
}

/** What a name of these can be in a condition. */
export function possibleIn(names: Names, name: string): Possible {
  const kind = names.get(name);
  if (kind === 'personal' || kind === 'date') return ['known', 'unknown'];
  if (Array.isArray(kind)) return kind;
  return { message: `「${name}」は条件に使えません`, remedy: '決まった言葉になるものだけを条件に使えます。' };
}
