/**
 * The stand-in LINE as a process of its own, to set a channel up against: API and tokens as LINE's, the chat page as residents' phones, and a page for
 * what only the Official Account Manager switches. Like the one inside the bot it is for this machine alone.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { type Router } from 'express';
import type { Now } from '../../bot/dialogue/types.ts';
import { type Account, menuOf, newAccount, newSwitches } from './account.ts';
import { chatPage } from './chat-page.ts';
import { createChats } from './chats.ts';
import { newUserId } from './events.ts';
import { lineApi } from './line-api.ts';
import { managerPage } from './manager-page.ts';
import { richMenuShape } from './message-rules.ts';
import { createPlatform } from './platform.ts';
import type { StageMenu } from './stage.ts';

export interface StandInOptions {
  readonly port: number;
  readonly channelId: string;
  readonly channelSecret: string;
  /** Undefined: tokens are only to be had with id and secret. */
  readonly channelAccessToken?: string | undefined;
  readonly clock: () => Now;
}

export interface StandIn {
  readonly url: string;
  readonly account: Account;
  close(): Promise<void>;
}

export async function openStandIn({
  port,
  clock,
  channelAccessToken = newUserId(),
  ...credentials
}: StandInOptions): Promise<StandIn> {
  const destination = newUserId();
  const account = newAccount({ destination }, { switches: newSwitches });
  const chats = createChats({ clock, now: Date.now });
  const platform = createPlatform({
    ...credentials,
    channelAccessToken,
    destination,
    account,
    redeliverAfterMs: [1_000, 5_000, 20_000],
    now: Date.now,
    phones: chats.phones,
  });
  const page = chatPage({
    chats,
    stage: {
      platform,
      clock,
      menu: (resident) => stageMenu(account, resident),
      knowsTheBot: false,
      files: () => [],
      readings: () => 0,
      pretended: () => undefined,
    },
    writeTalk: () => '',
  });
  const app = express();
  app.disable('x-powered-by');
  // A page of another name that leads here is somebody else's.
  app.use(({ hostname }, response, next) => {
    if (hostname === 'localhost' || hostname === '127.0.0.1') next();
    else response.sendStatus(403);
  });
  app.use('/manager', managerPage(account));
  app.use(menuPictures(account));
  app.use(page.router);
  // Whatever changes at LINE may show on a phone.
  app.use((_, response, next) => {
    response.once('finish', () => chats.changeAll());
    next();
  });
  app.use(lineApi(platform));
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : port}`,
    account,
    async close() {
      page.close();
      server.close().closeAllConnections();
    },
  };
}

function menuPictures({ menus }: Account): Router {
  const router = express.Router();
  router.get('/simulator/menus/:id', (request, response) => {
    const { image } = menus.get(String(request.params.id)) ?? {};
    if (!image) return void response.sendStatus(404);
    response.type(image.type).send(image.bytes);
  });
  return router;
}

function stageMenu(account: Account, resident: string): StageMenu | undefined {
  const menu = menuOf(account, resident);
  if (!menu) return undefined;
  const { size, areas, chatBarText, richMenuId: id } = menu;
  const share = (part: number, whole: number) => Math.round((part / whole) * 10_000) / 100;
  return {
    ...richMenuShape.parse({ bar: chatBarText, areas: areas.map(({ action }) => action) }),
    picture: {
      id,
      ratio: size.width / size.height,
      places: areas.map(({ bounds: { x, y, width, height } }) => ({
        left: share(x, size.width),
        top: share(y, size.height),
        width: share(width, size.width),
        height: share(height, size.height),
      })),
    },
  };
}
