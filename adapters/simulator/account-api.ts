/** Setting a channel up over LINE's API: bot, webhook endpoint, and rich menus (`menu-api.ts`); same paths, statuses and refusals (docs: Messaging API reference). */
import express, { type Router } from 'express';
import { z } from 'zod';
import type { Account } from './account.ts';
import { done, ifRight, no, routesOf, send } from './answer.ts';
import { menuApi } from './menu-api.ts';
import type { Delivery } from './webhook.ts';

export interface AccountApiParts {
  readonly account: Account;
  readonly destination: string;
  /** From now on events go there. */
  readonly connect: (endpoint: string) => void;
  /** A webhook without events, as the console's button sends it. */
  readonly tryOut: (endpoint: string) => Promise<Delivery>;
}

const endpointShape = z.object({
  endpoint: z
    .url({ error: 'Invalid webhook endpoint URL' })
    .max(500, 'Length must be between 0 and 500')
    // LINE takes https only; the stand-in reaches this machine, too.
    .regex(/^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$))/, 'Invalid webhook endpoint URL'),
});

export function accountApi({ account, destination, connect, tryOut }: AccountApiParts): Router {
  const { switches } = account;
  const api = express.Router();
  const route = routesOf(api);
  route('get', '/info', () => {
    const { displayName, basicId } = account;
    const chatMode = switches.chat ? 'chat' : 'bot';
    return { status: 200, body: { userId: destination, basicId, displayName, chatMode, markAsReadMode: 'auto' } };
  });

  route('get', '/channel/webhook/endpoint', () =>
    account.endpoint === undefined
      ? no(404, 'Not found')
      : { status: 200, body: { endpoint: account.endpoint, active: switches.webhook } },
  );
  route('put', '/channel/webhook/endpoint', ({ body }) =>
    ifRight(endpointShape, body, ({ endpoint }) => {
      account.endpoint = endpoint;
      connect(endpoint);
      return done;
    }),
  );
  api.post('/channel/webhook/test', async (request, response) => {
    const { data } = endpointShape.safeParse(request.body);
    const endpoint = data?.endpoint ?? account.endpoint;
    if (endpoint === undefined) return send(response, no(404, 'Not found'));
    const { status } = await tryOut(endpoint);
    const success = status === 200;
    const reason = status === undefined ? 'COULD_NOT_CONNECT' : success ? 'OK' : 'ERROR_STATUS_CODE';
    const timestamp = new Date().toISOString();
    send(response, {
      status: 200,
      body: { success, timestamp, statusCode: status ?? 0, reason, detail: String(status ?? 'no answer') },
    });
  });
  api.use(menuApi(account));
  return api;
}
