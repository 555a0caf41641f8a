/** What LINE keeps of a channel beside its messages: the webhook's address, rich menus and their aliases, and what only the Official Account Manager switches. */
import type { WebhookOptions } from './webhook.ts';

export interface MenuRequest {
  readonly size: { readonly width: number; readonly height: number };
  readonly selected: boolean;
  readonly name: string;
  readonly chatBarText: string;
  readonly areas: readonly {
    readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    readonly action: object;
  }[];
}

export interface RichMenu extends MenuRequest {
  readonly richMenuId: string;
  image: { readonly type: string; readonly bytes: Buffer } | undefined;
}

/** As the bot needs them. */
const rightSwitches = { webhook: true, redelivery: true, autoReply: false, greeting: false, chat: false };
/** As a new channel has them. */
export const newSwitches: Switches = {
  webhook: false,
  redelivery: false,
  autoReply: true,
  greeting: true,
  chat: false,
};
export type Switches = typeof rightSwitches;

export interface Account {
  readonly displayName: string;
  readonly basicId: string;
  readonly switches: Switches;
  /** Undefined: nobody has set one. */
  endpoint: string | undefined;
  readonly menus: Map<string, RichMenu>;
  /** By alias: the menu's id. */
  readonly aliases: Map<string, string>;
  /** For everybody. */
  defaultMenu: string | undefined;
  /** By resident: the menu that is their own. */
  readonly linked: Map<string, string>;
}

export function newAccount(
  { destination }: Pick<WebhookOptions, 'destination'>,
  { displayName = '更新ナビ（練習）', switches = rightSwitches } = {},
): Account {
  return {
    displayName,
    basicId: `@${destination.slice(1, 9)}`,
    switches: { ...switches },
    endpoint: undefined,
    menus: new Map(),
    aliases: new Map(),
    defaultMenu: undefined,
    linked: new Map(),
  };
}

/** What is at the foot of that resident's chat: their own menu before everybody's. */
export function menuOf({ menus, linked, defaultMenu }: Account, resident: string): RichMenu | undefined {
  return menus.get(linked.get(resident) ?? '') ?? menus.get(defaultMenu ?? '');
}
