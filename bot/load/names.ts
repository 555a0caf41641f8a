/** The names that a sentence may use in `{ }` and in `when`, and what each can be. */
import { talkKinds } from '../dialogue/family.ts';
import { deskKinds, officeKinds } from '../rules/office-facts.ts';
import type { FactKind } from '../rules/rule.ts';
import { ruleOf } from './check-flow.ts';
import type { Files, FlowFile, LanguageFiles } from './files.ts';
import { askLines } from './flow.ts';

/**
 * 'text': words that the dialogue hands over. `sentences`: what may stand there, as the files say. 'personal': a date of which only month and
 * day may be shown.
 */
export type NameKind = FactKind | 'text' | 'personal' | { readonly sentences: readonly string[] };
export type Names = ReadonlyMap<string, NameKind>;

/** What every text may use: the office's facts, the counter at this minute, the phrases. */
export function namesEverywhere({ common, officeWords }: LanguageFiles, { office }: Files): Names {
  return new Map<string, NameKind>([
    ...Object.entries({ ...office.value.facts, ...officeWords?.value }).map(
      ([name, words]) => [name, { sentences: [words] }] as const,
    ),
    ...Object.entries(common.value.phrases).map(
      ([name, variants]) => [name, { sentences: variants.map(({ text = '' }) => text) }] as const,
    ),
    ...Object.entries(talkKinds),
    ...Object.entries(officeKinds),
    ...Object.entries(deskKinds),
  ]);
}

/** A flow's own names: its slots and the facts of its rule. */
export function namesOf(flow: FlowFile): Names {
  const rule = ruleOf(flow);
  const slots = askLines(flow).map(({ slot, kind, choices }): [string, NameKind] => {
    if (kind === 'choice') return [slot, choices];
    if (kind === 'day') return [slot, 'date'];
    return [slot, rule?.slots[slot]?.personal ? 'personal' : 'date'];
  });
  return new Map([...Object.entries<NameKind>(rule?.factKinds ?? {}), ...slots]);
}
