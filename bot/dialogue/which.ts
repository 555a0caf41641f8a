/** 「昭和55年ですか、1955年ですか」: readings of one date that differ in the year. */

import { dayOf, isMoment, isPlainDate } from '../rules/dates.ts';
import { eraYearOf } from '../rules/eras.ts';
import type { Answers } from '../rules/rule.ts';
import type { Choosable } from './choose.ts';
import { type DateWriter, formatFact } from './formats.ts';
import type { Question } from './library.ts';

/** The options as choices: days by their weekday, other dates by their year, or in full where the years are the same (3/4/1980). */
export function optionChoices(
  options: readonly Answers[],
  { slot, kind }: Pick<Question, 'slot' | 'kind'>,
  dates: DateWriter,
): readonly Choosable<Answers>[] {
  if (kind !== 'day') return yearChoices(options, slot, dates);
  return options.flatMap((means) => {
    const on = means[slot];
    if (!isPlainDate(on) && !isMoment(on)) return [];
    return [{ label: formatFact(dayOf(on), dates, 'brief'), also: [], contains: [], means }];
  });
}

function yearChoices(options: readonly Answers[], slot: string, dates: DateWriter): readonly Choosable<Answers>[] {
  const years = new Set(options.map((means) => means[slot]?.slice(0, 4)));
  const isByYear = years.size === options.length;
  return options.flatMap((means) => {
    const on = means[slot];
    if (!isPlainDate(on)) return [];
    const era = eraYearOf(on);
    const also = [on.slice(0, 4), `${on.slice(0, 4)}年`, era, era.slice(0, -1)];
    const label = formatFact(on, dates, isByYear ? 'year' : 'no-weekday');
    return [{ label, also: isByYear ? also : [], contains: [], means }];
  });
}
