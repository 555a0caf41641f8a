/** The buttons under what is said. */
import { isPlainDate } from '../rules/dates.ts';
import type { Facts } from '../rules/rule.ts';
import { formatFact } from './formats.ts';
import { fits } from './journey.ts';
import type { Language, Question, QuestionText, Variant } from './library.ts';
import type { Situation } from './situation.ts';
import type { Action, Button, Choice, Command, ReminderAct } from './types.ts';
import { fill, variantOf } from './words.ts';

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
  const withTime = question.kind === 'day';
  const picker: Choice[] = range
    ? [
        {
          label: withTime ? language.words.labels.pickDay : language.words.labels.pickDate,
          does: { kind: 'pick-date', button: { ...button, value: '' }, range, withTime },
        },
      ]
    : [];
  if (!withTime) return [...picker, unknownChoice(question, words)];
  const days = words.offers.map((name) => journey?.facts[name]).filter(isPlainDate);
  return [
    ...days.map((value): Choice => {
      const label = formatFact(value, language.dates, 'brief');
      return { label, does: { kind: 'button', button: { ...button, value } } };
    }),
    ...picker,
  ];
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
  return variant ? buttonsOf(variant, { facts, language: situation.language }) : [];
}

/** 「済んだ」 and the like under what is said of one person are about that person, whoever the talk is about when it is tapped. */
export function ofPerson(choice: Choice, person: string): Choice {
  const { label, does } = choice;
  if (does.kind !== 'button' || does.button.kind !== 'do') return choice;
  const { action } = does.button;
  if (action.kind === 'ask') return actionChoice(label, { ...action, person });
  const act = action.kind === 'command' ? actOf[action.command] : undefined;
  return act === undefined ? choice : actionChoice(label, { kind: 'reminder', act, person });
}

const actOf: Partial<Record<Command, ReminderAct>> = { done: 'done', 'stop-reminders': 'stop' };

/** A choice that is a button, and nothing else. */
export type Tappable = Choice & { readonly does: { readonly kind: 'button'; readonly button: Button } };

/** The buttons of a text; those that answer with a fact that is not known are left out. */
export function buttonsOf(
  { choices }: Pick<Variant, 'choices'>,
  { facts, language }: { readonly facts: Facts; readonly language: Language },
): Tappable[] {
  return choices.flatMap(({ label, button: given, fromFact, when }) => {
    if (!fits(when, facts)) return [];
    const value = fromFact === undefined ? undefined : facts[fromFact];
    if (fromFact !== undefined && value === undefined) return [];
    const button = value !== undefined && given.kind === 'answer' ? { ...given, value: String(value) } : given;
    return [{ label: fill(label, facts, language), does: { kind: 'button', button } }];
  });
}
