/** 「昭和55年ですか、1955年ですか」: readings of one date that differ in the year. */

import { isPlainDate } from '../rules/dates.ts';
import { eraYearOf } from '../rules/eras.ts';
import type { Answers } from '../rules/rule.ts';
import type { Choosable } from './choose.ts';
import { formatFact } from './formats.ts';

/** The options as choices named by their year in both calendars. */
export function yearChoices(options: readonly Answers[], slot: string): readonly Choosable<Answers>[] {
  return options.flatMap((means) => {
    const on = means[slot];
    if (!isPlainDate(on)) return [];
    const era = eraYearOf(on);
    const also = [on.slice(0, 4), `${on.slice(0, 4)}年`, era, era.slice(0, -1)];
    return [{ label: formatFact(on, 'year'), also, contains: [], means }];
  });
}
