/** Content files → what the city says in a language. */
import { type FaqMatcher, faqMatcher } from '../dialogue/faq.ts';
import { dateWriter } from '../dialogue/formats.ts';
import { foldWith } from '../dialogue/grams.ts';
import type { FaqEntry, Language, QuestionText, Template, Text, Words } from '../dialogue/library.ts';
import { normalise } from '../dialogue/normalise.ts';
import { parseTemplate } from '../dialogue/template.ts';
import { type Action, type Button, type Command, commands } from '../dialogue/types.ts';
import type { Files, FlowFile, LanguageFiles } from './files.ts';
import { askLines, fingerprint } from './flow.ts';
import { type ChoiceShape, type QuestionShape, questionShape, textShape, type VariantShape } from './shapes/texts.ts';

/** `main`: whose words are understood, too. */
export function buildLanguage(files: LanguageFiles, flows: Files['flows'], main: LanguageFiles): Language {
  const texts = new Map<string, Text>();
  const questions = new Map<string, QuestionText>();
  for (const [key, text] of Object.entries(files.common.value.texts)) texts.set(`common.${key}`, buildText(text));
  for (const [id, entry] of Object.entries(files.faq.value)) texts.set(`faq.${id}`, buildText(entry.answer));
  for (const flow of flows) {
    const slots = new Set(askLines(flow).map(({ slot }) => slot));
    for (const [key, written] of Object.entries(files.flows.get(flow.id)?.value ?? {})) {
      const name = `${flow.id}.${key}`;
      if (slots.has(key)) questions.set(name, buildQuestion(questionShape.parse(written), files));
      else texts.set(name, buildText(textShape.parse(written), flow));
    }
  }
  const faq = new Map(Object.entries(files.faq.value).map(([id, entry]) => [id, buildEntry(id, entry)]));
  const words = files.words.value;
  return {
    tag: files.language,
    name: words.name,
    called: folded([words.name, ...words.called]),
    dates: dateWriter(files.language),
    spoken: spokenWords(files),
    officeFacts: files.officeWords?.value ?? {},
    texts,
    questions,
    phrases: new Map(Object.entries(files.common.value.phrases).map(([name, text]) => [name, buildText(text)])),
    faq,
    matcher: buildMatcher(faq, files),
    words: buildWords(files, main),
    facts: new Map(Object.entries(files.facts?.value ?? {})),
    replies: new Map(
      Object.entries(files.replies?.value ?? {}).map(([id, reply]) => [
        id,
        { ...reply, text: parseTemplate(reply.text) },
      ]),
    ),
  };
}

/** `flow`: whose questions a choice may answer. */
function buildText(variants: readonly VariantShape[], flow?: FlowFile): Text {
  return variants.map(({ when, text, more, card, choices, numbered, joins }) => ({
    when,
    text: text === undefined ? undefined : parseTemplate(text),
    more: more === undefined ? undefined : parseTemplate(more),
    card: card && {
      tone: card.tone,
      title: parseTemplate(card.title),
      rows: card.rows.map(({ label, value }) => ({ label, value: parseTemplate(value) })),
      note: card.note === undefined ? undefined : parseTemplate(card.note),
      alt: parseTemplate(card.alt),
    },
    choices: choices.map((choice) => ({
      label: parseTemplate(choice.label),
      when: choice.when,
      ...buildButton(choice, flow),
    })),
    numbered,
    joins,
  }));
}

/** `check-choice.ts` has made sure that a choice does exactly one thing, and that only a flow's own texts answer its questions. */
function buildButton(
  { flow, faq, command, ask, answer }: ChoiceShape,
  own: FlowFile | undefined,
): { readonly button: Button; readonly fromFact?: string } {
  const doing = (action: Action) => ({ button: { kind: 'do', action } as const });
  if (flow !== undefined) return doing({ kind: 'flow', flow });
  if (faq !== undefined) return doing({ kind: 'faq', faq });
  if (command !== undefined) return doing({ kind: 'command', command });
  if (ask !== undefined && own) return doing({ kind: 'ask', flow: own.id, slot: ask });
  const [slot = '', value = ''] = Object.entries(answer ?? {})[0] ?? [];
  const line = own && askLines(own).find((each) => each.slot === slot);
  if (!line) return { button: { kind: 'unreadable' } };
  const button = { kind: 'answer', flow: own.id, slot, meaning: fingerprint(line), value } as const;
  return line.kind === 'day' ? { button, fromFact: value } : { button };
}

function buildQuestion(question: QuestionShape, { common, words }: LanguageFiles): QuestionText {
  const ask = question.ask.replaceAll('{retention}', () => question.retention ?? '');
  const retries = { ...common.value.retry, ...question.retry };
  return {
    name: question.name,
    called: folded([question.name, ...question.called]),
    ask: parseTemplate(ask),
    again: parseTemplate(question.again ?? ask),
    taken: question.taken === undefined ? undefined : parseTemplate(question.taken),
    why: question.why === undefined ? undefined : parseTemplate(question.why),
    offers: question.offers,
    requests: folded(question.requests),
    reassure: question.reassure === undefined ? undefined : parseTemplate(question.reassure),
    retry: Object.fromEntries(Object.entries(retries).map(([why, sentence]) => [why, parseTemplate(sentence)])),
    choices: Object.fromEntries(
      Object.entries(question.choices).map(([value, { label, also, contains }]) => [
        value,
        { label, also: folded(also), contains: folded(contains) },
      ]),
    ),
    unknown: question.unknown ?? words.value['do not know'],
  };
}

function buildEntry(id: string, entry: LanguageFiles['faq']['value'][string]): FaqEntry {
  const { title, asks } = entry;
  return { id, title, asks, answer: buildText(entry.answer), starts: entry.starts, command: entry.command };
}

function buildMatcher(faq: ReadonlyMap<string, FaqEntry>, { matching }: LanguageFiles): FaqMatcher {
  const { same, endings, sure, maybe, elsewhere, 'out of scope': outOfScope } = matching.value;
  return faqMatcher({
    entries: [...faq.values()].map(({ id, asks, answer }) => ({ id, sentences: [...asks, ...sentencesOf(answer)] })),
    elsewhere: { asks: outOfScope, words: elsewhere },
    fold: foldWith([...same, ...endings]),
    sure,
    maybe,
  });
}

/** What an answer says, sentence by sentence, but for those with facts in them: what they are around stands in many answers and tells nothing. */
function sentencesOf(answer: Text): string[] {
  const written = (template: Template) => template.map((part) => (typeof part === 'string' ? part : fact)).join('');
  return answer
    .flatMap(({ text = [], more = [] }) => `${written(text)}\n${written(more)}`.split(/[。\n]|\. /))
    .filter((sentence) => sentence.trim() !== '' && !sentence.includes(fact));
}

/** Stands where a fact does; nobody types it. */
const fact = '\0';

/** The language's own words first: they stand on buttons. Whoever types the main language's is understood as well. */
function buildWords(
  { words: { value: own }, matching }: LanguageFiles,
  { words: { value: main } }: LanguageFiles,
): Words {
  const both = (key: WordList) => [...new Set([...folded(own[key]), ...folded(main[key])])];
  const words = (list: readonly string[] = []) => folded(list);
  return {
    commands: Object.fromEntries(
      commands.map((name) => [name, [...new Set([...words(own.commands[name]), ...words(main.commands[name])])]]),
    ) as Record<Command, string[]>,
    unknown: both('unknown'),
    aroundUnknown: both('around unknown'),
    aroundStart: both('around start'),
    yes: both('yes'),
    no: both('no'),
    wrong: both('wrong'),
    correct: both('correct'),
    upset: both('upset'),
    secrets: both('secrets'),
    labels: {
      yes: own.yes[0] ?? '',
      no: own.no[0] ?? '',
      pickDate: own['pick a date'],
      pickDay: own['pick a day'] ?? main['pick a day'] ?? '',
      more: own.more[0] ?? '',
    },
    people: new Map(
      Object.entries(main.people).map(([person, called]) => {
        const [label = person, ...others] = own.people[person] ?? called;
        return [person, { label, also: folded([label, ...others, ...called]) }];
      }),
    ),
    more: both('more'),
    aroundLanguage: both('around language'),
    between: matching.value.between,
  };
}

type WordList =
  | 'unknown'
  | 'around unknown'
  | 'around start'
  | 'yes'
  | 'no'
  | 'wrong'
  | 'correct'
  | 'upset'
  | 'secrets'
  | 'more'
  | 'around language';

/** What is said in this language and no other: of what falls back to the main one, nothing. */
function spokenWords({ words: { value: words }, faq }: LanguageFiles): string[] {
  const own = Object.values(faq.value).filter(({ asks }) => asks.length > 0);
  return [
    ...own.flatMap(({ title, asks }) => [title, ...asks]),
    ...Object.values(words.commands).flat(),
    ...[words.yes, words.no, words.wrong, words.unknown, words.more].flat(),
  ];
}

/** Folded once here, so that a turn folds only what the resident typed. */
function folded(words: readonly string[]): readonly string[] {
  return words.map(normalise);
}
