/** A choice outside a question: it does exactly one thing, and that leads somewhere. */

import { dateFormats, dateWriter, formatFact } from '../dialogue/formats.ts';
import { fillTemplate, parseTemplate } from '../dialogue/template.ts';
import { commands } from '../dialogue/types.ts';
import { checkLabel } from './check-label.ts';
import { checkSentence } from './check-sentence.ts';
import type { FlowFile } from './files.ts';
import { languageOf, mainLanguage } from './files.ts';
import { askLines } from './flow.ts';
import type { Names } from './names.ts';
import type { Problem } from './problem.ts';
import type { ChoiceShape } from './shapes/texts.ts';
import type { Path, YamlFile } from './yaml.ts';

/** What a choice may lead to. */
export interface Targets {
  readonly flows: ReadonlyMap<string, FlowFile>;
  readonly faq: ReadonlySet<string>;
}

export function checkChoice(
  file: YamlFile<unknown>,
  path: Path,
  choice: ChoiceShape,
  { targets, names, flow }: { targets: Targets; names: Names; flow?: FlowFile },
): Problem[] {
  const does = (['flow', 'faq', 'command', 'ask', 'answer'] as const).filter((key) => choice[key] !== undefined);
  if (does.length !== 1) {
    const remedy = `flow、faq、command（${commands.join('、')}）、ask、answer のどれかひとつを書いてください。`;
    return [file.problem(path, `「${choice.label}」を押したときにすることが、ひとつに決まりません`, remedy)];
  }
  const flows = [...targets.flows.keys()];
  return [
    ...checkSentence(file, [...path, 'label'], choice.label, names),
    ...checkLabel(file, [...path, 'label'], withExamples(choice.label, file)),
    ...(choice.ask === undefined || flow === undefined || isOnRequest(choice.ask, flow)
      ? []
      : [
          file.problem(
            [...path, 'ask'],
            `頼まれて聞く質問「${choice.ask}」はありません`,
            `${flow.file} の ask で、on request: true の付いた質問の名前を書いてください。`,
          ),
        ]),
    ...(choice.ask === undefined || flow !== undefined
      ? []
      : [
          file.problem(
            [...path, 'ask'],
            'ここからは、質問を頼めません',
            'ask は、その質問がある対話の文（content/ の同じ名前のファイル）で使えます。',
          ),
        ]),
    ...(choice.flow === undefined || flows.includes(choice.flow)
      ? []
      : [
          file.problem(
            [...path, 'flow'],
            `対話「${choice.flow}」はありません`,
            `flows/ にあるのは ${flows.join('、')} です。`,
          ),
        ]),
    ...(choice.faq === undefined || targets.faq.has(choice.faq)
      ? []
      : [
          file.problem(
            [...path, 'faq'],
            `よくある質問「${choice.faq}」はありません`,
            'faq.yaml にある名前を書いてください。',
          ),
        ]),
    ...Object.entries(choice.answer ?? {})
      .filter(([slot, value]) => !canAnswer(slot, value, { flow, names }))
      .map(([slot, value]) =>
        file.problem(
          [...path, 'answer', slot],
          `「${slot}: ${value}」という答えはありません`,
          'flows/ の ask にある質問と選択肢を書いてください（日付は unknown、これからの日は規則が作る日の名前）。',
          'key',
        ),
      ),
  ];
}

function isOnRequest(slot: string, flow: FlowFile): boolean {
  return askLines(flow).some((line) => line.slot === slot && line.onRequest);
}

/** With a day where one will stand: none is written longer. */
function withExamples(label: string, { file }: YamlFile<unknown>): string {
  const dates = dateWriter(languageOf(file) ?? mainLanguage);
  return fillTemplate(parseTemplate(label), ({ format }) =>
    dateFormats.some((each) => each === format) ? formatFact('2028-12-27', dates, format) : '',
  );
}

/** Only a flow's own texts can answer its questions. */
function canAnswer(
  slot: string,
  value: string,
  { flow, names }: { flow: FlowFile | undefined; names: Names },
): boolean {
  const line = flow && askLines(flow).find((each) => each.slot === slot);
  if (line?.kind === 'day') return names.get(value) === 'date';
  return line?.kind === 'date' ? value === 'unknown' : (line?.choices.includes(value) ?? false);
}
