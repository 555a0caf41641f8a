/** The golden talks. `UPDATE=1 npm test` rewrites the bot's lines; the difference is then reviewed like any other change. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { library } from '../support/library.ts';
import { playTalk } from '../support/talk.ts';

const folder = new URL('../talks/', import.meta.url);

describe('talks', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.talk'))) {
    const file = new URL(name, folder);
    const written = readFileSync(file, 'utf8');
    it(written.split('\n')[0]?.replace(/^#\s*/, '').trim() ?? name, () => {
      const played = playTalk(written, library);
      if (process.env.UPDATE === '1') writeFileSync(file, played);
      else assert.equal(played, written, `${name} goes differently now`);
    });
  }
});
