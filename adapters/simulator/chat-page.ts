/** The chat page over HTTP: its files, a stream of views for each chat, and what a person does in it. */
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Response, type Router } from 'express';
import helmet from 'helmet';
import type { Chat } from './chat.ts';
import { type TalkDeed, talkDeeds } from './chat.ts';
import type { Chats } from './chats.ts';
import { deedShape, follow, perform, sendImage, type World } from './deeds.ts';
import { type View, type ViewWorld, viewOf } from './view.ts';

export interface ChatPageParts {
  readonly chats: Chats;
  readonly world: World;
  readonly view: ViewWorld;
  /** The file of a conversation. */
  readonly writeTalk: (deeds: readonly TalkDeed[]) => string;
}

export interface ChatPage {
  readonly router: Router;
  /** Ends the streams, so that a stopping server need not wait for them. */
  close(): void;
}

const pageFolder = fileURLToPath(new URL('page', import.meta.url));
const flexStyles = fileURLToPath(import.meta.resolve('flex-render/css'));

/** Nothing from other hosts and no inline script: what flex-render makes of a card cannot run anything. Its styles are inline. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrcElem: ["'self'"],
    styleSrcAttr: ["'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
};

export function chatPage({ chats, world, view, writeTalk }: ChatPageParts): ChatPage {
  const router = express.Router();
  const streams = new Set<Response>();

  router.use(helmet({ contentSecurityPolicy, strictTransportSecurity: false }));
  router.get('/', (_, response) => response.sendFile('index.html', { root: pageFolder }));
  router.use('/simulator/page', express.static(pageFolder));
  router.get('/simulator/flex.css', (_, response) => response.sendFile(flexStyles));

  router.post('/simulator/chats', express.json(), (_, response) => {
    const chat = chats.create();
    follow(chat, world, { isUnblocked: false });
    response.status(201).json({ id: chat.phone.id });
  });

  const chat = express.Router({ mergeParams: true });
  router.use('/simulator/chats/:id', findChat, chat);

  chat.get('/', (_, response) => void response.sendStatus(204));
  chat.get('/views', (_, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    const send = () => response.write(`data: ${JSON.stringify(viewOf(chatOf(response), view) satisfies View)}\n\n`);
    const stopWatching = chats.watch(chatOf(response), send);
    streams.add(response);
    response.on('close', () => {
      stopWatching();
      streams.delete(response);
    });
    send();
  });
  chat.post('/deeds', express.json({ limit: '64kb' }), (request, response) => {
    const deed = deedShape.safeParse(request.body);
    if (!deed.success) return void response.status(400).json({ message: 'この操作は読み取れません。' });
    const hindrance = perform(deed.data, chatOf(response), world);
    if (hindrance === undefined) response.sendStatus(204);
    else response.status(409).json({ message: hindrance });
  });
  chat.post('/images', express.raw({ type: imageTypes, limit: '10mb' }), (request, response) => {
    const type = request.is([...imageTypes]);
    if (!type || !Buffer.isBuffer(request.body))
      return void response.status(415).json({ message: '送れるのは PNG、JPEG、GIF、WebP の画像です。' });
    const hindrance = sendImage({ type, bytes: request.body }, chatOf(response), world);
    if (hindrance === undefined) response.sendStatus(204);
    else response.status(409).json({ message: hindrance });
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
      .send(writeTalk(talkDeeds(chatOf(response))));
  });

  function findChat(...[request, response, next]: Parameters<RequestHandler>): void {
    const found = chats.find(String(request.params.id));
    if (!found) return void response.sendStatus(404);
    response.locals.chat = found;
    next();
  }

  return { router, close: () => [...streams].forEach((stream) => void stream.end()) };
}

const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

function chatOf({ locals }: Response): Chat {
  return locals.chat as Chat;
}
