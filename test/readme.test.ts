/** What the READMEs say is there is there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../bot/root.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the READMEs', () => {
  for (const file of [
    'README.md',
    'flows/README.md',
    'content/README.md',
    'docs/operations.md',
    'docs/another-city.md',
    'docs/helpdesk.md',
    'docs/faq-quality.md',
    'docs/staff-guide.md',
    'docs/performance.md',
  ]) {
    it(`${file} links to files that exist`, () => {
      const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) =>
        join(dirname(file), link ?? ''),
      );
      for (const link of links) assert.ok(existsSync(join(root, link)), link);
    });
  }

  it('the conversation shown is one that the tests play, line for line', () => {
    const shown = read('README.md').match(/```\n(案内: [\s\S]*?)```/)?.[1] ?? '';
    const talk = read('test/talks/in-time-agent-by-card.talk').split('\n');
    const lines = shown.split('\n').filter((line) => line.trim() !== '');
    assert.ok(lines.length > 10);
    let from = 0;
    for (const line of lines) {
      const at = talk.indexOf(line, from);
      assert.ok(at >= from, `not in the talk, or not in this order: ${line}`);
      from = at + 1;
    }
  });

  it('every script named in README.md is in package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name] of read('README.md').matchAll(/npm run ([\w-]+)/g)) assert.ok(name && scripts[name], name);
  });
});
