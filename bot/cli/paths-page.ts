/** The page of all paths of a flow, for the office to check: the questions once, then every path with its real sentences. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { diagramOf } from '../dialogue/diagram.ts';
import { dateWriter, formatFact } from '../dialogue/formats.ts';
import type { Flow, Language, Library, Question, World } from '../dialogue/library.ts';
import { type Path, pathsOf } from '../dialogue/paths.ts';
import { nameOf, questionText } from '../dialogue/question-text.ts';
import { say } from '../dialogue/say.ts';
import { newSession } from '../dialogue/session.ts';
import { situationOf } from '../dialogue/situation.ts';
import type { Now, Reply } from '../dialogue/types.ts';
import { mainLanguage } from '../load/files.ts';
import { mainLanguageOf } from '../load/library.ts';
import { plainDate } from '../load/shapes/atoms.ts';
import { type ClockTime, isClockTime, isMoment, isPlainDate } from '../rules/dates.ts';
import { choicesText, replyText } from '../talk.ts';

const dates = dateWriter(mainLanguage);

const answers = z.record(z.string(), z.array(z.string()).min(1));
const sampleShape = z.strictObject({
  cases: z.array(
    z.strictObject({
      on: plainDate,
      at: z.custom<ClockTime>(isClockTime),
      people: z.array(z.strictObject({ who: z.string(), answers, wishes: z.array(z.string()).optional() })),
    }),
  ),
});

export interface Samples {
  readonly cases: z.infer<typeof sampleShape>['cases'];
}

export function readSamples(file: string): Samples {
  return sampleShape.parse(parse(readFileSync(file, 'utf8')));
}

/** Every path of the flow for every person in the samples, with the day it is walked on. */
export function allPaths(flow: Flow, library: Library, samples: Samples): { world: World; paths: Path[] }[] {
  return samples.cases.map(({ on, at, people }) => {
    const world = { library, now: { today: on, time: at } };
    return { world, paths: people.flatMap((person) => pathsOf(flow, person, world)) };
  });
}

export function pathsPage(flow: Flow, library: Library, samples: Samples): string {
  const language = mainLanguageOf(library);
  const walked = allPaths(flow, library, samples);
  return [
    `# ${flow.title}: すべての道`,
    '`npm run paths` で作り直すページです。手で直さないでください。直すのは flows/ と content/ です。',
    `道の数: ${walked.reduce((sum, { paths }) => sum + paths.length, 0)}`,
    '## 図',
    `\`\`\`mermaid\n${diagramOf(flow, language)}\n\`\`\``,
    '## 質問',
    ...flow.ask.map((question) => questionSection(question, language, walked[0]?.world)),
    '## 道',
    ...walked.flatMap(({ world, paths }) => paths.map((path) => pathSection(path, { flow, world, language }))),
  ]
    .join('\n\n')
    .concat('\n');
}

function questionSection(question: Question, language: Language, world: World | undefined): string {
  const [reply] = askedReplies(question, world);
  const text = reply ? quote([replyText(reply), choicesText(reply)].join('\n')) : '';
  return `**${nameOf(language, question)}**\n\n${text}`;
}

/** How a question is asked for the first time. */
export function askedReplies({ flow, slot }: Question, world: World | undefined): readonly Reply[] {
  if (!world) return [];
  const situation = situationOf({ ...newSession(mainLanguage), flow }, world);
  return say([{ kind: 'question', flow, slot, again: false }], situation);
}

function pathSection(path: Path, context: { flow: Flow; world: World; language: Language }): string {
  return [
    `### ${path.who}（${whenText(context.world.now)}）`,
    answerTexts(path, context)
      .map((answer) => `- ${answer}`)
      .join('\n'),
    ...path.replies.map((reply) => quote(replyText(reply))),
  ].join('\n\n');
}

export function whenText({ today, time }: Now): string {
  return `${formatFact(today, dates)} ${formatFact(time, dates)}`;
}

/** 「生年月日 ＝ 1980年3月3日」: what the person answers, in order. */
export function answerTexts({ answers }: Path, { flow, language }: { flow: Flow; language: Language }): string[] {
  return Object.entries(answers).map(([slot, value]) => {
    const question = questionText(language, { flow: flow.id, slot });
    const label = value === 'unknown' ? question?.unknown : question?.choices[value]?.label;
    return `${question?.name ?? slot} ＝ ${isPlainDate(value) || isMoment(value) ? formatFact(value, dates) : (label ?? value)}`;
  });
}

function quote(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `> ${line}  `)
    .join('\n');
}
