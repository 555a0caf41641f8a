/** The shapes of the files that staff edit, as JSON Schemas: editors complete and explain the keys with them. */
import { z } from 'zod';
import { mainLanguage } from './files.ts';
import * as facts from './shapes/facts.ts';
import { flowShape } from './shapes/flow.ts';
import * as texts from './shapes/texts.ts';

/** Where the schemas lie. */
export const schemaFolder = 'docs/schemas';

const shapes: Readonly<Record<string, z.ZodType>> = {
  flow: flowShape,
  'flow-texts': z.record(z.string(), z.union([texts.questionShape, texts.textShape])),
  common: texts.commonShape,
  words: texts.wordsShape,
  faq: texts.faqShape,
  'faq-translated': texts.faqTranslatedShape,
  'office-words': texts.officeWordsShape,
  originals: texts.originalsShape,
  matching: texts.matchingShape,
  replies: texts.repliesShape,
  facts: texts.factNamesShape,
  office: facts.officeShape,
  calendar: facts.calendarShape,
  helpdesk: facts.helpdeskShape,
  renewal: facts.renewalTermsShape,
  sources: facts.sourcesShape,
};

/** The schema of each kind of file, by its name. */
export function schemas(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      z.toJSONSchema(shape, { target: 'draft-7', io: 'input', unrepresentable: 'any', reused: 'ref' }),
    ]),
  );
}

const ofALanguage = ['common', 'words', 'matching', 'replies', 'facts', 'office-words', 'originals'];

/** The schema that a file follows: `content/ja/faq.yaml` → `faq`. What a language says of a flow has the flow's name. */
export function schemaOf(file: string): string {
  const [folder = '', ...rest] = file.replace(/\.yaml$/, '').split('/');
  const name = rest.at(-1) ?? '';
  if (folder === 'flows') return 'flow';
  const isOfALanguage = rest.length === 2 && rest[0] !== 'procedures';
  if (!isOfALanguage) return name;
  if (name === 'faq') return rest[0] === mainLanguage ? name : 'faq-translated';
  return ofALanguage.includes(name) ? name : 'flow-texts';
}

/** The first line of a file, by which an editor finds its schema. */
export function schemaLine(file: string): string {
  const up = '../'.repeat(file.split('/').length - 1);
  return `# yaml-language-server: $schema=${up}${schemaFolder}/${schemaOf(file)}.json`;
}
