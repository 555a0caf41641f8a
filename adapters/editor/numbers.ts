/** The office's figures, as a page's and as a file; and the questions that the bot did not understand. */
import express, { type Router } from 'express';
import { z } from 'zod';
import { type Figures, figuresOf } from '../../bot/dialogue/figures.ts';
import { flowView } from '../../bot/dialogue/flow-view.ts';
import type { Now } from '../../bot/dialogue/types.ts';
import { mainLanguageOf } from '../../bot/load/library.ts';
import type { Numbers } from '../../bot/ports.ts';
import { csv } from '../csv.ts';
import { allOf, type Records } from '../records.ts';
import { own } from '../staff/guards.ts';
import { type EditorParts, stateOf } from './parts.ts';

/** A question that was not understood: without digits and names. */
export interface Unanswered {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

export interface NumberParts {
  readonly numbers: Numbers;
  /** Undefined: the operator has not switched it on. */
  readonly unanswered: Records<Unanswered> | undefined;
}

/** What the page of figures shows. */
export interface NumbersView extends Figures {
  readonly from: string;
  readonly until: string;
  readonly by: 'day' | 'week';
  /** Null: they are not kept. */
  readonly unanswered: readonly Unanswered[] | null;
}

export function numberRoutes(parts: EditorParts & NumberParts, clock: () => Now): Router {
  const router = express.Router();

  async function viewOf(query: unknown): Promise<Omit<NumbersView, 'unanswered'> | undefined> {
    const { today } = clock();
    const read = period.safeParse(query);
    if (!read.success) return undefined;
    const { from = daysBefore(today, 27), until = today, by } = read.data;
    if (from > until || daysBefore(until, longestDays) > from) return undefined;
    const loaded = parts.load((await stateOf(parts)).live);
    if (!loaded.ok) return undefined;
    const { library } = loaded;
    const counted = await parts.numbers.between(from, until);
    return {
      from,
      until,
      by,
      ...figuresOf(counted, { library, language: mainLanguageOf(library), by }),
    };
  }

  router.get('/numbers', async (request, response) => {
    const view = await viewOf(request.query);
    if (!view)
      return void response
        .status(400)
        .json({ message: '「いつから」を「いつまで」より前の日にしてください（2年まで）。' });
    const kept = parts.unanswered && (await allOf(parts.unanswered));
    const unanswered = kept?.sort((one, other) => other.at - one.at).slice(0, mostUnanswered) ?? null;
    response.json({ ...view, unanswered } satisfies NumbersView);
  });

  router.get('/numbers.csv', async (request, response) => {
    const view = await viewOf(request.query);
    if (!view) return void response.sendStatus(400);
    response
      .attachment(`numbers-${view.from}-${view.until}.csv`)
      .type('text/csv; charset=utf-8')
      .send(csv(rowsOf(view)));
  });

  /** The flows with the last four weeks' figures, and those who are in them now. */
  router.get('/flows', async (_, response) => {
    const view = await viewOf({});
    const loaded = parts.load((await stateOf(parts)).live);
    if (!view || !loaded.ok) return void response.sendStatus(503);
    const here = await inProgress();
    const language = mainLanguageOf(loaded.library);
    const flows = [...loaded.library.flows.values()].map((flow) =>
      flowView(flow, {
        language,
        figures: view.flows.find(({ id }) => id === flow.id),
        here: here.get(flow.id) ?? new Map(),
      }),
    );
    response.json({ from: view.from, until: view.until, flows });
  });

  /** By flow and question, how many are asked it now. */
  async function inProgress(): Promise<Map<string, Map<string, number>>> {
    const flows = new Map<string, Map<string, number>>();
    for await (const { flow, asked } of parts.sessions.all()) {
      if (flow === null || !asked) continue;
      const slots = flows.get(flow) ?? new Map<string, number>();
      slots.set(asked.slot, (slots.get(asked.slot) ?? 0) + 1);
      flows.set(flow, slots);
    }
    return flows;
  }

  router.post('/unanswered/:id/done', own, async (request, response) => {
    await parts.unanswered?.remove(String(request.params.id));
    response.sendStatus(204);
  });

  return router;
}

/** A line for each figure, so that a spreadsheet can turn them as it likes. */
function rowsOf({ periods, flows, faq, from, until }: Omit<NumbersView, 'unanswered'>): string[][] {
  const whole = `${from}〜${until}`;
  return [
    ['期間', '種類', '名前', '回数'],
    ...periods.flatMap((each) =>
      (Object.entries(names) as [keyof typeof names, string][]).map(([key, name]) => [
        each.from,
        '会話',
        name,
        String(each[key]),
      ]),
    ),
    ...flows.flatMap(({ title, questions, told }) => [
      ...questions.flatMap(({ name, asked, stopped }) => [
        [whole, `${title}: 聞いた`, name, String(asked)],
        [whole, `${title}: ここで終わった`, name, String(stopped)],
      ]),
      ...told.map(({ name, count }) => [whole, `${title}: 答え`, name, String(count)]),
    ]),
    ...faq.map(({ name, count }) => [whole, 'よくある質問', name, String(count)]),
  ];
}

const names = {
  conversations: '会話',
  finished: '最後まで',
  handoffs: '職員に相談',
  notUnderstood: '読み取れなかった',
  outOfScope: 'ほかの窓口の用件',
} as const;

/** As many as anybody reads. */
const mostUnanswered = 200;

/** Further back nothing is kept. */
const longestDays = 800;

const period = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  by: z.enum(['day', 'week']).default('day'),
});

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
