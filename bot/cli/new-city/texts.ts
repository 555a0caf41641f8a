/** The files of a new city: ours, with its names, numbers and hours in the place of ours. */
import { setValue, valueAt } from '../../edit/splice.ts';
import type { Texts } from '../../load/texts.ts';
import { editsOf, inEnglish, told } from './facts.ts';
import type { Answers } from './questions.ts';
import { renaming } from './rename.ts';

type Facts = Readonly<Record<string, string>>;

export function newCityTexts(base: Texts, answers: Answers, year: number): Texts {
  const ours = valueAt(base['content/office.yaml'] ?? '', ['facts']) as Facts;
  const edits = editsOf(answers, { ours, year });
  const rename = renaming(base, answers);
  const files = Object.entries(base).filter(([file]) => file !== 'content/helpdesk.yaml' || answers.desk === 'はい');
  return Object.fromEntries(
    files.map(([file, text]) => {
      const [, language] = /^content\/([^/]+)\/office-words\.yaml$/.exec(file) ?? [];
      if (language) return [file, officeWords(text, { language, ours, answers })];
      const renamed = rename(text);
      return [file, (edits[file] ?? []).reduce((so, [path, becomes]) => setValue(so, path, becomes), renamed)];
    }),
  );
}

/** What we call our office in another language holds for a new one only where the Japanese is the same; the rest is Japanese until it is translated. */
function officeWords(
  text: string,
  { language, ours, answers }: { language: string; ours: Facts; answers: Answers },
): string {
  const facts = told(answers);
  const words = Object.keys(valueAt(text, []) as Facts);
  const other = words.filter((fact) => fact !== 'city' && (facts[fact] ?? '') !== ours[fact] && fact !== 'fee');
  return other.reduce((so, fact) => setValue(so, [fact], null), setValue(text, ['city'], cityIn(language, answers)));
}

function cityIn(tag: string, answers: Answers): string {
  const { name, reading } = answers;
  const { language } = new Intl.Locale(tag);
  if (language === 'zh') return name;
  return language === 'ja' ? `${name}（${reading}）` : `${inEnglish(answers)} (${name})`;
}
