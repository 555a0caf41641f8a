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
  int: '整数',
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
      if (isPlaceholder(issue.input, issue.keys)) return here(...quoteIt);
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
        : (sayInput(issue.input, issue.expected, here) ??
            here(`ここには${kinds[issue.expected] ?? issue.expected}を書きます`, lookAround));
    case 'invalid_value':
      return here(`ここに書けるのは ${issue.values.join('、')} のどれかです`, 'つづりを確かめてください。');
    case 'too_small':
    case 'too_big':
      return typeof issue.input === 'number'
        ? here(`ここには${leastOf(issue)}以上の整数を書きます`, '半角の数字だけを書いてください。')
        : here('中身がありません', '少なくともひとつ書いてください。');
    case 'invalid_key':
      return here('見出しが空です', '「:」の前に名前を書くか、この行を消してください。');
    case 'invalid_union':
      return (
        sayInput(issue.input, issue.message === 'Invalid input' ? 'union' : 'one of ours', here) ??
        here(issue.message === 'Invalid input' ? '書き方が合いません' : issue.message, lookAround)
      );
    default: {
      // A shape of ours may say on a second line what to do.
      const [message = '', remedy = lookAround] = issue.message.split('\n');
      return here(message, remedy);
    }
  }
}

const quoteIt = ['ここには文を書きます', '「{」や「[」で始まる文なら、全体を " と " で囲んでください。'] as const;

/** `{phone}` without quotes: YAML reads a heading with nothing behind it. */
function isPlaceholder(input: unknown, keys: readonly string[]): boolean {
  const values = typeof input === 'object' && input !== null ? Object.values(input) : [];
  return keys.length === 1 && values.length === 1 && values[0] === null;
}

const lookAround = '前後の行や README.md の例と見くらべてください。';

/** What stands there instead says more than what should. */
function sayInput(
  input: unknown,
  expected: string,
  here: (message: string, remedy: string) => readonly ShapeProblem[],
): readonly ShapeProblem[] | undefined {
  const textIsExpected = ['string', 'union', 'one of ours'].includes(expected);
  if (input === null) return here('「:」のあとに中身がありません', '中身を書くか、この行を消してください。');
  if (typeof input === 'object' && (expected === 'string' || expected === 'union')) return here(...quoteIt);
  if (typeof input === 'number' && expected === 'int') return here('ここには整数を書きます', '小数は使えません。');
  if (typeof input === 'number' && textIsExpected)
    return here(
      '数字だけの中身は、文字ではなく数と読まれます',
      '" と " で囲んでください。電話番号などは、囲まないと、はじめの 0 が消えます。',
    );
  if (typeof input === 'boolean' && textIsExpected)
    return here('true や false は、文字と読まれません', '" と " で囲んでください。');
  if (typeof input === 'string' && expected === 'boolean')
    return here(
      'ここには true か false を書きます',
      'はい・いいえ、yes・no は使えません。「"」で囲まずに書いてください。',
    );
  if (typeof input === 'string' && expected === 'number')
    return here('ここには数を書きます', '半角の数字だけを書いてください。単位や「約」は付けません。');
  if (typeof input === 'string' && /[［］｛｝]/.test(input))
    return here('かっこが全角です', '一覧は半角の [ ] と「, 」で、[a, b] のように書いてください。');
  if (typeof input === 'string' && expected === 'array')
    return here('ここには一覧を書きます', '[a, b] のように、半角の [ ] で囲んでください。ひとつだけでも囲みます。');
  return undefined;
}

/** The smallest whole number that may stand there. */
function leastOf(issue: {
  readonly code: string;
  readonly minimum?: unknown;
  readonly inclusive?: boolean | undefined;
}): number {
  const minimum = issue.code === 'too_small' ? Number(issue.minimum) : 0;
  return issue.inclusive === false ? minimum + 1 : minimum;
}
