/**
 * Chatwoot's API inbox behind nock, with the documented shapes (developers.chatwoot.com): what an agent would see, and the calls that its
 * inbox makes when an agent does something.
 */
import { createHmac, randomUUID } from 'node:crypto';
import nock from 'nock';

export const chatwoot = { url: 'https://desk.city.example', accessToken: 'a-token', account: 7, inbox: 3 } as const;

interface Message {
  readonly id: number;
  readonly content: string;
  readonly message_type: 0 | 1;
  readonly private: boolean;
  status: string;
  external_error?: string;
}

interface Conversation {
  readonly id: number;
  readonly contact: number;
  readonly custom_attributes: Readonly<Record<string, unknown>>;
  status: string;
  messages: Message[];
}

/** What the next calls of that kind come to: an error before anything is done, or silence after it is done. */
export type Trouble = { readonly on: RegExp; readonly how: 'away' | 'unheard'; times: number };

export function fakeChatwoot() {
  const contacts = new Map<number, { id: number; identifier: string; source: string }>();
  const conversations = new Map<number, Conversation>();
  const troubles: Trouble[] = [];
  let serial = 100;
  const next = () => {
    serial += 1;
    return serial;
  };
  const inboxes = (source: string) => [{ source_id: source, inbox: { id: chatwoot.inbox } }];
  const asContact = ({ id, identifier, source }: { id: number; identifier: string; source: string }) => {
    return { id, identifier, contact_inboxes: inboxes(source) };
  };

  type Answer = readonly [number, object?];
  const routes: readonly (readonly [
    string,
    RegExp,
    (at: number[], body: Record<string, unknown>, q: string) => Answer,
  ])[] = [
    [
      'GET',
      /^\/contacts\/search$/,
      (_, __, q) => [
        200,
        { payload: [...contacts.values()].filter(({ identifier }) => identifier === q).map(asContact) },
      ],
    ],
    [
      'POST',
      /^\/contacts$/,
      (_, { identifier, inbox_id }) => {
        if (inbox_id !== chatwoot.inbox) return [404, { error: 'Resource could not be found' }];
        if ([...contacts.values()].some((each) => each.identifier === identifier))
          return [422, { message: 'Identifier has already been taken', attributes: ['identifier'] }];
        const contact = { id: next(), identifier: String(identifier), source: randomUUID() };
        contacts.set(contact.id, contact);
        return [200, { payload: { contact: asContact(contact), contact_inbox: inboxes(contact.source)[0] } }];
      },
    ],
    [
      'DELETE',
      /^\/contacts\/(\d+)$/,
      ([id = 0]) => {
        if (!contacts.delete(id)) return [404, { error: 'Resource could not be found' }];
        for (const each of [...conversations.values()]) if (each.contact === id) conversations.delete(each.id);
        return [200];
      },
    ],
    [
      'GET',
      /^\/contacts\/(\d+)\/conversations$/,
      ([id]) => [200, { payload: [...conversations.values()].filter(({ contact }) => contact === id) }],
    ],
    [
      'POST',
      /^\/conversations$/,
      (_, { source_id, contact_id, custom_attributes, status }) => {
        const contact = contacts.get(Number(contact_id));
        if (!contact || contact.source !== source_id) return [404, { error: 'Resource could not be found' }];
        const conversation: Conversation = {
          id: next(),
          contact: contact.id,
          custom_attributes: custom_attributes as Conversation['custom_attributes'],
          status: String(status),
          messages: [],
        };
        conversations.set(conversation.id, conversation);
        return [200, { id: conversation.id, account_id: chatwoot.account, inbox_id: chatwoot.inbox, status }];
      },
    ],
    [
      'POST',
      /^\/conversations\/(\d+)\/messages$/,
      ([id = 0], { content, message_type, private: isPrivate }) => {
        const message: Message = {
          id: next(),
          content: String(content),
          message_type: message_type === 'incoming' ? 0 : 1,
          private: isPrivate === true,
          status: 'sent',
        };
        conversations.get(id)?.messages.push(message);
        return conversations.has(id) ? [200, message] : [404, { error: 'Resource could not be found' }];
      },
    ],
    [
      'GET',
      /^\/conversations\/(\d+)\/messages$/,
      ([id = 0]) => [200, { meta: {}, payload: conversations.get(id)?.messages.slice(-20) ?? [] }],
    ],
    [
      'PATCH',
      /^\/conversations\/(\d+)\/messages\/(\d+)$/,
      ([id = 0, message], { status, external_error }) => {
        const found = conversations.get(id)?.messages.find((each) => each.id === message);
        if (found) Object.assign(found, { status, external_error });
        return found ? [200, found] : [404, { error: 'Resource could not be found' }];
      },
    ],
    [
      'DELETE',
      /^\/conversations\/(\d+)\/messages\/(\d+)$/,
      ([id = 0, message]) => {
        const conversation = conversations.get(id);
        const there = conversation?.messages.length;
        if (conversation) conversation.messages = conversation.messages.filter((each) => each.id !== message);
        return conversation?.messages.length === there ? [404, { error: 'Resource could not be found' }] : [200];
      },
    ],
    [
      'POST',
      /^\/conversations\/(\d+)\/toggle_status$/,
      ([id = 0], { status }) => {
        const conversation = conversations.get(id);
        if (!conversation) return [404, { error: 'Resource could not be found' }];
        conversation.status = String(status);
        return [200, { payload: { success: true, current_status: status, conversation_id: id } }];
      },
    ],
  ];

  const prefix = `/api/v1/accounts/${chatwoot.account}`;
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const)
    nock(chatwoot.url, { reqheaders: { api_access_token: chatwoot.accessToken } })
      .persist()
      .intercept((path) => path.startsWith(prefix), method)
      .query(true)
      .reply(async (request: Request) => {
        const { pathname, searchParams } = new URL(request.url);
        const path = pathname.slice(prefix.length);
        const trouble = troubles.find(({ on, times }) => times > 0 && on.test(`${method} ${path}`));
        if (trouble) trouble.times -= 1;
        if (trouble?.how === 'away') return [503, 'Service Unavailable'];
        const route = routes.find(([verb, at]) => verb === method && at.test(path));
        const numbers = route?.[1].exec(path)?.slice(1).map(Number) ?? [];
        const given = JSON.parse((await request.text()) || '{}') as Record<string, unknown>;
        const q = searchParams.get('q') ?? '';
        const [status, answer = {}] = route?.[2](numbers, given, q) ?? [404, { error: 'Not Found' }];
        // Done, and nobody hears of it.
        return trouble ? [504, 'Gateway Time-out'] : [status, answer];
      });

  return {
    conversations,
    contacts,
    trouble: (on: RegExp, how: Trouble['how'], times = 1) => void troubles.push({ on, how, times }),
    of: (ticket: string) =>
      [...conversations.values()].find(({ custom_attributes }) => custom_attributes.koshin_ticket === ticket),
    /** An agent writes: the message stands in Chatwoot, and the call that tells of it. */
    writes(conversation: number, content: string | null, { isPrivate = false } = {}) {
      const message: Message = {
        id: next(),
        content: content ?? '',
        message_type: 1,
        private: isPrivate,
        status: 'sent',
      };
      conversations.get(conversation)?.messages.push(message);
      const call = {
        event: 'message_created',
        id: message.id,
        content,
        content_type: 'text',
        content_attributes: {},
        message_type: 'outgoing',
        private: isPrivate,
        created_at: new Date().toISOString(),
        sender: { id: 1, name: 'Aoki', type: 'user' },
        inbox: { id: chatwoot.inbox, name: 'LINE' },
        account: { id: chatwoot.account, name: 'City' },
        conversation: {
          id: conversation,
          status: 'open',
          channel: 'Channel::Api',
          messages: [{ id: message.id, message_type: 1 }],
        },
      };
      return { message, call };
    },
    statusCall: (conversation: number, status: string, event = 'conversation_status_changed') => ({
      event,
      id: conversation,
      status,
      channel: 'Channel::Api',
      changed_attributes: [{ status: { previous_value: 'open', current_value: status } }],
    }),
    stop: () => nock.cleanAll(),
  };
}

/** As servers since March 2026 sign. */
export function signedByChatwoot(body: string, secret: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    'x-chatwoot-timestamp': timestamp,
    'x-chatwoot-signature': `sha256=${hmac}`,
    'x-chatwoot-delivery': randomUUID(),
  };
}
