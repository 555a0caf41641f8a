/** The menu at the foot of the chat on a phone: it stands there whatever is being talked about. */
import type { Library } from './library.ts';
import { buttonsOf } from './say-choices.ts';
import type { Choice } from './types.ts';
import { fill } from './words.ts';

export interface RichMenu {
  /** What stands on the bar that opens it. */
  readonly bar: string;
  readonly areas: readonly Choice[];
}

export function richMenuOf({ languages }: Library, name: string): RichMenu {
  const language = languages.get(name);
  const [variant] = language?.texts.get('common.rich-menu') ?? [];
  if (!language || !variant) throw new Error(`the loader only lets a library in that has a rich menu (${name})`);
  return {
    bar: variant.text ? fill(variant.text, {}, language) : '',
    areas: buttonsOf(variant, { facts: {}, language }),
  };
}
