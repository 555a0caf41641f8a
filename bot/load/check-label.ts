/** The words on a button. */
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

const segmenter = new Intl.Segmenter('ja');

/** LINE counts what a reader sees as one character: 20 at most on a button, fewer on the bar of the rich menu. */
export function checkLabel(file: YamlFile<unknown>, path: Path, label: string, most = 20): Problem[] {
  if ([...segmenter.segment(label)].length <= most) return [];
  const remedy = `LINE では${most}文字までです。短くしてください。`;
  return [file.problem(path, `ボタンの文字「${label}」が長すぎます`, remedy)];
}
