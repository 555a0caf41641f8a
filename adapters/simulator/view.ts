/** What the page is shown of a chat: plain data, whole at every change. */
import type { Now, TurnReport } from '../../bot/dialogue/types.ts';
import { type Chat, canUnsend, latestTurn, type Trace } from './chat.ts';
import { stickers } from './deeds.ts';
import { pickerDays, type TapAction } from './message-rules.ts';
import { type Content, type Entry, quickRepliesOf } from './phone.ts';
import type { FileProblem, Stage, StageMenu } from './stage.ts';

export interface View {
  readonly pretend: Partial<Now>;
  readonly language: string;
  readonly isBlocking: boolean;
  /** How long the loading animation still shows. */
  readonly loadingMs: number;
  readonly entries: readonly ViewEntry[];
  readonly quickReplies: readonly ViewAction[];
  /** Without areas: there is none. */
  readonly menu: {
    readonly bar: string;
    readonly areas: readonly ViewAction[];
    readonly picture: StageMenu['picture'] | null;
  };
  readonly knowsTheBot: boolean;
  readonly stickers: readonly string[];
  readonly behind: Behind | null;
  readonly files: readonly FileProblem[];
  /** How often the files have been read again. */
  readonly readings: number;
}

export interface ViewEntry extends Omit<Entry<ViewAction>, 'quickReplies'> {
  readonly canUnsend: boolean;
}

/** What a tap does, as far as the page has to know. */
export type ViewAction =
  | { readonly kind: 'send'; readonly label: string }
  | {
      readonly kind: 'pick-date';
      readonly mode: 'date' | 'datetime';
      readonly label: string;
      readonly min: string;
      readonly max: string;
      readonly initial: string;
    }
  | { readonly kind: 'open'; readonly label: string; readonly uri: string };

/** What goes on behind the chat: the latest event, and the latest turn (an event need not be one). */
export interface Behind extends Pick<Trace, 'accepted' | 'answer'> {
  readonly event: string;
  readonly turn: Omit<TurnReport, 'replies' | 'message'> | null;
}

export function viewOf(chat: Chat, { menu, files, readings, platform, knowsTheBot }: Stage): View {
  const { phone } = chat;
  const { bar, areas, picture = null } = menu(phone.id) ?? { bar: '', areas: [] };
  return {
    pretend: phone.pretend,
    language: phone.language,
    isBlocking: phone.isBlocking,
    loadingMs: Math.max(0, phone.loadingUntil - platform.options.now()),
    entries: phone.entries.map(({ quickReplies: _, content, ...entry }) => ({
      ...entry,
      content: viewContent(content),
      canUnsend: canUnsend(chat, entry.id),
    })),
    quickReplies: quickRepliesOf(phone).map(viewAction),
    menu: { bar, areas: areas.map(viewAction), picture },
    knowsTheBot,
    stickers: stickers.map(({ label }) => label),
    behind: behind(chat),
    files: files(),
    readings: readings(),
  };
}

function viewContent(content: Content): Content<ViewAction> {
  return content.type === 'flex' ? { ...content, actions: content.actions.map(viewAction) } : content;
}

function viewAction(action: TapAction): ViewAction {
  const { label = '' } = action;
  if (action.type === 'uri') return { kind: 'open', label, uri: action.uri };
  if (action.type !== 'datetimepicker') return { kind: 'send', label };
  const { min = pickerDays.first, max = pickerDays.last, initial = max } = action;
  return { kind: 'pick-date', mode: action.mode, label, min, max, initial };
}

function behind(chat: Chat): Behind | null {
  const latest = chat.traces.at(-1);
  if (!latest) return null;
  const { event, accepted, answer } = latest;
  const { message: _, replies: __, ...turn } = latestTurn(chat) ?? {};
  return {
    event: event.type,
    ...(accepted && { accepted }),
    ...(answer && { answer }),
    turn: 'intent' in turn ? turn : null,
  };
}
