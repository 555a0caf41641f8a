/** Parsed files: a draft reads the same text again and again, and parsing takes nearly all of its time. Nobody changes what comes out. */
import { type Document, parseDocument } from 'yaml';

const kept = new Map<string, Document.Parsed>();
const mostKept = 16;

export function parsed(text: string): Document.Parsed {
  const document = kept.get(text) ?? parseDocument(text);
  kept.delete(text);
  kept.set(text, document);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return document;
}
