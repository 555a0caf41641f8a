/** `npm run check`: every problem in flows/ and content/, in Japanese, with its place and remedy. Exit code 1 if there is any. */
import { loadOrStop } from './load-or-stop.ts';

const { flows, languages } = loadOrStop();
const counts = [...languages].map(
  ([language, { texts, faq }]) => `${language}: 文 ${texts.size}・よくある質問 ${faq.size}`,
);
console.log(`問題はありません（対話 ${flows.size}、${counts.join('、')}）。`);
