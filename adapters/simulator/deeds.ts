/** What a person can do on the phone, or to it: shown in the chat, and told to the bot as LINE would. */
import { type Chat, canUnsend, changed, nowFor } from './chat.ts';
import type { DeedRequest } from './deed-request.ts';
import { type Happening, imageMessage, newMessageId, type Sticker, stickerMessage, textMessage } from './events.ts';
import { pickerDays, type TapAction } from './message-rules.ts';
import { actionAt, amend, append, type Content } from './phone.ts';
import type { Stage } from './stage.ts';

/** Why something cannot be done just now, in a sentence for the person who tried; undefined when it is done. */
export type Hindrance = string | undefined;

export const stickers: readonly Sticker[] = [
  { packageId: '11537', stickerId: '52002739', label: 'ありがとう' },
  { packageId: '11537', stickerId: '52002735', label: 'OK' },
  { packageId: '11537', stickerId: '52002744', label: 'こんにちは' },
];

export function perform(request: DeedRequest, chat: Chat, stage: Stage): Hindrance {
  const { phone } = chat;
  if (request.do === 'pretend') {
    phone.pretend = { ...(request.today && { today: request.today }), ...(request.time && { time: request.time }) };
    changed(chat);
    stage.pretended();
    return undefined;
  }
  if (request.do === 'language') {
    phone.language = request.language;
    changed(chat);
    return undefined;
  }
  if (request.do === 'unblock') return phone.isBlocking ? follow(chat, stage, { isUnblocked: true }) : undefined;
  if (phone.isBlocking) return whileBlocking;
  switch (request.do) {
    case 'say':
      return say(request.text, chat, stage);
    case 'tap': {
      const action = actionAt(phone, request.spot, stage.menu(phone.id)?.areas ?? []);
      return action ? tap(action, request.picked, chat, stage) : 'このボタンは、もう表示されていません。';
    }
    case 'sticker': {
      const sticker = stickers[request.index];
      if (!sticker) return 'そのスタンプはありません。';
      const content: Content = { type: 'sticker', label: sticker.label };
      return send(content, (id) => ({ type: 'message', message: stickerMessage(id, sticker) }), chat, stage);
    }
    case 'unsend':
      return unsend(request.entry, chat, stage);
    case 'block':
      phone.isBlocking = true;
      notice('ブロックしました', chat, stage);
      return happen({ type: 'unfollow' }, undefined, chat, stage);
    case 'redeliver': {
      const event = chat.traces.at(-1)?.event;
      if (event) stage.platform.redeliver(event);
      return undefined;
    }
  }
}

/** A picture from the person's own device. */
export function sendImage(image: { type: string; bytes: Buffer }, chat: Chat, stage: Stage): Hindrance {
  if (chat.phone.isBlocking) return whileBlocking;
  const id = newMessageId();
  chat.images.set(id, image);
  for (const old of [...chat.images.keys()].slice(0, -mostImages)) chat.images.delete(old);
  const content: Content = { type: 'image', url: `/simulator/chats/${chat.phone.id}/images/${id}`, alt: '送った画像' };
  return send(content, () => ({ type: 'message', message: imageMessage(id) }), chat, stage, id);
}

/** The resident adds the account as a friend, or unblocks it. */
export function follow(chat: Chat, stage: Stage, { isUnblocked }: { isUnblocked: boolean }): undefined {
  chat.phone.isBlocking = false;
  notice(isUnblocked ? 'ブロックを解除しました' : '友だちに追加しました', chat, stage);
  return happen({ type: 'follow', follow: { isUnblocked } }, undefined, chat, stage);
}

/** Older pictures are dropped: they are kept in memory. */
const mostImages = 10;

const whileBlocking = 'ブロック中です。解除すると送れます。';

function tap(action: TapAction, picked: string | undefined, chat: Chat, stage: Stage): Hindrance {
  switch (action.type) {
    case 'message':
      return say(action.text, chat, stage);
    case 'postback': {
      const { data, displayText } = action;
      const event: Happening = { type: 'postback', postback: { data } };
      if (displayText === undefined) return happen(event, undefined, chat, stage);
      return send({ type: 'text', text: displayText }, () => event, chat, stage);
    }
    case 'datetimepicker': {
      const { data, mode, min = pickerDays.first, max = `${pickerDays.last}T23:59` } = action;
      const form = mode === 'date' ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
      if (picked === undefined || !form.test(picked) || picked < min || picked > max)
        return `${min.slice(0, 10)} から ${max.slice(0, 10)} までの日付を選んでください。`;
      const params = mode === 'date' ? { date: picked } : { datetime: picked };
      return happen({ type: 'postback', postback: { data, params } }, undefined, chat, stage);
    }
    case 'uri':
      return undefined; // opening it is the phone's own business
  }
}

function say(text: string, chat: Chat, stage: Stage): undefined {
  return send({ type: 'text', text }, (id) => ({ type: 'message', message: textMessage(id, text) }), chat, stage);
}

function unsend(entry: string, chat: Chat, stage: Stage): Hindrance {
  if (!canUnsend(chat, entry)) return 'このメッセージは取り消せません。';
  amend(chat.phone, entry, { from: 'app', content: { type: 'text', text: 'メッセージの送信を取り消しました' } });
  chat.images.delete(entry);
  return happen({ type: 'unsend', unsend: { messageId: entry } }, undefined, chat, stage);
}

/** Shows something of the resident's in the chat, and tells the bot. */
function send(
  content: Content,
  happening: (id: string) => Happening,
  chat: Chat,
  stage: Stage,
  id = newMessageId(),
): undefined {
  append(chat.phone, { id, from: 'resident', content, now: nowFor(chat, stage.clock()) });
  return happen(happening(id), id, chat, stage);
}

function notice(text: string, chat: Chat, { clock }: Stage): void {
  append(chat.phone, { id: newMessageId(), from: 'app', content: { type: 'text', text }, now: nowFor(chat, clock()) });
}

function happen(happening: Happening, entry: string | undefined, chat: Chat, { platform }: Stage): undefined {
  const event = platform.happen(happening, chat.phone.id);
  chat.traces = [...chat.traces, { event, entry, startedAt: performance.now() }];
  changed(chat);
}
