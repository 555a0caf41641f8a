/** Values as YAML, in the ways that the files are written. */
import { Document } from 'yaml';
import type { Value } from './change.ts';

/** What older readers of YAML take for a number, a time or a truth is put into quotation marks. */
const options = { compat: 'yaml-1.1' } as const;
const longestLine = 110;

/** On one line, with { } and [ ]. */
export function inline(value: Value): string {
  if (isList(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object') return scalar(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${key}: ${inline(each)}`)
    .join(', ')} }`;
}

/** Behind `key:` when the key stands in that column: a blank and the value, or the lines under it. */
export function block(value: Value, column: number): string {
  const below = `\n${' '.repeat(column + 2)}`;
  if (isList(value))
    return value.some((each) => typeof each === 'object')
      ? value.map((each) => `${below}- ${inline(each)}`).join('')
      : ` [${wrapped(value.map(inline), below)}]`;
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, each]) => `${below}${key}:${block(each, column + 2)}`)
      .join('');
  if (typeof value !== 'string' || !value.includes('\n')) return ` ${scalar(value)}`;
  const written = new Document({ k: value }, options).toString({ lineWidth: 0 }).trimEnd().slice('k:'.length);
  return written.replaceAll(/\n(?=.)/g, `\n${' '.repeat(column)}`);
}

function scalar(value: string | number | boolean): string {
  const document = new Document([value], options);
  return document.toString({ lineWidth: 0, collectionStyle: 'flow', flowCollectionPadding: false }).trim().slice(1, -1);
}

function wrapped(words: readonly string[], below: string): string {
  let width = below.length;
  return words
    .map((word, index) => {
      width += word.length + 2;
      if (index === 0) return word;
      if (width <= longestLine) return `, ${word}`;
      width = below.length + word.length;
      return `,${below}${word}`;
    })
    .join('');
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
