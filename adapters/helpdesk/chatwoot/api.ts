/**
 * Chatwoot's application API, as far as an API inbox needs it (developers.chatwoot.com, Application API: contacts, conversations,
 * messages). Chatwoot has no retry keys: what is tried again is looked for first.
 */
import { z } from 'zod';

export interface ChatwootOptions {
  /** Where Chatwoot runs: `https://…`. */
  readonly url: string;
  /** An administrator's: contacts are deleted only by one, and a bot's token may do hardly anything here. */
  readonly accessToken: string;
  readonly account: number;
  readonly inbox: number;
}

export interface ChatwootContact {
  readonly contact: number;
  /** The contact's name in the inbox. */
  readonly source: string;
}

export interface ChatwootMessage {
  readonly id: number;
  readonly content: string;
}

export interface ChatwootApi {
  /** A contact of that opaque name; the one there is, if there is one. */
  contact(name: string): Promise<ChatwootContact>;
  conversation(of: ChatwootContact, ticket: string): Promise<number>;
  /** `from`: the resident's own words, or a note that only agents see. */
  say(conversation: number, words: { readonly text: string; readonly from: 'resident' | 'note' }): Promise<number>;
  /** The latest messages, oldest first. */
  latest(conversation: number): Promise<readonly ChatwootMessage[]>;
  /** Shows agents what became of their words; `why`: in words, when they did not arrive. */
  delivered(conversation: number, message: number, why: string | undefined): Promise<void>;
  unsay(conversation: number, message: number): Promise<void>;
  resolve(conversation: number): Promise<void>;
  /** With everything that was said. */
  forget(contact: number): Promise<void>;
}

/** `status`: of the answer; none came when it is missing. Never carries a text or the token. */
export class ChatwootError extends Error {
  readonly code: string;
  readonly status: number | undefined;

  constructor(what: string, status?: number) {
    super(`Chatwoot ${what}: ${status ?? 'no answer'}`);
    this.name = 'ChatwootError';
    this.code = String(status ?? 'no answer');
    this.status = status;
  }
}

const answerWithinMs = 10_000;

const inboxOf = z.object({ source_id: z.string(), inbox: z.object({ id: z.number() }).optional() });
const contactShape = z.object({ id: z.number(), contact_inboxes: z.array(inboxOf).optional() });
const created = z.object({
  payload: z.object({ contact: contactShape, contact_inbox: inboxOf.optional() }),
});
const found = z.object({ payload: z.array(contactShape.extend({ identifier: z.string().nullish() })) });
const withId = z.object({ id: z.number() });
const conversationsShape = z.object({
  payload: z.array(withId.extend({ custom_attributes: z.record(z.string(), z.unknown()).nullish() })),
});
const messagesShape = z.object({ payload: z.array(withId.extend({ content: z.string().nullish() })) });

export function chatwootApi({ url, accessToken, account, inbox }: ChatwootOptions): ChatwootApi {
  const base = `${url.replace(/\/$/, '')}/api/v1/accounts/${account}`;

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const what = `${method} ${path.replaceAll(/\d+/g, '…').split('?')[0]}`;
    const answer = await fetch(base + path, {
      method,
      headers: { api_access_token: accessToken, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch(() => {
      throw new ChatwootError(what);
    });
    const text = await answer.text().catch(() => '');
    if (!answer.ok) throw new ChatwootError(what, answer.status);
    return text === '' ? {} : JSON.parse(text);
  }

  async function existing(name: string): Promise<ChatwootContact | undefined> {
    const { payload } = found.parse(await call('GET', `/contacts/search?q=${encodeURIComponent(name)}`));
    const contact = payload.find(({ identifier }) => identifier === name);
    const ours = contact?.contact_inboxes?.find((each) => each.inbox?.id === inbox);
    return contact && ours && { contact: contact.id, source: ours.source_id };
  }

  return {
    async contact(name) {
      const before = await existing(name);
      if (before) return before;
      const body = { inbox_id: inbox, name: `市民 ${name.slice(0, 4)}`, identifier: name };
      const { contact, contact_inbox } = created.parse(await call('POST', '/contacts', body)).payload;
      const source = contact_inbox?.source_id ?? contact.contact_inboxes?.[0]?.source_id;
      if (source === undefined) throw new ChatwootError('POST /contacts: no source_id', 200);
      return { contact: contact.id, source };
    },
    async conversation({ contact, source }, ticket) {
      const { payload } = conversationsShape.parse(await call('GET', `/contacts/${contact}/conversations`));
      const before = payload.find(({ custom_attributes }) => custom_attributes?.koshin_ticket === ticket);
      if (before) return before.id;
      const body = { source_id: source, inbox_id: inbox, contact_id: contact, status: 'open' };
      const attributes = { custom_attributes: { koshin_ticket: ticket } };
      return withId.parse(await call('POST', '/conversations', { ...body, ...attributes })).id;
    },
    async say(conversation, { text, from }) {
      const kind =
        from === 'resident'
          ? { message_type: 'incoming', private: false }
          : { message_type: 'outgoing', private: true };
      return withId.parse(await call('POST', `/conversations/${conversation}/messages`, { content: text, ...kind })).id;
    },
    async latest(conversation) {
      const { payload } = messagesShape.parse(await call('GET', `/conversations/${conversation}/messages`));
      return payload.map(({ id, content }) => ({ id, content: content ?? '' }));
    },
    async delivered(conversation, message, why) {
      const body = why === undefined ? { status: 'delivered' } : { status: 'failed', external_error: why };
      await call('PATCH', `/conversations/${conversation}/messages/${message}`, body);
    },
    async unsay(conversation, message) {
      await gone(call('DELETE', `/conversations/${conversation}/messages/${message}`));
    },
    async resolve(conversation) {
      await call('POST', `/conversations/${conversation}/toggle_status`, { status: 'resolved' });
    },
    async forget(contact) {
      await gone(call('DELETE', `/contacts/${contact}`));
    },
  };
}

/** What is not there any more need not be taken away. */
async function gone(deleting: Promise<unknown>): Promise<void> {
  await deleting.catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

export function isGone(error: unknown): boolean {
  return error instanceof ChatwootError && error.status === 404;
}

/** The token is wrong, or may not do that: nothing helps but an operator. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ChatwootError && (error.status === 401 || error.status === 403);
}
