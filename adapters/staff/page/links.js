/** The head of every page: where else there is something to do, who is signed in, and the way out. */
import { byId, h } from '../../page/dom.js';
import { signOut } from './server.js';

/** @import { Me } from '../site.ts' */

/** @param {Me} me */
export function showLinks({ links, name, csrf }) {
  byId('links', HTMLElement).replaceChildren(
    ...links.map(({ href, label }) =>
      h('a', { href, ...(href === location.pathname && { 'aria-current': 'page' }) }, label),
    ),
    h('span', { class: 'me' }, name),
    h('button', { type: 'button', onclick: () => signOut(csrf) }, 'サインアウト'),
  );
}
