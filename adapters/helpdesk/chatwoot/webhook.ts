/**
 * What agents do in Chatwoot, as its API inbox tells: their words go to the resident, a resolved conversation goes back to the bot. Chatwoot
 * never tries such a call again (issue #15920), so it is answered at once, and a failure shows beside the agent's words.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import express, { type Router } from 'express';
import { z } from 'zod';
import type { Log } from '../../../bot/ports.ts';
import type { Records } from '../../records.ts';
import type { OwnDesk } from '../desk.ts';
import type { Job } from '../job.ts';
import type { ChatwootApi } from './api.ts';
import type { Mirrored } from './mirror.ts';

export interface ChatwootWebhookParts {
  readonly desk: OwnDesk;
  readonly mirrored: Records<Job<Mirrored>>;
  readonly api: ChatwootApi;
  /** The last part of the address: nobody else knows it. */
  readonly pathToken: string;
  /** Signs the calls, on servers that can (since March 2026); then an unsigned one is refused. */
  readonly secret: string | undefined;
  readonly now: () => number;
  readonly log: Log;
}

const conversationShape = z.looseObject({ id: z.number(), status: z.string() });
const told = z.union([
  z.looseObject({
    event: z.literal('message_created'),
    id: z.number(),
    content: z.string().nullish(),
    message_type: z.string(),
    private: z.boolean(),
    sender: z.looseObject({ type: z.string() }).nullish(),
    conversation: conversationShape,
  }),
  conversationShape.extend({ event: z.enum(['conversation_status_changed', 'conversation_updated']) }),
]);

/** Whoever answers there: several agents may share a conversation. */
const agent = 'Chatwoot';
/** LINE takes 5 000, and some words go before. */
const longestText = 4_900;
const oldestMs = 5 * 60_000;
const noText = '文字のない返事は LINE に届きません。文字で送ってください。';
const tooLong = `LINE に送れるのは ${longestText} 字までです。短くして送ってください。`;
const nobody = 'この会話の方は、いま LINE で相談していません。届いていません。';
const over = 'このお話は終わっています。届いていません。';

export function chatwootWebhook({ desk, mirrored, api, pathToken, secret, now, log }: ChatwootWebhookParts): Router {
  const router = express.Router();
  router.post('/helpdesk/chatwoot/:token', express.raw({ type: '*/*', limit: '1mb' }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const isKnown = isSame(String(request.params.token), pathToken);
    const isSigned = secret === undefined || signedBy(secret, request.headers, body);
    if (!isKnown || !isSigned) {
      log.warn({ status: 401 }, 'help desk: a call that is not Chatwoot’s was refused');
      return void response.sendStatus(401);
    }
    const read = told.safeParse(parsed(body));
    // Other events, and shapes that are new, are nothing to do.
    try {
      if (read.success) await hear(read.data);
      response.sendStatus(200);
    } catch (error) {
      // Said here: elsewhere the address would be logged, and it is a secret.
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'help desk: a call of Chatwoot’s failed');
      response.sendStatus(503);
    }
  });

  async function hear(event: z.infer<typeof told>): Promise<void> {
    if (event.event !== 'message_created') {
      const ticket = event.status === 'resolved' ? await ticketOf(event.id) : undefined;
      if (ticket === undefined) return;
      await desk.assign(ticket, agent);
      await desk.end(ticket, agent, 'solved');
      return;
    }
    // Everything else came from here, or is for agents only.
    if (event.message_type !== 'outgoing' || event.private || event.sender?.type !== 'user') return;
    const ticket = await ticketOf(event.conversation.id);
    const why = ticket === undefined ? nobody : await refusalOf(ticket, event.id, event.content?.trim() ?? '');
    if (why !== undefined)
      await api
        .delivered(event.conversation.id, event.id, why)
        .catch((error: Error) => log.warn({ error: error.name }, 'help desk: Chatwoot could not be told of a refusal'));
  }

  /** Why an agent's words cannot go out; undefined when they do. */
  async function refusalOf(ticket: string, message: number, text: string): Promise<string | undefined> {
    if (text === '') return noText;
    if (text.length > longestText) return tooLong;
    await desk.assign(ticket, agent);
    const answered = await desk.reply(ticket, agent, { text, key: `chatwoot-${message}` });
    return answered ? undefined : over;
  }

  async function ticketOf(conversation: number): Promise<string | undefined> {
    for (const id of await mirrored.ids())
      if ((await mirrored.load(id)).value?.state.conversation === conversation) return id;
    return undefined;
  }

  function signedBy(
    key: string,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Buffer,
  ): boolean {
    const timestamp = String(headers['x-chatwoot-timestamp'] ?? '');
    const isFresh = Math.abs(now() - Number(timestamp) * 1_000) <= oldestMs;
    const expected = `sha256=${createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex')}`;
    return timestamp !== '' && isFresh && isSame(String(headers['x-chatwoot-signature'] ?? ''), expected);
  }

  return router;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
