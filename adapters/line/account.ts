/** A channel as LINE has it: who it is, where its webhooks go, its rich menus. For setting it up, so through the SDK: a second more does not matter here. */
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPFetchError, messagingApi } from '@line/bot-sdk';
import type { Quota } from '../../bot/ports.ts';
import { dataApiOf, type LineAccess } from './http.ts';
import { lineQuota } from './quota.ts';

/** LINE relinks menus in the background; thirty thousand residents take a minute or so. */
const relinkEveryMs = 2_000;
const relinkTries = 60;

/** LINE did not do it: a status with its sentence, or no answer at all (undefined). */
export class LineRefusal extends Error {
  readonly status: number | undefined;

  constructor(status: number | undefined, message: string) {
    super(message);
    this.name = 'LineRefusal';
    this.status = status;
  }
}

export interface WebhookEndpoint {
  readonly endpoint: string;
  /** "Use webhook" is on. */
  readonly active: boolean;
}

/** Every call rejects with a `LineRefusal`. */
export interface LineAccount {
  info(): Promise<messagingApi.BotInfoResponse>;
  /** Undefined: none was ever set. */
  endpoint(): Promise<WebhookEndpoint | undefined>;
  setEndpoint(endpoint: string): Promise<void>;
  /** LINE calls that address, whatever is set. */
  testEndpoint(endpoint: string): Promise<messagingApi.TestWebhookEndpointResponse>;
  menus(): Promise<readonly messagingApi.RichMenuResponse[]>;
  createMenu(menu: messagingApi.RichMenuRequest): Promise<string>;
  hasPicture(menu: string): Promise<boolean>;
  setPicture(menu: string, png: Buffer): Promise<void>;
  deleteMenu(menu: string): Promise<void>;
  /** By alias: the menu's id. */
  aliases(): Promise<ReadonlyMap<string, string>>;
  setAlias(alias: string, menu: string, exists: boolean): Promise<void>;
  deleteAlias(alias: string): Promise<void>;
  /** Undefined: there is none. */
  defaultMenu(): Promise<string | undefined>;
  setDefaultMenu(menu: string): Promise<void>;
  cancelDefaultMenu(): Promise<void>;
  /** Whoever has the first of a pair linked gets the second; resolves when LINE has done it for everybody. */
  relinkMenus(pairs: readonly (readonly [from: string, to: string])[]): Promise<void>;
  quota(): ReturnType<Quota>;
}

export async function lineAccount({
  accessToken,
  apiBaseUrl,
}: Pick<LineAccess, 'accessToken' | 'apiBaseUrl'>): Promise<LineAccount> {
  const channelAccessToken = await asked(accessToken.get());
  const api = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: apiBaseUrl });
  const data = new messagingApi.MessagingApiBlobClient({ channelAccessToken, baseURL: dataApiOf(apiBaseUrl) });
  const quota = lineQuota({ accessToken, apiBaseUrl });
  const done = async (call: Promise<unknown>) => void (await asked(call));
  return {
    info: () => asked(api.getBotInfo()),
    endpoint: () => ifThere(api.getWebhookEndpoint()),
    setEndpoint: (endpoint) => done(api.setWebhookEndpoint({ endpoint })),
    testEndpoint: (endpoint) => asked(api.testWebhookEndpoint({ endpoint })),
    menus: async () => (await asked(api.getRichMenuList())).richmenus,
    async createMenu(menu) {
      await asked(api.validateRichMenuObject(menu));
      return (await asked(api.createRichMenu(menu))).richMenuId;
    },
    async hasPicture(menu) {
      const picture = await ifThere(data.getRichMenuImage(menu));
      return picture !== undefined && (await buffer(picture)).length > 0;
    },
    setPicture: (menu, png) =>
      done(data.setRichMenuImage(menu, new Blob([new Uint8Array(png)], { type: 'image/png' }))),
    deleteMenu: (menu) => done(api.deleteRichMenu(menu)),
    async aliases() {
      const { aliases } = await asked(api.getRichMenuAliasList());
      return new Map(aliases.map(({ richMenuAliasId, richMenuId }) => [richMenuAliasId, richMenuId]));
    },
    setAlias: (richMenuAliasId, richMenuId, exists) =>
      done(
        exists
          ? api.updateRichMenuAlias(richMenuAliasId, { richMenuId })
          : api.createRichMenuAlias({ richMenuAliasId, richMenuId }),
      ),
    deleteAlias: (alias) => done(api.deleteRichMenuAlias(alias)),
    defaultMenu: async () => (await ifThere(api.getDefaultRichMenuId()))?.richMenuId,
    setDefaultMenu: (menu) => done(api.setDefaultRichMenu(menu)),
    cancelDefaultMenu: () => done(api.cancelDefaultRichMenu()),
    async relinkMenus(pairs) {
      const { httpResponse } = await asked(
        api.richMenuBatchWithHttpInfo({
          operations: pairs.map(([from, to]): messagingApi.RichMenuBatchLinkOperation => ({ type: 'link', from, to })),
        }),
      );
      const requestId = httpResponse.headers.get('x-line-request-id') ?? '';
      for (let tries = 0; tries < relinkTries; tries += 1) {
        const { phase } = await asked(api.getRichMenuBatchProgress(requestId));
        if (phase === 'succeeded') return;
        if (phase === 'failed') throw new LineRefusal(500, 'the batch of rich menus failed');
        await sleep(relinkEveryMs);
      }
      throw new LineRefusal(undefined, 'the batch of rich menus is not done yet');
    },
    quota: () => asked(quota()),
  };
}

async function asked<Answer>(call: Promise<Answer>): Promise<Answer> {
  return call.catch((error: unknown) => {
    if (error instanceof HTTPFetchError) throw new LineRefusal(error.status, sentenceIn(error.body));
    if (!(error instanceof Error) || !notAnswered(error)) throw error;
    const { status, cause, message } = error as Error & { status?: number; cause?: { code?: string } };
    throw new LineRefusal(status, cause?.code ?? message);
  });
}

/** No connection, too late, or refused where the SDK does not ask (token, quota); anything else is a fault of ours. */
function notAnswered(error: Error): boolean {
  return 'cause' in error || error.name === 'TimeoutError' || 'status' in error;
}

async function ifThere<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  return asked(call).catch((error: unknown) => {
    if (error instanceof LineRefusal && error.status === 404) return undefined;
    throw error;
  });
}

/** LINE's own words, with their places. */
function sentenceIn(body: string): string {
  try {
    const { message, details } = JSON.parse(body) as {
      message?: string;
      details?: { message: string; property: string }[];
    };
    return [message ?? '', ...(details ?? []).map((each) => `${each.property}: ${each.message}`)].join(' / ');
  } catch {
    return body.slice(0, 200);
  }
}
