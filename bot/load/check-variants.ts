/** A text with its variants: conditions that can be true, sentences that can be filled, choices that lead somewhere. */

import { checkChoice, type Targets } from './check-choice.ts';
import { checkConditions, possibleIn } from './check-conditions.ts';
import { checkOrder } from './check-reach.ts';
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
  return [...checkOrder(file, path, variants), ...checkEach(file, path, variants, context)];
}

function checkEach(
  file: YamlFile<unknown>,
  path: Path,
  variants: readonly VariantShape[],
  context: Context,
): Problem[] {
  return variants.flatMap((variant, index) => {
    const here = variants.length > 1 ? [...path, index] : path;
    const { text, more, card, choices, when } = variant;
    const sentences = [
      ...(text === undefined ? [] : [{ at: ['text'], sentence: text }]),
      ...(more === undefined ? [] : [{ at: ['more'], sentence: more }]),
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
      ...choices.flatMap((choice, choiceIndex) =>
        checkConditions(file, [...here, 'choices', choiceIndex, 'when'], choice.when, (name) =>
          possibleIn(context.names, name),
        ),
      ),
      ...checkConditions(file, [...here, 'when'], when, (name) => possibleIn(context.names, name)),
    ];
  });
}
