/**
 * Writing into a YAML file without touching the rest of it: the library says where a value stands, and only those characters are
 * replaced. What came of it is read again before it counts. `*name` is followed to what it names.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, Lexer, type Node } from 'yaml';
import { parsed } from '../load/parsed.ts';
import type { Place, Value } from './change.ts';
import { block, inline } from './written.ts';

/** Null: nothing stands there. */
export function valueAt(text: string, path: Place): Value | null {
  return inside(parsed(text).document.toJS(), path) ?? null;
}

/** Another value, one where there was none, or (null) none any more. Throws where the file cannot take it. */
export function setValue(text: string, path: Place, value: Value | null): string {
  const document = parsed(text).document;
  const at = placeOf(document, path);
  const around = placeOf(document, path.slice(0, -1));
  const ways = () => {
    if (value === null) return [cut(text, withComment(text, lines(text, at)))];
    if (!at.node) return [withPair(text, around, { key: String(path.at(-1)), value })];
    return forms(value, at).map((form) => replaced(text, at, form));
  };
  const written = firstThatReads(ways(), withValue(document.toJS(), path, value), path);
  // A list on one line may have notes between its words: better refused than lost.
  if (value !== null && commentCount(written) < commentCount(text))
    throw new Error(`a comment would be lost at ${path.join('.')}`);
  return written;
}

/** One more at the end of a list. */
export function addItem(text: string, path: Place, item: Value): string {
  const document = parsed(text).document;
  const list = valueAt(text, path) as Value[];
  const { node } = placeOf(document, path);
  if (!isSeq(node) || node.flow) return setValue(text, path, [...list, item]);
  const last = placeOf(document, [...path, list.length - 1]);
  const line = `${' '.repeat(columnOf(text, node.range?.[0] ?? 0))}- ${inline(item)}\n`;
  return firstThatReads(
    [inserted(text, lines(text, last).to, line)],
    withValue(document.toJS(), path, [...list, item]),
    path,
  );
}

/** One less, wherever it stands in the list. */
export function removeItem(text: string, path: Place, item: Value): string {
  const document = parsed(text).document;
  const list = valueAt(text, path) as Value[];
  const index = list.findIndex((each) => isDeepStrictEqual(each, item));
  const rest = list.toSpliced(index, 1);
  const { node } = placeOf(document, path);
  if (!isSeq(node) || node.flow || rest.length === 0) return setValue(text, path, rest);
  const gone = lines(text, placeOf(document, [...path, index]));
  return firstThatReads([cut(text, withComment(text, gone))], withValue(document.toJS(), path, rest), path);
}

/** Where a value stands. */
interface At {
  readonly node: Node | undefined;
  readonly from: number;
  readonly to: number;
  /** Its key, or the value itself in a list. */
  readonly start: number;
  /** Behind its key: the colon. */
  readonly colon: number;
  /** Within { } or [ ]. */
  readonly isInline: boolean;
}

function placeOf(document: Document.Parsed, path: Place): At {
  const target = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let node: unknown = target(document.contents);
  let [start, colon, isInline] = [0, 0, false];
  for (const step of path) {
    isInline ||= isCollection(node) && node.flow === true;
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : null;
    const key = isNode(pair?.key) ? pair.key.range : undefined;
    node = target(pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined);
    start = key?.[0] ?? (isNode(node) ? (node.range?.[0] ?? 0) : 0);
    colon = key?.[1] ?? start;
  }
  const [from = 0, to = 0] = isNode(node) ? (node.range ?? []) : [];
  return { node: isNode(node) ? node : undefined, from, to, start, colon, isInline };
}

/** Ways to write a value where one stands, the most natural first; they begin behind the colon, or where the value did. */
function forms(value: Value, { node, start, isInline }: At): readonly ((column: number) => string)[] {
  const onOneLine = () => ` ${inline(value)}`;
  const quoted = () => ` ${JSON.stringify(value)}`;
  if (typeof value === 'object')
    return isInline || start === 0 ? [onOneLine] : [(column) => block(value, column), onOneLine];
  // What stood in quotation marks goes on standing in them.
  if (isScalar(node) && node.type?.startsWith('QUOTE') && !String(value).includes('\n')) return [quoted];
  return isInline ? [onOneLine, quoted] : [(column) => block(value, column), onOneLine, quoted];
}

/** Line ends at the end of what is replaced stay, and so do comments behind it. */
function replaced(text: string, at: At, form: (column: number) => string): string {
  const written = form(columnOf(text, at.start));
  const [kept = ''] = /\n*$/.exec(text.slice(at.from, at.to)) ?? [];
  // A collection over several lines begins on another line than its key.
  const isBelow = isCollection(at.node) && !at.node.flow;
  const from = isBelow || written.startsWith('\n') ? text.indexOf(':', at.colon) + 1 : at.from;
  const shown = from === at.from ? written.trimStart() : written;
  return text.slice(0, from) + shown.replace(/\n*$/, '') + kept + text.slice(at.to);
}

/** At the end of a map; as far from the one before as that is from the one before it. */
function withPair(text: string, around: At, { key, value }: { key: string; value: Value }): string {
  const pairs = isMap(around.node) && !around.node.flow ? around.node.items : [];
  const [first, last] = [pairs[0]?.key, pairs.at(-1)?.key];
  if (!isNode(first) || !isNode(last)) throw new Error(`${key} cannot be added here`);
  const end = lineEnd(text, around.to);
  const column = columnOf(text, first.range?.[0] ?? 0);
  const gap = /\n[ \t]*\n[^\n]*$/.test(text.slice(0, last.range?.[0])) ? '\n' : '';
  return inserted(text, end, `${gap}${' '.repeat(column)}${key}:${block(value, column)}\n`);
}

function firstThatReads(ways: readonly string[], expected: unknown, path: Place): string {
  const written = ways.find((text) => {
    const document = parsed(text).document;
    return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), expected);
  });
  if (written === undefined) throw new Error(`the file cannot take that at ${path.join('.')}`);
  return written;
}

/** What several places name with `*name` changes in all of them. */
function withValue(whole: unknown, path: Place, value: Value | null): unknown {
  const around = inside(whole, path.slice(0, -1)) as Record<string | number, Value> | undefined;
  const key = path.at(-1);
  if (typeof around !== 'object' || key === undefined) throw new Error(`nothing can stand at ${path.join('.')}`);
  if (Array.isArray(around[key]) && Array.isArray(value)) around[key].splice(0, around[key].length, ...value);
  else if (value === null) delete around[key];
  else around[key] = value;
  return whole;
}

function inside(value: unknown, path: Place): Value | undefined {
  return path.reduce<unknown>(
    (each, key) => (typeof each === 'object' && each !== null ? Reflect.get(each, key) : undefined),
    value,
  ) as Value | undefined;
}

function lines(text: string, { start, to }: At): { from: number; to: number } {
  return { from: start - columnOf(text, start), to: lineEnd(text, to) };
}

/** What is written right above it is about it, and goes with it. */
function withComment(text: string, { from, to }: { from: number; to: number }): { from: number; to: number } {
  const above = text.lastIndexOf('\n', from - 2) + 1;
  // The head of a file stays.
  return from > 0 && above > 0 && /^\s*#/.test(text.slice(above, from))
    ? withComment(text, { from: above, to })
    : { from, to };
}

function commentCount(text: string): number {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).length;
}

function cut(text: string, { from, to }: { from: number; to: number }): string {
  return text.slice(0, from) + text.slice(to);
}

function inserted(text: string, at: number, added: string): string {
  const before = text.slice(0, at);
  return `${before}${before.endsWith('\n') ? '' : '\n'}${added}${text.slice(at)}`;
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** Where the next line begins. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
