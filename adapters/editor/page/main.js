/** One page of the editors', by its address. */
import { byId } from '../../page/dom.js';
import { showLinks } from '../../staff/page/links.js';
import { whoAmI } from '../../staff/page/server.js';
import { forServer } from './server.js';

const name = location.pathname.split('/').at(-1) ?? '';
const me = await whoAmI();
showLinks(me);
const title = me.links.find(({ href }) => href === location.pathname)?.label;
byId('title', HTMLElement).textContent = title ?? 'この画面は、編集の権限でサインインした方だけが使えます';
document.title = `${title ?? '職員の画面'} — 更新ナビ`;
if (title) {
  const { show } = await import(`./${name}.js`);
  await show(byId('page', HTMLElement), forServer(me));
}
