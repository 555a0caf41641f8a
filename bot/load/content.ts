/** Content files → what the city says in a language. */
import { faqMatcher } from '../dialogue/faq.ts';
import type { FaqEntry, Language, QuestionText, Text, Words } from '../dialogue/library.ts';
import { parseTemplate } from '../dialogue/template.ts';
import type { Action } from '../dialogue/types.ts';
import type { Files, LanguageFiles } from './files.ts';
import { askLines } from './flow.ts';
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
      else texts.set(name, buildText(textShape.parse(written)));
    }
  }
  const faq = new Map(Object.entries(files.faq.value).map(([id, entry]) => [id, buildEntry(id, entry)]));
  return {
    texts,
    questions,
    phrases: new Map(Object.entries(files.common.value.phrases).map(([name, text]) => [name, buildText(text)])),
    faq,
    matcher: faqMatcher(faq.values(), files.words.value['out of scope']),
    words: buildWords(files.words.value),
  };
}

export function buildText(variants: readonly VariantShape[]): Text {
  return variants.map(({ when, text, card, choices, numbered, joins }) => ({
    when,
    text: text === undefined ? undefined : parseTemplate(text),
    card: card && {
      tone: card.tone,
      title: parseTemplate(card.title),
      rows: card.rows.map(({ label, value }) => ({ label, value: parseTemplate(value) })),
      note: card.note === undefined ? undefined : parseTemplate(card.note),
      alt: parseTemplate(card.alt),
    },
    choices: choices.map((choice) => ({ label: choice.label, action: buildAction(choice) })),
    numbered,
    joins,
  }));
}

/** `check.ts` has made sure that a choice does exactly one thing. */
function buildAction({ flow, faq, command, answer }: ChoiceShape): Action {
  if (flow !== undefined) return { kind: 'flow', flow };
  if (faq !== undefined) return { kind: 'faq', faq };
  if (command !== undefined) return { kind: 'command', command };
  const [slot = '', value = ''] = Object.entries(answer ?? {})[0] ?? [];
  return { kind: 'answer', slot, value };
}

function buildQuestion(question: QuestionShape, { common, words }: LanguageFiles): QuestionText {
  const retries = { ...common.value.retry, ...question.retry };
  return {
    name: question.name,
    ask: parseTemplate(question.ask),
    again: parseTemplate(question.again ?? question.ask),
    taken: question.taken === undefined ? undefined : parseTemplate(question.taken),
    retry: Object.fromEntries(Object.entries(retries).map(([why, sentence]) => [why, parseTemplate(sentence)])),
    choices: question.choices,
    unknown: question.unknown ?? words.value['do not know'],
  };
}

function buildEntry(id: string, entry: LanguageFiles['faq']['value'][string]): FaqEntry {
  return { id, asks: entry.asks, answer: buildText(entry.answer), starts: entry.starts, command: entry.command };
}

function buildWords(words: LanguageFiles['words']['value']): Words {
  const { 'pick a date': pickDate, 'do not know': _, 'out of scope': outOfScope, ...rest } = words;
  return { ...rest, pickDate, outOfScope };
}
