/** Reads every file of `flows/` and `content/` into its shape, with its places. Cross-checks are `check.ts`. */
import { existsSync, readdirSync } from 'node:fs';
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import * as facts from './shapes/facts.ts';
import { type FlowShape, flowShape } from './shapes/flow.ts';
import * as texts from './shapes/texts.ts';
import { bare, readYaml, type YamlFile } from './yaml.ts';

export interface FlowFile extends YamlFile<FlowShape> {
  readonly id: string;
}

export interface LanguageFiles {
  readonly language: string;
  readonly common: YamlFile<z.infer<typeof texts.commonShape>>;
  readonly words: YamlFile<z.infer<typeof texts.wordsShape>>;
  readonly faq: YamlFile<z.infer<typeof texts.faqShape>>;
  /** Absent: clerks have no ready-made words but the FAQ's. */
  readonly replies: YamlFile<z.infer<typeof texts.repliesShape>> | undefined;
  /** Absent: conditions are shown by their names. */
  readonly facts: YamlFile<z.infer<typeof texts.factNamesShape>> | undefined;
  /** By flow: its questions and texts, still as written. */
  readonly flows: ReadonlyMap<string, YamlFile<Record<string, unknown>>>;
}

export interface Files {
  readonly flows: readonly FlowFile[];
  readonly languages: readonly LanguageFiles[];
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
export function readFiles(root: string, problems: Problem[]): Files | undefined {
  const read: Read = (file, shape) => readYaml(root, file, { shape, problems });
  const readIfThere: Read = (file, shape) => (existsSync(`${root}/${file}`) ? read(file, shape) : undefined);
  const flows = yamlNames(root, 'flows').map((id) => {
    const file = read(`flows/${id}.yaml`, flowShape);
    return file && { ...file, id };
  });
  const languages = directories(root, 'content')
    .filter((name) => name !== 'procedures')
    .map((language) =>
      readLanguage(language, {
        read,
        readIfThere,
        flows: flows.flatMap((flow) => flow?.id ?? []),
      }),
    );
  const office = read('content/office.yaml', facts.officeShape);
  const calendar = read('content/calendar.yaml', facts.calendarShape);
  const renewal = read('content/procedures/renewal.yaml', facts.renewalTermsShape);
  const sources = read('content/sources.yaml', facts.sourcesShape);
  const helpdesk = readIfThere('content/helpdesk.yaml', facts.helpdeskShape);
  if (flows.length === 0)
    problems.push(bare('flows', '対話のファイルがひとつもありません', 'flows/ に YAML ファイルを置いてください。'));
  if (!directories(root, 'content').includes(mainLanguage))
    problems.push(
      bare(
        'content',
        `日本語の文のフォルダーがありません`,
        `content/${mainLanguage}/ を作るか、名前を元に戻してください。`,
      ),
    );
  if (!office || !calendar || !renewal || !sources) return undefined;
  const whole = {
    flows: flows.filter(isRead),
    languages: languages.filter(isRead),
    office,
    calendar,
    renewal,
    sources,
    helpdesk,
  };
  return whole.flows.length === flows.length && whole.languages.length === languages.length ? whole : undefined;
}

function readLanguage(
  language: string,
  { read, readIfThere, flows }: { read: Read; readIfThere: Read; flows: readonly string[] },
): LanguageFiles | undefined {
  const folder = `content/${language}`;
  const common = read(`${folder}/common.yaml`, texts.commonShape);
  const words = read(`${folder}/words.yaml`, texts.wordsShape);
  const faq = read(`${folder}/faq.yaml`, texts.faqShape);
  const replies = readIfThere(`${folder}/replies.yaml`, texts.repliesShape);
  const facts = readIfThere(`${folder}/facts.yaml`, texts.factNamesShape);
  const byFlow = flows.map((flow) => [flow, read(`${folder}/${flow}.yaml`, texts.flowTextsShape)] as const);
  if (!common || !words || !faq || byFlow.some(([, file]) => !file)) return undefined;
  return {
    language,
    common,
    words,
    faq,
    replies,
    facts,
    flows: new Map(byFlow.flatMap(([flow, file]) => (file ? [[flow, file] as const] : []))),
  };
}

function isRead<File>(file: File | undefined): file is File {
  return file !== undefined;
}

function yamlNames(root: string, folder: string): string[] {
  return names(root, folder, (entry) => entry.isFile() && entry.name.endsWith('.yaml')).map((name) =>
    name.replace(/\.yaml$/, ''),
  );
}

function directories(root: string, folder: string): string[] {
  return names(root, folder, (entry) => entry.isDirectory());
}

function names(
  root: string,
  folder: string,
  wanted: (entry: { name: string; isFile(): boolean; isDirectory(): boolean }) => boolean,
): string[] {
  try {
    return readdirSync(`${root}/${folder}`, { withFileTypes: true })
      .filter(wanted)
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}
