/** What zod finds, as a clerk reads it. */
import type { z } from 'zod';

export interface ShapeProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
  readonly mark?: 'key';
}

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  boolean: 'true か false',
  array: '一覧（「- 」で始まる行）',
  object: '「見出し: 中身」の並び',
  record: '「見出し: 中身」の並び',
};

/** One issue may be several problems: each unknown key is one. */
export function sayIssue(issue: z.core.$ZodIssue): readonly ShapeProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const here = (message: string, remedy: string) => [{ path, message, remedy }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `「${key}」という見出しは使えません`,
        remedy:
          'つづりを確かめるか、この行を消してください。使える見出しは flows/README.md と content/README.md にあります。',
        mark: 'key' as const,
      }));
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? here(`「${path.at(-1)}」がありません`, `「${path.at(-1)}:」の行を足してください。`)
        : here(
            `ここには${kinds[issue.expected] ?? issue.expected}を書きます`,
            '前後の行や README.md の例と見くらべてください。',
          );
    case 'invalid_value':
      return here(`ここに書けるのは ${issue.values.join('、')} のどれかです`, 'つづりを確かめてください。');
    case 'too_small':
      return here('中身がありません', '少なくともひとつ書いてください。');
    case 'invalid_union':
      return here(
        issue.message === 'Invalid input' ? '書き方が合いません' : issue.message,
        '前後の行や README.md の例と見くらべてください。',
      );
    default:
      return here(issue.message, '前後の行や README.md の例と見くらべてください。');
  }
}
