/** What a person can do on the phone, or to it: checked, shown in the chat, and told to the bot as LINE would. */
import { z } from 'zod';
import type { Now } from '../../bot/dialogue/types.ts';
import { type Chat, changed, nowFor } from './chat.ts';
import { type Happening, imageMessage, newMessageId, type Sticker, stickerMessage, textMessage } from './events.ts';
import type { TapAction } from './message-rules.ts';
import { actionAt, type Content, change, type Entry } from './phone.ts';
import type { Platform } from './platform.ts';

const day = z.custom<Now['today']>((value) => z.iso.date().safeParse(value).success);
const time = z.custom<Now['time']>(
  (value) =>
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .safeParse(value).success,
);
const index = z.int().nonnegative();
const spot = z.discriminatedUnion('on', [
  z.object({ on: z.literal('quick-reply'), entry: z.string(), index }),
  z.object({ on: z.literal('card'), entry: z.string(), index }),
  z.object({ on: z.literal('menu'), index }),
]);

export const deedShape = z.discriminatedUnion('do', [
  z.object({ do: z.literal('say'), text: z.string().trim().min(1).max(10_000) }),
  z.object({ do: z.literal('tap'), spot, picked: day.optional() }),
  z.object({ do: z.literal('sticker'), index }),
  z.object({ do: z.literal('unsend'), entry: z.string() }),
  z.object({ do: z.literal('block') }),
  z.object({ do: z.literal('unblock') }),
  /** LINE delivers the latest event a second time. */
  z.object({ do: z.literal('redeliver') }),
  z.object({ do: z.literal('pretend'), today: day.optional(), time: time.optional() }),
]);

export type DeedRequest = z.infer<typeof deedShape>;
type Request<Do extends DeedRequest['do']> = Extract<DeedRequest, { do: Do }>;

export interface World {
  readonly platform: Platform;
  /** The day and time by the clock. */
  readonly clock: () => Now;
  readonly menu: () => readonly TapAction[];
}

/** Why something cannot be done just now, for the person who tried; undefined when it is done. */
export type Hindrance = string | undefined;

export const stickers: readonly Sticker[] = [
  { packageId: '11537', stickerId: '52002739', label: 'ありがとう' },
  { packageId: '11537', stickerId: '52002735', label: 'OK' },
  { packageId: '11537', stickerId: '52002744', label: 'こんにちは' },
];

export function perform(request: DeedRequest, chat: Chat, world: World): Hindrance {
  if (chat.phone.isBlocking && !worksWhileBlocking.has(request.do)) return 'ブロック中です。解除すると送れます。';
  return doings[request.do](request as never, chat, world);
}

/** A picture from the person's own device. */
export function sendImage(image: { type: string; bytes: Buffer }, chat: Chat, world: World): Hindrance {
  if (chat.phone.isBlocking) return 'ブロック中です。解除すると送れます。';
  const id = newMessageId();
  chat.images.set(id, image);
  const content: Content = { type: 'image', url: `/simulator/chats/${chat.phone.id}/images/${id}`, alt: '送った画像' };
  show(chat, world, { id, from: 'resident', content });
  happen(chat, world, { type: 'message', message: imageMessage(id) }, id);
}

/** The resident adds the account as a friend, or unblocks it. */
export function follow(chat: Chat, world: World, { isUnblocked }: { isUnblocked: boolean }): void {
  chat.phone.isBlocking = false;
  const text = isUnblocked ? 'ブロックを解除しました' : '友だちに追加しました';
  show(chat, world, { id: newMessageId(), from: 'app', content: { type: 'text', text } });
  happen(chat, world, { type: 'follow', follow: { isUnblocked } }, undefined);
}

const worksWhileBlocking: ReadonlySet<string> = new Set(['unblock', 'pretend']);

const doings: { readonly [Do in DeedRequest['do']]: (request: Request<Do>, chat: Chat, world: World) => Hindrance } = {
  say({ text }, chat, world) {
    say(text, chat, world);
    return undefined;
  },
  tap({ spot, picked }, chat, world) {
    const action = actionAt(chat.phone, spot, world.menu());
    return action ? tap(action, picked, chat, world) : 'このボタンは、もう表示されていません。';
  },
  sticker({ index }, chat, world) {
    const sticker = stickers[index];
    if (!sticker) return 'そのスタンプはありません。';
    const id = newMessageId();
    show(chat, world, { id, from: 'resident', content: { type: 'sticker', label: sticker.label } });
    happen(chat, world, { type: 'message', message: stickerMessage(id, sticker) }, id);
    return undefined;
  },
  unsend({ entry: id }, chat, world) {
    const entry = chat.phone.entries.find((each) => each.id === id && each.from === 'resident');
    if (!entry) return 'そのメッセージはありません。';
    change(chat.phone, id, { from: 'app', content: { type: 'text', text: 'メッセージの送信を取り消しました' } });
    chat.images.delete(id);
    happen(chat, world, { type: 'unsend', unsend: { messageId: id } }, undefined);
    return undefined;
  },
  block(_, chat, world) {
    chat.phone.isBlocking = true;
    show(chat, world, { id: newMessageId(), from: 'app', content: { type: 'text', text: 'ブロックしました' } });
    happen(chat, world, { type: 'unfollow' }, undefined);
    return undefined;
  },
  unblock(_, chat, world) {
    if (chat.phone.isBlocking) follow(chat, world, { isUnblocked: true });
    return undefined;
  },
  redeliver(_, chat, { platform }) {
    const event = chat.deeds.at(-1)?.event;
    if (event) platform.redeliver(event);
    return undefined;
  },
  pretend({ today, time }, chat) {
    chat.phone.pretend = { ...(today && { today }), ...(time && { time }) };
    changed(chat);
    return undefined;
  },
};

function tap(action: TapAction, picked: string | undefined, chat: Chat, world: World): Hindrance {
  switch (action.type) {
    case 'message':
      return say(action.text, chat, world);
    case 'postback': {
      const { data, displayText } = action;
      const id = displayText === undefined ? undefined : newMessageId();
      if (id !== undefined && displayText !== undefined)
        show(chat, world, { id, from: 'resident', content: { type: 'text', text: displayText } });
      return happen(chat, world, { type: 'postback', postback: { data } }, id);
    }
    case 'datetimepicker': {
      const { data, min = '1900-01-01', max = '2100-12-31' } = action;
      if (picked === undefined || picked < min || picked > max)
        return `${min} から ${max} までの日付を選んでください。`;
      return happen(chat, world, { type: 'postback', postback: { data, params: { date: picked } } }, undefined);
    }
    default:
      return undefined; // opening a page or copying a text is the phone's own business
  }
}

function say(text: string, chat: Chat, world: World): undefined {
  const id = newMessageId();
  show(chat, world, { id, from: 'resident', content: { type: 'text', text } });
  happen(chat, world, { type: 'message', message: textMessage(id, text) }, id);
}

function show(chat: Chat, { clock }: World, entry: Omit<Entry, 'now'>): void {
  chat.phone.entries = [...chat.phone.entries, { ...entry, now: nowFor(chat, clock()) }];
}

function happen(chat: Chat, { platform }: World, happening: Happening, entry: string | undefined): undefined {
  const event = platform.happen(happening, chat.phone.id);
  chat.deeds = [...chat.deeds, { event, entry, startedAt: performance.now() }];
  changed(chat);
}
