/** One resident who tries the bot out: the phone, and what goes on behind it. */
import type { Now, TalkStep, TurnReport } from '../../bot/dialogue/types.ts';
import type { Happening, LineEvent } from './events.ts';
import type { Phone } from './phone.ts';

export interface Chat {
  readonly phone: Phone;
  /** Every event of the phone, oldest first. */
  traces: readonly Trace[];
  /** Pictures that were sent, by message id. */
  readonly images: Map<string, { readonly type: string; readonly bytes: Buffer }>;
  /** Called after every change. */
  readonly watchers: Set<() => void>;
}

/** An event, and what became of it. */
export interface Trace {
  readonly event: Happening & LineEvent;
  /** The entry that stands for it in the chat; none for a date picked, or a follow. */
  readonly entry: string | undefined;
  /** When it happened, on a clock that only runs forward (ms). */
  readonly startedAt: number;
  /** What the webhook answered to the latest delivery; undefined: nothing in time. */
  readonly accepted?: { readonly status: number | undefined; readonly afterMs: number };
  readonly answer?: { readonly by: 'reply' | 'push'; readonly afterMs: number };
  readonly report?: TurnReport;
}

export function createChat(id: string, name: string): Chat {
  const phone: Phone = { id, name, language: 'ja', entries: [], isBlocking: false, pretend: {}, loadingUntil: 0 };
  return { phone, traces: [], images: new Map(), watchers: new Set() };
}

/** Notes what became of that event; an event of another chat is ignored. */
export function note(chat: Chat, eventId: string, became: Partial<Trace>): void {
  chat.traces = chat.traces.map((trace) => (trace.event.webhookEventId === eventId ? { ...trace, ...became } : trace));
  changed(chat);
}

export function changed(chat: Chat): void {
  for (const watcher of chat.watchers) watcher();
}

/** The clock's day and time, with what the resident pretends in their place. */
export function nowFor({ phone }: Chat, clock: Now): Now {
  return { ...clock, ...phone.pretend };
}

/** Whether a message can be taken back: what was typed or sent, not what a button said. */
export function canUnsend({ traces, phone }: Chat, id: string): boolean {
  const isTheirs = phone.entries.some((entry) => entry.id === id && entry.from === 'resident');
  return isTheirs && traces.some(({ entry, event }) => entry === id && event.type === 'message');
}

/** The latest turn that is still known: nothing of what came before a block or a message taken back. */
export function latestTurn({ traces }: Chat): TurnReport | undefined {
  const gone = traces.findLastIndex(({ event }) => event.type === 'unfollow' || event.type === 'unsend');
  return traces.slice(gone + 1).findLast(({ report }) => report)?.report;
}

/** The conversation for a talk file. A message that was taken back is in it: the talk plays the taking back, too. */
export function talkSteps({ traces }: Chat): TalkStep[] {
  const messages = traces.filter(({ report, event }) => report && event.type !== 'follow');
  return traces.flatMap(({ event, report }): TalkStep[] => {
    if (event.type === 'unfollow') return [{ kind: 'unfollow' }];
    if (event.type === 'unsend') {
      const nth = messages.findIndex(({ entry }) => entry === event.unsend.messageId) + 1;
      return nth > 0 ? [{ kind: 'unsend', nth }] : [];
    }
    return report ? [{ kind: 'turn', ...report }] : [];
  });
}
