/** A text with its variants: conditions that can be true, sentences that can be filled, choices that lead somewhere. */

import { checkChoice, type Targets } from './check-choice.ts';
import { checkConditions, type Possible } from './check-conditions.ts';
import { checkSentence } from './check-sentence.ts';
import type { FlowFile } from './files.ts';
import type { Names } from './names.ts';
import type { Problem } from './problem.ts';
import type { VariantShape } from './shapes/texts.ts';
import type { Path, YamlFile } from './yaml.ts';

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
      ...checkConditions(file, [...here, 'when'], when, (name) => possibleIn(context.names, name)),
    ];
  });
}

/** What a name of these can be in a condition. */
export function possibleIn(names: Names, name: string): Possible {
  const kind = names.get(name);
  if (kind === 'personal' || kind === 'date') return ['known', 'unknown'];
  if (Array.isArray(kind)) return kind;
  return { message: `「${name}」は条件に使えません`, remedy: '決まった言葉になるものだけを条件に使えます。' };
}
