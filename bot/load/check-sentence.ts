/** One sentence: its placeholders are facts, shown in a way that fits, and personal data never whole. */
import { dateFormats } from '../dialogue/formats.ts';
import { parseTemplate, placeholdersOf } from '../dialogue/template.ts';
import { longestLength } from './longest.ts';
import type { Names } from './names.ts';
import { didYouMean } from './near.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** LINE takes 5000; a bubble of a fifth of that already fills the screen of a phone. */
const longestSentence = 1000;

export function checkSentence(file: YamlFile<unknown>, path: Path, sentence: string, names: Names): Problem[] {
  const template = parseTemplate(sentence);
  const length = longestLength(template, names);
  const strayBrace = template.some((part) => typeof part === 'string' && /[{}｛｝]/.test(part));
  return [
    ...(length > longestSentence
      ? [
          file.problem(
            path,
            `文が長すぎます（いちばん長いとき${length}文字）`,
            `${longestSentence}文字までにしてください。200文字くらいが読みやすい長さです。`,
          ),
        ]
      : []),
    ...(strayBrace
      ? [
          file.problem(
            path,
            '{ } の書き方が合いません',
            '「{expiresOn}」のように、半角のかっこと英字の名前で書いてください。',
          ),
        ]
      : []),
    ...placeholdersOf(template).flatMap(({ name, format }) => {
      const kind = names.get(name);
      if (kind === undefined)
        return [
          file.problem(
            path,
            `「{${name}}」にあてはまるものがありません`,
            didYouMean(name, [...names.keys()], (near) => `{${near}}`),
          ),
        ];
      if (kind === 'personal' && format !== 'month-day') {
        return [
          file.problem(
            path,
            `「{${name}}」は個人情報なので、そのままでは出せません`,
            `「{${name}.month-day}」にすると月日だけを出せます。`,
          ),
        ];
      }
      if (
        format === undefined ||
        ((kind === 'date' || kind === 'personal') && dateFormats.some((each) => each === format))
      )
        return [];
      return [
        file.problem(
          path,
          `「{${name}.${format}}」という書き方はできません`,
          `日付には ${dateFormats.join('、')} を使えます。`,
        ),
      ];
    }),
  ];
}
