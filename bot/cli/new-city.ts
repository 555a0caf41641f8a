/** `npm run new-city -- FOLDER`: asks a dozen questions and writes `content/` and `flows/` of another city there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { loadLibrary } from '../load/library.ts';
import { unconfirmed } from '../load/notices.ts';
import { showProblems } from '../load/problem.ts';
import { readTexts } from '../load/texts.ts';
import { root } from '../root.ts';
import { openAsker } from './ask.ts';
import { type Answers, type Asked, answersShape, questions } from './new-city/questions.ts';
import { newCityTexts } from './new-city/texts.ts';
import { readOptions } from './options.ts';
import { menuPictures } from './rich-menu/pictures.ts';
import { stop } from './stop.ts';

const usage = `使い方:
  npm run new-city -- フォルダー                          質問に答えて、新しい市のファイルを作る
  npm run new-city -- フォルダー --answers 答え.yaml      答えをファイルから読む（${Object.keys(questions).join('、')}）`;

const { values, positionals } = readOptions(usage, { answers: { type: 'string' } });
const [given] = positionals;
if (given === undefined || positionals.length > 1) stop(usage);
const folder = resolve(root, given);
if (existsSync(folder) && readdirSync(folder).length > 0)
  stop(`${given} は空ではありません。新しいフォルダーの名前を書いてください。`);

const answers = values.answers === undefined ? await asked() : read(values.answers);
const texts = newCityTexts(readTexts(root), answers, new Date().getFullYear());
const loaded = loadLibrary(texts);
if (!loaded.ok) stop(`${showProblems(loaded.problems)}\n\n${loaded.problems.length}件の問題があり、作れませんでした。`);

for (const [file, text] of Object.entries(texts)) write(file, withSchema(file, text));
// Pictures show no city, and guides are about every one.
for (const file of readdirSync(`${root}/content`, { recursive: true, encoding: 'utf8' }))
  if (/\.(?:png|svg|md)$/.test(file)) write(`content/${file}`, readFileSync(`${root}/content/${file}`));
write('.gitignore', '.content-version\n');
write('flows/README.md', readFileSync(`${root}/flows/README.md`));
const isOld = menuPictures(loaded.library, folder).some(({ isFresh }) => !isFresh);
console.log(
  [
    `${answers.name} のファイルを ${given} に作りました。`,
    '',
    '次のことを、市の職員と確かめてください:',
    ...unconfirmed(loaded.files).map(({ file, message }) => `  ${file}  ${message}`),
    '',
    `確かめる:   CITY_FOLDER=${given} npm run check`,
    `話してみる: CITY_FOLDER=${given} npm start`,
    ...(isOld ? [`メニューの画像を作り直す: CITY_FOLDER=${given} npm run rich-menu`] : []),
    'くわしくは docs/another-city.md',
  ].join('\n'),
);

/** Each question until its answer can be read. */
async function asked(): Promise<Answers> {
  const asker = openAsker();
  const given: Partial<Record<Asked, string>> = {};
  for (const [name, { ask, example, usual }] of Object.entries(questions) as [Asked, (typeof questions)[Asked]][]) {
    const usually = usual?.(given) ?? '';
    const hint = usually ? `［Enter だけなら: ${usually}］` : `［例: ${example}］`;
    for (;;) {
      const typed = await asker.ask(`${ask}${hint}: `);
      if (typed === undefined) return stop('質問の途中で終わりました。何も作っていません。');
      const answer = typed || usually;
      const tried = answersShape.shape[name].safeParse(answer);
      if (tried.success) {
        given[name] = answer;
        break;
      }
      console.log(`  ${tried.error.issues[0]?.message ?? ''}`);
    }
  }
  asker.close();
  return answersShape.parse(given);
}

function read(file: string): Answers {
  const tried = answersShape.safeParse(yamlIn(file));
  if (tried.success) return tried.data;
  return stop(tried.error.issues.map(complaint).join('\n'));
}

function yamlIn(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch {
    return stop(
      `${file} が読めません。「name: 〇〇市」のように、1行にひとつずつ書いた YAML ファイルを指定してください。`,
    );
  }
}

function complaint({ path, message, ...issue }: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `知らない名前です: ${issue.keys.join('、')}`;
  const name = String(path[0]) as Asked;
  return `${name}（${questions[name]?.ask}）: ${issue.input === undefined && issue.code === 'invalid_type' ? '答えがありません' : message}`;
}

/** Editors find the shapes from wherever the city lies. */
function withSchema(file: string, text: string): string {
  const to = relative(dirname(`${folder}/${file}`), `${root}/docs/schemas`);
  return text.replace(/(\$schema=)(?:\.\.\/)+docs\/schemas/, (_, name: string) => name + to);
}

function write(file: string, content: string | Buffer): void {
  const path = `${folder}/${file}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
