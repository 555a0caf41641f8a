/** A copy of the city's flows and content in a temporary folder, to be broken on purpose. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../bot/root.ts';

export interface City {
  readonly root: string;
  /** Replaces text in a file; it must be there. */
  edit(file: string, from: string, to: string): void;
  move(from: string, to: string): void;
  remove(): void;
}

/** With the bot: the whole of what `npm start` needs, so that it runs on the copy. */
export function cityCopy({ withBot = false } = {}): City {
  const folder = mkdtempSync(join(tmpdir(), 'koshin-'));
  const bot = withBot ? ['bot', 'adapters', 'package.json'] : [];
  if (withBot) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['flows', 'content', ...bot]) cpSync(join(root, name), join(folder, name), { recursive: true });
  return {
    root: folder,
    edit(file, from, to) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
      writeFileSync(path, text.replace(from, to));
    },
    move: (from, to) => renameSync(join(folder, from), join(folder, to)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
