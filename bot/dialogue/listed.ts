/** 「生年月日、電子証明書の発行日」, "date of birth and issue date": a list as the language writes it. */
import type { Language } from './library.ts';

export function listed(items: readonly string[], { tag }: Pick<Language, 'tag'>): string {
  return new Intl.ListFormat(tag, { type: 'conjunction' }).format(items);
}
