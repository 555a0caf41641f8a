/** The staff's console: a view comes whole over the stream, and what changed is put in place. */
import { byId } from '../../page/dom.js';
import { showAnswer } from './answer.js';
import { attention } from './attention.js';
import { showQueue } from './queue.js';
import { openConsole, signIn, signOut } from './server.js';
import { showTicket } from './ticket.js';

/** @import { ConsoleView } from '../console-view.ts' */

const form = byId('sign-in', HTMLFormElement);
const gate = byId('gate', HTMLElement);
const whole = byId('console', HTMLElement);
const notice = byId('notice', HTMLElement);

/** @type {ConsoleView | undefined} */
let view;
/** @type {string | undefined} */
let chosen;

/** @param {string} sentence */
function notify(sentence) {
  notice.textContent = sentence;
}

/** @param {ConsoleView} next */
function show(next) {
  attention(next, view);
  view = next;
  gate.hidden = true;
  whole.hidden = false;
  byId('me', HTMLElement).textContent = view.me.name;
  byId('log-link', HTMLAnchorElement).hidden = view.me.role !== 'admin';
  const ticket = view.tickets.find(({ id }) => id === chosen);
  showQueue(view, chosen, choose);
  showTicket(ticket, view, notify);
  showAnswer(ticket, view, notify);
}

/** @param {string} id */
function choose(id) {
  chosen = id;
  notify('');
  if (view) show(view);
  byId('title', HTMLElement).focus();
}

function askToSignIn() {
  whole.hidden = true;
  gate.hidden = false;
  byId('oidc', HTMLAnchorElement).hidden = document.body.dataset.oidc !== 'yes';
  byId('name', HTMLInputElement).focus();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const password = byId('password', HTMLInputElement);
  const why = await signIn(byId('name', HTMLInputElement).value, password.value);
  byId('refused', HTMLElement).textContent = why ?? '';
  password.value = '';
  if (why === undefined) openConsole({ show, askToSignIn, notify });
});

byId('sign-out', HTMLButtonElement).addEventListener('click', async () => {
  if (view) await signOut(view.me.csrf);
  location.reload();
});

openConsole({ show, askToSignIn, notify });
