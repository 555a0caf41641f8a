/** The chat page over HTTP: its files, a stream of views for each chat, and what a person does in it. */
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Response, type Router } from 'express';
import helmet from 'helmet';
import type { TalkStep } from '../../bot/dialogue/types.ts';
import { type Chat, talkSteps } from './chat.ts';
import type { Chats } from './chats.ts';
import { deedRequest } from './deed-request.ts';
import { follow, type Hindrance, perform, sendImage } from './deeds.ts';
import type { Stage } from './stage.ts';
import { viewOf } from './view.ts';

export interface ChatPageParts {
  readonly chats: Chats;
  readonly stage: Stage;
  /** The file of a conversation. */
  readonly writeTalk: (steps: readonly TalkStep[]) => string;
}

export interface ChatPage {
  readonly router: Router;
  /** Ends the streams, so that a stopping server need not wait for them. */
  close(): void;
}

const pageFolder = fileURLToPath(new URL('page', import.meta.url));
const sharedFolder = fileURLToPath(new URL('../page', import.meta.url));
const flexStyles = fileURLToPath(import.meta.resolve('flex-render/css'));
const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Nothing from other hosts and no inline script: what flex-render makes of a card cannot run anything. Its styles are inline. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrcElem: ["'self'"],
    styleSrcAttr: ["'unsafe-inline'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
};

export function chatPage({ chats, stage, writeTalk }: ChatPageParts): ChatPage {
  const router = express.Router();
  const streams = new Set<Response>();

  router.use(helmet({ contentSecurityPolicy, strictTransportSecurity: false }));
  router.get('/', (_, response) => response.sendFile('index.html', { root: pageFolder }));
  router.use('/simulator/page', express.static(pageFolder));
  router.use('/page', express.static(sharedFolder));
  router.get('/simulator/flex.css', (_, response) => response.sendFile(flexStyles));

  router.post('/simulator/chats', fromThePage, (_, response) => {
    const chat = chats.create();
    follow(chat, stage, { isUnblocked: false });
    response.status(201).json({ id: chat.phone.id });
  });

  const chat = express.Router({ mergeParams: true });
  router.use('/simulator/chats/:id', fromThePage, findChat, chat);

  chat.get('/', (_, response) => void response.sendStatus(204));
  chat.get('/views', (_, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    // A page that does not keep up gets the newest view only.
    const send = () => {
      if (response.writable && !response.writableNeedDrain)
        response.write(`data: ${JSON.stringify(viewOf(chatOf(response), stage))}\n\n`);
    };
    response.on('drain', send);
    const stopWatching = chats.watch(chatOf(response), send);
    streams.add(response);
    response.on('close', () => {
      stopWatching();
      streams.delete(response);
    });
    send();
  });
  chat.post('/deeds', express.json({ limit: '64kb' }), (request, response) => {
    const deed = deedRequest.safeParse(request.body);
    if (!deed.success) return void response.status(400).json({ message: 'この操作は読み取れません。' });
    finish(response, perform(deed.data, chatOf(response), stage));
  });
  chat.post('/images', express.raw({ type: imageTypes, limit: '10mb' }), (request, response) => {
    const type = request.is(imageTypes);
    if (!type || !Buffer.isBuffer(request.body))
      return void response.status(415).json({ message: '送れるのは PNG、JPEG、GIF、WebP の画像です。' });
    finish(response, sendImage({ type, bytes: request.body }, chatOf(response), stage));
  });
  chat.get('/images/:image', (request, response) => {
    const image = chatOf(response).images.get(String(request.params.image));
    if (!image) return void response.sendStatus(404);
    response.type(image.type).send(image.bytes);
  });
  chat.get('/talk', (_, response) => {
    response
      .attachment('conversation.talk')
      .type('text/plain')
      .send(writeTalk(talkSteps(chatOf(response))));
  });

  function findChat(...[request, response, next]: Parameters<RequestHandler>): void {
    const found = chats.find(String(request.params.id));
    if (!found) return void response.sendStatus(404);
    response.locals.chat = found;
    next();
  }

  return { router, close: () => [...streams].forEach((stream) => void stream.end()) };
}

/** Another site open in the same browser can neither write nor read here. */
function fromThePage(...[request, response, next]: Parameters<RequestHandler>): void {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return void response.sendStatus(403);
  next();
}

function finish(response: Response, hindrance: Hindrance): void {
  if (hindrance === undefined) response.sendStatus(204);
  else response.status(409).json({ message: hindrance });
}

function chatOf({ locals }: Response): Chat {
  return locals.chat as Chat;
}
