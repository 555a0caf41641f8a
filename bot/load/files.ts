/** Every file of `flows/` and `content/` in its shape, with its places. Cross-checks are `check.ts`. */
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import * as facts from './shapes/facts.ts';
import { type FlowShape, flowShape } from './shapes/flow.ts';
import * as shapes from './shapes/texts.ts';
import type { Texts } from './texts.ts';
import { translated } from './translation.ts';
import { bare, readYaml, type YamlFile } from './yaml.ts';

export interface FlowFile extends YamlFile<FlowShape> {
  readonly id: string;
}

/** A language that is all there: the main one, or another with what it does not say itself in the main one. */
export interface LanguageFiles {
  readonly language: string;
  readonly common: YamlFile<z.infer<typeof shapes.commonShape>>;
  readonly words: YamlFile<z.infer<typeof shapes.wordsShape>>;
  readonly faq: YamlFile<z.infer<typeof shapes.faqShape>>;
  readonly matching: YamlFile<z.infer<typeof shapes.matchingShape>>;
  /** Absent: the office is called as in its own file. */
  readonly officeWords: YamlFile<Record<string, string>> | undefined;
  /** Absent: clerks have no ready-made words but the FAQ's. */
  readonly replies: YamlFile<z.infer<typeof shapes.repliesShape>> | undefined;
  /** Absent: conditions are shown by their names. */
  readonly facts: YamlFile<z.infer<typeof shapes.factNamesShape>> | undefined;
  /** By flow: its questions and texts, still as written. */
  readonly flows: ReadonlyMap<string, YamlFile<Record<string, unknown>>>;
}

/** What another language than the main one says itself. */
export interface TranslationFiles {
  readonly language: string;
  readonly words: LanguageFiles['words'];
  readonly common: LanguageFiles['common'] | undefined;
  readonly faq: YamlFile<z.infer<typeof shapes.faqTranslatedShape>> | undefined;
  readonly matching: LanguageFiles['matching'] | undefined;
  readonly officeWords: LanguageFiles['officeWords'];
  readonly flows: LanguageFiles['flows'];
  readonly originals: YamlFile<Record<string, string>> | undefined;
}

export interface Files {
  readonly flows: readonly FlowFile[];
  /** The main one first. */
  readonly languages: readonly LanguageFiles[];
  readonly translations: readonly TranslationFiles[];
  readonly office: YamlFile<z.infer<typeof facts.officeShape>>;
  readonly calendar: YamlFile<facts.CalendarShape>;
  readonly renewal: YamlFile<facts.RenewalTermsShape>;
  readonly sources: YamlFile<z.infer<typeof facts.sourcesShape>>;
  /** Absent: staff answer by phone only. */
  readonly helpdesk: YamlFile<facts.HelpdeskShape> | undefined;
}

/** What the bot speaks to whoever has chosen nothing else. */
export const mainLanguage = 'ja';

type Read = <Shape>(file: string, shape: z.ZodType<Shape>) => YamlFile<Shape> | undefined;

/** All files in their shapes; undefined (with the reasons in `problems`) when one of them has none. */
export function readFiles(texts: Texts, problems: Problem[]): Files | undefined {
  const read: Read = (file, shape) => readYaml(texts, file, { shape, problems });
  const readIfThere: Read = (file, shape) => (texts[file] === undefined ? undefined : read(file, shape));
  const flows = flowNames(texts).map((id) => {
    const file = read(`flows/${id}.yaml`, flowShape);
    return file && { ...file, id };
  });
  const reading = { read, readIfThere, flows: flows.flatMap((flow) => flow?.id ?? []) };
  const main = languageNames(texts).includes(mainLanguage) ? readLanguage(mainLanguage, reading) : undefined;
  const others = languageNames(texts).filter((name) => name !== mainLanguage);
  const badTags = others.filter((name) => !isTag(name));
  problems.push(
    ...badTags.map((name) =>
      bare(
        `content/${name}`,
        `「${name}」は、ことばの記号ではありません`,
        'フォルダーの名前を en、pt-BR のような記号（BCP 47）に直してください。',
      ),
    ),
  );
  if (badTags.length > 0) return undefined;
  const translations = others.map((name) => readTranslation(name, reading));
  const office = read('content/office.yaml', facts.officeShape);
  const calendar = read('content/calendar.yaml', facts.calendarShape);
  const renewal = read('content/procedures/renewal.yaml', facts.renewalTermsShape);
  const sources = read('content/sources.yaml', facts.sourcesShape);
  const helpdesk = readIfThere('content/helpdesk.yaml', facts.helpdeskShape);
  if (flows.length === 0)
    problems.push(bare('flows', '対話のファイルがひとつもありません', 'flows/ に YAML ファイルを置いてください。'));
  if (!languageNames(texts).includes(mainLanguage))
    problems.push(
      bare(
        'content',
        `日本語の文のフォルダーがありません`,
        `content/${mainLanguage}/ を作るか、名前を元に戻してください。`,
      ),
    );
  const own = translations.filter(isRead);
  if (!office || !calendar || !renewal || !sources || !main || own.length < translations.length) return undefined;
  const whole = {
    flows: flows.filter(isRead),
    languages: [main, ...own.map((each) => translated(each, main, office.value.facts))],
    translations: own,
    office,
    calendar,
    renewal,
    sources,
    helpdesk,
  };
  return whole.flows.length === flows.length ? whole : undefined;
}

interface Reading {
  readonly read: Read;
  readonly readIfThere: Read;
  readonly flows: readonly string[];
}

/** Only its words are wanted of a language: what else is not there is said in the main one. */
function readTranslation(language: string, { read, readIfThere, flows }: Reading): TranslationFiles | undefined {
  const folder = `content/${language}`;
  const words = read(`${folder}/words.yaml`, shapes.wordsShape);
  const files = {
    common: readIfThere(`${folder}/common.yaml`, shapes.commonShape),
    faq: readIfThere(`${folder}/faq.yaml`, shapes.faqTranslatedShape),
    matching: readIfThere(`${folder}/matching.yaml`, shapes.matchingShape),
    officeWords: readIfThere(`${folder}/office-words.yaml`, shapes.officeWordsShape),
    originals: readIfThere(`${folder}/originals.yaml`, shapes.originalsShape),
  };
  const byFlow = flows.map((flow) => [flow, readIfThere(`${folder}/${flow}.yaml`, shapes.flowTextsShape)] as const);
  if (!words) return undefined;
  return {
    language,
    words,
    ...files,
    flows: new Map(byFlow.flatMap(([flow, file]) => (file ? [[flow, file] as const] : []))),
  };
}

function readLanguage(language: string, { read, readIfThere, flows }: Reading): LanguageFiles | undefined {
  const folder = `content/${language}`;
  const common = read(`${folder}/common.yaml`, shapes.commonShape);
  const words = read(`${folder}/words.yaml`, shapes.wordsShape);
  const faq = read(`${folder}/faq.yaml`, shapes.faqShape);
  const matching = read(`${folder}/matching.yaml`, shapes.matchingShape);
  const replies = readIfThere(`${folder}/replies.yaml`, shapes.repliesShape);
  const facts = readIfThere(`${folder}/facts.yaml`, shapes.factNamesShape);
  const byFlow = flows.map((flow) => [flow, read(`${folder}/${flow}.yaml`, shapes.flowTextsShape)] as const);
  if (!common || !words || !faq || !matching || byFlow.some(([, file]) => !file)) return undefined;
  return {
    language,
    common,
    words,
    faq,
    matching,
    officeWords: undefined,
    replies,
    facts,
    flows: new Map(byFlow.flatMap(([flow, file]) => (file ? [[flow, file] as const] : []))),
  };
}

function isRead<File>(file: File | undefined): file is File {
  return file !== undefined;
}

function flowNames(texts: Texts): string[] {
  return Object.keys(texts).flatMap((file) => /^flows\/([^/]+)\.yaml$/.exec(file)?.[1] ?? []);
}

/** `pt-BR`, and not `pt_BR`. */
function isTag(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length > 0;
  } catch {
    return false;
  }
}

/** Folders of `content/` with files in them, but for the one of procedures. */
export function languageNames(texts: Texts): string[] {
  return [...new Set(Object.keys(texts).flatMap((file) => languageOf(file) ?? []))];
}

/** `content/en/faq.yaml` → `en`; undefined: the file belongs to no language. */
export function languageOf(file: string): string | undefined {
  const [, folder] = /^content\/([^/]+)\//.exec(file) ?? [];
  return folder === 'procedures' ? undefined : folder;
}
