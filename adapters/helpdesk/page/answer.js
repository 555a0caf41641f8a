/** Where a clerk writes: to the resident, or a note for colleagues. 「/」 begins a search in ready-made words and the FAQ's answers. */
import { byId, h, showOnce } from '../../page/dom.js';
import { newKey } from './key.js';
import { perform } from './server.js';

/** @import { ConsoleView, Snippet, TicketView } from '../console-view.ts' */

const form = byId('answer', HTMLFormElement);
const field = byId('text', HTMLTextAreaElement);
const isNote = byId('is-note', HTMLInputElement);

/** What is written to each resident, until it is sent. @type {Map<string, string>} */
const drafts = new Map();

/** @type {{ ticket: TicketView, view: ConsoleView, notify: (sentence: string) => void } | undefined} */
let now;

/**
 * @param {TicketView | undefined} ticket
 * @param {ConsoleView} view
 * @param {(sentence: string) => void} notify
 */
export function showAnswer(ticket, view, notify) {
  if (now && now.ticket.id !== ticket?.id) drafts.set(now.ticket.id, field.value);
  if (ticket && now?.ticket.id !== ticket.id) field.value = drafts.get(ticket.id) ?? '';
  now = ticket && { ticket, view, notify };
  form.hidden = !(ticket?.state === 'taken' && ticket.agent === view.me.name);
  showDraft();
}

function showDraft() {
  byId('count', HTMLElement).textContent = `${field.value.length} / 4900字`;
  byId('preview', HTMLElement).textContent = isNote.checked ? '（メモは送られません）' : field.value;
  const wanted = field.value.startsWith('/') ? field.value.slice(1).trim() : undefined;
  const found =
    wanted === undefined
      ? []
      : [...(now?.ticket.replies ?? []), ...(now?.view.snippets ?? [])]
          .filter(({ title, text }) => (title + text).includes(wanted))
          .slice(0, 8);
  showOnce(byId('snippets', HTMLUListElement), found, () => found.map(choice));
}

/** @param {Snippet} snippet */
function choice({ title, text }) {
  const insert = () => {
    field.value = text;
    showDraft();
    field.focus();
  };
  return h('li', {}, h('button', { type: 'button', onclick: insert }, title));
}

field.addEventListener('input', showDraft);
isNote.addEventListener('change', showDraft);
field.addEventListener('keydown', (event) => {
  // While a word is being converted, Enter belongs to the input method.
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
});

/** What is being sent; pressed again after a failure it goes out under the same name, and is said once. */
let sending = { text: '', key: '', isUnderWay: false };

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!now || text === '' || sending.isUnderWay) return;
  const { ticket, view, notify } = now;
  const key = sending.text === `${ticket.id} ${text}` ? sending.key : newKey();
  sending = { text: `${ticket.id} ${text}`, key, isUnderWay: true };
  const why = await perform(ticket.id, { act: isNote.checked ? 'note' : 'reply', text, key }, view.me.csrf);
  sending.isUnderWay = false;
  notify(why ?? '');
  if (why !== undefined) return;
  sending.text = '';
  field.value = '';
  isNote.checked = false;
  showDraft();
});
