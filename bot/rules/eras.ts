/**
 * The Japanese eras. 大正 and 昭和 began on the day their predecessor ended, so that day belongs to both; 平成 began on the day after
 * (昭和64年政令第1号), 令和 on the day named in advance (平成30年政令第302号).
 */
import { type PlainDate, partsOf } from './dates.ts';

export interface Era {
  readonly letter: string;
  readonly name: string;
  /** Add to the era's year to get the Western one. */
  readonly offset: number;
  readonly from: PlainDate;
  readonly until: PlainDate;
  /** The last Western year in which the era was counted. */
  readonly lastYear: number;
}

export const eras: readonly Era[] = [
  { letter: 'm', name: '明治', offset: 1867, from: '1868-10-23', until: '1912-07-30', lastYear: 1912 },
  { letter: 't', name: '大正', offset: 1911, from: '1912-07-30', until: '1926-12-25', lastYear: 1926 },
  { letter: 's', name: '昭和', offset: 1925, from: '1926-12-25', until: '1989-01-07', lastYear: 1989 },
  { letter: 'h', name: '平成', offset: 1988, from: '1989-01-08', until: '2019-04-30', lastYear: 2019 },
  { letter: 'r', name: '令和', offset: 2018, from: '2019-05-01', until: '9999-12-31', lastYear: 9999 },
];

/** The era of m, t, s, h or r. */
export function eraByLetter(letter: string): Era {
  const era = eras.find((candidate) => candidate.letter === letter);
  if (!era) throw new Error(`an era letter is one of ${eras.map((each) => each.letter).join(', ')}, not ${letter}`);
  return era;
}

/** 「平成2年」「令和元年」: the era and year of a day; empty before 明治. On a day of two eras, the later. */
export function eraYearOf(on: PlainDate): string {
  const era = eras.findLast((candidate) => candidate.from <= on);
  if (!era) return '';
  const year = partsOf(on).year - era.offset;
  return `${era.name}${year === 1 ? '元' : year}年`;
}
