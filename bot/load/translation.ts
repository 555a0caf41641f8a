/** A language's own files over those of the main one: what it does not say itself is said in the main language, with a mark. */
import type { LanguageFiles, TranslationFiles } from './files.ts';
import { officeStill } from './originals.ts';
import { withSpaces } from './phrases.ts';
import type { YamlFile } from './yaml.ts';

type Entries = Readonly<Record<string, unknown>>;

/** As complete as the main language. `office`: the facts of `content/office.yaml`. */
export function translated(own: TranslationFiles, main: LanguageFiles, office: Entries): LanguageFiles {
  const { words } = own;
  const mark = words.value['not translated'] ?? '';
  const ours = words.value['spaces between phrases'] ? withPhrases : <Value>(value: Value) => value;
  /** Only what the main language has: of a text that is gone there the translation is not needed any more. */
  const over = <Value extends Entries>(theirs: Value, file: Entries | undefined) => {
    const said = ours(file);
    return mapped(theirs, (text, key) =>
      said?.[key] === undefined ? withMark(text, mark) : mended(said[key], text),
    ) as Value;
  };
  const common = main.common.value;
  const spoken = own.common?.value;
  return {
    language: own.language,
    words,
    common: placed(own.common ?? main.common, {
      // On the bar of the menu there is no room for a mark.
      texts: { ...over(common.texts, spoken?.texts), ...onlyIn(spoken?.texts ?? common.texts, 'rich-menu') },
      phrases: { ...common.phrases, ...ours(spoken?.phrases) },
      retry: over(common.retry, spoken?.retry),
    }),
    faq: placed(own.faq ?? main.faq, faqOver(main, ours(own.faq?.value), mark)),
    matching: own.matching ?? main.matching,
    officeWords: own.officeWords && placed(own.officeWords, officeStill(own, office)),
    flows: new Map(
      [...main.flows].map(([flow, file]) => {
        const spokenFlow = own.flows.get(flow);
        return [flow, placed(spokenFlow ?? file, over(file.value, spokenFlow?.value))];
      }),
    ),
    // Staff read the main language.
    replies: undefined,
    facts: undefined,
  };
}

/** What an entry does stands in the main language. One that is not translated has no ways of asking: they would be another language's. */
function faqOver(
  main: LanguageFiles,
  own: NonNullable<TranslationFiles['faq']>['value'] | undefined,
  mark: string,
): LanguageFiles['faq']['value'] {
  return mapped(main.faq.value, (entry, id) => {
    const spoken = own?.[id];
    if (spoken) return { ...entry, ...spoken };
    return { ...entry, asks: [], answer: withMark(entry.answer, mark) as typeof entry.answer };
  });
}

/** A question with a choice that is new in the main language, or without one that is gone there. */
function mended(own: unknown, main: unknown): unknown {
  if (!isEntries(own) || !isEntries(main) || !isEntries(own.choices) || !isEntries(main.choices)) return own;
  const choices = own.choices;
  return { ...own, choices: mapped(main.choices, (choice, value) => choices[value] ?? choice) };
}

/** The merged value, with problems shown where the language's own file has them. */
function placed<Value>(file: YamlFile<unknown>, value: Value): YamlFile<Value> {
  return { file: file.file, value, problem: file.problem };
}

/** A text, a question, variants of a text: the mark stands before what is read first. */
function withMark(text: unknown, mark: string): unknown {
  if (mark === '') return text;
  if (typeof text === 'string') return `${mark}\n${text}`;
  if (Array.isArray(text)) return text.map((each) => withMark(each, mark));
  if (!isEntries(text)) return text;
  return mapped(text, (each, key) => (readFirst.has(key) && each !== undefined ? withMark(each, mark) : each));
}

const readFirst = new Set(['text', 'ask', 'again']);

/** What is read in bubbles, with spaces between phrases; words on buttons have no room for them, and words to look for need none. */
function withPhrases<Value>(entries: Value): Value {
  return isEntries(entries) ? (mapped(entries, spaced) as Value) : entries;
}

/** A sentence, or the sentences of a text. */
function spaced(text: unknown): unknown {
  if (typeof text === 'string') return withSpaces(text);
  if (Array.isArray(text)) return text.map((each) => (isEntries(each) ? spaced(each) : each));
  if (!isEntries(text)) return text;
  return mapped(text, (each, key) => {
    if (key === 'retry') return withPhrases(each);
    return typeof each === 'string' && !inBubbles.has(key)
      ? each
      : key === 'choices' || key === 'when'
        ? each
        : spaced(each);
  });
}

const inBubbles = new Set([
  'text',
  'more',
  'answer',
  'ask',
  'again',
  'taken',
  'reassure',
  'why',
  'retention',
  'value',
  'note',
  'alt',
]);

function onlyIn<Value>(entries: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  const value = entries[key];
  return value === undefined ? {} : { [key]: value };
}

function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapped<Value, Result>(
  entries: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value, key)]));
}
