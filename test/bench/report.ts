/** The figures as a table for the terminal, a page, a chart. */
import { cpus } from 'node:os';
import type { Measured } from './load.ts';
import type { Micro } from './micro.ts';

export interface Figures {
  /** Turns a second of each round, by contender. */
  readonly rounds: Readonly<Record<ContenderName, readonly number[]>>;
  /** At half of what saturates the bot. */
  readonly half: Readonly<Record<'bot' | 'bare', Measured>>;
  readonly micro: Micro;
  /** Bytes of one session in Redis, in the middle of a dialogue. */
  readonly sessionBytes: number;
  readonly readyAfterMs: number;
  /** Turns a second with so many sessions stored. */
  readonly stored: readonly { readonly sessions: number; readonly perSecond: number }[];
}

export const names = { bot: 'the bot', echo: 'SDK echo', bare: 'bare limit' } as const;
export type ContenderName = keyof typeof names;

interface Row {
  readonly what: string;
  readonly is: string;
  readonly goal: string;
  readonly isMet: boolean;
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function rowsOf({ rounds, half, micro, sessionBytes, readyAfterMs, stored }: Figures): Row[] {
  const [bot, echo, bare] = [median(rounds.bot), median(rounds.echo), median(rounds.bare)];
  // Of each round, for the contenders of a round meet the same machine; then the median.
  const against = (other: ContenderName) =>
    median(rounds.bot.map((perSecond, round) => perSecond / (rounds[other][round] ?? Number.NaN)));
  const [few, many] = [stored[0]?.perSecond ?? Number.NaN, stored.at(-1)?.perSecond ?? Number.NaN];
  const row = (what: string, value: number, unit: string, goal: string, isMet: boolean, digits = 0): Row => ({
    what,
    is: `${value.toFixed(digits)} ${unit}`.trim(),
    goal,
    isMet,
  });
  return [
    row('whole durable turns', bot, 'a second', '', true),
    row(
      'against the SDK’s stateless echo',
      against('echo'),
      `× (${echo.toFixed(0)} a second)`,
      '≥ 2.5 ×',
      against('echo') >= 2.5,
      2,
    ),
    row(
      'against the bare limit',
      against('bare'),
      `× (${bare.toFixed(0)} a second)`,
      '≥ 0.6 ×',
      against('bare') >= 0.6,
      2,
    ),
    row('p99 at half of saturation', half.bot.p99, 'ms', '< 50 ms', half.bot.p99 < 50, 1),
    row('p99 of the bare limit at that rate', half.bare.p99, 'ms', '', true, 1),
    row('engine, a turn', micro.engine, 'µs', '< 20 µs', micro.engine < 20, 1),
    row('words, a turn', micro.words, 'µs', '', true, 1),
    row('a date read', micro.date, 'µs', '', true, 1),
    row('a question matched', micro.faq, 'µs', '', true, 1),
    row('a question matched, 1 000 entries', micro.faqOfThousand, 'µs', '< 1 000 µs', micro.faqOfThousand < 1_000),
    row('a session in Redis', sessionBytes, 'bytes', '< 1 024', sessionBytes < 1_024),
    row('start to ready', readyAfterMs, 'ms', '< 500 ms', readyAfterMs < 500),
    row(
      `turns with ${stored.at(-1)?.sessions ?? 0} sessions stored, against ${stored[0]?.sessions ?? 0}`,
      many / few,
      '×',
      '≥ 0.9 ×',
      many / few >= 0.9,
      2,
    ),
  ];
}

export function tableOf(figures: Figures): string {
  const rows = rowsOf(figures).map(({ what, is, goal, isMet }) => [
    what,
    is,
    goal,
    goal === '' ? '' : isMet ? 'yes' : 'NO',
  ]);
  const all = [['', 'measured', 'goal', 'met'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`;
}

/** The table of docs/performance.md. */
export function markdownOf(figures: Figures, on: string): string {
  const rows = rowsOf(figures).map(
    ({ what, is, goal, isMet }) => `| ${what} | ${is} | ${goal} | ${goal === '' ? '' : isMet ? 'yes' : '**no**'} |`,
  );
  return [`Measured ${on} on ${machine()}.`, '', '| | measured | goal | met |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** Bars of turns a second, with the spread of the rounds. */
export function chartOf({ rounds }: Figures): string {
  const most = Math.max(...Object.values(rounds).flat());
  const scale = (value: number) => (value / most) * 440;
  const bars = (Object.keys(names) as ContenderName[]).map((name, index) => {
    const [y, middle] = [40 + index * 56, median(rounds[name])];
    const [low, high] = [Math.min(...rounds[name]), Math.max(...rounds[name])];
    return [
      `<text x="10" y="${y + 20}">${names[name]}</text>`,
      `<rect x="110" y="${y}" width="${scale(middle).toFixed(1)}" height="30" fill="${name === 'bot' ? '#14663e' : '#8a97a5'}"/>`,
      `<path d="M${(110 + scale(low)).toFixed(1)} ${y + 15}H${(110 + scale(high)).toFixed(1)}" stroke="#111" stroke-width="2"/>`,
      `<text x="${(118 + scale(Math.max(middle, high))).toFixed(1)}" y="${y + 20}">${middle.toFixed(0)}</text>`,
    ].join('\n  ');
  });
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 220" font-family="sans-serif" font-size="14">',
    '  <rect width="620" height="220" fill="#fff"/>',
    '  <text x="10" y="22" font-weight="bold">Completed turns a second on one core (line: spread of the rounds)</text>',
    `  ${bars.join('\n  ')}`,
    '</svg>',
    '',
  ].join('\n');
}
