/** The texts of one language: all there, all used, every placeholder a fact, every choice leading somewhere. */

import type { z } from 'zod';
import { normalise } from '../dialogue/normalise.ts';
import { commands as allCommands } from '../dialogue/types.ts';
import type { Targets } from './check-choice.ts';
import { checkCommon, checkFactNames, checkFaq, checkReplies, missing } from './check-common.ts';
import { checkLabel } from './check-label.ts';
import { checkQuestion } from './check-question.ts';
import { checkEveryCase, checkWaysToStaff } from './check-reach.ts';
import { checkRichMenu } from './check-rich-menu.ts';
import { checkVariants } from './check-variants.ts';
import { type Files, type FlowFile, type LanguageFiles, mainLanguage } from './files.ts';
import { askLines, dayLines, tellLines } from './flow.ts';
import { type Names, namesEverywhere, namesOf } from './names.ts';
import type { Problem } from './problem.ts';
import { sayIssue } from './shape-problems.ts';
import { questionShape, textShape } from './shapes/texts.ts';
import type { Path, YamlFile } from './yaml.ts';

export function checkLanguage(language: LanguageFiles, files: Files): Problem[] {
  const names = namesEverywhere(language, files);
  const targets: Targets = {
    flows: new Map(files.flows.map((flow) => [flow.id, flow])),
    faq: new Set(Object.keys(language.faq.value)),
  };
  return [
    ...checkCommon(language, { names, targets, flows: files.flows }),
    ...checkRichMenu(language),
    ...checkWaysToStaff(language),
    ...checkFaq(language, { names, targets }),
    ...checkReplies(language, { names, flows: files.flows }),
    ...checkFactNames(language, files.flows),
    ...checkWords(language),
    ...files.flows.flatMap((flow) => checkFlowTexts(flow, language, { names, targets })),
  ];
}

/** The words that stand on buttons, and commands that would swallow an answer. */
function checkWords({ language, words, flows }: LanguageFiles): Problem[] {
  const { commands, yes, no } = words.value;
  const onButtons: (readonly [Path, string | undefined])[] = [
    [['pick a date'], words.value['pick a date']],
    [['do not know'], words.value['do not know']],
    [['yes', 0], yes[0]],
    [['no', 0], no[0]],
    [['more', 0], words.value.more[0]],
  ];
  const answers = new Set(
    [...flows.values()]
      .flatMap(({ value }) => Object.values(value))
      .flatMap(answerWords)
      .map(normalise),
  );
  return [
    ...missing(words, ['commands'], language === mainLanguage ? allCommands : [], commands),
    ...missing(words, [], language === mainLanguage ? ['pick a day'] : [], words.value),
    ...onButtons.flatMap(([path, label]) => checkLabel(words, path, label ?? '')),
    ...Object.entries(commands).flatMap(([command, list]) =>
      list.flatMap((word, index) =>
        answers.has(normalise(word))
          ? [
              words.problem(
                ['commands', command, index],
                `「${word}」は質問の答えにもなっています`,
                'どちらかから消してください。命令の言葉は、いつでも答えより先にはたらきます。',
              ),
            ]
          : [],
      ),
    ),
  ];
}

/** Labels and other whole words of a question's choices; nothing for what is no question. */
function answerWords(written: unknown): string[] {
  const question = questionShape.safeParse(written);
  return question.success ? Object.values(question.data.choices).flatMap(({ label, also }) => [label, ...also]) : [];
}

/** Each key of the flow's text file is a question's words or a text that `tell` names; none is missing, none is left over. */
function checkFlowTexts(
  flow: FlowFile,
  language: LanguageFiles,
  context: { names: Names; targets: Targets },
): Problem[] {
  const file = language.flows.get(flow.id);
  if (!file) return [];
  const names: Names = new Map([...context.names, ...namesOf(flow)]);
  const lines = new Map(askLines(flow).map((line) => [line.slot, line]));
  const { next } = flow.value;
  const ends: { key: string; path: Path }[] = [
    ...(['tell', 'why'] as const).flatMap((section) =>
      tellLines(flow, section).map(({ text: key }, index) => ({ key, path: [section, index] })),
    ),
    ...(['remind', 'calendar'] as const).flatMap((section) =>
      dayLines(flow, section).map(({ text: key }, index) => ({ key, path: [section, index] })),
    ),
    ...Object.entries(flow.value.family ?? {}).map(([name, key]) => ({ key, path: ['family', name] })),
    ...(next === undefined ? [] : [{ key: next, path: ['next'] }]),
  ];
  const told = ends.map(({ key }) => key);
  const wanted = [...[...lines.keys()].map((key, index) => ({ key, path: ['ask', index] })), ...ends].filter(
    ({ key }) => file.value[key] === undefined,
  );
  return [
    ...wanted.map(({ key, path }) =>
      flow.problem(path, `「${key}」の文がありません`, `${file.file} に「${key}:」を足してください。`),
    ),
    ...Object.entries(file.value).flatMap(([key, written]): Problem[] => {
      const line = lines.get(key);
      if (!line && !told.includes(key)) {
        const remedy = `${flow.file} の tell に足すか、この部分を消してください。`;
        return [file.problem([key], `「${key}」はどこでも使われません`, remedy, 'key')];
      }
      if (line) {
        const question = questionShape.safeParse(written);
        return question.success
          ? checkQuestion(file, question.data, { line, flow, names })
          : shapeProblems(file, key, question.error);
      }
      const text = textShape.safeParse(written);
      return text.success
        ? [
            ...checkVariants(file, [key], text.data, { names, targets: context.targets, flow }),
            ...checkEveryCase(file, [key], text.data, names),
          ]
        : shapeProblems(file, key, text.error);
    }),
  ];
}

function shapeProblems(file: YamlFile<unknown>, key: string, { issues }: z.ZodError): Problem[] {
  return issues
    .flatMap(sayIssue)
    .map(({ path, message, remedy, mark }) => file.problem([key, ...path], message, remedy, mark));
}
