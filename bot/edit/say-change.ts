/** A change in plain words: where it is, what stood there, what stands there now. */
import { dateWriter, formatFact } from '../dialogue/formats.ts';
import { mainLanguage } from '../load/files.ts';
import type { Texts } from '../load/texts.ts';
import { isPlainDate } from '../rules/dates.ts';
import type { Change, Value } from './change.ts';
import { labelOf } from './labels.ts';
import { formOf, isForm } from './sections.ts';

export interface SaidChange {
  /** 「よくある質問 › 手数料いくら › 答え」. */
  readonly where: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** `texts`: with the change in them or without, as long as the place has a name there. */
export function sayChange(change: Change, texts: Texts): SaidChange {
  const where = whereOf(change, texts);
  if (change.kind === 'set') return { where, before: sayValue(change.was), after: sayValue(change.becomes) };
  const item = sayValue(change.item);
  return change.kind === 'add' ? { where, before: null, after: item } : { where, before: item, after: null };
}

const lists: Readonly<Record<string, string>> = {
  closures: '臨時の休み',
  'extra openings': '臨時窓口',
  hours: '開いている時間',
};

function whereOf({ file, path }: Change, texts: Texts): string {
  const text = texts[file] ?? '';
  const form = formOf(file, text);
  const section = isForm(file)
    ? form.sections.find((each) => each.path.every((key, index) => path[index] === key))
    : undefined;
  const rest = path.slice(section?.path.length ?? 0);
  const place = section ? [section.title, labelOf(rest)] : path.map((key) => lists[key] ?? String(key));
  return [form.title, ...place].filter((each) => each !== '').join(' › ');
}

/** Of the calendar; what texts are called stands in `labels.ts`. */
const names: Readonly<Record<string, string>> = {
  on: '日',
  from: 'いつから',
  until: 'いつまで',
  reason: '理由',
  note: 'メモ',
  periods: '時間',
  weekdays: '曜日',
};

/** Null: nothing. */
export function sayValue(value: Value | null): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(sayValue).join('、');
  if (isPlainDate(value)) return formatFact(value, dateWriter(mainLanguage));
  if (typeof value !== 'object') return String(value).trim();
  if ('opens' in value && 'closes' in value) return `${value.opens}〜${value.closes}`;
  return Object.entries(value)
    .filter(([key]) => key !== 'source')
    .map(([key, each]) => `${names[key] ?? labelOf([key])}: ${sayValue(each)}`)
    .join('\n');
}
