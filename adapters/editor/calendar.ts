/** The page of days: a month of the counter in the draft. */
import express, { type Router } from 'express';
import type { Now } from '../../bot/dialogue/types.ts';
import type { Value } from '../../bot/edit/change.ts';
import { type MonthDay, monthOf } from '../../bot/edit/month.ts';
import { calendarFile, deskFile } from '../../bot/edit/offered.ts';
import { valueAt } from '../../bot/edit/splice.ts';
import type { Problem } from '../../bot/load/problem.ts';
import { type EditorParts, problemsIn, stateOf } from './parts.ts';

/** What the page of days shows. */
export interface MonthView {
  /** '2027-03'. */
  readonly month: string;
  readonly today: string;
  readonly days: readonly MonthDay[];
  /** The usual hours of the counter, and those in which staff answer in the talk (null: they do not), as they stand in the files. */
  readonly hours: { readonly counter: Value | null; readonly desk: Value | null };
  readonly problems: readonly Problem[];
}

export function calendarRoutes(parts: EditorParts, clock: () => Now): Router {
  const router = express.Router();
  router.get('/month', async (request, response) => {
    const { draft } = await stateOf(parts);
    const loaded = parts.load(draft.texts);
    const text = draft.texts[calendarFile] ?? '';
    const { today } = clock();
    const month = String(request.query.month ?? today.slice(0, 7));
    response.json({
      month,
      today,
      days: loaded.ok ? monthOf(loaded.files.calendar.value, valueAt(text, []) as Record<string, Value>, month) : [],
      hours: { counter: valueAt(text, ['hours']), desk: valueAt(draft.texts[deskFile] ?? '', ['hours']) },
      problems: [calendarFile, deskFile].flatMap((file) => problemsIn(loaded, file)),
    } satisfies MonthView);
  });
  return router;
}
