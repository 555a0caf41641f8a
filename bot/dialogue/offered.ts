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
  if (!offered?.numbered) return undefined;
  const shown = buttonsOf(offered, { facts: factsOf(situation), language });
  const choices = shown.map(({ label, button: means }) => ({ label, also: [], contains: [], means }));
  const button = choose(text, choices);
  return button && understandButton(button, situation);
}

/** A number after 「もしかして」, or a person's name where people are shown: it belongs to what was shown last, whatever is still open. */
export function offeredAction(text: string, { session, language }: Situation): Intent | undefined {
  if (session.offered === null || !('actions' in session.offered)) return undefined;
  const { actions } = session.offered;
  const number = readChoiceNumber(text);
  const action = number === undefined ? actions.find((each) => isNamed(text, each, language)) : actions[number - 1];
  return action && actionIntent(action);
}

/** 「母」「お母さん」 */
function isNamed(text: string, action: Action, { words }: Language): boolean {
  return 'person' in action && saysOneOf(text, words.people.get(action.person)?.also ?? []);
}

/** 「くわしく」; where there is nothing more, what else there is. */
export function moreOfIt(text: string, { session, language }: Situation): Intent | undefined {
  if (!saysOneOf(text, language.words.more)) return undefined;
  return session.more === null ? { kind: 'command', command: 'menu' } : { kind: 'more', text: session.more };
}
