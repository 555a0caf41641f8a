/** Content files → what the city says in a language. */
import { type FaqMatcher, faqMatcher } from '../dialogue/faq.ts';
import { foldWith } from '../dialogue/grams.ts';
import type { FaqEntry, Language, QuestionText, Template, Text, Words } from '../dialogue/library.ts';
import { normalise } from '../dialogue/normalise.ts';
import { parseTemplate } from '../dialogue/template.ts';
import type { Button } from '../dialogue/types.ts';
import type { Files, FlowFile, LanguageFiles } from './files.ts';
import { askLines, fingerprint } from './flow.ts';
import { type ChoiceShape, type QuestionShape, questionShape, textShape, type VariantShape } from './shapes/texts.ts';

export function buildLanguage(files: LanguageFiles, flows: Files['flows']): Language {
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
  return {
    texts,
    questions,
    phrases: new Map(Object.entries(files.common.value.phrases).map(([name, text]) => [name, buildText(text)])),
    faq,
    matcher: buildMatcher(faq, files),
    words: buildWords(files),
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
    choices: choices.map((choice) => ({ label: choice.label, button: buildButton(choice, flow) })),
    numbered,
    joins,
  }));
}

/** `check-choice.ts` has made sure that a choice does exactly one thing, and that only a flow's own texts answer its questions. */
function buildButton({ flow, faq, command, answer }: ChoiceShape, own: FlowFile | undefined): Button {
  if (flow !== undefined) return { kind: 'do', action: { kind: 'flow', flow } };
  if (faq !== undefined) return { kind: 'do', action: { kind: 'faq', faq } };
  if (command !== undefined) return { kind: 'do', action: { kind: 'command', command } };
  const [slot = '', value = ''] = Object.entries(answer ?? {})[0] ?? [];
  const line = own && askLines(own).find((each) => each.slot === slot);
  if (!line) return { kind: 'unreadable' };
  return { kind: 'answer', flow: own.id, slot, meaning: fingerprint(line), value };
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

function buildWords({ words: { value: words }, matching }: LanguageFiles): Words {
  const { commands, unknown, yes, no, correct, secrets, upset } = words;
  return {
    commands: foldedEach(commands),
    unknown: folded(unknown),
    aroundUnknown: folded(words['around unknown']),
    aroundStart: folded(words['around start']),
    yes: folded(yes),
    no: folded(no),
    wrong: folded(words.wrong),
    correct: folded(correct),
    upset: folded(upset),
    secrets: folded(secrets),
    labels: { yes: yes[0] ?? '', no: no[0] ?? '', pickDate: words['pick a date'], more: words.more[0] ?? '' },
    more: folded(words.more),
    between: matching.value.between,
  };
}

function foldedEach<Name extends string>(
  lists: Readonly<Record<Name, readonly string[]>>,
): Record<Name, readonly string[]> {
  const entries = Object.entries(lists) as [Name, readonly string[]][];
  return Object.fromEntries(entries.map(([name, words]) => [name, folded(words)])) as Record<Name, readonly string[]>;
}

/** Folded once here, so that a turn folds only what the resident typed. */
function folded(words: readonly string[]): readonly string[] {
  return words.map(normalise);
}
