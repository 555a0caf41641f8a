/** `npm run check`: every problem in flows/ and content/, in Japanese, with its place and remedy. Exit code 1 if there is any. */
import { loadLibrary } from '../load/library.ts';
import { showProblems } from '../load/problem.ts';
import { root } from './root.ts';

const loaded = loadLibrary(root);
if (loaded.ok) {
  const { flows, languages } = loaded.library;
  const counts = [...languages].map(
    ([language, { texts, faq }]) => `${language}: 文 ${texts.size}・よくある質問 ${faq.size}`,
  );
  console.log(`問題はありません（対話 ${flows.size}、${counts.join('、')}）。`);
} else {
  console.error(`${showProblems(loaded.problems)}\n\n${loaded.problems.length}件の問題があります。`);
  process.exitCode = 1;
}
