/**
 * `npm run faq`: how well questions are understood that the matcher has never seen (`test/faq/`).
 *
 *   FILE.jsonl             reads {"q"} or {"q","topic"} a line ("topic": an entry's id, or null for out of scope), prints
 *                          {"q","faq": id or null,"score","sure","choices"} a line, and the figures on standard error if topics are given
 *   --explain 「…」        what in the question made the choice
 *   --entries FILE.jsonl   with other entries than the city's: {"id","question","answer"} a line
 *   --lang ja              the language
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faqMatcher } from '../dialogue/faq.ts';
import { foldWith } from '../dialogue/grams.ts';
import type { Language } from '../dialogue/library.ts';
import { askedIn } from '../dialogue/questions.ts';
import { root } from '../root.ts';
import { explained } from './faq-explain.ts';
import { firstOf, measure, readMeasuringSet, showFigures, showMeasured, type Tried, tryAll } from './faq-measure.ts';
import { loadOrStop } from './load-or-stop.ts';
import { stop } from './stop.ts';

const questionShape = z.object({ q: z.string(), topic: z.string().nullish() });
const entryShape = z.object({ id: z.string(), question: z.string(), answer: z.string() });

const { values: options, positionals } = readOptions();
const [file] = positionals;
const loaded = loadOrStop();
const language = options.entries === undefined ? ours() : others(options.entries);
const ask = (question: string) => askedIn(question, options.entries === undefined ? spokenIn(question) : language);

if (options.explain !== undefined) console.log(explained(options.explain, spokenIn(options.explain)));
else if (file === undefined) console.log(showMeasured(measure(tryAll(readMeasuringSet(measuringFile()), ask))));
else judge(readLines(file, questionShape, '{"q": "…"} か {"q": "…", "topic": "…"}'));

function ours(): Language {
  const named = loaded.library.languages.get(options.lang);
  return (
    named ?? stop(`${options.lang} ということばはありません（${[...loaded.library.languages.keys()].join('、')}）。`)
  );
}

/** As in a conversation: a question that is plainly in another language is asked in that one. */
function spokenIn(question: string): Language {
  const { library } = loaded;
  return library.languages.get(library.spokenIn(question, language.tag) ?? '') ?? language;
}

/** The city's words and thresholds around the entries of another collection. */
function others(path: string): Language {
  const started = performance.now();
  const entries = Map.groupBy(
    readLines(path, entryShape, '{"id": "…", "question": "…", "answer": "…"}'),
    ({ id }) => id,
  );
  const { same, endings, sure, maybe } = matchingOf(options.lang);
  const matcher = faqMatcher({
    entries: [...entries].map(([id, own]) => ({
      id,
      sentences: own.flatMap(({ question, answer }) => [
        question,
        ...answer.split(/[。\n]/).filter((each) => each !== ''),
      ]),
    })),
    elsewhere: { asks: [], words: [] },
    fold: foldWith([...same, ...endings]),
    sure,
    maybe,
  });
  matcher.match('');
  console.error(`${entries.size}件を ${(performance.now() - started).toFixed(0)}ms で読みました。`);
  return { ...ours(), matcher };
}

function matchingOf(name: string) {
  const files = loaded.files.languages.find((each) => each.language === name);
  return files?.matching.value ?? stop(`content/${name}/matching.yaml がありません。`);
}

function measuringFile(): string {
  return `${root}/test/faq/${options.lang}.yaml`;
}

function judge(questions: readonly z.infer<typeof questionShape>[]): void {
  const started = performance.now();
  const asked = questions.map(({ q }) => ask(q));
  const spent = performance.now() - started;
  const tried: Tried[] = [];
  for (const [index, { q, topic }] of questions.entries()) {
    const one = asked[index];
    if (!one) continue;
    const { faqs, choices, score } = one;
    console.log(
      JSON.stringify({ q, faq: firstOf(one), score: Number(score.toFixed(3)), sure: faqs.length > 0, choices }),
    );
    if (topic !== undefined) tried.push({ topic, asked: one });
  }
  if (tried.length > 0) console.error(showFigures(measure(tried)));
  if (questions.length > 0) console.error(`1問あたり ${(spent / questions.length).toFixed(3)}ms`);
}

function readLines<Shape>(path: string, shape: z.ZodType<Shape>, form: string): Shape[] {
  return readText(path)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const read = shape.safeParse(parseJson(line));
      return read.success ? [read.data] : stop(`${path}:${index + 1} は ${form} の形で書いてください。`);
    });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
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

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        explain: { type: 'string' },
        entries: { type: 'string' },
        lang: { type: 'string', default: 'ja' },
      },
    });
  } catch {
    return stop('使い方: npm run faq -- [質問.jsonl] [--explain 「質問」] [--entries よくある質問.jsonl] [--lang ja]');
  }
}
