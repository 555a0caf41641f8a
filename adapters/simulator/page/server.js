/** The page's side of the chat's stream and deeds. A tab is a resident: it remembers which one. */

/** @import { DeedRequest } from '../deeds.ts' */
/** @import { View } from '../view.ts' */

const remembered = 'resident';

/**
 * Shows every view of this tab's chat, from now on; a chat that the server no longer knows is begun anew.
 * @param {{ show: (view: View, chat: string) => void, say: (notice: string) => void }} page
 */
export async function openChat({ show, say }) {
  const chat = sessionStorage.getItem(remembered) ?? (await newChat(say));
  if (chat === undefined) return;
  const stream = new EventSource(`/simulator/chats/${chat}/views`);
  // A browser keeps few connections to one server: a tab that nobody sees leaves its own to the others.
  const hide = () => {
    if (!document.hidden) return;
    stream.close();
    document.removeEventListener('visibilitychange', hide);
    document.addEventListener('visibilitychange', () => openChat({ show, say }), { once: true });
  };
  document.addEventListener('visibilitychange', hide);
  stream.onmessage = ({ data }) => {
    say('');
    show(JSON.parse(data), chat);
  };
  stream.onerror = async () => {
    say('サーバーにつながりません。つなぎ直しています…');
    // A browser also gives a stream up when the page is left: only the server can say that the chat is gone.
    if (stream.readyState !== EventSource.CLOSED) return;
    document.removeEventListener('visibilitychange', hide);
    const status = await fetch(`/simulator/chats/${chat}`).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 404) sessionStorage.removeItem(remembered);
    if (status !== undefined) openChat({ show, say });
  };
}

/** This tab becomes another resident. */
export function becomeAnother() {
  sessionStorage.removeItem(remembered);
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

/** @param {(notice: string) => void} say */
async function newChat(say) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/simulator/chats', { method: 'POST', headers, body: '{}' }).catch(() => undefined);
  if (!response?.ok) {
    say('サーバーにつながりません。ページを開き直してください。');
    return undefined;
  }
  const { id } = await response.json();
  sessionStorage.setItem(remembered, id);
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
