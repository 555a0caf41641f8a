/** `npm run line -- setup | check | undo`: from an empty LINE channel to the first resident, looked at step by step. */
import { linksOf } from '../../adapters/calendar/page.ts';
import { LineRefusal, lineAccount } from '../../adapters/line/account.ts';
import { accessTokenOf } from '../../adapters/line/token.ts';
import { named } from '../channels.ts';
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
import { channel, commandFor, environment, folder } from './channel.ts';
import { askFor, keep, missingIn } from './line/credentials.ts';
import { countMenus, undoMenus } from './line/menus.ts';
import { linesOf, refusal, runSteps } from './line/run.ts';
import { setUpSteps } from './line/steps.ts';
import { storeState } from './line/store.ts';
import { loadOrStop } from './load-or-stop.ts';
import { readOptions } from './options.ts';
import { menuPictures } from './rich-menu/pictures.ts';
import { stop } from './stop.ts';

const usage = `使い方:
  npm run line -- setup              使えるようになるまで、順に設定する（何度でもできます）
  npm run line -- setup --dry-run    何をするかだけを見る
  npm run line -- check              いまの様子を確かめる
  npm run line -- undo [--dry-run]   リッチメニューを取り除く`;

const withinMs = 15_000;
const say = (line: string) => console.log(line);

const { values, positionals } = readOptions(usage, { 'dry-run': { type: 'boolean', default: false } });
const [command] = positionals;
const isDry = values['dry-run'];
if ((command !== 'setup' && command !== 'check' && command !== 'undo') || (isDry && command === 'check')) stop(usage);

// LINE's SDK waits for ever.
const { fetch: plainFetch } = globalThis;
globalThis.fetch = (input, init) => plainFetch(input, { signal: AbortSignal.timeout(withinMs), ...init });

const { library, files } = loadOrStop();
const told = await toldNow(environment);
const read = readConfig({ ...environment, ...told });
if (!read.ok) stop(read.problems.map((problem) => named(channel, problem)).join('\n'));
const { line, publicUrl, redis } = read.config;
if (!line || !publicUrl)
  stop(named(channel, 'LINE_CHANNEL_ID と LINE_CHANNEL_SECRET、PUBLIC_URL を .env に入れてください。'));

const does = {
  setup: 'チャネルを整えます',
  check: 'チャネルを確かめます',
  undo: 'リッチメニューを取り除きます',
} as const;
say(`${line.apiBaseUrl} の${does[command]}。`);
const accessToken = accessTokenOf(line);
const account = await lineAccount({ accessToken, apiBaseUrl: line.apiBaseUrl }).catch((error: unknown) => {
  const isRefused = error instanceof LineRefusal && (error.status === 400 || error.status === 401);
  if (!isRefused) return stop(linesOf(refusal(error)).join('\n'));
  return stop(
    '✗ チャネルIDとチャネルシークレットが合いません。LINE Developers コンソール → チャネル基本設定 の値を .env に入れてください。',
  );
});
// What LINE has taken is right.
if (Object.keys(told).length > 0 && !isDry) {
  keep(`${root}/.env`, told, channel);
  say('.env に書きました。ボットが動いていれば、起動し直してください。');
}

if (command === 'undo') await undo().catch((error: unknown) => stop(linesOf(refusal(error)).join('\n')));
else {
  let state: ReturnType<typeof storeState> | undefined;
  const steps = setUpSteps({
    account,
    config: read.config,
    publicUrl,
    library,
    unconfirmed: unconfirmed(files),
    pictures: menuPictures(library, folder),
    greeting: () => greetingOf(library, publicUrl),
    page: (path) =>
      fetch(publicUrl + path).then(
        async (answer) => ({ status: answer.status, text: await answer.text() }),
        () => undefined,
      ),
    // Looked at once, by whichever step asks first.
    ...(redis && { store: () => (state ??= storeState(redis, folder)) }),
  });
  const mode = command === 'check' ? 'check' : isDry ? 'plan' : 'setup';
  const { wrong, look } = await runSteps(steps, { mode, say });
  const looks = look > 0 ? `「?」の${look}件は、画面で確かめてください。` : '';
  say(
    wrong === 0
      ? `\n✓ そろっています。${looks}`
      : `\n✗ 直すところが${wrong}件あります。${looks}直したら ${commandFor(`line -- ${command}`)}`,
  );
  process.exitCode = wrong === 0 ? 0 : 1;
}

async function undo(): Promise<void> {
  const count = await countMenus(account);
  if (count === 0) return say('取り除くものはありません。');
  if (isDry) return say(`→ リッチメニューを${count}件、取り除きます（--dry-run なので、していません）`);
  await undoMenus(account);
  say(`✓ リッチメニューを${count}件、取り除きました。`);
}

/** What is not there yet: asked for by `setup`, and named by the other commands. */
async function toldNow(given: Environment): Promise<Readonly<Record<string, string>>> {
  const missing = missingIn(given);
  if (missing.length === 0) return {};
  const names = missing.map(({ name }) => named(channel, name)).join('、');
  if (command !== 'setup') return stop(`${names} がありません。${commandFor('line -- setup')} でうかがいます。`);
  const asker = openAsker();
  const answers = await askFor(missing, { asker, say });
  asker.close();
  if (!answers) return stop(`途中で終わりました。${names} を .env に入れることもできます。`);
  if (isDry) say('（--dry-run なので、.env には書きません）');
  return answers;
}

function greetingOf(library: Library, publicUrl: string): string {
  const world: World = { library, now: localNow(new Date(), library.timezone), links: linksOf(publicUrl) };
  const greeted = takeTurn({ kind: 'follow' }, newSession(mainLanguage), world);
  return reportOf({ kind: 'follow' }, greeted, { world, isFirst: true }).replies.map(replyText).join('\n');
}
