/** The buttons under what is said. */
import type { Facts } from '../rules/rule.ts';
import type { Language, Question, QuestionText, Variant } from './library.ts';
import type { Situation } from './situation.ts';
import type { Action, Choice } from './types.ts';
import { variantOf } from './words.ts';

export function answerChoices({ flow, slot, meaning, choices }: Question, words: QuestionText): Choice[] {
  return choices.map((value) => ({
    label: words.choices[value]?.label ?? value,
    does: { kind: 'button', button: { kind: 'answer', flow, slot, meaning, value } },
  }));
}

export function dateChoices(
  question: Question,
  words: QuestionText,
  { situation }: { readonly situation: Situation },
): Choice[] {
  const { flow, slot, meaning } = question;
  const { world, journey, language } = situation;
  const button = { kind: 'answer', flow, slot, meaning } as const;
  const range = world.library.flows.get(flow)?.rule?.slots[slot]?.range(journey?.given ?? {}, world.now);
  const picker: Choice[] = range
    ? [{ label: language.words.labels.pickDate, does: { kind: 'pick-date', button: { ...button, value: '' }, range } }]
    : [];
  return [...picker, unknownChoice(question, words)];
}

export function unknownChoice({ flow, slot, meaning }: Question, words: QuestionText): Choice {
  const button = { kind: 'answer', flow, slot, meaning, value: 'unknown' } as const;
  return { label: words.unknown, does: { kind: 'button', button } };
}

/** 「くわしく」 under a text that goes on. */
export function moreButton({ more }: Variant, key: string, { words }: Language): Choice[] {
  if (!more) return [];
  return [actionChoice(words.labels.more, { kind: 'more', text: key })];
}

export function actionChoice(label: string, action: Action): Choice {
  return { label, does: { kind: 'button', button: { kind: 'do', action } } };
}

/** 「戻る」 once there is something to go back to. */
export function wayBack({ situation, facts }: { readonly situation: Situation; readonly facts: Facts }): Choice[] {
  const { session, journey } = situation;
  if (session.handoff?.asking || Object.keys(journey?.given ?? {}).length === 0) return [];
  const variant = variantOf(situation.language.texts.get('common.way-back'), facts);
  return variant ? buttonsOf(variant) : [];
}

export function buttonsOf({ choices }: Variant): Choice[] {
  return choices.map(({ label, button }) => ({ label, does: { kind: 'button', button } }));
}
