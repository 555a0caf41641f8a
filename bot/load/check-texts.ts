/** The texts of one language: all there, all used, every placeholder a fact, every choice leading somewhere. */

import type { z } from 'zod';
import type { Targets } from './check-choice.ts';
import { checkCommon, checkFactNames, checkFaq, checkReplies } from './check-common.ts';
import { checkQuestion } from './check-question.ts';
import { checkEveryCase, checkWaysToStaff } from './check-reach.ts';
import { checkRichMenu } from './check-rich-menu.ts';
import { checkVariants } from './check-variants.ts';
import { checkWords } from './check-words.ts';
import type { Files, FlowFile, LanguageFiles } from './files.ts';
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
    ...checkWords(language, files),
    ...files.flows.flatMap((flow) => checkFlowTexts(flow, language, { names, targets })),
  ];
}

/** Each key of the flow's text file is a question's words or a text that a line of the flow names; none is missing, none is left over. */
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
