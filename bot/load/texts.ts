/** The files that staff edit, as text by their place: `content/ja/faq.yaml` → what stands in it. Comments and order are part of it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export type Texts = Readonly<Record<string, string>>;

const folders = ['flows', 'content'] as const;

/** Every YAML file under `flows/` and `content/`; none where a folder is missing. */
export function readTexts(root: string): Texts {
  const files = folders.flatMap((folder) => yamlFiles(root, folder));
  return Object.fromEntries(files.map((file) => [file, readFileSync(`${root}/${file}`, 'utf8')]));
}

/** The same for the same texts, whatever order they come in. */
export function printOf(texts: Texts): string {
  const sorted = Object.entries(texts).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

function yamlFiles(root: string, folder: string): string[] {
  try {
    return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `${folder}/${name}`)
      .sort();
  } catch {
    return [];
  }
}
