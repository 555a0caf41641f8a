/** The matcher on questions it has never seen: no worse than docs/faq-quality.md says, but for two points. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { measure, percent, readMeasuringSet, showMeasured, tryAll } from '../../bot/cli/faq-measure.ts';
import { askedIn } from '../../bot/dialogue/questions.ts';
import { mainLanguageOf } from '../../bot/load/library.ts';
import { root } from '../../bot/root.ts';
import { library } from '../support/library.ts';

const page = `${root}/docs/faq-quality.md`;
const points = 2;
const set = readMeasuringSet(`${root}/test/faq/ja.yaml`);
const language = mainLanguageOf(library);
const { faq } = language;

describe('questions in other words', () => {
  const measured = measure(tryAll(set, (question) => askedIn(question, language)));

  it('are understood as well as the page says', () => {
    const shown = /## Now\n\n([\s\S]*?)\n\n## Wanted/;
    const now = () => `## Now\n\n${showMeasured(measured)}\n\n## Wanted`;
    if (process.env.UPDATE === '1') writeFileSync(page, readFileSync(page, 'utf8').replace(shown, now));
    const text = readFileSync(page, 'utf8');
    const [first = 0, within = 0, others = 0, wrong = 0] = [
      ...(shown.exec(text)?.[1] ?? '').matchAll(/（([\d.]+)%）/g),
    ].map(([, value]) => Number(value));
    assert.ok(percent(measured.first) >= first - points, `first: ${percent(measured.first)}`);
    assert.ok(percent(measured.within) >= within - points, `within the choices: ${percent(measured.within)}`);
    assert.ok(percent(measured.outOfScope) >= others - points, `out of scope: ${percent(measured.outOfScope)}`);
    assert.ok(percent(measured.wrong) <= wrong + points, `wrong: ${percent(measured.wrong)}`);
  });

  it('are about every entry, and none of them is learnt from', () => {
    const learnt = new Set([...faq.values()].flatMap(({ asks }) => asks));
    const asked = Object.values(set).flatMap((registers) => Object.values(registers).flat());
    assert.deepEqual(
      asked.filter((question) => learnt.has(question)),
      [],
    );
    for (const id of faq.keys()) assert.ok(Object.values(set[id] ?? {}).flat().length >= 14, id);
  });
});
