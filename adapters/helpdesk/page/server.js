/** The page's side of the console's stream and acts. */
import { post, send, toSignIn } from '../../staff/page/server.js';

/** @import { ConsoleView } from '../console-view.ts' */

/**
 * @param {{ show: (view: ConsoleView) => void, notify: (sentence: string) => void }} page
 */
export function openConsole({ show, notify }) {
  const stream = new EventSource('/staff/views');
  stream.onmessage = ({ data }) => {
    notify('');
    show(JSON.parse(data));
  };
  stream.onerror = async () => {
    if (stream.readyState !== EventSource.CLOSED) return notify('サーバーにつながりません。つなぎ直しています…');
    const status = await fetch('/staff/me').then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 401) await toSignIn();
    else setTimeout(() => openConsole({ show, notify }), 1_000);
  };
}

/**
 * @param {string} ticket
 * @param {object} act
 * @param {string} csrf
 */
export function perform(ticket, act, csrf) {
  return post(`/staff/tickets/${ticket}/acts`, act, csrf);
}

/**
 * The birthday of the ticket's resident; that it was looked at is written down.
 * @param {string} ticket
 * @param {string} csrf
 * @returns {Promise<string | undefined>}
 */
export async function birthdayOf(ticket, csrf) {
  const response = await send(`/staff/tickets/${ticket}/birthday`, {}, csrf);
  return response?.ok ? (await response.json()).birthday : undefined;
}
