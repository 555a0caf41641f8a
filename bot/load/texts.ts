/** The files that staff edit, as text by their place: `content/ja/faq.yaml` → what stands in it. Comments and order are part of it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export type Texts = Readonly<Record<string, string>>;

const folders = ['flows', 'content'] as const;

/** Every YAML file under `flows/` and `content/`; none where a folder is missing. */
export function readTexts(root: string): Texts {
  const files = folders.flatMap((folder) => yamlFiles(root, folder));
  return Object.fromEntries(files.flatMap((file) => textOf(root, file).map((text) => [file, text])));
}

/** Nothing for what is gone by now, or no file after all. */
function textOf(root: string, file: string): string[] {
  try {
    return [readFileSync(`${root}/${file}`, 'utf8')];
  } catch {
    return [];
  }
}

/** Whether a name is one of a file that staff edit: nothing else is ever written. */
export function isTextFile(file: string): boolean {
  return /^(?:flows|content)(?:\/[^/\\\0.][^/\\\0]*)+\.yaml$/.test(file);
}

/** The same for the same texts, whatever order they come in. */
export function printOf(texts: Texts): string {
  const sorted = Object.entries(texts).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

function yamlFiles(root: string, folder: string): string[] {
  try {
    return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter(isTextFile)
      .sort();
  } catch {
    return [];
  }
}
