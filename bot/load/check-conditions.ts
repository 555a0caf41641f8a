/** Conditions: every name is one that can be asked about, every value one that it can have. */
import type { Conditions } from '../dialogue/library.ts';
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
