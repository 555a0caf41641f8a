/** One visit to the counter that serves several people: the days between which it can be. */
import { isPlainDate, type PlainDate } from './dates.ts';
import type { FactKind, Facts } from './rule.ts';

export const togetherKinds = {
  oneVisit: ['yes', 'no', 'none'],
  togetherFrom: 'date',
  togetherUntil: 'date',
} as const satisfies Readonly<Record<string, FactKind>>;

/**
 * From the first day on which the counter can deal with everybody until the last on which nobody's certificate has ended ('no': there is no such day).
 * Whose certificate has ended already has no last day; who needs a new card does not come for this. 'none': fewer than two come.
 */
export function together(people: readonly Facts[]): Facts {
  const come = people.filter(({ procedure }) => procedure === 'certificate');
  if (come.length < 2) return { oneVisit: 'none' };
  const from = sorted(come.map(({ visitOn }) => visitOn)).at(-1);
  const [until] = sorted(come.filter(({ inTime }) => inTime === 'yes').map(({ lastOpenDay }) => lastOpenDay));
  if (from === undefined) return { oneVisit: 'none' };
  if (until !== undefined && until < from) return { oneVisit: 'no' };
  return { oneVisit: 'yes', togetherFrom: from, ...(until !== undefined && { togetherUntil: until }) };
}

function sorted(days: readonly unknown[]): PlainDate[] {
  return days.filter(isPlainDate).sort();
}
