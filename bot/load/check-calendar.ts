/** The office's calendar: hours in order, nothing both open and closed. */
import { isOpenOn, type OfficeCalendar } from '../rules/calendar.ts';
import { addDays, type PlainDate } from '../rules/dates.ts';
import type { Problem } from './problem.ts';
import type { CalendarShape } from './shapes/facts.ts';
import { buildCalendar } from './terms.ts';
import type { Path, YamlFile } from './yaml.ts';

export function checkCalendar(file: YamlFile<CalendarShape>): Problem[] {
  const wrong = checkEntries(file);
  return wrong.length > 0 ? wrong : checkOpenDays(file);
}

/** From each day on which something changes, the counter opens again within a year. */
function checkOpenDays(file: YamlFile<CalendarShape>): Problem[] {
  const calendar = buildCalendar(file.value);
  const changes = [
    ...file.value.hours.map(({ from }, index) => ({ from, path: ['hours', index] as Path })),
    ...file.value.closures.map(({ from }, index) => ({ from, path: ['closures', index] as Path })),
  ];
  return changes
    .filter(({ from }) => !opensWithinAYear(calendar, from))
    .map(({ from, path }) =>
      file.problem(
        path,
        `${from} から1年のあいだ、窓口が開く日がありません`,
        'hours、closed each year、closures の日付を確かめてください。',
      ),
    );
}

function opensWithinAYear(calendar: OfficeCalendar, from: PlainDate): boolean {
  return Array.from({ length: 366 }, (_, days) => addDays(from, days)).some((on) => isOpenOn(calendar, on));
}

/** Hours of anything: each period runs forward, none begins before the one before it ends, and no two rows begin on one day. */
export function checkHours(
  file: YamlFile<unknown>,
  rows: readonly {
    readonly path: Path;
    readonly from: PlainDate;
    readonly periods: CalendarShape['hours'][number]['periods'];
  }[],
): Problem[] {
  return rows.flatMap(({ path, from, periods }, row) => [
    ...(rows.slice(0, row).some((other) => other.from === from && other.path[0] === path[0])
      ? [file.problem(path, `${from} の行がふたつあります`, 'どちらかを消すか、ひとつにまとめてください。')]
      : []),
    ...periods.flatMap((period, index) => {
      const previous = periods[index - 1];
      if (period.opens < period.closes && (!previous || previous.closes <= period.opens)) return [];
      return [
        file.problem(
          [...path, 'periods', index],
          '開く時刻と閉まる時刻の順番が合いません',
          '早い時間帯から順に、opens を closes より前の時刻にしてください。',
        ),
      ];
    }),
  ]);
}

function checkEntries(file: YamlFile<CalendarShape>): Problem[] {
  const { hours, closures } = file.value;
  const extra = file.value['extra openings'];
  return [
    ...checkHours(file, [
      ...hours.map((entry, index) => ({ ...entry, path: ['hours', index] })),
      ...extra.map((entry, index) => ({ ...entry, from: entry.on, path: ['extra openings', index] })),
    ]),
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
    ...closures.flatMap(({ from, until }, index) => {
      const other = closures.slice(0, index).find((each) => each.from <= until && from <= each.until);
      return other
        ? [
            file.problem(
              ['closures', index],
              `${other.from} からの休みと重なっています`,
              'どちらかを消すか、ひとつにまとめてください。',
            ),
          ]
        : [];
    }),
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
