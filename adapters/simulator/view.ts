/** What the page is shown of a chat: plain data, whole at every change. */
import type { Now, TurnReport } from '../../bot/dialogue/types.ts';
import { type Chat, nowFor } from './chat.ts';
import { stickers } from './deeds.ts';
import type { TapAction } from './message-rules.ts';
import { type Content, quickRepliesOf } from './phone.ts';

export interface View {
  /** Today and the time for this resident. */
  readonly now: Now;
  readonly pretend: Partial<Now>;
  readonly isBlocking: boolean;
  /** How long the loading animation still shows. */
  readonly loadingMs: number;
  readonly entries: readonly ViewEntry[];
  readonly quickReplies: readonly ViewAction[];
  readonly menu: { readonly bar: string; readonly areas: readonly ViewAction[] };
  readonly stickers: readonly string[];
  readonly behind: Behind | null;
  readonly files: readonly FileProblem[];
}

export interface ViewEntry {
  readonly id: string;
  readonly from: 'resident' | 'bot' | 'app';
  readonly now: Now;
  readonly isRead: boolean;
  readonly canUnsend: boolean;
  readonly content:
    | Exclude<Content, { type: 'flex' }>
    | {
        readonly type: 'flex';
        readonly altText: string;
        readonly html: string;
        readonly actions: readonly ViewAction[];
      };
}

/** What a tap does, as far as the page has to know. */
export type ViewAction =
  | { readonly kind: 'send'; readonly label: string }
  | {
      readonly kind: 'pick-date';
      readonly label: string;
      readonly min: string;
      readonly max: string;
      readonly initial: string;
    }
  | { readonly kind: 'open'; readonly label: string; readonly uri: string }
  | { readonly kind: 'copy'; readonly label: string; readonly text: string };

/** What goes on behind the chat: the latest event, and the latest turn (an event need not be one). */
export interface Behind {
  readonly event: string;
  readonly status: number | null;
  readonly acceptedAfterMs: number | null;
  readonly answer: { readonly by: 'reply' | 'push'; readonly afterMs: number } | null;
  readonly turn: Omit<TurnReport, 'replies' | 'message'> | null;
}

/** A mistake in a file that staff edit. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly remedy: string;
  readonly source: string;
}

export interface ViewWorld {
  readonly clock: () => Now;
  readonly menu: () => { readonly bar: string; readonly areas: readonly TapAction[] };
  readonly files: () => readonly FileProblem[];
  /** Milliseconds since 1970. */
  readonly instant: () => number;
}

export function viewOf(chat: Chat, { clock, menu, files, instant }: ViewWorld): View {
  const { phone, deeds } = chat;
  const { bar, areas } = menu();
  const messages = new Set(deeds.filter(({ event }) => event.type === 'message').map(({ entry }) => entry));
  return {
    now: nowFor(chat, clock()),
    pretend: phone.pretend,
    isBlocking: phone.isBlocking,
    loadingMs: Math.max(0, phone.loadingUntil - instant()),
    entries: phone.entries.map(({ id, from, now, content, isRead = false }) => ({
      id,
      from,
      now,
      isRead,
      canUnsend: from === 'resident' && messages.has(id),
      content: content.type === 'flex' ? { ...content, actions: content.actions.map(viewAction) } : content,
    })),
    quickReplies: quickRepliesOf(phone).map(viewAction),
    menu: { bar, areas: areas.map(viewAction) },
    stickers: stickers.map(({ label }) => label),
    behind: behind(chat),
    files: files(),
  };
}

function viewAction(action: TapAction): ViewAction {
  const { label = '' } = action;
  switch (action.type) {
    case 'datetimepicker': {
      const { min = '1900-01-01', max = '2100-12-31', initial = max } = action;
      return { kind: 'pick-date', label, min, max, initial };
    }
    case 'uri':
      return { kind: 'open', label, uri: action.uri };
    case 'clipboard':
      return { kind: 'copy', label, text: action.clipboardText };
    default:
      return { kind: 'send', label };
  }
}

function behind({ deeds }: Chat): Behind | null {
  const latest = deeds.at(-1);
  if (!latest) return null;
  const { event, status = null, acceptedAfterMs = null, answer = null } = latest;
  const report = deeds.findLast((deed) => deed.report)?.report;
  const turn = report && {
    now: report.now,
    intent: report.intent,
    facts: report.facts,
    open: report.open,
    session: report.session,
  };
  return { event: event.type, status, acceptedAfterMs, answer, turn: turn ?? null };
}
