/** All residents who try the bot out, and the phones that the platform delivers to. */
import type { Now } from '../../bot/dialogue/types.ts';
import { type Chat, changed, createChat, note, nowFor } from './chat.ts';
import { newUserId } from './events.ts';
import { flexHtml } from './flex-html.ts';
import { amend, append, type Content } from './phone.ts';
import type { Phones, SentMessage } from './platform.ts';

export interface ChatsOptions {
  /** The office's day and time. */
  readonly clock: () => Now;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A chat that no page has shown for so long is forgotten. */
  readonly forgottenAfterMs?: number;
}

const asTheBotDoes = 30 * 60_000;

export interface Chats {
  readonly phones: Phones;
  create(): Chat;
  find(id: string): Chat | undefined;
  /** Calls back after every change of the chat, until the returned function is called. */
  watch(chat: Chat, watcher: () => void): () => void;
  /** Something that all chats show has changed. */
  changeAll(): void;
}

export function createChats({ clock, now, forgottenAfterMs = asTheBotDoes }: ChatsOptions): Chats {
  const chats = new Map<string, Chat>();
  const forgetting = new Map<string, NodeJS.Timeout>();

  const phones: Phones = {
    userOf: (resident) => chats.get(resident)?.phone,
    show(resident, messages, way) {
      const chat = chats.get(resident);
      if (!chat) return;
      for (const message of messages)
        append(chat.phone, {
          id: message.id,
          from: 'bot',
          now: nowFor(chat, clock()),
          content: contentOf(message),
          quickReplies: message.quickReply?.items.map(({ action }) => action) ?? [],
        });
      chat.phone.loadingUntil = 0;
      // A push does not say what it answers: the latest event that could be answered, and has not been.
      const trace = chat.traces.findLast(({ event, answer }) =>
        way.by === 'reply' ? event.webhookEventId === way.eventId : event.replyToken && !answer,
      );
      if (!trace) return changed(chat);
      note(chat, trace.event.webhookEventId, {
        answer: { by: way.by, afterMs: performance.now() - trace.startedAt },
      });
    },
    showLoading(resident, seconds) {
      const chat = chats.get(resident);
      if (!chat) return;
      chat.phone.loadingUntil = now() + seconds * 1_000;
      changed(chat);
    },
    contentOf: (messageId) => [...chats.values()].map(({ images }) => images.get(messageId)).find(Boolean),
    delivered({ source, webhookEventId }, { status, tookMs }) {
      const chat = chats.get(source.userId);
      if (!chat) return;
      const entry = chat.traces.find(({ event }) => event.webhookEventId === webhookEventId)?.entry;
      if (entry !== undefined && status === 200) amend(chat.phone, entry, { isRead: true });
      note(chat, webhookEventId, { accepted: { status, afterMs: tookMs } });
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
  return message.type === 'text'
    ? { type: 'text', text: message.text }
    : { type: 'flex', ...flexHtml(message.contents) };
}
