/** What the pages offer to change. Whatever else is asked for is no editor's business: a flow's logic, a parameter of the law. */
import { isDeepStrictEqual } from 'node:util';
import { schemaOf } from '../load/schemas.ts';
import type { Texts } from '../load/texts.ts';
import type { Change } from './change.ts';
import { formOf, isForm } from './sections.ts';

export const calendarFile = 'content/calendar.yaml';
export const deskFile = 'content/helpdesk.yaml';
/** Lists of days and hours that grow and shrink. */
const lists: Readonly<Record<string, readonly string[]>> = {
  [calendarFile]: ['closures', 'extra openings', 'hours'],
  [deskFile]: ['hours'],
};

export function isOffered({ kind, file, path }: Change, texts: Texts): boolean {
  const text = Object.hasOwn(texts, file) ? texts[file] : undefined;
  if (text === undefined) return false;
  if (kind !== 'set') return path.length === 1 && (lists[file]?.includes(String(path[0])) ?? false);
  if (!isForm(file)) return false;
  // Questions come and go whole.
  if (schemaOf(file) === 'faq' && path.length === 1) return true;
  return formOf(file, text).sections.some(({ fields }) => fields.some((field) => isDeepStrictEqual(field.path, path)));
}
