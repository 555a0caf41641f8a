/** The page of all paths of a flow, for the office to check: the questions once, then every path with its real sentences. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { diagramOf } from '../dialogue/diagram.ts';
import { formatFact } from '../dialogue/formats.ts';
import type { Flow, Language, Library, World } from '../dialogue/library.ts';
import { type Path, pathsOf } from '../dialogue/paths.ts';
import { questionText } from '../dialogue/question-text.ts';
import { say } from '../dialogue/say.ts';
import { newSession } from '../dialogue/session.ts';
import { situationOf } from '../dialogue/situation.ts';

import { plainDate } from '../load/shapes/atoms.ts';
import { type ClockTime, isClockTime, isPlainDate } from '../rules/dates.ts';
import { choicesText, replyText } from '../talk.ts';

const dateAnswers = z.record(z.string(), z.array(z.union([plainDate, z.literal('unknown')])));
const sampleShape = z.strictObject({
  cases: z.array(
    z.strictObject({
      on: plainDate,
      at: z.custom<ClockTime>(isClockTime),
      people: z.array(z.strictObject({ who: z.string(), dates: dateAnswers })),
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
  const language = library.languages.get('ja');
  if (!language) throw new Error('the page of paths is written in Japanese');
  const walked = allPaths(flow, library, samples);
  return [
    `# ${flow.title}: すべての道`,
    '`npm run paths` で作り直すページです。手で直さないでください。直すのは flows/ と content/ です。',
    `道の数: ${walked.reduce((sum, { paths }) => sum + paths.length, 0)}`,
    '## 図',
    `\`\`\`mermaid\n${diagramOf(flow, language)}\n\`\`\``,
    '## 質問',
    ...flow.ask.map(({ slot }) => questionSection(flow, slot, walked[0]?.world)),
    '## 道',
    ...walked.flatMap(({ world, paths }) => paths.map((path) => pathSection(path, { flow, world, language }))),
  ]
    .join('\n\n')
    .concat('\n');
}

function questionSection(flow: Flow, slot: string, world: World | undefined): string {
  if (!world) return '';
  const [reply] = say(
    [{ kind: 'question', flow: flow.id, slot, again: false }],
    situationOf({ ...newSession('ja'), flow: flow.id }, world),
  );
  return reply ? `**${slot}**\n\n${quote([replyText(reply), choicesText(reply)].join('\n'))}` : '';
}

function pathSection(path: Path, { flow, world, language }: { flow: Flow; world: World; language: Language }): string {
  const answers = Object.entries(path.answers).map(([slot, value]) => {
    const question = questionText(language, { flow: flow.id, slot });
    const shown = isPlainDate(value)
      ? formatFact(value)
      : value === 'unknown'
        ? question?.unknown
        : question?.choices[value]?.label;
    return `${question?.name ?? slot} ＝ ${shown ?? value}`;
  });
  const heading = `### ${path.who}（${formatFact(world.now.today)} ${formatFact(world.now.time)}）`;
  return [
    heading,
    answers.map((answer) => `- ${answer}`).join('\n'),
    ...path.replies.map((reply) => quote(replyText(reply))),
  ].join('\n\n');
}

function quote(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `> ${line}  `)
    .join('\n');
}
