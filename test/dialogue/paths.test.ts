/** The golden page of all paths, and what the paths must cover. `npm run paths` rewrites the page. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { allPaths, pathsPage, readSamples } from '../../bot/cli/paths-page.ts';
import { dateWriter, formatFact } from '../../bot/dialogue/formats.ts';
import { isPlainDate } from '../../bot/rules/dates.ts';
import { eraYearOf } from '../../bot/rules/eras.ts';
import { library } from '../support/library.ts';

describe('paths', () => {
  for (const flow of library.flows.values()) {
    const file = (extension: string) => new URL(`../paths/${flow.id}.${extension}`, import.meta.url).pathname;
    const samples = readSamples(file('yaml'));
    const paths = allPaths(flow, library, samples).flatMap((walked) => walked.paths);

    it(`${flow.title}: the page is as npm run paths would write it`, () => {
      const page = pathsPage(flow, library, samples);
      if (process.env.UPDATE === '1') writeFileSync(file('md'), page);
      assert.equal(page, readFileSync(file('md'), 'utf8'));
    });

    it(`${flow.title}: every question and every text lies on some path`, () => {
      const asked = new Set(paths.flatMap(({ answers }) => Object.keys(answers)));
      const told = new Set(paths.flatMap((path) => path.told));
      assert.deepEqual([...flow.ask.map(({ slot }) => slot).filter((slot) => !asked.has(slot))], []);
      assert.deepEqual([...flow.tell.map(({ text }) => `${flow.id}.${text}`).filter((key) => !told.has(key))], []);
    });

    it(`${flow.title}: no path ends without an answer, and none has a hole in a sentence`, () => {
      for (const { who, answers, replies } of paths) {
        const path = `${who} ${JSON.stringify(answers)}`;
        assert.ok(replies.length > 0, path);
        for (const { text, card } of replies) {
          const sentences = [
            text,
            ...(card ? [card.title, card.note, card.alt, ...card.rows.map(({ value }) => value)] : []),
          ];
          for (const sentence of sentences) assert.doesNotMatch(sentence, /undefined|NaN|[{}]/, path);
        }
      }
    });

    it(`${flow.title}: no answer says the whole birthday`, () => {
      for (const { answers, replies } of paths) {
        const { birthday } = answers;
        const written = isPlainDate(birthday)
          ? [formatFact(birthday, dateWriter('ja'), 'year'), `${eraYearOf(birthday)}`, birthday]
          : [];
        for (const whole of written)
          assert.ok(!JSON.stringify(replies).includes(whole), `${whole} in ${JSON.stringify(answers)}`);
      }
    });
  }
});
