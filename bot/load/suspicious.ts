/** Lines that YAML reads otherwise than whoever wrote them: what happened, as a clerk would say it. */

export interface Suspicion {
  /** What of the line is marked. */
  readonly from: number;
  readonly length: number;
  readonly message: string;
  readonly remedy: string;
}

interface Trap {
  readonly pattern: RegExp;
  readonly message: string;
  readonly remedy: string;
}

const quoted = '文の全体を " と " で囲んでください。';

/** Looked for where a file cannot be read; the first that fits is told. The first group, or the whole of it, is marked. */
const unreadable: readonly Trap[] = [
  {
    pattern: /^(<{7}|={7}|>{7})/,
    message: 'ふたりの直しがぶつかったときの印が残っています',
    remedy: '残すほうだけにして、<<<<<<<、=======、>>>>>>> の行を消してください。',
  },
  {
    pattern: /^[ ]*(\t+)/,
    message: '字下げにタブが使われています',
    remedy: 'タブを半角の空白2つに置きかえてください。',
  },
  {
    pattern: /^[ ]*(\u3000+)/,
    message: '字下げに全角の空白が使われています',
    remedy: '全角の空白を、半角の空白2つに置きかえてください。',
  },
  {
    pattern: /^[ ]*(?:- )?[\w -]*\w(：)/,
    message: '「：」が全角です',
    remedy: '半角の「:」と、そのあとに半角の空白を書いてください。',
  },
  {
    pattern: /^[ ]*(?:- )?[\w-]+(:)(?=[^\s:/])/,
    message: '「:」のあとに空白がありません',
    remedy: '「:」のあとに半角の空白を入れてください。',
  },
  {
    pattern: /:[ ]+(\{[^}]*\}(?=[^\s,}\]]).*)$/,
    message: '「{」で始まる文は、そのままでは読めません',
    remedy: quoted,
  },
  {
    pattern: /:[ ]+(["'][^"']*["'](?=[^\s,}\]#]).*)$/,
    message: '引用符のあとに、文が続いています',
    remedy: '文の全体を " と " で囲むか、引用符のかわりに「」を使ってください。',
  },
  {
    pattern: /:[ ]+([>|][-+]?[ ]*[^\s#+-].*)$/,
    message: '「>」や「|」で始まる文は、そのままでは読めません',
    remedy:
      '何行かの文なら、「|」のあとで改行して、字下げして書いてください。1行なら、全体を " と " で囲んでください。',
  },
  {
    pattern: /:[ ]+([%@`!&*].*)$/,
    message: '「% @ ` ! & *」で始まる文は、そのままでは読めません',
    remedy: quoted,
  },
  {
    pattern: /^[ ]*[\w-]+:[ ]+(- .*)$/,
    message: '「- 」で始まる一覧が、見出しと同じ行にあります',
    remedy: '改行して、字下げしてから「- 」を書いてください。文なら、全体を " と " で囲んでください。',
  },
  {
    pattern: /^[ ]*(?:- )?[\w-]+:[ ]+(?!["'[{|>&*])(.*?: .*)$/,
    message: '文の中に「: 」があります',
    remedy: '文の全体を " と " で囲むか、「：」を全角にしてください。',
  },
  {
    pattern: /:[ ]+("(?:[^"\\]|\\.)*)$/,
    message: '「"」が閉じていません',
    remedy: '文の終わりに " を書いてください。',
  },
  {
    pattern: /:[ ]+('[^']*)$/,
    message: "「'」が閉じていません",
    remedy: "文の終わりに ' を書いてください。",
  },
  {
    pattern: /:[ ]+(\[[^\]]*)$/,
    message: '「[」が閉じていません',
    remedy: '一覧の終わりに ] を書いてください。',
  },
  {
    pattern: /:[ ]+(\{[^}]*)$/,
    message: '「{」が閉じていません',
    remedy: '終わりに } を書いてください。',
  },
];

/** A quotation mark or a bracket opens on the line and does not close on it; it may on a later one. */
export const unclosed = /:[ ]+(?:"(?:[^"\\]|\\.)*|'[^']*|\[[^\]]*|\{[^}]*)$/;

export function unreadableLine(line: string): Suspicion | undefined {
  if (/^\s*#/.test(line)) return undefined;
  for (const { pattern, message, remedy } of unreadable) {
    const found = pattern.exec(line);
    if (!found) continue;
    const marked = found[1] ?? found[0];
    return { from: found.index + found[0].lastIndexOf(marked), length: marked.length, message, remedy };
  }
  return undefined;
}
