/**
 * What LINE refuses in a message, in the words in which it refuses (docs: Messaging API reference; text-character-count). It is written
 * apart from `adapters/line/limits.ts` on purpose: the bot's own check must not be its own judge.
 */
import { z } from 'zod';

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const graphemes = (text: string): number => [...segmenter.segment(text)].length;
const utf16 = (text: string): number => text.length;

const empty = 'May not be empty';

function text(most: number, count: (text: string) => number): z.ZodType<string> {
  return z
    .string({ error: empty })
    .min(1, empty)
    .refine((value) => count(value) <= most, `Length must be between 0 and ${most}`);
}

function oneOf(values: readonly string[]) {
  return { error: `Must be one of the following values: [${values.join(', ')}]` };
}

/** A date picker's dates: LINE knows 1900 to 2100 only, and the first must be the earlier. */
const pickerDate = z.iso
  .date({ error: 'Invalid date' })
  .refine((on) => on >= '1900-01-01' && on <= '2100-12-31', 'Invalid date');

function action(label: z.ZodType<string | undefined>) {
  const data = text(300, utf16);
  const actions = [
    z.looseObject({ type: z.literal('message'), label, text: text(300, graphemes) }),
    z.looseObject({ type: z.literal('postback'), label, data, displayText: text(300, graphemes).optional() }),
    z.looseObject({
      type: z.literal('uri'),
      label,
      uri: z.url({ protocol: /^(https?|line|tel)$/, error: 'Invalid uri' }).max(1000),
    }),
    z.looseObject({ type: z.literal('clipboard'), label, clipboardText: text(1000, utf16) }),
    z
      .looseObject({
        type: z.literal('datetimepicker'),
        label,
        data,
        mode: z.literal('date', { error: 'the stand-in LINE has a date picker only' }),
        min: pickerDate.optional(),
        max: pickerDate.optional(),
        initial: pickerDate.optional(),
      })
      .refine(({ min = '', max = '9' }) => min < max, { path: ['max'], error: 'max must be greater than min' }),
  ] as const;
  return z.discriminatedUnion('type', actions, oneOf(actions.map((each) => each.shape.type.value)));
}

const flexAction = action(text(40, graphemes).optional()).optional();
const component: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', components, oneOf(components.map((each) => each.shape.type.value))),
);
const components = [
  z.looseObject({
    type: z.literal('box'),
    layout: z.enum(['horizontal', 'vertical', 'baseline'], { error: 'invalid property' }),
    contents: z.array(component, { error: 'must be specified' }),
    action: flexAction,
  }),
  z
    .looseObject({
      type: z.literal('text'),
      text: z.string().optional(),
      contents: z.array(z.unknown()).optional(),
      action: flexAction,
    })
    .refine((given) => given.text ?? given.contents, { path: ['text'], error: 'must be non-empty text' }),
  z.looseObject({ type: z.literal('button'), action: action(text(40, graphemes)) }),
  z.looseObject({ type: z.literal('image'), url: z.url({ protocol: /^https$/ }).max(2000), action: flexAction }),
  z.looseObject({ type: z.literal('icon'), url: z.url({ protocol: /^https$/ }).max(2000) }),
  z.looseObject({ type: z.literal('separator') }),
  z.looseObject({ type: z.literal('filler') }),
] as const;

const bubble = z
  .looseObject({
    type: z.literal('bubble'),
    header: component.optional(),
    hero: component.optional(),
    body: component.optional(),
    footer: component.optional(),
  })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 30_000, 'The bubble is too large');
const carousel = z
  .looseObject({
    type: z.literal('carousel'),
    contents: z.array(bubble).min(1).max(12, 'Size must be between 1 and 12'),
  })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 50_000, 'The carousel is too large');

const quickReply = z
  .looseObject({
    items: z
      .array(z.looseObject({ type: z.literal('action'), action: action(text(20, graphemes)) }))
      .min(1, 'Size must be between 1 and 13')
      .max(13, 'Size must be between 1 and 13'),
  })
  .optional();

const messages = [
  z.looseObject({ type: z.literal('text'), text: text(5000, utf16), quickReply }),
  z.looseObject({
    type: z.literal('flex'),
    altText: text(1500, utf16),
    contents: z.discriminatedUnion('type', [bubble, carousel], oneOf(['bubble', 'carousel'])),
    quickReply,
  }),
] as const;

/** The messages of a reply or push. Of LINE's message types those that the bot sends; a new one gets its rules here first. */
export const messagesShape = z
  .array(z.discriminatedUnion('type', messages, oneOf(messages.map((each) => each.shape.type.value))), { error: empty })
  .min(1, 'Size must be between 1 and 5')
  .max(5, 'Size must be between 1 and 5');

/** The bar of a rich menu, and what its areas do. */
export const richMenuShape = z.object({
  bar: text(14, graphemes),
  areas: z.array(action(text(20, graphemes).optional())).max(20, 'Size must be between 0 and 20'),
});

/** A message that LINE accepts, and what a tap on something of it does. */
export type SendableMessage = z.infer<typeof messagesShape>[number];
export type TapAction = z.infer<ReturnType<typeof action>>;

export interface Refusal {
  readonly message: string;
  readonly details: readonly { readonly message: string; readonly property: string }[];
}

/** What LINE answers to a request that breaks its rules: every breach, with its place as `messages[0].text`. */
export function refusalOf({ issues }: z.ZodError): Refusal {
  const details = issues.map(({ message, path }) => ({ message, property: propertyOf(path) }));
  return { message: `The request body has ${details.length} error(s)`, details };
}

function propertyOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
