/** What no single file can show: every reference exists, every choice has a label, every placeholder is a fact. */
import { checkCalendar, checkHours } from './check-calendar.ts';
import { checkFlow, checkRule } from './check-flow.ts';
import { checkSentence } from './check-sentence.ts';
import { checkLanguage } from './check-texts.ts';
import type { Files } from './files.ts';
import type { NameKind, Names } from './names.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

export function checkFiles(files: Files): Problem[] {
  // Without its rule nothing that a flow says can be looked at.
  const rules = files.flows.flatMap(checkRule);
  if (rules.length > 0) return rules;
  return [
    ...files.flows.flatMap(checkFlow),
    ...checkLanguages(files),
    ...checkCalendar(files.calendar),
    ...checkTerms(files),
    ...checkHelpdesk(files),
    ...checkSources(files),
  ];
}

/** What is wrong in the main language would be said again for each that falls back to it. */
function checkLanguages(files: Files): Problem[] {
  const [main, ...others] = files.languages;
  const problems = main ? checkLanguage(main, files) : [];
  return problems.length > 0 ? problems : others.flatMap((language) => checkLanguage(language, files));
}

/** Parameters with a day: one row for each day, and one from the first certificate on. */
function checkTerms({ renewal }: Files): Problem[] {
  const { window: rows, firstIssuedOn } = renewal.value;
  const twice = rows.flatMap(({ from }, index) =>
    rows.slice(0, index).some((other) => other.from === from)
      ? [
          renewal.problem(
            ['window', index, 'from'],
            `${from} の行がふたつあります`,
            'どちらかを消すか、ひとつにまとめてください。',
          ),
        ]
      : [],
  );
  const isMissing = rows.every(({ from }) => from > firstIssuedOn.value);
  return [
    ...twice,
    ...(isMissing
      ? [
          renewal.problem(
            ['window', 0, 'from'],
            `${firstIssuedOn.value} からの決まりがありません`,
            `いちばん古い行の from を ${firstIssuedOn.value} か、それより前にしてください。`,
          ),
        ]
      : []),
  ];
}

/** What the mail about a new ticket may name: nothing of the resident. */
const announced = { waiting: 'number', console: 'text' } as const;

function checkHelpdesk({ helpdesk, office }: Files): Problem[] {
  if (!helpdesk) return [];
  const facts = Object.entries(office.value.facts).map(([name, words]) => [name, { sentences: [words] }] as const);
  const names: Names = new Map<string, NameKind>([...facts, ...Object.entries(announced)]);
  return [
    ...checkHours(
      helpdesk,
      helpdesk.value.hours.map((entry, index) => ({ ...entry, path: ['hours', index] })),
    ),
    ...Object.entries(helpdesk.value.announcement).flatMap(([key, sentence]) =>
      checkSentence(helpdesk, ['announcement', key], sentence, names),
    ),
  ];
}

/** Every fact says where it comes from. */
function checkSources(files: Files): Problem[] {
  const { office, calendar, renewal, sources } = files;
  const cited = (file: YamlFile<unknown>, path: Path, ids: readonly string[]) =>
    ids.map((id, index) => ({ file, path: [...path, index], id }));
  const terms = Object.entries(renewal.value).flatMap(([key, value]) =>
    Array.isArray(value)
      ? value.flatMap((entry, index) => cited(renewal, [key, index, 'source'], entry.source))
      : cited(renewal, [key, 'source'], value.source),
  );
  const faq = files.languages.flatMap(({ faq: file }) =>
    Object.entries(file.value).flatMap(([id, entry]) => cited(file, [id, 'source'], entry.source)),
  );
  return [
    ...cited(office, ['source'], office.value.source),
    ...cited(calendar, ['source'], calendar.value.source),
    ...terms,
    ...faq,
  ]
    .filter(({ id }) => sources.value[id] === undefined)
    .map(({ file, path, id }) =>
      file.problem(
        path,
        `出典「${id}」が見つかりません`,
        `content/sources.yaml に「${id}」を足すか、そこにある名前に直してください。`,
      ),
    );
}
