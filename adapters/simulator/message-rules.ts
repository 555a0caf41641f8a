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

/** The days that LINE's date picker knows. */
export const pickerDays = { first: '1900-01-01', last: '2100-12-31' } as const;
const pickerDay = z.iso
  .date({ error: 'Invalid date' })
  .refine((on) => on >= pickerDays.first && on <= pickerDays.last, 'Invalid date');
const pickerTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'Invalid date')
  .refine((at) => pickerDay.safeParse(at.slice(0, 10)).success, 'Invalid date');
const pickerValue = z.union([pickerDay, pickerTime], { error: 'Invalid date' });

function action(label: z.ZodType<string | undefined>) {
  const data = text(300, utf16);
  const actions = [
    z.looseObject({ type: z.literal('message'), label, text: text(300, graphemes) }),
    z
      .looseObject({ type: z.literal('postback'), label, data, displayText: text(300, graphemes).optional() })
      .refine(({ displayText, text }) => displayText === undefined || text === undefined, {
        path: ['text'],
        error: 'displayText and text cannot be used together',
      }),
    z.looseObject({
      type: z.literal('uri'),
      label,
      uri: z.url({ protocol: /^(https?|line|tel)$/, error: 'Invalid uri' }).max(1000),
    }),
    z
      .looseObject({
        type: z.literal('datetimepicker'),
        label,
        data,
        mode: z.enum(['date', 'datetime'], { error: 'the stand-in LINE has no time picker' }),
        min: pickerValue.optional(),
        max: pickerValue.optional(),
        initial: pickerValue.optional(),
      })
      .refine(
        ({ mode, ...days }) =>
          [days.min, days.max, days.initial].every(
            (on) => on === undefined || on.includes('T') === (mode === 'datetime'),
          ),
        { path: ['mode'], error: 'Invalid date' },
      )
      .refine(({ min = '', max = '9' }) => min < max, { path: ['max'], error: 'max must be greater than min' })
      .refine(({ min = '', max = '9', initial = max }) => min <= initial && initial <= max, {
        path: ['initial'],
        error: 'initial must be between min and max',
      }),
  ] as const;
  return z.discriminatedUnion('type', actions, oneOf(actions.map((each) => each.shape.type.value)));
}

const flexAction = action(text(40, graphemes).optional()).optional();
const flag = z.boolean({ error: 'invalid property' }).optional();
const colour = z
  .string()
  .regex(/^#[\da-f]{6}([\da-f]{2})?$/i, 'invalid property')
  .optional();
const component: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', components, oneOf(components.map((each) => each.shape.type.value))),
);
const box = z.looseObject({
  type: z.literal('box', oneOf(['box'])),
  layout: z.enum(['horizontal', 'vertical', 'baseline'], { error: 'invalid property' }),
  contents: z.array(component, { error: 'must be specified' }),
  backgroundColor: colour,
  action: flexAction,
});
const components = [
  box,
  z.looseObject({
    type: z.literal('text'),
    text: z.string({ error: 'must be non-empty text' }).min(1, 'must be non-empty text'),
    wrap: flag,
    scaling: flag,
    color: colour,
    action: flexAction,
  }),
  z.looseObject({ type: z.literal('button'), action: action(text(40, graphemes)) }),
  z.looseObject({ type: z.literal('separator') }),
  z.looseObject({ type: z.literal('filler') }),
] as const;

const bubble = z
  .looseObject({
    type: z.literal('bubble', oneOf(['bubble'])),
    size: z.enum(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga'], { error: 'invalid property' }).optional(),
    header: box.optional(),
    body: box.optional(),
    footer: box.optional(),
  })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 30_000, 'The bubble is too large');

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
    contents: bubble,
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
  areas: z
    .array(action(text(20, graphemes).optional()))
    .min(1)
    .max(20),
});

/** A rich menu as the API takes it: its areas lie in the picture. */
export const richMenuRequest = z
  .object({
    size: z
      .object({ width: z.int().min(800).max(2500), height: z.int().min(250) })
      .refine(({ width, height }) => width / height >= 1.45, 'The aspect ratio must be 1.45 or more'),
    selected: z.boolean(),
    name: text(300, graphemes),
    chatBarText: text(14, graphemes),
    areas: z
      .array(
        z.object({
          bounds: z.object({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) }),
          action: action(text(20, graphemes).optional()),
        }),
      )
      .min(1)
      .max(20, 'Size must be between 1 and 20'),
  })
  .refine(
    ({ size, areas }) =>
      areas.every(({ bounds: { x, y, width, height } }) => x + width <= size.width && y + height <= size.height),
    { path: ['areas'], error: 'bounds must be inside the rich menu' },
  );

/** What LINE accepts, and what a tap on something of it does. */
export type SendableMessage = z.infer<typeof messagesShape>[number];
export type RichMenu = z.infer<typeof richMenuShape>;
export type TapAction = z.infer<ReturnType<typeof action>>;
