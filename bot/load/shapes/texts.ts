/** The shapes of `content/<language>/*.yaml`. */
import { z } from 'zod';
import { commands } from '../../dialogue/types.ts';
import { citations, conditions, sentence, word } from './atoms.ts';

/** What a choice does: `flow: renewal`, `faq: bring`, `command: human` or `answer: { issued: unknown }`. */
const textChoice = z.strictObject({
  label: word,
  flow: word.optional(),
  faq: word.optional(),
  command: z.enum(commands).optional(),
  answer: z.record(word, word).optional(),
});
export type ChoiceShape = z.infer<typeof textChoice>;

const card = z.strictObject({
  tone: z.enum(['good', 'wait', 'late']),
  title: sentence,
  rows: z.array(z.strictObject({ label: word, value: sentence })).min(1),
  note: sentence.optional(),
  alt: sentence,
});

const variant = z.strictObject({
  when: conditions.default({}),
  text: sentence.optional(),
  card: card.optional(),
  choices: z.array(textChoice).default([]),
  numbered: z.boolean().default(false),
  joins: z.boolean().default(false),
});
export type VariantShape = z.infer<typeof variant>;

/** A sentence, or a text with card and choices, or variants of it with conditions. */
export const textShape = z
  .union([sentence.transform((text) => ({ text })), variant, z.array(variant).min(1)])
  .transform((text): VariantShape[] =>
    [text].flat().map((each) => ({
      when: {},
      choices: [],
      numbered: false,
      joins: false,
      ...each,
    })),
  );

export const questionShape = z.strictObject({
  name: word,
  ask: sentence,
  again: sentence.optional(),
  taken: sentence.optional(),
  reassure: sentence.optional(),
  called: z.array(word).default([]),
  unknown: word.optional(),
  retry: z.record(word, sentence).default({}),
  choices: z
    .record(
      word,
      z.union([
        word.transform((label) => ({ label, also: [] as string[], contains: [] as string[] })),
        z.strictObject({ label: word, also: z.array(word).default([]), contains: z.array(word).default([]) }),
      ]),
    )
    .default({}),
});
export type QuestionShape = z.infer<typeof questionShape>;

/** A flow's texts: questions under the names of its slots, texts under the names that `tell` uses; told apart once the flow is known. */
export const flowTextsShape = z.record(word, z.unknown());

export const commonShape = z.strictObject({
  texts: z.record(word, textShape),
  phrases: z.record(word, textShape),
  retry: z.record(word, sentence),
});

export const wordsShape = z.strictObject({
  commands: z.record(z.enum(commands), z.array(word).min(1)),
  unknown: z.array(word).min(1),
  'around unknown': z.array(word),
  'around start': z.array(word),
  yes: z.array(word).min(1),
  no: z.array(word).min(1),
  wrong: z.array(word).min(1),
  correct: z.array(word).min(1),
  secrets: z.array(word).min(1),
  upset: z.array(word),
  'out of scope': z.array(word),
  elsewhere: z.array(word),
  'pick a date': word,
  'do not know': word,
});

export const faqShape = z.record(
  word,
  z.strictObject({
    asks: z.array(word).min(1),
    answer: textShape,
    starts: word.optional(),
    command: z.enum(commands).exclude(['back']).optional(),
    source: citations,
  }),
);

/** What clerks can put into an answer. */
export const repliesShape = z.record(
  word,
  z.strictObject({ title: word, when: conditions.default({}), text: sentence }),
);
