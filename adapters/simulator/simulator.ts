/**
 * A stand-in LINE inside the process, for whoever has no LINE channel: the bot gets its signed webhooks and calls its API at a local
 * address, and a page in the browser is the resident's phone. The bot itself runs as ever.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import type { Now, TalkStep, TurnReport } from '../../bot/dialogue/types.ts';
import { note, nowFor } from './chat.ts';
import { chatPage } from './chat-page.ts';
import { createChats } from './chats.ts';
import { newUserId } from './events.ts';
import { lineApi } from './line-api.ts';
import { richMenuShape } from './message-rules.ts';
import { createPlatform } from './platform.ts';
import type { FileProblem, Stage } from './stage.ts';
import { watchFolders } from './watch.ts';

export interface SimulatorOptions extends Pick<Stage, 'clock'> {
  /** Where staff edit; `reload` is called after every change there, and `files` says what is wrong since. */
  readonly folders: readonly string[];
  readonly reload: () => void;
  readonly files: () => readonly FileProblem[];
  /** The rich menu; its areas are actions as LINE takes them. */
  readonly menu: () => { readonly bar: string; readonly areas: readonly object[] };
  readonly writeTalk: (steps: readonly TalkStep[]) => string;
}

export interface Simulator {
  /** How the bot reaches its LINE. */
  readonly channel: {
    readonly channelSecret: string;
    readonly channelAccessToken: string;
    readonly apiBaseUrl: string;
  };
  readonly page: Router;
  /** The day and time for a resident: the clock's, or what they pretend. */
  nowFor(resident: string | null): Now;
  /** Shows what a turn came to. */
  report(event: { readonly resident: string; readonly id: string }, report: TurnReport): void;
  /** From now on the bot listens there. */
  connect(webhookUrl: string): void;
  /** Calls back whenever a resident pretends another day or time. */
  whenPretended(listener: () => void): void;
  /** Ends the pages' streams; the API still serves the bot until `close`. */
  leave(): void;
  close(): Promise<void>;
}

export async function openSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, menu, folders, reload, files, writeTalk } = options;
  const channelSecret = randomBytes(16).toString('hex');
  const channelAccessToken = randomBytes(32).toString('base64');
  const chats = createChats({ clock, now: Date.now });
  const platform = createPlatform({
    channelSecret,
    channelAccessToken,
    destination: newUserId(),
    redeliverAfterMs: [1_000, 5_000, 20_000],
    now: Date.now,
    phones: chats.phones,
  });
  const api = createServer(lineApi(platform)).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const { port } = api.address() as AddressInfo;
  let readings = 0;
  let pretended: () => void = () => undefined;
  const stage: Stage = {
    pretended: () => pretended(),
    platform,
    clock,
    files,
    readings: () => readings,
    menu: () => richMenuShape.parse(menu()),
    knowsTheBot: true,
  };
  const page = chatPage({ chats, stage, writeTalk });
  const stopWatching = watchFolders(folders, () => {
    reload();
    readings += 1;
    chats.changeAll();
  });
  return {
    channel: { channelSecret, channelAccessToken, apiBaseUrl: `http://127.0.0.1:${port}` },
    page: page.router,
    nowFor(resident) {
      const chat = resident === null ? undefined : chats.find(resident);
      return chat ? nowFor(chat, clock()) : clock();
    },
    report({ resident, id }, report) {
      const chat = chats.find(resident);
      if (chat) note(chat, id, { report });
    },
    connect: platform.connect,
    whenPretended(listener) {
      pretended = listener;
    },
    leave: page.close,
    async close() {
      await stopWatching();
      api.close().closeAllConnections();
    },
  };
}
