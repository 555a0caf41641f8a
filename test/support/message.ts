/** What LINE's webhook sends when somebody writes to the bot. */

export interface WrittenMessage {
  readonly resident?: string;
  readonly replyToken: string;
  /** When it was written (ms). */
  readonly at?: number;
}

/** The body of a webhook with that message in it. */
export function messageBody(text: string, { resident = someone, replyToken, at = Date.now() }: WrittenMessage): string {
  const event = {
    type: 'message',
    mode: 'active',
    timestamp: at,
    webhookEventId: `event of ${replyToken}`,
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId: resident },
    replyToken,
    message: { type: 'text', id: `message of ${replyToken}`, text },
  };
  return JSON.stringify({ destination: someone, events: [event] });
}

const someone = 'U8e742f61d673b39c7fff3cecb7536ef0';
