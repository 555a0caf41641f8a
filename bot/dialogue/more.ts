/** Texts that go on for whoever asks for more. */
import type { Situation } from './situation.ts';
import type { Say } from './types.ts';
import { factsOf, variantOf } from './words.ts';

/** The last text of those said that goes on; null: none does. */
export function continuedIn(says: readonly Say[], situation: Situation): string | null {
  const { texts } = situation.language;
  const last = says.findLast((each) => {
    if (each.kind !== 'text') return false;
    const text = texts.get(each.key);
    // Few texts go on: the facts are worked out for those only.
    if (!text?.some(({ more }) => more)) return false;
    return variantOf(text, { ...factsOf(situation), ...each.facts })?.more !== undefined;
  });
  return last?.kind === 'text' ? last.key : null;
}
