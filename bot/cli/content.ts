/** `npm run content -- …`: what is published, and the files here: compare, write back, publish, roll back. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { pinoLog } from '../../adapters/log.ts';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisVersions } from '../../adapters/redis/versions.ts';
import { named } from '../channels.ts';
import { readConfig } from '../config.ts';
import { differences, versionOf } from '../content-versions.ts';
import { loadLibrary } from '../load/library.ts';
import { showProblems } from '../load/problem.ts';
import { isTextFile, readTexts, type Texts } from '../load/texts.ts';
import type { Version } from '../ports.ts';
import { channel, environment, folder } from './channel.ts';
import { readOptions } from './options.ts';
import { stop } from './stop.ts';

const usage = `使い方:
  npm run content -- status                     公開中の版と、ここのファイルのちがい
  npm run content -- history                    これまでの版
  npm run content -- push --why "理由"          ここのファイルを公開する（--over 版: その版の上に）
  npm run content -- pull                       公開中の版を、ここのファイルに書き戻す（--yes: ここの直しを捨てて）
  npm run content -- rollback 版 --why "理由"   前の版に戻す`;

/** Beside the files, and not of git's. */
const baseFile = `${folder}/.content-version`;

const { values, positionals } = readOptions(usage, {
  why: { type: 'string' },
  over: { type: 'string' },
  yes: { type: 'boolean', default: false },
  by: { type: 'string', default: userInfo().username },
});
const [command = '', id] = positionals;

const config = readConfig(environment);
if (!config.ok) stop(config.problems.map((problem) => named(channel, problem)).join('\n'));
if (!config.config.redis) stop('公開した版は Redis に置きます。REDIS_URL と DATA_KEYS を設定してください。');
const redis = connectRedis(config.config.redis.url, pinoLog({ level: 'error' }));
const versions = redisVersions(redis);

const commands: Readonly<Record<string, () => Promise<string>>> = {
  async status() {
    const current = await published();
    if (!current) return '公開した版はありません。配備したファイルが使われています。';
    const changed = differences(current.texts, readTexts(folder));
    const files = changed.length === 0 ? 'ここのファイルと同じです。' : `ちがうファイル:\n${lines(changed)}`;
    return `公開中: ${infoText(current)}\n${files}`;
  },
  async history() {
    const all = await versions.history();
    return all.length === 0 ? '公開した版はありません。' : all.map(infoText).join('\n');
  },
  async push() {
    const texts = readTexts(folder);
    const loaded = loadLibrary(texts);
    if (!loaded.ok)
      return refuse(
        `${showProblems(loaded.problems)}\n\n${loaded.problems.length}件の問題があるため、公開できません。`,
      );
    return publish(texts, values.over ?? base());
  },
  async pull() {
    const current = await published();
    if (!current) return refuse('公開した版はありません。');
    const here = readTexts(folder);
    const changed = differences(current.texts, here);
    const strange = Object.keys(current.texts).filter((file) => !isTextFile(file));
    if (strange.length > 0) return refuse(`公開中の版に、書き戻せない名前があります:\n${lines(strange)}`);
    const before = await versions.find(base() ?? '');
    const isSafe = before !== undefined && differences(before.texts, here).length === 0;
    if (!isSafe && changed.length > 0 && !values.yes)
      return refuse(`ここで直したものが、公開中の版に変わります。よければ --yes を付けてください。\n${lines(changed)}`);
    for (const file of changed) {
      const text = current.texts[file];
      if (text === undefined) rmSync(`${folder}/${file}`);
      else {
        mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
        writeFileSync(`${folder}/${file}`, text);
      }
    }
    keepBase(current.id);
    return changed.length === 0 ? 'ここのファイルと同じです。' : `書き戻しました:\n${lines(changed)}`;
  },
  async rollback() {
    const old = id === undefined ? undefined : await versions.find(id);
    if (!old) return refuse('その版はありません。npm run content -- history で確かめてください。');
    if (!loadLibrary(old.texts).ok) return refuse('その版は、いまのプログラムでは読めません。');
    return publish(old.texts, await versions.currentId());
  },
};

const run = commands[command];
if (!run) stop(usage);
console.log(await run());
redis.disconnect();

/** `from`: the version that these texts were made from. Another one that holds by now would be lost. */
async function publish(texts: Texts, from: string | null): Promise<string> {
  const { why, by } = values;
  if (!why?.trim()) return refuse('--why に、なぜ変えるかを書いてください。');
  const before = await published();
  if (before && differences(before.texts, texts).length === 0) return '公開中の版と同じです。';
  const version = versionOf(texts, { by, why: why.trim(), from, at: Date.now() });
  if (await versions.publish(version)) {
    if (command === 'push') keepBase(version.id);
    return `公開しました: ${infoText(version)}`;
  }
  const holds = await versions.currentId();
  return refuse(
    `公開中の版（${holds}）は、ここのファイルのもとになった版ではありません。\n` +
      `pull して直しを合わせるか、その版の直しを捨ててよければ --over ${holds} を付けてください。`,
  );
}

/** The version that the files here were made from; null: none was pulled or pushed here. */
function base(): string | null {
  return existsSync(baseFile) ? readFileSync(baseFile, 'utf8').trim() : null;
}

function keepBase(name: string): void {
  writeFileSync(baseFile, `${name}\n`);
}

async function published(): Promise<Version | undefined> {
  const current = await versions.currentId();
  return current === null ? undefined : versions.find(current);
}

function infoText({ id: name, at, by, why }: Omit<Version, 'texts'>): string {
  return `${name}　${new Date(at).toLocaleString('ja-JP')}　${by}　${why}`;
}

function lines(files: readonly string[]): string {
  return files.map((file) => `  ${file}`).join('\n');
}

function refuse(sentence: string): string {
  process.exitCode = 1;
  return sentence;
}
