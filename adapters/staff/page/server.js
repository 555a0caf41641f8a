/** What every page of the staff says to the server. */

/** @import { Me } from '../site.ts' */

/** Who looks at this page; whoever is not signed in is sent to the sign-in and comes back. @returns {Promise<Me>} */
export async function whoAmI() {
  const response = await fetch('/staff/me');
  if (response.status === 401) await toSignIn();
  return response.json();
}

/** Never comes back: the page is left. @returns {Promise<never>} */
export function toSignIn() {
  location.replace(`/staff/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  return new Promise(() => {});
}

/** @param {string} csrf */
export async function signOut(csrf) {
  await post('/staff/sign-out', {}, csrf);
  location.replace('/staff/sign-in');
}

/**
 * Gives why it was refused, or undefined.
 * @param {string} url
 * @param {object} body
 * @param {string} [csrf]
 * @returns {Promise<string | undefined>}
 */
export async function post(url, body, csrf = '') {
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
export function send(url, body, csrf) {
  const headers = { 'content-type': 'application/json', 'x-csrf': csrf };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
}
