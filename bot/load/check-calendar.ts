/** The office's calendar: hours in order, nothing both open and closed. */
import type { Problem } from './problem.ts';
import type { CalendarShape } from './shapes/facts.ts';
import type { Path, YamlFile } from './yaml.ts';

export function checkCalendar(file: YamlFile<CalendarShape>): Problem[] {
  const { hours, closures } = file.value;
  const extra = file.value['extra openings'];
  const periods = [
    ...hours.map((entry, index) => ({ path: ['hours', index, 'periods'] as Path, periods: entry.periods })),
    ...extra.map((entry, index) => ({ path: ['extra openings', index, 'periods'] as Path, periods: entry.periods })),
  ];
  return [
    ...periods.flatMap(({ path, periods: list }) =>
      list.flatMap((period, index) => {
        const previous = list[index - 1];
        if (period.opens < period.closes && (!previous || previous.closes <= period.opens)) return [];
        return [
          file.problem(
            [...path, index],
            '開く時刻と閉まる時刻の順番が合いません',
            '早い時間帯から順に、opens を closes より前の時刻にしてください。',
          ),
        ];
      }),
    ),
    ...closures.flatMap(({ from, until }, index) =>
      from <= until
        ? []
        : [
            file.problem(
              ['closures', index, 'until'],
              '終わりの日が始まりの日より前です',
              'from と until を入れかえてください。',
            ),
          ],
    ),
    ...extra.flatMap(({ on }, index) =>
      closures.some(({ from, until }) => from <= on && on <= until)
        ? [
            file.problem(
              ['extra openings', index, 'on'],
              `${on} は臨時窓口と休みの両方に書かれています`,
              'closures か extra openings のどちらかを直してください。',
            ),
          ]
        : [],
    ),
  ];
}
