/** The arrows between the folders, read off the import lines: rules ← dialogue ← turn, load ← start → adapters. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { root } from '../bot/root.ts';

/** Where a file lies → what it may import of ours, and whether it may use packages and Node. The first that fits counts. */
const layers: readonly { of: RegExp; may: RegExp; packages: RegExp }[] = [
  { of: /^bot\/rules\/dates\.ts$/, may: /^$/, packages: /^dayjs/ },
  { of: /^bot\/rules\/calendar\.ts$/, may: /^bot\/rules\//, packages: /^@holiday-jp\/holiday_jp$/ },
  { of: /^bot\/rules\//, may: /^bot\/rules\//, packages: /^$/ },
  { of: /^bot\/dialogue\//, may: /^bot\/(rules|dialogue)\//, packages: /^$/ },
  {
    of: /^bot\/load\//,
    may: /^bot\/(rules|dialogue|load)\//,
    packages: /^(budoux|yaml|zod|fastest-levenshtein|node:(fs|crypto))$/,
  },
  // Pure, as the dialogue is.
  { of: /^bot\/edit\//, may: /^bot\/(rules|dialogue|load|edit)\//, packages: /^(yaml|zod|node:util)$/ },
  { of: /^bot\/ports\.ts$/, may: /^bot\/dialogue\/types\.ts$/, packages: /^$/ },
  { of: /^bot\/think\.ts$/, may: /^bot\/(rules\/dates|dialogue\/|ports\.ts|address\.ts)/, packages: /^$/ },
  { of: /^bot\/talk\.ts$/, may: /^bot\/dialogue\/types\.ts$/, packages: /^node:util$/ },
  {
    of: /^bot\/turn\.ts$/,
    may: /^bot\/(dialogue\/|ports\.ts|address\.ts|stored\.ts|think\.ts)/,
    packages: /^node:crypto$/,
  },
  { of: /^bot\/(start(-[a-z]+)?\.ts|cli\/)/, may: /^(bot|adapters)\//, packages: /./ },
  { of: /^bot\//, may: /^bot\//, packages: /./ },
  { of: /^adapters\/page\//, may: /^adapters\/page\//, packages: /^$/ },
  {
    of: /^adapters\/(simulator|helpdesk|staff|editor)\/page\//,
    may: /^adapters\/((simulator|helpdesk|staff|editor)\/)?page\//,
    packages: /^$/,
  },
  // What staff's changes do to the files is pure, and as much the page's own as the files are.
  {
    of: /^adapters\/editor\//,
    may: /^(adapters\/|bot\/ports\.ts$|bot\/dialogue\/types\.ts$|bot\/(edit|load|dialogue)\/|bot\/content-versions\.ts$)/,
    packages: /./,
  },
  // The stand-in judges what the LINE adapter sends: it knows LINE, not the adapter.
  { of: /^adapters\/simulator\//, may: /^(adapters\/simulator\/|bot\/dialogue\/types\.ts$)/, packages: /./ },
  { of: /^adapters\//, may: /^(adapters\/|bot\/ports\.ts$|bot\/dialogue\/types\.ts$)/, packages: /./ },
];

const files = ['bot', 'adapters'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => `${folder}/${name}`),
);

describe('the layers', () => {
  for (const file of files) {
    it(`${file} imports only what its place allows`, () => {
      const layer = layers.find(({ of }) => of.test(file));
      assert.ok(layer, 'the file lies in no known layer');
      const source = readFileSync(join(root, file), 'utf8');
      for (const [, from = ''] of source.matchAll(/^(?:import|export)[^;]*?from '([^']+)'|^import '([^']+)'/gm)) {
        if (!from.startsWith('.')) assert.match(from, layer.packages);
        else assert.match(relative(root, join(root, dirname(file), from)), layer.may);
      }
    });
  }

  it('no fact of a city stands in TypeScript', () => {
    const { facts } = parse(readFileSync(join(root, 'content/office.yaml'), 'utf8')) as {
      facts: Record<string, string>;
    };
    // Parts, too: a name without 市, an address without its number. What everybody says (無料, 平日) is no city's.
    const parts = Object.values(facts).flatMap((fact) => [fact, ...fact.split(/[\s（）、]|(?<=[都道府県市])/)]);
    const own = parts.filter((part) => part.length > 2 && !/^(?:平日|無料|https?:)/.test(part));
    const name = (facts.cityInEnglish ?? '').split(' ')[0] ?? '';
    const searched = [...own, (facts.city ?? '').slice(0, -1), name, name.toLowerCase()].filter(
      (part) => !['Hall', 'City'].includes(part),
    );
    assert.ok(searched.length > 20);
    for (const file of files) {
      const source = readFileSync(join(root, file), 'utf8');
      for (const part of searched) assert.ok(!source.includes(part), `${file}: ${part}`);
      assert.doesNotMatch(source, /藤井寺|fujiidera|072-939|583-8583/i, file);
    }
  });
});
