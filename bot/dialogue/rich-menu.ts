/** The menu at the foot of the chat on a phone: it stands there whatever is being talked about. */
import type { Language } from './library.ts';
import { buttonsOf } from './say.ts';
import type { Choice } from './types.ts';
import { fill } from './words.ts';

export interface RichMenu {
  /** What stands on the bar that opens it. */
  readonly bar: string;
  readonly areas: readonly Choice[];
}

export function richMenuOf(language: Language): RichMenu {
  const [variant] = language.texts.get('common.rich-menu') ?? [];
  if (!variant) throw new Error('common.rich-menu is there: the loader refuses to start without');
  return { bar: variant.text ? fill(variant.text, {}, language) : '', areas: buttonsOf(variant) };
}
