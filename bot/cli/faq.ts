/**
 * `npm run faq -- FILE.jsonl`: reads {"q"} or {"q","topic"} a line ("topic": an entry's id, or null for out of scope), prints
 * {"q","faq": id or null,"score"} a line, and the accuracy on standard error if topics are given.
 */
import { readFileSync } from 'node:fs';
import { loadLibrary } from '../load/library.ts';
import { showProblems } from '../load/problem.ts';
import { root } from './root.ts';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('読むファイルを書いてください: npm run faq -- questions.jsonl');
  process.exit(2);
}
const loaded = loadLibrary(root);
if (!loaded.ok) {
  console.error(showProblems(loaded.problems));
  process.exit(1);
}
const matcher = loaded.library.languages.get('ja')?.matcher;
const questions = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as { q: string; topic?: string | null });

let right = 0;
let judged = 0;
for (const { q, topic } of questions) {
  const { faq, score } = matcher?.match(q) ?? { faq: null, score: 0 };
  console.log(JSON.stringify({ q, faq, score: Number(score.toFixed(3)) }));
  if (topic === undefined) continue;
  judged += 1;
  if (faq === topic) right += 1;
}
if (judged > 0) console.error(`正解 ${right} / ${judged}（${((100 * right) / judged).toFixed(1)}%）`);
