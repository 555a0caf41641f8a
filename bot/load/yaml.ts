/** A YAML file with its places: every value can say where it stands, so that every problem can be shown there. */
import { type Document, isMap, isNode, isPair, type Node, visit } from 'yaml';
import type { z } from 'zod';
import { parsed } from './parsed.ts';
import type { Problem } from './problem.ts';
import { sayIssue } from './shape-problems.ts';
import { unclosed, unreadableLine } from './suspicious.ts';
import type { Texts } from './texts.ts';

export type Path = readonly (string | number)[];

export interface YamlFile<Shape> {
  readonly file: string;
  readonly value: Shape;
  /** A problem at the value of that path, or at its key. */
  problem(path: Path, message: string, remedy: string, mark?: 'key'): Problem;
}

/** Reads and checks one file against its shape; what is wrong is added to `problems` and the file is undefined. */
export function readYaml<Shape>(
  texts: Texts,
  file: string,
  { shape, problems }: { shape: z.ZodType<Shape>; problems: Problem[] },
): YamlFile<Shape> | undefined {
  const text = texts[file];
  if (text === undefined) {
    problems.push(bare(file, 'このファイルがありません', `${file} を作るか、元に戻してください。`));
    return undefined;
  }
  const { document, lines } = parsed(text);
  const sources = text.split('\n');
  const place: Place = (range) => {
    const { line, col } = lines.linePos(range[0]);
    const source = sources[line - 1]?.replace(/\r$/, '') ?? '';
    return {
      file,
      line,
      column: col,
      length: Math.max(1, Math.min(range[1] - range[0], source.length - col + 1)),
      source,
    };
  };

  if (document.errors.length > 0) {
    problems.push(
      ...unreadableProblems(
        file,
        sources,
        document.errors.map((error) => ({ ...place(error.pos), code: error.code })),
      ),
    );
    return undefined;
  }
  const { alias, misread } = lookedThrough(document, place);
  if (alias) {
    const at = place(alias);
    problems.push({ ...at, ...(markedIn(at.source) ?? sayYamlError('BAD_ALIAS')) });
    return undefined;
  }
  problems.push(...misread.map((each) => ({ ...each, file })));

  const problem: YamlFile<Shape>['problem'] = (path, message, remedy, mark) => ({
    ...place(rangeAt(document, path, mark)),
    message,
    remedy,
  });
  let checked: z.ZodSafeParseResult<Shape>;
  try {
    checked = shape.safeParse(document.toJS({ maxAliasCount: mostAliases }) ?? {}, { reportInput: true });
  } catch {
    problems.push(bare(file, 'このファイルは読めません', '直す前のファイルに戻して、少しずつ直してください。'));
    return undefined;
  }
  if (checked.success) return { file, value: checked.data, problem };
  for (const issue of checked.error.issues) {
    for (const { path, message, remedy, mark } of sayIssue(issue)) problems.push(problem(path, message, remedy, mark));
  }
  return undefined;
}

/** The first error, and others whose lines say by themselves what is wrong: the rest follows from the first. */
function unreadableProblems(
  file: string,
  lines: readonly string[],
  errors: readonly (Omit<Problem, 'message' | 'remedy'> & { readonly code: string })[],
): Problem[] {
  const told = new Map<number, Problem>();
  for (const [index, { code, ...at }] of errors.entries()) {
    // What is not closed, or not indented, is often noticed a line later.
    const near = [at.line, at.line - 1].map((line) => ({ line, source: lines[line - 1]?.replace(/\r$/, '') ?? '' }));
    const found = near.flatMap(({ line, source }) => {
      // Later errors follow from the first: what they find open may well be closed.
      const marked = index === 0 || !unclosed.test(source) ? markedIn(source) : undefined;
      return marked ? [{ file, line, source, ...marked }] : [];
    })[0];
    if (found) told.set(found.line, found);
    else if (index === 0) told.set(at.line, { ...at, ...sayYamlError(code) });
  }
  return [...told.values()];
}

function markedIn(source: string): Omit<Problem, 'file' | 'line' | 'source'> | undefined {
  const found = unreadableLine(source);
  if (!found) return undefined;
  const { from, length, message, remedy } = found;
  return { column: from + 1, length, message, remedy };
}

type Place = (range: readonly [number, number]) => Omit<Problem, 'message' | 'remedy'>;
interface Looked {
  readonly alias: readonly [number, number] | undefined;
  readonly misread: readonly Problem[];
}

/** Once a document: most files are the same when one of them has changed. */
const looked = new WeakMap<Document, Looked>();

function lookedThrough(document: Document, place: Place): Looked {
  const found = looked.get(document) ?? { alias: unknownAlias(document), misread: misreadScalars(document, place) };
  looked.set(document, found);
  return found;
}

/** Where something points to an anchor that is not there. */
function unknownAlias(document: Document): readonly [number, number] | undefined {
  let place: readonly [number, number] | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) || !alias.range) return undefined;
      place = [alias.range[0], alias.range[1]];
      return visit.BREAK;
    },
  });
  return place;
}

/** Far more than anybody writes; without a limit a small file could become an endless one. */
const mostAliases = 10_000;

/** Words that stand in a file and are read otherwise: only where nothing is quoted. */
function misreadScalars(document: Document, place: Place): Problem[] {
  const found: Problem[] = [];
  visit(document, {
    Scalar(key, { range, type, value }) {
      if (!range || type !== 'PLAIN' || key === 'key') return;
      const [start, end] = [place([range[0], range[1]]), place([range[1], range[1]])];
      const [comment] = /^\s+#\S.*/.exec(end.source.slice(end.column - 1)) ?? [];
      if (comment)
        found.push({
          ...end,
          column: end.column + 1,
          length: comment.length - 1,
          message: '「 #」からあとは読まれません',
          remedy: '文の一部なら、文の全体を " と " で囲んでください。メモなら、# のあとに空白を入れてください。',
        });
      if (/^[“”]/.test(String(value)))
        found.push({
          ...start,
          message: '「“ ”」は引用符としてはたらきません',
          remedy: '囲むなら半角の " にしてください。文の一部なら「」を使ってください。',
        });
    },
  });
  return found;
}

/** A problem of a whole file, or of something that stands in none. */
export function bare(file: string, message: string, remedy: string): Problem {
  return { file, line: 1, column: 1, length: 1, message, remedy, source: '' };
}

/** Where a path stands; for a missing value, the nearest place above it. */
function rangeAt(document: Document, path: Path, mark?: 'key'): readonly [number, number] {
  for (let length = path.length; length >= 0; length -= 1) {
    const range =
      mark === 'key' && length === path.length ? keyRange(document, path) : nodeRange(document, path.slice(0, length));
    if (range) return range;
  }
  return [0, 1];
}

function nodeRange(document: Document, path: Path): readonly [number, number] | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isNode(node) || !node.range) return undefined;
  // A block's range runs over many lines; its key says better where it is.
  const range: readonly [number, number] = [node.range[0], node.range[1]];
  return isMap(node) && path.length > 0 ? (keyRange(document, path) ?? range) : range;
}

function keyRange(document: Document, path: Path): readonly [number, number] | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const key = parent.items.find(
    (pair) => isPair(pair) && String((pair.key as Node & { value?: unknown })?.value) === String(path.at(-1)),
  )?.key;
  return isNode(key) && key.range ? [key.range[0], key.range[1]] : undefined;
}

function sayYamlError(code: string): { message: string; remedy: string } {
  return (
    yamlErrors[code] ?? {
      message: 'YAML として読めません',
      remedy: '字下げ（半角の空白）、「:」のあとの半角の空白、引用符の閉じ忘れを確かめてください。',
    }
  );
}

const yamlErrors: Readonly<Record<string, { message: string; remedy: string }>> = {
  DUPLICATE_KEY: { message: '同じ見出しが二度あります', remedy: 'どちらか一方を消すか、名前を変えてください。' },
  TAB_AS_INDENT: { message: '字下げにタブが使われています', remedy: 'タブを半角の空白に置きかえてください。' },
  BAD_INDENT: { message: '字下げがそろっていません', remedy: '上の行と同じ数の半角の空白で始めてください。' },
  MISSING_CHAR: {
    message: '記号が足りません',
    remedy: '引用符やかっこが閉じているか、「:」があるかを確かめてください。',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: '見出しが一行に収まっていません',
    remedy: '前の行の「:」や引用符の閉じ忘れを確かめてください。',
  },
};
