/**
 * Parsed files: the same texts are read again and again (a draft is, at every change), and parsing takes nearly all of the time. Nobody
 * changes what comes out.
 */
import { type Document, LineCounter, parseDocument } from 'yaml';

export interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

const kept = new Map<string, Parsed>();
/** All files of a city in some languages, before and after an edit. */
const mostKept = 128;

export function parsed(text: string): Parsed {
  const found = kept.get(text) ?? parse(text);
  kept.delete(text);
  kept.set(text, found);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return found;
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
}
