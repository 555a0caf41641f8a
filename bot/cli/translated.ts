/**
 * `npm run translated -- en [faq.fee …]`: the translations are those of today's Japanese. Remembers of which words each was made, and
 * how (`content/en/originals.yaml`), so that `npm run check` can tell which are older than their original.
 */
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { originalsOf, ownPrints } from '../load/originals.ts';
import { schemaLine } from '../load/schemas.ts';
import { folder } from './channel.ts';
import { loadOrStop } from './load-or-stop.ts';
import { stop } from './stop.ts';

const [language = '', ...only] = process.argv.slice(2);
const { files } = loadOrStop();
const own = files.translations.find((each) => each.language === language);
const [main] = files.languages;
if (!own || !main)
  stop(
    `使い方: npm run translated -- ことば [文の名前 …]（ことば: ${files.translations.map((each) => each.language).join('、')}）`,
  );

const originals = originalsOf(main, files.office.value.facts);
const prints = ownPrints(own);
const names = [...prints.keys()].filter((name) => originals.has(name)).sort();
const before = own.originals?.value ?? {};
const isMeant = (name: string) => only.length === 0 || only.includes(name);
const made = names.flatMap((name) => {
  const print = isMeant(name) ? `${originals.get(name)}.${prints.get(name)}` : before[name];
  return print === undefined ? [] : [[name, print] as const];
});
const file = `content/${language}/originals.yaml`;
const head = [
  schemaLine(file),
  `# それぞれの訳が、どの日本語の文から作られたか。手では直しません: 訳を見直したら npm run translated -- ${language}`,
];
writeFileSync(`${folder}/${file}`, `${head.join('\n')}\n\n${stringify(Object.fromEntries(made), { lineWidth: 0 })}`);
console.log(`${file} を書きました（${made.length}）。`);
