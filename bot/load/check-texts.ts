/** The texts of one language: all there, all used, every placeholder a fact, every choice leading somewhere. */

import type { Targets } from './check-choice.ts';
import { checkCommon, checkFaq } from './check-common.ts';
import { checkQuestion } from './check-question.ts';
import { checkVariants } from './check-variants.ts';
import type { Files, FlowFile, LanguageFiles } from './files.ts';
import { askLines, tellLines } from './flow.ts';
import { type Names, namesEverywhere, namesOf } from './names.ts';
import type { Problem } from './problem.ts';
import { sayIssue } from './shape-problems.ts';
import { questionShape, textShape } from './shapes/texts.ts';

export function checkLanguage(language: LanguageFiles, files: Files): Problem[] {
  const names = namesEverywhere(language, files);
  const targets: Targets = {
    flows: new Map(files.flows.map((flow) => [flow.id, flow])),
    faq: new Set(Object.keys(language.faq.value)),
  };
  return [
    ...checkCommon(language, { names, targets, flows: files.flows }),
    ...checkFaq(language, { names, targets }),
    ...files.flows.flatMap((flow) => checkFlowTexts(flow, language, { names, targets })),
  ];
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
  const told = tellLines(flow).map(({ text }) => text);
  const wanted = [
    ...[...lines.keys()].map((key, index) => ({ key, path: ['ask', index] })),
    ...told.map((key, index) => ({ key, path: ['tell', index] })),
  ].filter(({ key }) => file.value[key] === undefined);
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
      const read = line ? questionShape.safeParse(written) : textShape.safeParse(written);
      if (!read.success) {
        const issues = read.error.issues.flatMap(sayIssue);
        return issues.map(({ path, message, remedy, mark }) => file.problem([key, ...path], message, remedy, mark));
      }
      return line
        ? checkQuestion(file, questionShape.parse(written), { line, flow, names })
        : checkVariants(file, [key], textShape.parse(written), { names, targets: context.targets, flow });
    }),
  ];
}
