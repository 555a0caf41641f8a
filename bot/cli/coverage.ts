/** Texts that no saved talk and no sheet of paths shows: nobody has looked at what residents will read there. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Library, Text } from '../dialogue/library.ts';

/** Of the main language, by key. `folders`: where the talks and the sheets lie; one that is missing shows nothing. */
export function unseenTexts({ languages }: Library, folders: readonly string[]): string[] {
  const seen = folders.flatMap(readAll).join('\n');
  const [main] = languages.values();
  const texts = [...(main?.texts ?? [])];
  return texts
    .filter(([key, text]) => !onAPage.test(key) && !fragments(text).some((each) => seen.includes(each)))
    .map(([key]) => key);
}

/** Not said in a talk, but shown at `/privacy`. */
const onAPage = /^common\.privacy/;

/** The longest stretch of each sentence that has no fact in it. */
function fragments(text: Text): string[] {
  const templates = text.flatMap(({ text: words, card }) => [
    words ?? [],
    card?.title ?? [],
    card?.rows[0]?.value ?? [],
  ]);
  return templates.flatMap((template) => {
    const literals = template.filter((part) => typeof part === 'string').flatMap((part) => part.split('\n'));
    const [longest = ''] = literals.map((each) => each.trim()).sort((one, other) => other.length - one.length);
    return longest.length >= shortest ? [longest] : [];
  });
}

/** Shorter ones stand everywhere. */
const shortest = 2;

function readAll(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(?:talk|md)$/.test(name))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  } catch {
    return [];
  }
}
