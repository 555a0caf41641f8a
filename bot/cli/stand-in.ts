/** `npm run stand-in [-- --port 4100]`: a LINE of one's own on this machine, to practise the set-up of a channel with. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { localNow } from '../rules/dates.ts';
import { environment } from './channel.ts';
import { stop } from './stop.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4100' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('使い方: npm run stand-in [-- --port 4100]');

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
  clock: () => localNow(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone),
}).catch((error: NodeJS.ErrnoException) =>
  stop(`${port} 番のポートが使えません（${error.code}）。--port で、ほかの番号にしてください。`),
);
console.log(
  [
    '',
    '練習用の LINE が動いています。ここからは、どこにも送られません。',
    `  トークの画面（住民のスマートフォン）            ${standIn.url}/`,
    `  設定（LINE Official Account Manager の代わり）  ${standIn.url}/manager`,
    '',
    '  チャネルの情報（.env）:',
    `    LINE_API_BASE_URL=${standIn.url}`,
    `    LINE_CHANNEL_ID=${channelId}`,
    `    LINE_CHANNEL_SECRET=${channelSecret}`,
    '',
    '  → 別のターミナルで npm run line -- setup',
    '  → 止めるには Ctrl+C',
    '',
  ].join('\n'),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void standIn.close().then(() => process.exit(0)));
