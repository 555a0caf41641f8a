/**
 * What LINE's servers know and decide: who is there, which reply tokens and retry keys are spent, what may still be sent. It hands
 * messages to phones, and events to the bot's webhook.
 */
import { randomUUID } from 'node:crypto';
import { type Account, newAccount } from './account.ts';
import { type Allowance, allowance } from './allowance.ts';
import { eventOf, type Happening, type LineEvent, newMessageId } from './events.ts';
import type { SendableMessage } from './message-rules.ts';
import { replyTokens } from './reply-tokens.ts';
import { type Delivery, deliver, tryOut, type WebhookOptions } from './webhook.ts';

export interface PlatformOptions extends WebhookOptions {
  readonly channelAccessToken: string;
  readonly channelId?: string | undefined;
  /** Undefined: a channel that is set up as the bot needs it. */
  readonly account?: Account;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Messages that the channel may push in a month. */
  readonly monthly?: number;
  readonly phones: Phones;
}

/** The phones that LINE delivers to. */
export interface Phones {
  /** The resident's name and whether they blocked the bot; undefined: LINE knows no such user. */
  userOf(
    resident: string,
  ): { readonly name: string; readonly language: string; readonly isBlocking: boolean } | undefined;
  show(resident: string, messages: readonly SentMessage[], way: Way): void;
  showLoading(resident: string, seconds: number): void;
  /** A picture that was sent; undefined once it is gone. */
  contentOf(messageId: string): { readonly type: string; readonly bytes: Buffer } | undefined;
  /** The bot's server was given an event, or answered. */
  delivered(event: Happening & LineEvent, delivery: Delivery): void;
}

/** How messages came: as the answer to an event, or by themselves. */
export type Way = { readonly by: 'reply'; readonly eventId: string } | { readonly by: 'push' };

export type SentMessage = SendableMessage & { readonly id: string };

/** An answer of LINE's API. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Platform {
  readonly options: PlatformOptions;
  readonly allowance: Allowance;
  readonly account: Account;
  /** Something happened on a phone. The bot hears of it as soon as `connect` said where. */
  happen(happening: Happening, resident: string): Happening & LineEvent;
  /** The very same event once more, as LINE does when it is not sure. */
  redeliver(event: Happening & LineEvent): void;
  /** From now on events go there. */
  connect(webhookUrl: string): void;
  /** Sends a webhook without events there, as the console's button does. */
  tryOut(webhookUrl: string): Promise<Delivery>;
  reply(replyToken: string, messages: readonly SendableMessage[]): Answer;
  push(to: string, messages: readonly SendableMessage[], retryKey: string | undefined): Answer;
}

/** What LINE says by itself while greeting or auto-reply are on. */
const automatic = '（LINE の自動のメッセージです。LINE Official Account Manager で、オフにしてください）';

/** A retry key is known for a day; after that the same key sends again. */
const retryKeyLifeMs = 24 * 60 * 60_000;

export function createPlatform(options: PlatformOptions): Platform {
  const { now, phones } = options;
  const tokens = replyTokens(now);
  const accepted = new Map<string, { requestId: string; sent: object; at: number }>();
  const allowed = allowance(options);
  const account = options.account ?? newAccount(options);
  const connected = Promise.withResolvers<string>();
  let connection = connected.promise;

  async function send(event: Happening & LineEvent): Promise<void> {
    const url = await connection;
    const { webhook, redelivery } = account.switches;
    if (!webhook) return;
    let isFirst = !event.deliveryContext.isRedelivery;
    const { replyToken, webhookEventId: eventId, timestamp: eventAt, source } = event;
    await deliver(event, url, redelivery ? options : { ...options, redeliverAfterMs: [] }, {
      before() {
        if (replyToken) tokens.delivered(replyToken, { resident: source.userId, eventId, eventAt, isFirst });
        isFirst = false;
      },
      after: (delivery) => phones.delivered(event, delivery),
    });
  }

  function hand(resident: string, messages: readonly SendableMessage[], way: Way): object {
    const withIds = messages.map((message) => ({ ...message, id: newMessageId() }));
    // A blocked bot is not told so: LINE answers as ever and delivers nothing.
    if (!phones.userOf(resident)?.isBlocking) phones.show(resident, withIds, way);
    return { sentMessages: withIds.map(({ id }) => ({ id, quoteToken: randomUUID() })) };
  }

  return {
    options,
    allowance: allowed,
    account,
    connect(webhookUrl) {
      connected.resolve(webhookUrl);
      connection = Promise.resolve(webhookUrl);
    },
    tryOut: (webhookUrl) => tryOut(webhookUrl, options),
    happen(happening, resident) {
      const event = eventOf(happening, resident, now());
      void send(event);
      const { autoReply, greeting } = account.switches;
      const own = happening.type === 'message' ? autoReply : happening.type === 'follow' && greeting;
      if (own) hand(resident, [{ type: 'text', text: automatic }], { by: 'push' });
      return event;
    },
    redeliver: (event) => void send({ ...event, deliveryContext: { isRedelivery: true } }),
    reply(replyToken, messages) {
      const used = tokens.use(replyToken);
      if (!used) return { status: 400, body: { message: 'Invalid reply token' } };
      return { status: 200, body: hand(used.resident, messages, { by: 'reply', eventId: used.eventId }) };
    },
    push(to, messages, retryKey) {
      const before = retryKey === undefined ? undefined : accepted.get(retryKey);
      if (before && now() - before.at < retryKeyLifeMs)
        return {
          status: 409,
          headers: { 'x-line-accepted-request-id': before.requestId },
          body: { message: 'The retry key is already accepted', ...before.sent },
        };
      const user = phones.userOf(to);
      if (!user) return { status: 400, body: { message: 'Failed to send messages' } };
      // What is not delivered is not counted.
      if (!user.isBlocking && !allowed.push())
        return { status: 429, body: { message: 'You have reached your monthly limit.' } };
      const requestId = randomUUID();
      const sent = hand(to, messages, { by: 'push' });
      if (retryKey !== undefined) accepted.set(retryKey, { requestId, sent, at: now() });
      return { status: 200, headers: { 'x-line-request-id': requestId }, body: sent };
    },
  };
}
