/** A choice among what was shown last: by number, by its name, or 「くわしく」. */
import { saysOneOf } from './answer-words.ts';
import { actionIntent, understandButton } from './buttons.ts';
import { choose } from './choose.ts';
import type { Language } from './library.ts';
import { readChoiceNumber } from './normalise.ts';
import { buttonsOf } from './say-choices.ts';
import type { Situation } from './situation.ts';
import type { Action, Intent } from './types.ts';
import { factsOf, variantOf } from './words.ts';

/** A number or label of the choices shown last, when no question is open. */
export function offeredChoice(text: string, situation: Situation): Intent | undefined {
  const { session, language } = situation;
  if (session.offered === null || 'actions' in session.offered) return undefined;
  const offered = variantOf(language.texts.get(session.offered.text), factsOf(situation));
  // Only numbers that are shown mean anything; the words on a button can always be typed.
  if (!offered || (!offered.numbered && readChoiceNumber(text) !== undefined)) return undefined;
  const shown = buttonsOf(offered, { facts: factsOf(situation), language });
  const choices = shown.map(({ label, does }) => ({ label, also: [], contains: [], means: does.button }));
  const button = choose(text, choices);
  return button && understandButton(button, situation);
}

/** A number after 「もしかして」, or a person's name where people are shown: it belongs to what was shown last, whatever is still open. */
export function offeredAction(text: string, { session, language }: Situation): Intent | undefined {
  if (session.offered === null || !('actions' in session.offered)) return undefined;
  const { actions } = session.offered;
  const number = readChoiceNumber(text);
  const action = number === undefined ? namedAction(text, actions, language) : actions[number - 1];
  return action && actionIntent(action);
}

/** 「母」「お母さん」, where people are shown. */
function namedAction(text: string, [one]: readonly Action[], { words }: Language): Action | undefined {
  if (one === undefined || !('person' in one)) return undefined;
  const [person] = [...words.people].find(([, { also }]) => saysOneOf(text, also)) ?? [];
  return person === undefined ? undefined : { ...one, person };
}

/** 「くわしく」; where there is nothing more, what else there is. */
export function moreOfIt(text: string, { session, language }: Situation): Intent | undefined {
  if (!saysOneOf(text, language.words.more)) return undefined;
  return session.more === null ? { kind: 'command', command: 'menu' } : { kind: 'more', text: session.more };
}
