/** The office's figures, from what `tally.ts` counted: in the words of the files as they are today. */
import { headline } from './diagram.ts';
import type { Language, Library } from './library.ts';
import { nameOf } from './question-text.ts';

export interface Figures {
  /** By day or by week (its Monday), the earliest first. */
  readonly periods: readonly Period[];
  readonly flows: readonly FlowFigures[];
  readonly faq: readonly Figure[];
}

export interface Period {
  readonly from: string;
  readonly conversations: number;
  readonly finished: number;
  readonly handoffs: number;
  readonly notUnderstood: number;
  readonly outOfScope: number;
}

export interface FlowFigures {
  readonly id: string;
  readonly title: string;
  readonly started: number;
  readonly finished: number;
  readonly questions: readonly {
    readonly slot: string;
    readonly name: string;
    readonly asked: number;
    readonly stopped: number;
  }[];
  /** Answers by kind: how often each text was told. */
  readonly told: readonly Figure[];
}

export interface Figure {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

type Counts = Readonly<Record<string, number>>;

export function figuresOf(
  days: ReadonlyMap<string, Counts>,
  { library, language, by }: { readonly library: Library; readonly language: Language; readonly by: 'day' | 'week' },
): Figures {
  const all = sum([...days.values()]);
  const periods = Map.groupBy(days.keys(), (day) => (by === 'day' ? day : mondayOf(day)));
  return {
    periods: [...periods]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([from, list]) => {
        const counts = sum(list.map((day) => days.get(day) ?? {}));
        return {
          from,
          conversations: counts.conversation ?? 0,
          finished: [...library.flows.keys()].reduce((total, id) => total + (counts[`${id}.finished`] ?? 0), 0),
          handoffs: counts.handoff ?? 0,
          notUnderstood: counts['not-understood'] ?? 0,
          outOfScope: counts['out-of-scope'] ?? 0,
        };
      }),
    flows: [...library.flows.values()].map((flow) => ({
      id: flow.id,
      title: flow.title,
      started: all[`${flow.id}.started`] ?? 0,
      finished: all[`${flow.id}.finished`] ?? 0,
      questions: flow.ask.map((question) => {
        const { slot } = question;
        const [asked = 0, passed = 0] = [all[`${flow.id}.asked.${slot}`], all[`${flow.id}.passed.${slot}`]];
        return { slot, name: nameOf(language, question), asked, stopped: Math.max(0, asked - passed) };
      }),
      told: figures(all, `${flow.id}.told.`, (id) => headline(id, flow, language)),
    })),
    faq: figures(all, 'faq.', (id) => language.faq.get(id)?.title ?? id),
  };
}

/** The most frequent first. */
function figures(counts: Counts, prefix: string, nameFor: (id: string) => string): Figure[] {
  return Object.entries(counts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, count]) => ({ id: name.slice(prefix.length), name: nameFor(name.slice(prefix.length)), count }))
    .sort((one, other) => other.count - one.count);
}

function sum(days: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const day of days) for (const [name, count] of Object.entries(day)) total[name] = (total[name] ?? 0) + count;
  // Who goes back after midnight takes away what was counted yesterday.
  return Object.fromEntries(Object.entries(total).map(([name, count]) => [name, Math.max(0, count)]));
}

function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
}
