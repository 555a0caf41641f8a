/** A choice outside a question: it does exactly one thing, and that leads somewhere. */
import { commands } from '../dialogue/types.ts';
import { checkLabel } from './check-label.ts';
import type { FlowFile } from './files.ts';
import { askLines } from './flow.ts';
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
  { targets, flow }: { targets: Targets; flow?: FlowFile },
): Problem[] {
  const does = (['flow', 'faq', 'command', 'answer'] as const).filter((key) => choice[key] !== undefined);
  if (does.length !== 1) {
    const remedy = `flow、faq、command（${commands.join('、')}）のどれかひとつを書いてください。`;
    return [file.problem(path, `「${choice.label}」を押したときにすることが、ひとつに決まりません`, remedy)];
  }
  const flows = [...targets.flows.keys()];
  return [
    ...checkLabel(file, [...path, 'label'], choice.label),
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
      .filter(([slot, value]) => !canAnswer(slot, value, flow))
      .map(([slot, value]) =>
        file.problem(
          [...path, 'answer', slot],
          `「${slot}: ${value}」という答えはありません`,
          'flows/ の ask にある質問と選択肢を書いてください（日付は unknown だけ）。',
          'key',
        ),
      ),
  ];
}

/** Only a flow's own texts can answer its questions. */
function canAnswer(slot: string, value: string, flow: FlowFile | undefined): boolean {
  const line = flow && askLines(flow).find((each) => each.slot === slot);
  return line?.kind === 'date' ? value === 'unknown' : (line?.choices.includes(value) ?? false);
}
