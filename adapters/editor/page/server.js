/** What the editors' pages ask the server, and tell it. */
import { byId } from '../../page/dom.js';
import { send, toSignIn } from '../../staff/page/server.js';

/** @import { Me } from '../../staff/site.ts' */
/** @import { Change } from '../../../bot/edit/change.ts' */
/** @import { Conflict } from '../content.ts' */

/** @typedef {ReturnType<typeof forServer>} Server */

/** @param {string} sentence */
export function notify(sentence) {
  byId('notice', HTMLElement).textContent = sentence;
}

let timezone = 'UTC';

/** @param {Me} me */
export function forServer({ csrf, timezone: office }) {
  timezone = office;
  return {
    /**
     * Never comes back when it is refused: that is said, and the page stays as it is.
     * @param {string} path
     * @returns {Promise<any>}
     */
    async get(path) {
      const response = await fetch(`/staff/edit/${path}`).catch(() => undefined);
      if (response?.status === 401) return toSignIn();
      if (response?.ok) return response.json();
      const { message } = (await response?.json().catch(() => undefined)) ?? {};
      notify(message ?? 'サーバーにつながりません。画面を開き直してください。');
      return new Promise(() => {});
    },
    /**
     * The answer, and what there is to say when it is a refusal.
     * @param {string} path
     * @param {object} body
     * @returns {Promise<{ ok: boolean, status: number, answer: any, message: string }>}
     */
    async post(path, body) {
      const response = await send(`/staff/edit/${path}`, body, csrf);
      const answer = await response?.json().catch(() => ({}));
      // What was typed stays on the page.
      const message =
        response?.status === 401
          ? 'サインインが切れました。別のタブで職員の画面にサインインしてから、もう一度押してください。'
          : !response
            ? 'サーバーにつながりません。もう一度ためしてください。'
            : (answer?.message ?? 'うまくいきませんでした。画面を開き直してください。');
      return { ok: response?.ok ?? false, status: response?.status ?? 0, answer, message: response?.ok ? '' : message };
    },
    /**
     * Writes a change into the draft. Undefined: it is written.
     * @param {Change} change
     * @returns {Promise<{ conflict: Conflict } | { message: string } | undefined>}
     */
    async keep(change) {
      const { ok, status, answer, message } = await this.post('changes', change);
      if (ok) return undefined;
      return status === 409 ? { conflict: answer } : { message };
    },
  };
}

/** By the office's clocks, wherever somebody sits. @param {number} at */
export function timeText(at) {
  return new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone }).format(at);
}
