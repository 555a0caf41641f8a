/**
 * `npm run faq`: how well questions are understood that the matcher has never seen (`test/faq/ja.yaml`).
 *
 * `npm run faq -- FILE.jsonl`: reads {"q"} or {"q","topic"} a line ("topic": an entry's id, or null for out of scope), prints
 * {"q","faq": id or null,"score"} a line, and the accuracy on standard error if topics are given.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { mainLanguageOf } from '../load/library.ts';
import { root } from '../root.ts';
import { measure, readMeasuringSet, showMeasured } from './faq-measure.ts';
import { loadOrStop, stop } from './load-or-stop.ts';

const questionShape = z.object({ q: z.string(), topic: z.string().nullish() });

const [file] = process.argv.slice(2);
const { matcher } = mainLanguageOf(loadOrStop().library);
if (file) judge(readQuestions(file));
else console.log(showMeasured(measure(matcher, readMeasuringSet(`${root}/test/faq/ja.yaml`))));

function judge(questions: readonly z.infer<typeof questionShape>[]): void {
  const judged = questions.map(({ q, topic }) => {
    const { faq, score } = matcher.match(q);
    console.log(JSON.stringify({ q, faq, score: Number(score.toFixed(3)) }));
    return topic === undefined ? undefined : faq === topic;
  });
  const results = judged.filter((isRight) => isRight !== undefined);
  if (results.length > 0) {
    const right = results.filter(Boolean).length;
    console.error(`正解 ${right} / ${results.length}（${((100 * right) / results.length).toFixed(1)}%）`);
  }
}

function readQuestions(path: string): z.infer<typeof questionShape>[] {
  return readLines(path).map((line, index) => {
    const read = questionShape.safeParse(parseJson(line));
    if (read.success) return read.data;
    return stop(`${path}:${index + 1} は {"q": "…"} か {"q": "…", "topic": "…"} の形で書いてください。`);
  });
}

function readLines(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '');
  } catch {
    return stop(`${path} を読めません。ファイルの場所を確かめてください。`);
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
