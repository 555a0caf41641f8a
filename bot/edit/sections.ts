/** A file as a form: its texts and facts under headings that people know them by. What only programs read is left out. */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { languageOf, mainLanguage } from '../load/files.ts';
import { parsed } from '../load/parsed.ts';
import { schemaOf } from '../load/schemas.ts';
import type { Place } from './change.ts';
import { labelOf } from './labels.ts';

export interface Field {
  readonly path: Place;
  readonly label: string;
  /** As it stands in the file: many texts end with a line end. */
  readonly value: string | number | readonly string[];
}

/** A text, a question, a FAQ entry. */
export interface Section {
  readonly path: Place;
  readonly title: string;
  /** What the file says of it. */
  readonly note: string;
  readonly fields: readonly Field[];
}

export interface Form {
  readonly file: string;
  /** Its schema: `faq`. */
  readonly kind: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** Where the texts lie in a kind of file; elsewhere each entry of the file is one. */
const places: Readonly<Record<string, readonly Place[]>> = {
  office: [['facts']],
  common: [['texts'], ['phrases'], ['retry']],
  words: [['commands'], []],
};

/** Names and settings: another value would need another programme, or another flow. */
const fixed = new Set([
  'flow',
  'faq',
  'command',
  'when',
  'source',
  'starts',
  'tone',
  'kind',
  'hours',
  'commands',
  'uses',
  'tell',
  'offers',
]);

/** In a flow the questions, their conditions and what is said when are not words. */
const flowWords = new Set(['title', 'starts with']);

/** What a button does. */
const deeds = new Set(['answer', 'ask']);

/** What people call a kind of file, the most wanted first. */
const titles: Readonly<Record<string, string>> = {
  faq: 'よくある質問',
  'faq-translated': 'よくある質問',
  'flow-texts': '',
  common: 'どの対話でも使う文',
  office: '窓口の名前・場所・電話',
  'office-words': '窓口の名前など',
  helpdesk: '職員が答える時間',
  replies: '職員の用意した文',
  words: '市民の方が使う言葉',
  matching: '質問の読み取り方',
  flow: '対話を始める言葉',
  facts: 'わかったことの言い方',
  sources: '出典',
};

/** The files of a language in that order; those of no language belong to the main one. */
export function formFiles(files: readonly string[], language: string): string[] {
  const order = Object.keys(titles);
  const isTheirs = (file: string) => (languageOf(file) ?? mainLanguage) === language;
  const rank = (file: string) => order.indexOf(schemaOf(file));
  return files.filter((file) => isForm(file) && isTheirs(file)).toSorted((one, other) => rank(one) - rank(other));
}

/** Files that are no texts: the calendar has a page of its own, the procedure's terms are changed with the law, and prints are made by a command. */
const apart = new Set(['calendar', 'renewal', 'originals']);

export function isForm(file: string): boolean {
  return !apart.has(schemaOf(file));
}

export function formOf(file: string, text: string): Form {
  const document = parsed(text).document;
  const kind = schemaOf(file);
  const maps = (places[kind] ?? [[]]).flatMap((path) => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    return isMap(map) ? [{ path, map }] : [];
  });
  const sections = maps.flatMap(({ path, map }) => sectionsOf(map, path, kind));
  return { file, kind, title: titles[kind] || headOf(text) || file, sections };
}

function sectionsOf(map: YAMLMap, path: Place, kind: string): Section[] {
  return map.items.flatMap(({ key, value }, index) => {
    if (!isScalar(key) || !isNode(value)) return [];
    const name = String(key.value);
    const here = [...path, name];
    if (fixed.has(name) || (kind === 'flow' && !flowWords.has(name))) return [];
    const fields = fieldsOf(value, here, here.length);
    if (fields.length === 0) return [];
    // What stands above the first entry of a file is about the file.
    const above = index > 0 ? key.commentBefore : path.length > 0 ? map.commentBefore : null;
    const note = [lastParagraph(above), value.comment ?? ''].join(' ').trim();
    return [{ path: here, title: titleOf(name, note, fields), note, fields }];
  });
}

/** What is written only once: a place that names another place has no field of its own. */
function fieldsOf(node: Node, path: Place, depth: number): Field[] {
  if (isAlias(node)) return [];
  const label = labelOf(path.slice(depth));
  if (isScalar(node)) {
    const { value } = node;
    if (typeof value === 'number') return [{ path, label, value }];
    return typeof value === 'string' ? [{ path, label, value }] : [];
  }
  if (isSeq(node)) {
    const items = node.items.filter(isNode);
    if (items.every(isScalar)) return [{ path, label, value: items.map(({ value }) => String(value)) }];
    return items.flatMap((item, index) => fieldsOf(item, [...path, index], depth));
  }
  if (!isMap(node)) return [];
  return node.items.filter(isPair).flatMap(({ key, value }) => {
    if (!isScalar(key) || !isNode(value) || fixed.has(String(key.value))) return [];
    if (deeds.has(String(key.value)) && path.includes('choices')) return [];
    return fieldsOf(value, [...path, String(key.value)], depth);
  });
}

/** The name of a question, the headline of an entry or a card, the first way of asking, the first words of a text. */
function titleOf(name: string, note: string, fields: readonly Field[]): string {
  const byEnd = (...ends: string[]) => fields.find(({ path }) => path.length > 1 && ends.includes(String(path.at(-1))));
  const [only] = fields;
  if (fields.length === 1 && note !== '' && only?.path.at(-1) === name) return note;
  const found = byEnd('name') ?? byEnd('title') ?? byEnd('asks') ?? only;
  const words = Array.isArray(found?.value) ? found.value[0] : found?.value;
  const [line = ''] = String(words || name).split('\n');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const longest = 28;

/** The file's own heading: the first comment that is no instruction to the editor. */
function headOf(text: string): string {
  const line = text.split('\n').find((each) => each.startsWith('#') && !each.includes('yaml-language-server'));
  return line?.replace(/^#\s*/, '').split('。')[0] ?? '';
}

/** Ruled headings between the entries are no notes. */
function lastParagraph(comment: string | null | undefined): string {
  const lines = (comment ?? '').split('\n').filter((line) => !line.includes('──'));
  return lines
    .slice(lines.lastIndexOf('') + 1)
    .map((line) => line.trim())
    .join(' ');
}
