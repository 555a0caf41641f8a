/** The page's side of the console's stream and acts. */

/** @import { ConsoleView } from '../console-view.ts' */

/**
 * @param {{ show: (view: ConsoleView) => void, askToSignIn: () => void, notify: (sentence: string) => void }} page
 */
export function openConsole({ show, askToSignIn, notify }) {
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
    if (status === 401) askToSignIn();
    else setTimeout(() => openConsole({ show, askToSignIn, notify }), 1_000);
  };
}

/**
 * Gives why it was refused, or undefined.
 * @param {string} name
 * @param {string} password
 */
export function signIn(name, password) {
  return post('/staff/sign-in', { name, password }, '');
}

/**
 * @param {string} ticket
 * @param {object} act
 * @param {string} csrf
 */
export function perform(ticket, act, csrf) {
  return post(`/staff/tickets/${ticket}/acts`, act, csrf);
}

/** @param {string} csrf */
export function signOut(csrf) {
  return post('/staff/sign-out', {}, csrf);
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

/**
 * @param {string} url
 * @param {object} body
 * @param {string} csrf
 * @returns {Promise<string | undefined>}
 */
async function post(url, body, csrf) {
  const response = await send(url, body, csrf);
  if (!response) return 'サーバーにつながりません。';
  if (response.ok) return undefined;
  const answer = await response.json().catch(() => ({}));
  return answer.message ?? '送れませんでした。画面を開き直してください。';
}

/**
 * @param {string} url
 * @param {object} body
 * @param {string} csrf
 */
function send(url, body, csrf) {
  const headers = { 'content-type': 'application/json', 'x-csrf': csrf };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
}
