/** LINE's Messaging API over HTTP, as far as this bot uses it: the same paths, statuses and sentences (docs: Messaging API reference). */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { accessTokens } from './access-tokens.ts';
import { accountApi } from './account-api.ts';
import { ifRight, send } from './answer.ts';
import { messagesShape } from './message-rules.ts';
import type { Answer, Platform } from './platform.ts';

const notFound: Answer = { status: 404, body: { message: 'Not found' } };

const given = z.string({ error: 'May not be empty' }).min(1, 'May not be empty');
const shapes = {
  reply: z.object({ replyToken: given, messages: messagesShape }),
  push: z.object({ to: given, messages: messagesShape }),
  loading: z.object({
    chatId: given,
    loadingSeconds: z.int().min(5).max(60).multipleOf(5, 'loadingSeconds must be a multiple of 5').default(20),
  }),
};

export function lineApi(platform: Platform): express.Express {
  const { options, allowance } = platform;
  const { phones } = options;
  const tokens = accessTokens(options);
  const app = express();
  app.disable('x-powered-by');
  app.use((_, response, next) => {
    response.set('x-line-request-id', randomUUID());
    next();
  });
  app.post('/oauth2/v3/token', express.urlencoded({ extended: false }), (request, response) =>
    send(response, tokens.issue(request.body)),
  );
  app.use((request, response, next) => {
    const [, token = ''] = request.get('authorization')?.match(/^Bearer (.+)$/) ?? [];
    if (!tokens.holds(token))
      return void response.status(401).json({
        message: 'Authentication failed. Confirm that the access token in the authorization header is valid.',
      });
    if (!allowance.call(request.path, request.method))
      return void response.status(429).json({ message: 'The API rate limit has been exceeded. Try again later.' });
    next();
  });
  app.use(express.json({ limit: '2mb' }));

  app.post('/v2/bot/message/reply', (request, response) => {
    if (request.get('x-line-retry-key') !== undefined)
      return send(response, { status: 400, body: { message: 'The retry key is not supported by this endpoint' } });
    send(
      response,
      ifRight(shapes.reply, request.body, ({ replyToken, messages }) => platform.reply(replyToken, messages)),
    );
  });
  app.post('/v2/bot/message/push', (request, response) => {
    const retryKey = request.get('x-line-retry-key');
    if (retryKey !== undefined && !z.uuid().safeParse(retryKey).success)
      return send(response, { status: 400, body: { message: 'The retry key is not a UUID' } });
    send(
      response,
      ifRight(shapes.push, request.body, ({ to, messages }) => platform.push(to, messages, retryKey)),
    );
  });
  app.post('/v2/bot/chat/loading/start', (request, response) =>
    send(
      response,
      ifRight(shapes.loading, request.body, ({ chatId, loadingSeconds }) => {
        phones.showLoading(chatId, loadingSeconds);
        return { status: 202, body: {} };
      }),
    ),
  );
  app.get('/v2/bot/message/:messageId/content', (request, response) => {
    const content = phones.contentOf(request.params.messageId);
    if (!content) return send(response, notFound);
    response.type(content.type).send(content.bytes);
  });
  app.get('/v2/bot/message/quota', (_, response) =>
    send(response, { status: 200, body: { type: 'limited', value: allowance.monthly } }),
  );
  app.get('/v2/bot/message/quota/consumption', (_, response) =>
    send(response, { status: 200, body: { totalUsage: allowance.pushed() } }),
  );
  app.get('/v2/bot/profile/:userId', (request, response) => {
    const user = phones.userOf(request.params.userId);
    const body = { userId: request.params.userId, displayName: user?.name, language: user?.language };
    send(response, user && !user.isBlocking ? { status: 200, body } : notFound);
  });
  app.use(
    '/v2/bot',
    accountApi({
      account: platform.account,
      destination: options.destination,
      connect: platform.connect,
      tryOut: platform.tryOut,
    }),
  );
  app.use((_, response) => send(response, notFound));
  app.use(unreadable);
  return app;
}

/** Too large, or no JSON. */
const unreadable: ErrorRequestHandler = (error: { status?: unknown }, _request, response, _next) => {
  const isTooLarge = error.status === 413;
  response
    .status(isTooLarge ? 413 : 400)
    .json({ message: isTooLarge ? 'Payload Too Large' : 'The request body could not be parsed as JSON' });
};
