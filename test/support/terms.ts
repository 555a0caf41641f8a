/** The office's calendar and the renewal's terms as the rules get them. */

import { readFiles } from '../../bot/load/files.ts';
import { type Problem, showProblems } from '../../bot/load/problem.ts';
import { buildCalendar, buildRenewalTerms } from '../../bot/load/terms.ts';
import { readTexts } from '../../bot/load/texts.ts';
import { root } from '../../bot/root.ts';

export function readTerms() {
  const problems: Problem[] = [];
  const files = readFiles(readTexts(root), problems);
  if (!files) throw new Error(showProblems(problems));
  return { calendar: buildCalendar(files.calendar.value), terms: buildRenewalTerms(files.renewal.value) };
}
