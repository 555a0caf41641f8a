/** Broken files: every problem at once, at its place, with a remedy a clerk can follow. `UPDATE=1` writes down what is said today. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadLibrary } from '../../bot/load/library.ts';
import { showProblems } from '../../bot/load/problem.ts';
import { type City, cityCopy } from '../support/city.ts';

interface Trap {
  readonly trap: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const traps = parse(readFileSync(new URL('traps.yaml', import.meta.url), 'utf8')) as readonly Trap[];
const page = new URL('traps.md', import.meta.url);
const written = process.env.UPDATE ? new Map<string, string>() : readPage();

describe('a broken file is explained', () => {
  const said = new Map<string, string>();
  let city: City;
  beforeEach(() => {
    city = cityCopy();
  });
  afterEach(() => city.remove());
  after(() => {
    if (process.env.UPDATE) writeFileSync(page, pageOf(said));
  });

  for (const { trap, file, from, to } of traps) {
    it(trap, () => {
      city.edit(file, from, to);
      const shown = problemsIn(city.root);
      said.set(trap, shown);
      assert.match(shown, /^(?:flows|content)\/.*:\d+:\d+ {2}\S/, 'a place and a sentence');
      assert.doesNotMatch(shown, /Invalid|Expected|expected|undefined|YAML として読めません/, 'in words of a clerk’s');
      if (!process.env.UPDATE) assert.equal(shown, written.get(trap));
    });
  }

  it('a missing file, and a folder with nothing in it', () => {
    assert.match(problemsIn('/nowhere'), /対話のファイルがひとつもありません/);
  });

  for (const [what, to] of [
    ['quoted words with signs in them', '  fee: "案内 #1: “無料” です"'],
    ['a note with quotation marks', '  fee: 無料 # 例: “あ”'],
    ['quoted words in a list', '  fee: 無料\n  x: "[A #1]"'],
    ['quoted words over two lines', '  fee: "無料\n    です #3 です"'],
    ['a block at the very end', '  fee: |\n    tel: a #b'],
    ['an address with a colon and a hash', '  fee: https://city.example/a#b'],
  ] as const)
    it(`and ${what} is left alone`, () => {
      city.edit('content/office.yaml', '  fee: 無料', to);
      assert.ok(loadLibrary(city.root).ok, what);
    });

  it('nothing makes the loader throw: endless aliases, an object for a date, a folder or a dead link for a file', () => {
    city.edit(
      'content/office.yaml',
      '  fee: 無料',
      `  fee: &f 無料\n${Array.from({ length: 150 }, (_, at) => `  a${at}: *f`).join('\n')}`,
    );
    city.edit('content/sources.yaml', 'checked: 2026-11-22', 'checked: { toString: a }');
    mkdirSync(`${city.root}/content/ja/folder.yaml`);
    symlinkSync('/nowhere', `${city.root}/content/ja/.#faq.yaml`);
    assert.match(problemsIn(city.root), /ここには日付を書きます/);
  });

  it('all at once: three mistakes in three files are three problems, in the order of the files', () => {
    const [flow, texts, common] = ['flows/renewal.yaml', 'content/ja/renewal.yaml', 'content/ja/common.yaml'];
    city.edit(flow, 'status: too-early', 'status: early');
    city.edit(texts, '{lastOpenDay}', '{firstDay}');
    city.edit(common, 'faq: bring', 'faq: parking');
    const shown = problemsIn(city.root);
    assert.deepEqual(
      [...shown.matchAll(/^(\S+?):\d+:\d+ /gm)].map((match) => match[1]),
      [common, common, texts, flow],
      'the anchored choices stand in two texts',
    );
  });
});

function problemsIn(root: string): string {
  const loaded = loadLibrary(root);
  assert.equal(loaded.ok, false, 'the mistake is found');
  return loaded.ok ? '' : showProblems(loaded.problems);
}

/** Each trap with what the clerk reads. */
function pageOf(shown: ReadonlyMap<string, string>): string {
  const parts = [...shown].map(([trap, text]) => `## ${trap}\n\n\`\`\`\n${text}\n\`\`\`\n`);
  return ['# What clerks read about broken files\n', ...parts].join('\n');
}

function readPage(): Map<string, string> {
  const matches = readFileSync(page, 'utf8').matchAll(/^## (.+)\n\n```\n([\s\S]*?)\n```$/gm);
  return new Map([...matches].map(([, trap = '', text = '']) => [trap, text]));
}
