/** 「有効期限は2026年3月3日」: a date that says what it is the date of belongs there, whatever was asked. */

import type { PlainDate } from '../rules/dates.ts';
import { journeyOf } from './journey.ts';
import type { Question } from './library.ts';
import { normalise } from './normalise.ts';
import { questionText } from './question-text.ts';
import { refusal, type Situation } from './situation.ts';
import type { Intent } from './types.ts';

/** The date questions that the words beside a date name best; none when they name none. */
export function labelledSlots(around: string, situation: Situation): readonly string[] {
  return namedSlots(around, situation, ({ kind }) => kind === 'date');
}

/** The questions that a text names best. */
export function namedSlots(
  text: string,
  { flow, language }: Situation,
  among: (question: Question) => boolean = () => true,
): readonly string[] {
  const typed = normalise(text);
  const named = (flow?.ask ?? [])
    .filter(among)
    .map((question) => ({
      slot: question.slot,
      weight: weightOf(questionText(language, question)?.called ?? [], typed),
    }))
    .filter(({ weight }) => weight > 0);
  const heaviest = Math.max(...named.map(({ weight }) => weight));
  return named.filter(({ weight }) => weight === heaviest).map(({ slot }) => slot);
}

/** How much of the text the words are: 「お知らせの有効期限」 names the certificate's date twice, the card's once. */
function weightOf(words: readonly string[], typed: string): number {
  return words.filter((word) => typed.includes(word)).reduce((weight, word) => weight + word.length, 0);
}

/** Files a date under another question than the one asked: it corrects that answer, or is given ahead. */
export function placeDate(on: PlainDate, slot: string, situation: Situation): Intent {
  const { flow, journey } = situation;
  const why = refusal(situation, slot, on);
  if (why) return { kind: 'retry', flow: flow?.id ?? '', slot, why };
  if (journey?.given[slot] !== undefined) return { kind: 'correction', values: { [slot]: on } };
  return { kind: 'answer', values: { ...skippedFor(slot, situation), [slot]: on } };
}

/**
 * Who gives the card's date when asked for the issue date does not know the latter: the dates between are answered 「わからない」.
 * Before the first answer nothing is skipped, and a date that answers everything needs no skipping.
 */
function skippedFor(slot: string, { flow, session, journey, world }: Situation): Record<string, 'unknown'> {
  const suffices = flow?.rule?.slots[slot]?.suffices ?? false;
  if (!flow || suffices || Object.keys(journey?.given ?? {}).length === 0) return {};
  const skipped: Record<string, 'unknown'> = {};
  for (let tries = 0; tries < flow.ask.length; tries += 1) {
    const ahead = Object.entries(skipped).map(([name, value]) => [name, { value, messageIds: [] }]);
    const open: Question | undefined = journeyOf(
      flow,
      { ...session.answers, ...Object.fromEntries(ahead) },
      world.now,
    ).open;
    if (open?.slot === slot) return skipped;
    if (open?.kind !== 'date') return {};
    skipped[open.slot] = 'unknown';
  }
  return {};
}
