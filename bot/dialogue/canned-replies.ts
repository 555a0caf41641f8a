/** Ready-made words for clerks, filled with what is known of a resident. */
import type { Facts } from '../rules/rule.ts';
import { fits } from './journey.ts';
import type { Language, Library } from './library.ts';
import { newSession } from './session.ts';
import { placeholdersOf } from './template.ts';
import type { Now } from './types.ts';
import { factsOf, fill } from './words.ts';

/** Those that fit the resident; none with a gap where something is not known. `facts`: the answers, and what the rules worked out. */
export function cannedReplies(
  facts: Facts,
  { library, language, now }: { readonly library: Library; readonly language: Language; readonly now: Now },
): { readonly title: string; readonly text: string }[] {
  const desk = { waiting: 0, newTicket: '' };
  const world = { library, now, desk };
  const nothing = { session: newSession(language.tag), flow: undefined, journey: undefined };
  const known = { ...facts, ...factsOf({ world, language, ...nothing }) };
  const isKnown = (name: string) => known[name] !== undefined || language.phrases.has(name);
  return [...language.replies.values()]
    .filter(({ when, text }) => fits(when, known) && placeholdersOf(text).every(({ name }) => isKnown(name)))
    .map(({ title, text }) => ({ title, text: fill(text, known, language).trim() }));
}
