/**
 * One resident's phone: the chat as it stands there, and what can be tapped. LINE's rules of the screen: quick replies belong to the
 * newest message only, and are gone with anything newer; what was taken back shows nothing any more.
 */
import type { Now } from '../../bot/dialogue/types.ts';
import type { TapAction } from './message-rules.ts';

export interface Phone {
  /** LINE's user id. */
  readonly id: string;
  readonly name: string;
  /** The language of the phone, as LINE tells it. */
  language: string;
  entries: Entry[];
  /** The bot was blocked. */
  isBlocking: boolean;
  /** The day and time the resident pretends; what is left out goes by the clock. */
  pretend: Partial<Now>;
  /** The loading animation shows until then (ms since 1970). */
  loadingUntil: number;
}

/** A message in the chat, or a notice of the app. */
export interface Entry<Action = TapAction> {
  /** LINE's message id. */
  readonly id: string;
  readonly from: 'resident' | 'bot' | 'app';
  readonly now: Now;
  readonly content: Content<Action>;
  /** The bot's server took it. */
  readonly isRead: boolean;
  readonly quickReplies: readonly Action[];
}

export type Content<Action = TapAction> =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'sticker'; readonly label: string }
  | { readonly type: 'image'; readonly url: string; readonly alt: string }
  /** `actions`: what its buttons do, in the order in which they are numbered in `html`. */
  | { readonly type: 'flex'; readonly html: string; readonly actions: readonly Action[] };

/** Where the finger is. */
export type Spot =
  | { readonly on: 'quick-reply'; readonly entry: string; readonly index: number }
  | { readonly on: 'card'; readonly entry: string; readonly index: number }
  | { readonly on: 'menu'; readonly index: number };

/** The quick replies that show now. */
export function quickRepliesOf({ entries }: Phone): readonly TapAction[] {
  return entries.at(-1)?.quickReplies ?? [];
}

/** What a tap there does; undefined when nothing to tap shows there (any more). */
export function actionAt(phone: Phone, spot: Spot, menu: readonly TapAction[]): TapAction | undefined {
  if (spot.on === 'menu') return menu[spot.index];
  if (spot.on === 'quick-reply')
    return phone.entries.at(-1)?.id === spot.entry ? quickRepliesOf(phone)[spot.index] : undefined;
  const content = phone.entries.find(({ id }) => id === spot.entry)?.content;
  return content?.type === 'flex' ? content.actions[spot.index] : undefined;
}

/** Puts a message at the end of the chat. */
export function append(phone: Phone, entry: Omit<Entry, 'isRead' | 'quickReplies'> & Partial<Entry>): void {
  phone.entries = [...phone.entries, { isRead: false, quickReplies: [], ...entry }];
}

/** Changes a message that is there; nothing happens when it is not. */
export function amend(phone: Phone, id: string, changed: Partial<Entry>): void {
  phone.entries = phone.entries.map((entry) => (entry.id === id ? { ...entry, ...changed } : entry));
}
