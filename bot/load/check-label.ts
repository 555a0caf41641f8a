/** The words on a button. */
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

const segmenter = new Intl.Segmenter('ja');

/** LINE counts what a reader sees as one character, 20 at most. */
export function checkLabel(file: YamlFile<unknown>, path: Path, label: string): Problem[] {
  if ([...segmenter.segment(label)].length <= 20) return [];
  return [
    file.problem(path, `ボタンの文字「${label}」が長すぎます`, 'LINE のボタンは20文字までです。短くしてください。'),
  ];
}
