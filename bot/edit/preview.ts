/** What residents see of a text, before anybody publishes it: every variant as a bubble, with examples where facts will stand. */
import { commonTexts } from '../dialogue/common-texts.ts';
import { conditionTexts } from '../dialogue/condition-text.ts';
import { talkKinds } from '../dialogue/family.ts';
import { formatFact } from '../dialogue/formats.ts';
import type { Flow, Language, Library, Question, Template, Text } from '../dialogue/library.ts';
import { questionText } from '../dialogue/question-text.ts';
import { buttonsOf } from '../dialogue/say-choices.ts';
import type { Reply } from '../dialogue/types.ts';
import { fill, fillCard } from '../dialogue/words.ts';
import { languageOf } from '../load/files.ts';
import { mainLanguageOf } from '../load/library.ts';
import { schemaOf } from '../load/schemas.ts';
import { addDays, type PlainDate } from '../rules/dates.ts';
import { deskKinds, officeKinds } from '../rules/office-facts.ts';
import type { FactKind, Facts } from '../rules/rule.ts';
import type { Place } from './change.ts';

export interface Preview {
  /** When it is said: 「時期: 更新できる」. */
  readonly when: readonly string[];
  readonly reply: Reply;
}

/** Nothing for what no resident reads by itself: a list of words, a setting. */
export function previewOf(
  file: string,
  path: Place,
  { library, today }: { library: Library; today: PlainDate },
): Preview[] {
  const language = library.languages.get(languageOf(file) ?? '') ?? mainLanguageOf(library);
  const key = String(path.at(-1));
  const flow = library.flows.get(schemaOf(file) === 'flow-texts' ? (/([^/]+)\.yaml$/.exec(file)?.[1] ?? '') : '');
  const context = { language, flow, facts: { ...examples(library, today), ...language.officeFacts } };
  const question = flow?.ask.find(({ slot }) => slot === key);
  if (question) return questionPreview(question, context);
  return variants(textAt(file, path, { language, flow }), context);
}

interface Context {
  readonly language: Language;
  readonly flow: Flow | undefined;
  readonly facts: Facts;
}

function textAt(
  file: string,
  path: Place,
  { language, flow }: { language: Language; flow: Flow | undefined },
): Text | undefined {
  const key = String(path.at(-1));
  if (flow) return language.texts.get(`${flow.id}.${key}`);
  switch (schemaOf(file)) {
    case 'faq':
    case 'faq-translated':
      return language.texts.get(`faq.${key}`);
    case 'common':
      return path[0] === 'phrases' ? language.phrases.get(key) : language.texts.get(`common.${key}`);
    case 'replies': {
      const reply = language.replies.get(key);
      return (
        reply && [
          { when: {}, text: reply.text, more: undefined, card: undefined, choices: [], numbered: false, joins: false },
        ]
      );
    }
    default:
      return undefined;
  }
}

function variants(text: Text | undefined, { language, flow, facts }: Context): Preview[] {
  return (text ?? []).map(({ when, text: words, card, choices }) => ({
    when: flow
      ? conditionTexts(when, flow, language)
      : Object.entries(when).map(([name, values]) => `${name}: ${values.join('・')}`),
    reply: {
      text: words ? fill(words, facts, language).trim() : '',
      ...(card && { card: fillCard(card, facts, language) }),
      choices: buttonsOf({ choices }, { facts, language }),
    },
  }));
}

function questionPreview(question: Question, { language, facts }: Context): Preview[] {
  const words = questionText(language, question);
  if (!words) return [];
  const { pickDate, pickDay } = language.words.labels;
  const days = words.offers.map((name) => formatFact(facts[name] ?? '', language.dates, 'brief'));
  const labelsOf: Readonly<Record<Question['kind'], readonly string[]>> = {
    date: [pickDate, words.unknown],
    day: [...days, pickDay],
    choice: question.choices.map((value) => words.choices[value]?.label ?? value),
  };
  const labels = labelsOf[question.kind];
  const bubble = (template: Template, shown: readonly string[]): Reply => ({
    text: fill(template, facts, language).trim(),
    choices: shown.map((label) => ({ label, does: { kind: 'say', text: label } })),
  });
  return [{ when: [], reply: bubble(words.ask, labels) }];
}

/** Something of each kind: a day four months ahead, nine o'clock, 3. */
function examples(library: Library, today: PlainDate): Facts {
  const day = addDays(today, 120);
  const [name = '…'] = [...mainLanguageOf(library).questions.values()].map((question) => question.name);
  const byKind = (kind: FactKind | 'text'): string | number => {
    if (kind === 'text') return name;
    if (kind === 'date') return day;
    if (kind === 'moment') return `${day}T09:00`;
    if (kind === 'time') return '09:00';
    return kind === 'number' ? 3 : (kind[0] ?? '…');
  };
  const rules = [...library.flows.values()].map(({ rule }) => rule?.factKinds);
  const kinds = Object.assign({}, ...Object.values(commonTexts), talkKinds, officeKinds, deskKinds, ...rules);
  const slots = [...library.flows.values()].flatMap(({ ask }) => ask.filter(({ kind }) => kind === 'date'));
  return {
    ...Object.fromEntries(Object.entries<FactKind | 'text'>(kinds).map(([name, kind]) => [name, byKind(kind)])),
    ...Object.fromEntries(slots.map(({ slot }) => [slot, day])),
    ...library.officeFacts,
  };
}
