/** Of which words a translation was made: so that it is noticed when they change and it does not. */
import { createHash } from 'node:crypto';
import type { LanguageFiles, TranslationFiles } from './files.ts';

type Entries = Readonly<Record<string, unknown>>;

/** Every text of the main language by its name (`faq.fee`), with a print of its words. `office`: the facts of `content/office.yaml`. */
export function originalsOf(main: LanguageFiles, office: Entries): ReadonlyMap<string, string> {
  const { texts, phrases, retry } = main.common.value;
  const faq = Object.entries(main.faq.value).map(([id, { title, answer }]) => [id, { title, answer }] as const);
  return new Map([
    ...prints('common', { ...texts, ...phrases, ...retry }),
    ...prints('faq', Object.fromEntries(faq)),
    ...[...main.flows].flatMap(([flow, { value }]) => prints(flow, value)),
    ...prints('office', office),
  ]);
}

/** What a language says itself, by the same names. */
export function ownNames({ common, faq, flows, officeWords }: TranslationFiles): Set<string> {
  const { texts, phrases, retry } = common?.value ?? {};
  return new Set([
    ...names('common', { ...texts, ...phrases, ...retry }),
    ...names('faq', faq?.value),
    ...[...flows].flatMap(([flow, { value }]) => names(flow, value)),
    ...names('office', officeWords?.value),
  ]);
}

/**
 * The office's names in a language, but for those whose original has changed since: an hour or a phone number in another language is right, a
 * translated one that is old is not.
 */
export function officeStill(
  officeWords: Readonly<Record<string, string>>,
  office: Entries,
  made: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const isCurrent = (key: string) =>
    made?.[`office.${key}`] === undefined || made[`office.${key}`] === printOf(office[key]);
  return Object.fromEntries(Object.entries(officeWords).filter(([key]) => isCurrent(key)));
}

function names(prefix: string, entries: Entries | undefined): string[] {
  return Object.keys(entries ?? {}).map((key) => `${prefix}.${key}`);
}

function prints(prefix: string, entries: Entries): [string, string][] {
  return Object.entries(entries).map(([key, text]) => [`${prefix}.${key}`, printOf(text)]);
}

/** Words that are listened for are no text: each language has its own. */
const listenedFor = new Set(['called', 'also', 'contains']);

function printOf(text: unknown): string {
  const written = JSON.stringify(text, (key, value: unknown) => (listenedFor.has(key) ? undefined : value));
  return createHash('sha256')
    .update(written ?? '')
    .digest('hex')
    .slice(0, 8);
}
