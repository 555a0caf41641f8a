/** The staff's console: a view comes whole over the stream, and what changed is put in place. */
import { byId } from '../../page/dom.js';
import { showLinks } from '../../staff/page/links.js';
import { whoAmI } from '../../staff/page/server.js';
import { showAnswer } from './answer.js';
import { attention } from './attention.js';
import { showQueue } from './queue.js';
import { openConsole } from './server.js';
import { showTicket } from './ticket.js';

/** @import { ConsoleView } from '../console-view.ts' */

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
  whole.hidden = false;
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

showLinks(await whoAmI());
openConsole({ show, notify });
