/** The page's side of the chat's stream and deeds. A tab is a resident: it remembers which one. */

/** @import { DeedRequest } from '../deed-request.ts' */
/** @import { View } from '../view.ts' */

const remembered = 'resident';
const reason = 'why another';

/**
 * Shows every view of this tab's chat, from now on; a chat that the server no longer knows is begun anew.
 * @param {{ show: (view: View, chat: string) => void, notify: (sentence: string) => void }} page
 */
export async function openChat({ show, notify }) {
  const chat = sessionStorage.getItem(remembered) ?? (await newChat(notify));
  if (chat === undefined) return;
  const stream = new EventSource(`/simulator/chats/${chat}/views`);
  // A browser keeps few connections to one server: a tab that nobody sees leaves its own to the others.
  const hide = () => {
    if (!document.hidden) return;
    stream.close();
    document.removeEventListener('visibilitychange', hide);
    document.addEventListener('visibilitychange', () => openChat({ show, notify }), { once: true });
  };
  document.addEventListener('visibilitychange', hide);
  let isAway = false;
  stream.onmessage = ({ data }) => {
    if (isAway) notify('');
    isAway = false;
    show(JSON.parse(data), chat);
  };
  stream.onerror = async () => {
    isAway = true;
    notify('サーバーにつながりません。つなぎ直しています…');
    // A browser also gives a stream up when the page is left: only the server can say that the chat is gone.
    if (stream.readyState !== EventSource.CLOSED) return;
    document.removeEventListener('visibilitychange', hide);
    const status = await fetch(`/simulator/chats/${chat}`).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 404) becomeAnother('前の会話は消えました。新しい住民として始めます。');
    else setTimeout(() => openChat({ show, notify }), status === undefined ? 1_000 : 0);
  };
}

/**
 * This tab becomes another resident.
 * @param {string} [why] said once it is
 */
export function becomeAnother(why) {
  sessionStorage.removeItem(remembered);
  if (why) sessionStorage.setItem(reason, why);
  location.reload();
}

/**
 * Does something in the chat. Gives the sentence that says why it could not be done, or undefined.
 * @param {string} chat
 * @param {DeedRequest} deed
 */
export function doDeed(chat, deed) {
  return post(`/simulator/chats/${chat}/deeds`, { 'content-type': 'application/json' }, JSON.stringify(deed));
}

/**
 * @param {string} chat
 * @param {File} file
 */
export function sendImage(chat, file) {
  return post(`/simulator/chats/${chat}/images`, { 'content-type': file.type }, file);
}

/** @param {(sentence: string) => void} notify */
async function newChat(notify) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/simulator/chats', { method: 'POST', headers, body: '{}' }).catch(() => undefined);
  if (!response?.ok) {
    notify('サーバーにつながりません。ページを開き直してください。');
    return undefined;
  }
  const { id } = await response.json();
  sessionStorage.setItem(remembered, id);
  notify(sessionStorage.getItem(reason) ?? '');
  sessionStorage.removeItem(reason);
  return /** @type {string} */ (id);
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {BodyInit} body
 * @returns {Promise<string | undefined>}
 */
async function post(url, headers, body) {
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
  if (!response) return 'サーバーにつながりません。';
  if (response.ok) return undefined;
  if (response.status === 413) return '大きすぎて送れません。';
  const answer = await response.json().catch(() => ({}));
  return answer.message ?? '送れませんでした。';
}
