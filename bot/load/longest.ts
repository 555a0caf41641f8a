/** How long a sentence can get once the facts are filled in. */
import { dateFormats, dateWriter, formatFact } from '../dialogue/formats.ts';
import type { Placeholder, Template } from '../dialogue/library.ts';
import { parseTemplate } from '../dialogue/template.ts';
import type { NameKind, Names } from './names.ts';

/** No date is written longer: two digits for month and day, and for the year of the era. */
const longDate = '2028-12-29';
const writer = dateWriter('ja');
const longMoment = '12月29日（水）17:30'.length;
const longTime = '17:30'.length;
const longNumber = '1000'.length;
/** The name of a question, or what a resident picks from: they stand on buttons. */
const longText = 40;
/** Phrases hold phrases; endless ones are a problem of their own. */
const deepest = 5;

/** In UTF-16 units, as LINE counts. */
export function longestLength(template: Template, names: Names, depth = 0): number {
  return template.reduce(
    (length, part) => length + (typeof part === 'string' ? part.length : longestOf(part, names, depth)),
    0,
  );
}

function longestOf({ name, format }: Placeholder, names: Names, depth: number): number {
  const kind: NameKind = names.get(name) ?? 'text';
  if (typeof kind === 'object' && 'sentences' in kind)
    return depth >= deepest
      ? 0
      : Math.max(0, ...kind.sentences.map((each) => longestLength(parseTemplate(each), names, depth + 1)));
  if (typeof kind === 'object') return Math.max(0, ...kind.map((word) => word.length));
  if (kind === 'date' || kind === 'personal')
    return dateFormats.some((each) => each === (format ?? 'full'))
      ? formatFact(longDate, writer, format).length
      : longText;
  return { moment: longMoment, time: longTime, number: longNumber, text: longText }[kind];
}
