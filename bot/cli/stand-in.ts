/** `npm run stand-in [-- --port 4100]`: a LINE of one's own on this machine, to practise the set-up of a channel with. */
import { randomBytes } from 'node:crypto';
import { prefixOf } from '../environment.ts';
import { localNow } from '../rules/dates.ts';
import { channel, commandFor, environment } from './channel.ts';
import { readOptions } from './options.ts';
import { stop } from './stop.ts';

const usage = '使い方: npm run stand-in [-- --port 4100]';
const { values } = readOptions(usage, { port: { type: 'string', default: '4100' } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop(usage);

const { openStandIn } = await import('../../adapters/simulator/stand-in.ts').catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  return stop('練習用の LINE には、開発用のパッケージが要ります: npm ci');
});
// The channel of `.env`, if there is one by now: another start is the same channel.
const { LINE_CHANNEL_ID: id, LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: channelAccessToken } = environment;
const channelId = id || String(1_000_000_000 + randomBytes(4).readUInt32BE());
const channelSecret = secret || randomBytes(16).toString('hex');
const standIn = await openStandIn({
  port,
  channelId,
  channelSecret,
  channelAccessToken: channelAccessToken || undefined,
  clock: () => localNow(new Date(), 'Asia/Tokyo'),
}).catch((error: NodeJS.ErrnoException) =>
  stop(`${port} 番のポートが使えません（${error.code}）。--port で、ほかの番号にしてください。`),
);
// What was made here only: a secret that stands in `.env` already is nobody's business.
const lines = [
  `LINE_API_BASE_URL=${standIn.url}`,
  ...(id ? [] : [`LINE_CHANNEL_ID=${channelId}`]),
  ...(secret ? [] : [`LINE_CHANNEL_SECRET=${channelSecret}`]),
  ...(environment.PUBLIC_URL ? [] : ['PUBLIC_URL=http://localhost:3000']),
];
console.log(
  [
    '',
    '練習用の LINE が動いています。外部には何も送られません。',
    `  トークの画面（住民のスマートフォン）            ${standIn.url}/`,
    `  設定（LINE Official Account Manager の代わり）  ${standIn.url}/manager`,
    '',
    '  .env に書くもの（書いておくと、次に始めても同じチャネルです）:',
    ...lines.map((line) => `    ${channel === undefined ? '' : prefixOf(channel)}${line}`),
    '',
    `  → .env に書いたら、別のターミナルで npm start、もうひとつで ${commandFor('line -- setup')}`,
    '  → 止めるには Ctrl+C（止めると、入れたメニューと設定は消えます）',
    '',
  ].join('\n'),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void standIn.close().then(() => process.exit(0)));
