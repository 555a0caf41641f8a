/** All residents who try the bot out, and the phones that the platform delivers to. */
import type { Now } from '../../bot/dialogue/types.ts';
import { type Chat, changed, createChat, note, nowFor } from './chat.ts';
import { newUserId } from './events.ts';
import { flexHtml } from './flex-html.ts';
import { type Content, change } from './phone.ts';
import type { Phones, SentMessage } from './platform.ts';

/** A chat that no page shows any more is forgotten, as the bot forgets it. */
const forgottenAfterMs = 30 * 60_000;

export interface Chats {
  readonly phones: Phones;
  create(): Chat;
  find(id: string): Chat | undefined;
  /** Calls back after every change of the chat, until the returned function is called. */
  watch(chat: Chat, watcher: () => void): () => void;
  /** Something that all chats show has changed. */
  changeAll(): void;
}

export function createChats({ clock, instant }: { clock: () => Now; instant: () => number }): Chats {
  const chats = new Map<string, Chat>();
  const forgetting = new Map<string, NodeJS.Timeout>();

  const phones: Phones = {
    userOf: (resident) => chats.get(resident)?.phone,
    show(resident, messages, way) {
      const chat = chats.get(resident);
      if (!chat) return;
      const now = nowFor(chat, clock());
      const entries = messages.map((message) => ({
        id: message.id,
        from: 'bot' as const,
        now,
        content: contentOf(message),
        quickReplies: message.quickReply?.items.map(({ action }) => action) ?? [],
      }));
      chat.phone.entries = [...chat.phone.entries, ...entries];
      chat.phone.loadingUntil = 0;
      const deed = chat.deeds.findLast(({ event, answer }) =>
        way.by === 'reply' ? event.webhookEventId === way.eventId : !answer,
      );
      if (!deed) return changed(chat);
      note(chat, deed.event.webhookEventId, { answer: { by: way.by, afterMs: performance.now() - deed.startedAt } });
    },
    showLoading(resident, seconds) {
      const chat = chats.get(resident);
      if (!chat) return;
      chat.phone.loadingUntil = instant() + seconds * 1_000;
      changed(chat);
    },
    delivered({ source, webhookEventId }, { status, tookMs }) {
      const chat = chats.get(source.userId);
      if (!chat) return;
      const entry = chat.deeds.find(({ event }) => event.webhookEventId === webhookEventId)?.entry;
      if (entry !== undefined && status === 200) change(chat.phone, entry, { isRead: true });
      note(chat, webhookEventId, { status, acceptedAfterMs: tookMs });
    },
  };

  function forgetLater(chat: Chat): void {
    const { id } = chat.phone;
    clearTimeout(forgetting.get(id));
    const timer = setTimeout(() => {
      if (chat.watchers.size === 0) chats.delete(id);
      forgetting.delete(id);
    }, forgottenAfterMs);
    forgetting.set(id, timer.unref());
  }

  return {
    phones,
    find: (id) => chats.get(id),
    create() {
      const chat = createChat(newUserId(), `住民 ${chats.size + 1}`);
      chats.set(chat.phone.id, chat);
      forgetLater(chat);
      return chat;
    },
    watch(chat, watcher) {
      chat.watchers.add(watcher);
      return () => {
        chat.watchers.delete(watcher);
        forgetLater(chat);
      };
    },
    changeAll: () => [...chats.values()].forEach(changed),
  };
}

function contentOf(message: SentMessage): Content {
  if (message.type === 'text') return { type: 'text', text: message.text };
  return { type: 'flex', altText: message.altText, ...flexHtml(message.contents) };
}
