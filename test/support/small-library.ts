/** Small libraries made in a test: flows of a few questions, and words that say no more than which question it is. */
import { faqMatcher } from '../../bot/dialogue/faq.ts';
import { foldWith } from '../../bot/dialogue/grams.ts';
import type { BoundRule, Flow, Language, Library, QuestionText, Text } from '../../bot/dialogue/library.ts';
import { parseTemplate } from '../../bot/dialogue/template.ts';
import { buildFlow } from '../../bot/load/flow.ts';
import { flowShape } from '../../bot/load/shapes/flow.ts';
import { library } from './library.ts';

/** A question: its slot, and `date` or its choices. */
export type SmallQuestion = readonly [slot: string, answer: 'date' | readonly string[]];

/** A rule that takes any date and works nothing out. */
const anyDate: BoundRule = {
  factKinds: {},
  datePair: undefined,
  about: {},
  slots: new Proxy(
    {},
    {
      get: () => ({
        personal: false,
        suffices: false,
        reasons: [],
        range: () => ({ from: '2000-01-01', until: '2030-12-31', likely: '2020-01-01' }),
        refuse: () => undefined,
      }),
    },
  ),
  facts: (answers) => answers,
  keeps: undefined,
  together: undefined,
};

export function smallFlow(id: string, questions: readonly SmallQuestion[]): Flow {
  const value = flowShape.parse({
    title: id,
    'starts with': [id],
    ask: questions.map(([slot, answer]) => ({ [slot]: typeof answer === 'string' ? answer : [...answer] })),
    tell: ['done'],
  });
  return buildFlow({ id, file: `flows/${id}.yaml`, value, problem: () => never() }, anyDate);
}

/** The city's common texts around other flows. `wording` stands in every question. */
export function smallLibrary(flows: readonly Flow[], wording = 'を教えてください'): Library {
  const ours = library.languages.get('ja');
  if (!ours) throw new Error('the city speaks Japanese');
  const questions = flows.flatMap((flow) =>
    flow.ask.map(({ slot, choices }): [string, QuestionText] => [
      `${flow.id}.${slot}`,
      questionText(slot, choices, wording),
    ]),
  );
  const done: Text = [
    {
      when: {},
      text: parseTemplate('以上です。'),
      more: undefined,
      card: undefined,
      choices: [],
      numbered: false,
      joins: false,
    },
  ];
  const language: Language = {
    ...ours,
    texts: new Map([...ours.texts, ...flows.map((flow) => [`${flow.id}.done`, done] as const)]),
    questions: new Map(questions),
    matcher: faqMatcher({ entries: [], elsewhere: { asks: [], words: [] }, fold: foldWith([]), sure: 1, maybe: 1 }),
  };
  return { ...library, flows: new Map(flows.map((flow) => [flow.id, flow])), languages: new Map([['ja', language]]) };
}

function questionText(slot: string, choices: readonly string[], wording: string): QuestionText {
  return {
    name: slot,
    called: [slot],
    reassure: undefined,
    why: undefined,
    offers: [],
    requests: [],
    ask: parseTemplate(`${slot}${wording}`),
    again: parseTemplate(`${slot}${wording}`),
    taken: undefined,
    retry: { 'not-a-date': parseTemplate('読み取れませんでした。') },
    choices: Object.fromEntries(choices.map((choice) => [choice, { label: choice, also: [], contains: [] }])),
    unknown: 'わからない',
  };
}

function never(): never {
  throw new Error('a small library has no problems to show');
}
