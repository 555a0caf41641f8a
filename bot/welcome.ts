/** The one screen of `npm start`: what is on, what is off, and what to type next. */
import type { Config } from './config.ts';
import type { Library } from './dialogue/library.ts';
import { widthOf } from './load/width.ts';

export function welcome(config: Config, { port, library }: { port: number; library: Library }): string {
  const { line, redis, pretendToday } = config;
  const faq = [...library.languages.values()][0]?.faq.size ?? 0;
  const rows = [
    ['対話', `${[...library.flows.values()].map(({ title }) => title).join('、')}、よくある質問 ${faq}件`],
    [
      'LINE',
      line ? `つながります（${line.apiBaseUrl}）` : '未設定です（LINE_CHANNEL_SECRET と LINE_CHANNEL_ACCESS_TOKEN）',
    ],
    ['Webhook', line ? `POST http://localhost:${port}/webhook` : '閉じています'],
    [
      '会話の保存',
      redis ? 'Redis（暗号化、30分で消えます）' : 'メモリー（止めると消えます。REDIS_URL と DATA_KEYS で Redis に）',
    ],
    ...(pretendToday ? [['きょう', `${pretendToday} のふりをしています（BOT_TODAY）`]] : []),
    ['状態', `http://localhost:${port}/healthz  /readyz  /metrics`],
  ];
  const next = line
    ? ['LINE Developers の Webhook URL に、このサーバーの https の住所 + /webhook を入れてください。']
    : ['いますぐ話すには、別の画面で  npm run chat', 'LINE につなぐには、README.md の "Connect a LINE channel"'];
  return [
    '',
    `更新ナビ — ${library.officeFacts.city ?? ''}`,
    ...rows.map(([name = '', value = '']) => `  ${name}${' '.repeat(Math.max(1, 14 - widthOf(name)))}${value}`),
    '',
    ...next.map((line) => `  → ${line}`),
    '  → 止めるには Ctrl+C',
    '',
  ].join('\n');
}
