/** `npm run line -- setup | check | undo`: from an empty LINE channel to the first resident, looked at step by step. */
import { parseArgs } from 'node:util';
import { linksOf } from '../../adapters/calendar/page.ts';
import { LineRefusal, lineAccount } from '../../adapters/line/account.ts';
import { lineQuota } from '../../adapters/line/quota.ts';
import { accessTokenOf } from '../../adapters/line/token.ts';
import { readConfig } from '../config.ts';
import { takeTurn } from '../dialogue/engine.ts';
import type { Library, World } from '../dialogue/library.ts';
import { reportOf } from '../dialogue/report.ts';
import { newSession } from '../dialogue/session.ts';
import type { Environment } from '../environment.ts';
import { mainLanguage } from '../load/files.ts';
import { unconfirmed } from '../load/notices.ts';
import { root } from '../root.ts';
import { localNow } from '../rules/dates.ts';
import { replyText } from '../talk.ts';
import { openAsker } from './ask.ts';
import { channel, environment, folder } from './channel.ts';
import { askFor, keep, missingIn } from './line/credentials.ts';
import { undoMenus } from './line/menus.ts';
import { runSteps } from './line/run.ts';
import { setUpSteps } from './line/steps.ts';
import { loadOrStop } from './load-or-stop.ts';
import { menuPictures } from './rich-menu/pictures.ts';
import { stop } from './stop.ts';

const usage = `使い方:
  npm run line -- setup              チャネルを、使えるところまで順に整える（何度でもできます）
  npm run line -- setup --dry-run    何をするかだけを見る
  npm run line -- check              いまの様子を確かめる
  npm run line -- undo               リッチメニューを取りのぞく`;

const withinMs = 15_000;
const say = (line: string) => console.log(line);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false } },
});
const [command] = positionals;
if (command !== 'setup' && command !== 'check' && command !== 'undo') stop(usage);

// LINE's SDK waits for ever.
const { fetch: plainFetch } = globalThis;
globalThis.fetch = (input, init) => plainFetch(input, { signal: AbortSignal.timeout(withinMs), ...init });

const { library, files } = loadOrStop();
const read = readConfig(await whole(environment));
if (!read.ok) stop(read.problems.join('\n'));
const { line, publicUrl } = read.config;
if (!line || !publicUrl) stop('LINE_CHANNEL_ID と LINE_CHANNEL_SECRET、PUBLIC_URL を .env に入れてください。');

const does = {
  setup: 'チャネルを整えます',
  check: 'チャネルを確かめます',
  undo: 'リッチメニューを取りのぞきます',
} as const;
say(`${line.apiBaseUrl} の${does[command]}。`);
const accessToken = accessTokenOf(line);
const account = await lineAccount({ accessToken, apiBaseUrl: line.apiBaseUrl }).catch((error: unknown) => {
  if (!(error instanceof LineRefusal)) throw error;
  return stop(
    error.status === undefined
      ? `✗ ${line.apiBaseUrl} から返事がありません（${error.message}）。ネットワークと LINE_API_BASE_URL を確かめてください。`
      : '✗ チャネルIDとチャネルシークレットが合いません。LINE Developers コンソール → チャネル基本設定 の値を .env に入れてください。',
  );
});

if (command === 'undo') {
  say(`✓ ${await undoMenus(account)}つ、取りのぞきました。`);
} else {
  const steps = setUpSteps({
    account,
    config: read.config,
    publicUrl,
    library,
    unconfirmed: unconfirmed(files),
    pictures: menuPictures(library, folder),
    quota: lineQuota({ accessToken, apiBaseUrl: line.apiBaseUrl }),
    greeting: () => greetingOf(library, publicUrl),
    statusOf: (path) =>
      fetch(publicUrl + path).then(
        ({ status }) => status,
        () => undefined,
      ),
  });
  const mode = command === 'check' ? 'check' : values['dry-run'] ? 'plan' : 'setup';
  const { wrong, look } = await runSteps(steps, { mode, say });
  const looks = look > 0 ? `「?」の${look}件は、画面で確かめてください。` : '';
  say(
    wrong === 0
      ? `\n✓ そろっています。${looks}`
      : `\n✗ 直すところが${wrong}件あります。${looks}直したら npm run line -- check`,
  );
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** What is not there yet is asked for by `setup`, and kept in `.env`; other commands name it. */
async function whole(given: Environment): Promise<Environment> {
  const missing = missingIn(given);
  if (missing.length === 0) return given;
  if (command !== 'setup')
    return stop(`${missing.map(({ name }) => name).join('、')} がありません。npm run line -- setup でうかがいます。`);
  const asker = openAsker();
  const told = await askFor(missing, { asker, say });
  asker.close();
  if (!told)
    return stop(`途中で終わりました。${missing.map(({ name }) => name).join('、')} を .env に入れることもできます。`);
  if (values['dry-run']) say('（--dry-run なので、.env には書いていません）');
  else {
    keep(`${root}/.env`, told, channel);
    say('.env に書きました。');
  }
  return { ...given, ...told };
}

function greetingOf(library: Library, publicUrl: string): string {
  const world: World = { library, now: localNow(new Date(), library.timezone), links: linksOf(publicUrl) };
  const greeted = takeTurn({ kind: 'follow' }, newSession(mainLanguage), world);
  return reportOf({ kind: 'follow' }, greeted, { world, isFirst: true }).replies.map(replyText).join('\n');
}
