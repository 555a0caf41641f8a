/**
 * LINE's limits on what we send (docs: Messaging API reference; text-character-count). A text is counted in UTF-16 units,
 * a label in grapheme clusters: either counter alone is wrong for the other.
 */
import type { messagingApi } from '@line/bot-sdk';
import type { LineMessage } from './messages.ts';

interface Limit {
  readonly what: string;
  readonly most: number;
  readonly count: (value: string) => number;
}

/** Made when a text needs it: most do not (see `within`), and it takes a while. */
let segmenter: Intl.Segmenter | undefined;
function graphemes(value: string): number {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'grapheme' });
  return [...segmenter.segment(value)].length;
}
const utf16 = (value: string): number => value.length;
const bytes = (value: string): number => Buffer.byteLength(value);

const limits = {
  text: { what: 'text', most: 5000, count: utf16 },
  altText: { what: 'altText', most: 1500, count: utf16 },
  bubble: { what: 'flex bubble (bytes of JSON)', most: 30_000, count: bytes },
  label: { what: 'quick reply label', most: 20, count: graphemes },
  data: { what: 'postback data', most: 300, count: utf16 },
  displayText: { what: 'displayText', most: 300, count: graphemes },
  messageText: { what: 'message action text', most: 300, count: graphemes },
} as const satisfies Readonly<Record<string, Limit>>;

const mostMessages = 5;
const mostQuickReplies = 13;

/** Everything LINE would refuse, one sentence each; empty when all is well. */
export function problemsOf(messages: readonly LineMessage[]): string[] {
  return [
    ...(messages.length >= 1 && messages.length <= mostMessages
      ? []
      : [`${messages.length} messages, expected 1 to ${mostMessages}`]),
    ...messages.flatMap((message, index) =>
      messageProblems(message).map((problem) => `messages[${index}]: ${problem}`),
    ),
  ];
}

function messageProblems(message: LineMessage): string[] {
  const items = message.quickReply?.items ?? [];
  return [
    ...(message.type === 'text'
      ? within(limits.text, message.text)
      : [...within(limits.altText, message.altText), ...within(limits.bubble, JSON.stringify(message.contents))]),
    ...(items.length <= mostQuickReplies
      ? []
      : [`${items.length} quick replies, expected at most ${mostQuickReplies}`]),
    ...items.flatMap(({ action }) => (action ? actionProblems(action) : ['a quick reply without an action'])),
  ];
}

function actionProblems(action: messagingApi.Action): string[] {
  const label = within(limits.label, action.label ?? '');
  if (action.type === 'message') return [...label, ...within(limits.messageText, action.text ?? '')];
  if (action.type === 'postback')
    return [
      ...label,
      ...within(limits.data, action.data ?? ''),
      ...within(limits.displayText, action.displayText ?? ''),
    ];
  if (action.type !== 'datetimepicker') return label;
  const order =
    (action.min ?? '') < (action.max ?? '')
      ? []
      : [`date picker from ${action.min} to ${action.max}: min must be earlier`];
  return [...label, ...within(limits.data, action.data ?? ''), ...order];
}

function within({ what, most, count }: Limit, value: string): string[] {
  // Whatever is counted, a text in UTF-16 units has no fewer: most texts need no counting.
  if (count !== bytes && value.length >= 1 && value.length <= most) return [];
  const counted = count(value);
  return counted >= 1 && counted <= most ? [] : [`${what} has ${counted}, expected 1 to ${most}`];
}
