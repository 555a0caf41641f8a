/** One resident who tries the bot out: the phone, and what goes on behind it. */
import type { Now, TurnReport } from '../../bot/dialogue/types.ts';
import type { Happening, LineEvent } from './events.ts';
import type { Phone } from './phone.ts';

export interface Chat {
  readonly phone: Phone;
  /** Everything that happened on the phone, oldest first. */
  deeds: Deed[];
  /** Pictures that were sent, by message id. */
  readonly images: Map<string, { readonly type: string; readonly bytes: Buffer }>;
  /** Called after every change. */
  readonly watchers: Set<() => void>;
}

/** Something that happened on the phone, and what became of it. */
export interface Deed {
  readonly event: Happening & LineEvent;
  /** The message that stands for it in the chat; none for a date picked, or a follow. */
  readonly entry: string | undefined;
  /** When it happened, on a clock that only runs forward (ms). */
  readonly startedAt: number;
  /** What the webhook answered; undefined: nothing yet, or nothing in time. */
  readonly status?: number | undefined;
  readonly acceptedAfterMs?: number;
  readonly answer?: { readonly by: 'reply' | 'push'; readonly afterMs: number };
  readonly report?: TurnReport;
}

export function createChat(id: string, name: string): Chat {
  const phone: Phone = { id, name, entries: [], isBlocking: false, pretend: {}, loadingUntil: 0 };
  return { phone, deeds: [], images: new Map(), watchers: new Set() };
}

/** Notes what became of the deed with that event; nothing happens for another chat's. */
export function note(chat: Chat, eventId: string, became: Partial<Deed>): void {
  chat.deeds = chat.deeds.map((deed) => (deed.event.webhookEventId === eventId ? { ...deed, ...became } : deed));
  changed(chat);
}

export function changed(chat: Chat): void {
  for (const watcher of chat.watchers) watcher();
}

/** What goes into a talk file. `nth` counts the resident's messages, as a reader of the file does. */
export type TalkDeed =
  | ({ readonly kind: 'turn' } & TurnReport)
  | { readonly kind: 'unsend'; readonly nth: number }
  | { readonly kind: 'unfollow' };

export function talkDeeds({ deeds }: Chat): TalkDeed[] {
  const taken = deeds.filter(({ report, event }) => report && event.type !== 'follow');
  return deeds.flatMap(({ event, report }): TalkDeed[] => {
    if (event.type === 'unfollow') return [{ kind: 'unfollow' }];
    if (event.type === 'unsend') {
      const nth = taken.findIndex(({ entry }) => entry === event.unsend.messageId) + 1;
      return nth > 0 ? [{ kind: 'unsend', nth }] : [];
    }
    return report ? [{ kind: 'turn', ...report }] : [];
  });
}

/** The clock's day and time, with what the resident pretends in their place. */
export function nowFor({ phone }: Chat, clock: Now): Now {
  return { ...clock, ...phone.pretend };
}
