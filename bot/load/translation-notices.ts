/** What a language does not say yet, and what is older than its original: nothing is wrong, but somebody should translate it. */
import type { Files } from './files.ts';
import type { Notice } from './notices.ts';
import { isOlder, originalsOf, ownPrints } from './originals.ts';

const shown = 8;

export function translationNotices({ languages, translations, office }: Files): Notice[] {
  const [main] = languages;
  if (!main) return [];
  const originals = originalsOf(main, office.value.facts);
  return translations.flatMap((own): Notice[] => {
    const prints = ownPrints(own);
    const made = own.originals?.value ?? {};
    // Numbers and addresses are the same in every language.
    const isSame = (name: string) =>
      name.startsWith('office.') &&
      /^(?:〒|[^ぁ-んァ-ヶ一-龠]*$)/.test(office.value.facts[name.slice('office.'.length)] ?? '');
    const missing = [...originals.keys()].filter((name) => !prints.has(name) && !isSame(name));
    const older = [...prints.keys()].filter((name) => isOlder(made[name], originals.get(name), prints.get(name)));
    const folder = `content/${own.language}`;
    return [
      ...notice(missing, folder, 'まだ訳がないので、日本語の文に印を付けて出しています'),
      ...notice(
        older,
        folder,
        `日本語の文が変わったあと、訳が見直されていません（見直したら npm run translated -- ${own.language}）`,
      ),
    ];
  });
}

function notice(names: readonly string[], file: string, message: string): Notice[] {
  if (names.length === 0) return [];
  const more = names.length > shown ? `、ほか${names.length - shown}` : '';
  return [{ file, message: `${message}: ${names.slice(0, shown).join('、')}${more}` }];
}
