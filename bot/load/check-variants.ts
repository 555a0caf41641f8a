/** A text with its variants: conditions that can be true, sentences that can be filled, choices that lead somewhere. */
import { commands } from '../dialogue/types.ts';
import { ruleOf } from './check-flow.ts';
import { checkSentence, type Names } from './check-sentence.ts';
import { tooLongForButton } from './check-texts.ts';
import type { FlowFile } from './files.ts';
import { askLines } from './flow.ts';
import type { Problem } from './problem.ts';
import type { ChoiceShape, VariantShape } from './shapes.ts';
import type { Path, YamlFile } from './yaml.ts';

/** What a choice may lead to. */
export interface Targets {
  readonly flows: ReadonlyMap<string, FlowFile>;
  readonly faq: ReadonlySet<string>;
}

interface Context {
  readonly names: Names;
  readonly targets: Targets;
  readonly flow?: FlowFile;
}

export function checkVariants(
  file: YamlFile<unknown>,
  path: Path,
  variants: readonly VariantShape[],
  context: Context,
): Problem[] {
  return variants.flatMap((variant, index) => {
    const here = variants.length > 1 ? [...path, index] : path;
    const { text, card, choices, when } = variant;
    const sentences = [
      ...(text === undefined ? [] : [{ at: ['text'], sentence: text }]),
      ...(card
        ? [
            { at: ['card', 'title'], sentence: card.title },
            { at: ['card', 'alt'], sentence: card.alt },
            ...(card.note === undefined ? [] : [{ at: ['card', 'note'], sentence: card.note }]),
            ...card.rows.map((row, rowIndex) => ({ at: ['card', 'rows', rowIndex, 'value'], sentence: row.value })),
          ]
        : []),
    ];
    return [
      ...(text === undefined && !card && choices.length === 0
        ? [file.problem(here, '文がありません', 'text: か card: を書いてください。', 'key')]
        : []),
      ...sentences.flatMap(({ at, sentence }) => checkSentence(file, [...here, ...at], sentence, context.names)),
      ...choices.flatMap((choice, choiceIndex) =>
        checkChoice(file, [...here, 'choices', choiceIndex], choice, context),
      ),
      ...checkWhen(file, [...here, 'when'], when, context.names),
    ];
  });
}

function checkWhen(file: YamlFile<unknown>, path: Path, when: VariantShape['when'], names: Names): Problem[] {
  return Object.entries(when).flatMap(([name, values]) => {
    const kind = names.get(name);
    const possible = kind === 'personal' || kind === 'date' ? ['known', 'unknown'] : kind;
    if (!Array.isArray(possible))
      return [
        file.problem(
          [...path, name],
          `「${name}」は条件に使えません`,
          '決まった言葉になるものだけを条件に使えます。',
          'key',
        ),
      ];
    return values
      .filter((value) => !possible.includes(value))
      .map((value) =>
        file.problem(
          [...path, name],
          `「${name}」が「${value}」になることはありません`,
          `「${name}」は ${possible.join('、')} のどれかです。`,
        ),
      );
  });
}

function checkChoice(file: YamlFile<unknown>, path: Path, choice: ChoiceShape, { targets, flow }: Context): Problem[] {
  const does = (['flow', 'faq', 'command', 'answer'] as const).filter((key) => choice[key] !== undefined);
  const problem = (message: string, remedy: string, at: Path = path) => [file.problem(at, message, remedy)];
  if (does.length !== 1)
    return problem(
      `「${choice.label}」を押したときにすることが、ひとつに決まりません`,
      `flow、faq、command（${commands.join('、')}）のどれかひとつを書いてください。`,
    );
  if (tooLongForButton(choice.label))
    return problem(`ボタンの文字「${choice.label}」が長すぎます`, 'LINE のボタンは20文字までです。短くしてください。', [
      ...path,
      'label',
    ]);
  if (choice.flow !== undefined && !targets.flows.has(choice.flow)) {
    return problem(
      `対話「${choice.flow}」はありません`,
      `flows/ にあるのは ${[...targets.flows.keys()].join('、')} です。`,
      [...path, 'flow'],
    );
  }
  if (choice.faq !== undefined && !targets.faq.has(choice.faq)) {
    return problem(`よくある質問「${choice.faq}」はありません`, 'faq.yaml にある名前を書いてください。', [
      ...path,
      'faq',
    ]);
  }
  const answers = Object.entries(choice.answer ?? {});
  const lines = flow && ruleOf(flow) ? askLines(flow) : [];
  return answers
    .filter(
      ([slot, value]) =>
        !lines.some(
          (line) => line.slot === slot && (line.kind === 'date' ? value === 'unknown' : line.choices.includes(value)),
        ),
    )
    .map(([slot, value]) =>
      file.problem(
        [...path, 'answer', slot],
        `「${slot}: ${value}」という答えはありません`,
        'flows/ の ask にある質問と選択肢を書いてください（日付は unknown だけ）。',
        'key',
      ),
    );
}
