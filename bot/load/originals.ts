/** Of which words a translation was made: so that it is noticed when they change and it does not. */
import { createHash } from 'node:crypto';
import type { LanguageFiles, TranslationFiles } from './files.ts';

type Entries = Readonly<Record<string, unknown>>;

/** Every text of the main language by its name (`faq.fee`), with a print of its words. `office`: the facts of `content/office.yaml`. */
export function originalsOf(main: LanguageFiles, office: Entries): ReadonlyMap<string, string> {
  return printsOf(main, office);
}

/** What a language says itself, by the same names. */
export function ownPrints(own: TranslationFiles): ReadonlyMap<string, string> {
  return printsOf(own, own.officeWords?.value ?? {});
}

function printsOf(
  { common, faq, flows }: Pick<TranslationFiles, 'common' | 'flows'> & Pick<LanguageFiles | TranslationFiles, 'faq'>,
  office: Entries,
): ReadonlyMap<string, string> {
  const { texts, phrases, retry } = common?.value ?? {};
  // Ways of asking are no text: each language has its own.
  const entries = Object.entries(faq?.value ?? {}).map(([id, { title, answer }]) => [id, { title, answer }] as const);
  return new Map([
    ...prints('common', { ...texts, ...phrases, ...retry }),
    ...prints('faq', Object.fromEntries(entries)),
    ...[...flows].flatMap(([flow, { value }]) => prints(flow, value)),
    ...prints('office', office),
  ]);
}

/** Whether a translation is older than its original: that has changed since it was made, and the translation has not. */
export function isOlder(made: string | undefined, original: string | undefined, own: string | undefined): boolean {
  const [madeOf, madeAs] = made?.split('.') ?? [];
  return madeOf !== undefined && madeOf !== original && madeAs === own;
}

/**
 * The office's names in a language, but for those that are older: an hour or a phone number in another language is right, a translated one that is
 * old is not.
 */
export function officeStill(own: TranslationFiles, office: Entries): Record<string, string> {
  const words = Object.entries(own.officeWords?.value ?? {});
  const made = own.originals?.value;
  return Object.fromEntries(
    words.filter(([key, text]) => !isOlder(made?.[`office.${key}`], printOf(office[key]), printOf(text))),
  );
}

function prints(prefix: string, entries: Entries): [string, string][] {
  return Object.entries(entries).map(([key, text]) => [`${prefix}.${key}`, printOf(text)]);
}

/** Words that are listened for are no text: each language has its own. */
const listenedFor = new Set(['called', 'also', 'contains', 'requests']);

function printOf(text: unknown): string {
  const written = JSON.stringify(text, (key, value: unknown) => (listenedFor.has(key) ? undefined : value));
  return createHash('sha256')
    .update(written ?? '')
    .digest('hex')
    .slice(0, 8);
}
