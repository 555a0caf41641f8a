/** The one screen of `npm start`: what is on, what is off, and what to do next. */
import type { Channel } from './channels.ts';
import type { Config } from './config.ts';
import type { Library } from './dialogue/library.ts';
import { widthOf } from './load/width.ts';

export function welcome(
  { name, config }: Channel,
  { port, library, demo }: { port: number; library: Library; demo?: { name: string; password: string } | undefined },
): string {
  const { line, pretendToday, publicUrl } = config;
  const address = name === undefined ? `http://localhost:${port}` : (publicUrl ?? '');
  const call = name === undefined ? '' : `CHANNEL=${name} `;
  const faq = [...library.languages.values()][0]?.faq.size ?? 0;
  const rows = [
    ['対話', `${[...library.flows.values()].map(({ title }) => title).join('、')}、よくある質問 ${faq}件`],
    ['会話の保存', sessionsText(config)],
    ...(line ? [['LINE', `${line.apiBaseUrl} につながります`]] : []),
    ...(line ? [['状態', `${address}/healthz  /readyz  /metrics`]] : []),
    ...(pretendToday ? [['きょう', `${pretendToday} のふりをしています（BOT_TODAY）`]] : []),
  ];
  const next = line
    ? [`チャネルの用意と様子は  ${call}npm run line -- setup  と  ${call}npm run line -- check`]
    : [
        `ブラウザーで開いて、話してみてください:  ${address}/`,
        ...(demo ? [`職員の画面は、同じアドレスの /staff（名前 ${demo.name}、パスワード ${demo.password}）`] : []),
        'flows/ と content/ を直すと、次の返事から新しい文になります。',
        'LINE につなぐには、README.md の "Connect a LINE channel"',
      ];
  return [
    '',
    `更新ナビ — ${library.officeFacts.city ?? ''}${name === undefined ? '' : `（${name}）`}`,
    ...rows.map(([name = '', value = '']) => `  ${name}${' '.repeat(Math.max(1, 14 - widthOf(name)))}${value}`),
    '',
    ...next.map((line) => `  → ${line}`),
    '  → 止めるには Ctrl+C',
    '',
  ].join('\n');
}

function sessionsText({ redis, line }: Config): string {
  if (redis) return 'Redis（暗号化、30分やりとりがないと消えます）';
  const lost = 'メモリー（30分やりとりがないと消えます。止めても消えます';
  return line ? `${lost}。REDIS_URL と DATA_KEYS で Redis に）` : `${lost}）`;
}
