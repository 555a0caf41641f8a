/** The matcher on questions it has never seen, in each language: no worse than docs/faq-quality.md says, but for two points. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import {
  figuresOf,
  measure,
  readMeasuringSet,
  showLanguages,
  showMeasured,
  tryAll,
} from '../../bot/cli/faq-measure.ts';
import { askedIn } from '../../bot/dialogue/questions.ts';
import { mainLanguageOf } from '../../bot/load/library.ts';
import { root } from '../../bot/root.ts';
import { library } from '../support/library.ts';

const page = `${root}/docs/faq-quality.md`;
const points = 2;
const shown = /## Now\n\n([\s\S]*?)\n\n## Wanted/;
const languages = [...library.languages.values()];
const setOf = (tag: string) => readMeasuringSet(`${root}/test/faq/${tag}.yaml`);

/** As in a conversation: a question that is plainly in another language is asked in that one. */
const measured = new Map(
  languages.map((language) => {
    const ask = (question: string) =>
      askedIn(question, library.languages.get(library.spokenIn(question, language.tag) ?? '') ?? language);
    return [language.tag, measure(tryAll(setOf(language.tag), ask))] as const;
  }),
);

describe('questions in other words', () => {
  if (process.env.UPDATE === '1') {
    const main = measured.get(mainLanguageOf(library).tag);
    const now = `## Now\n\n${showLanguages(measured)}\n\n${main ? showMeasured(main) : ''}\n\n## Wanted`;
    writeFileSync(
      page,
      readFileSync(page, 'utf8').replace(shown, () => now),
    );
  }
  const rows = (shown.exec(readFileSync(page, 'utf8'))?.[1] ?? '').split('\n');

  for (const { tag, faq } of languages) {
    it(`in ${tag} are understood as well as the page says`, () => {
      const kept =
        rows
          .find((row) => row.startsWith(`| ${tag} |`))
          ?.split('|')
          .slice(2)
          .map(Number.parseFloat) ?? [];
      const now = measured.get(tag);
      if (!now) throw new Error(`nothing measured in ${tag}`);
      const [first = 0, within = 0, others = 0, wrong = 0] = figuresOf(now);
      const [keptFirst = 100, keptWithin = 100, keptOthers = 100, keptWrong = 0] = kept;
      assert.ok(first >= keptFirst - points, `first: ${first}`);
      assert.ok(within >= keptWithin - points, `within the choices: ${within}`);
      assert.ok(others >= keptOthers - points, `out of scope: ${others}`);
      assert.ok(wrong <= keptWrong + points, `wrong: ${wrong}`);
    });

    it(`in ${tag} are about every entry, and none of them is learnt from`, () => {
      const set = setOf(tag);
      const learnt = new Set([...faq.values()].flatMap(({ asks }) => asks));
      const questions = Object.values(set).flatMap((registers) => Object.values(registers).flat());
      assert.deepEqual(
        questions.filter((question) => learnt.has(question)),
        [],
      );
      for (const id of faq.keys()) assert.ok(Object.values(set[id] ?? {}).flat().length >= 8, id);
    });
  }
});
