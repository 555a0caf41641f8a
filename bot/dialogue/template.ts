/** Sentences with `{fact}` or `{fact.format}` in them: parsed once at load, filled at every turn. */
import type { Placeholder, Template } from './library.ts';

const placeholder = /\{([a-zA-Z][\w-]*)(?:\.([\w-]+))?\}/g;

export function parseTemplate(source: string): Template {
  const parts: (string | Placeholder)[] = [];
  let end = 0;
  for (const match of source.matchAll(placeholder)) {
    if (match.index > end) parts.push(source.slice(end, match.index));
    parts.push({ name: match[1] ?? '', format: match[2] });
    end = match.index + match[0].length;
  }
  if (end < source.length) parts.push(source.slice(end));
  return parts;
}

/** The sentence with every placeholder filled by `fill`. */
export function fillTemplate(template: Template, fill: (placeholder: Placeholder) => string): string {
  return template.map((part) => (typeof part === 'string' ? part : fill(part))).join('');
}

export function placeholdersOf(template: Template): readonly Placeholder[] {
  return template.filter((part) => typeof part !== 'string');
}
