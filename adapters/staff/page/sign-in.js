/** Signing in; then to the page that somebody wanted to see. */
import { byId } from '../../page/dom.js';
import { post } from './server.js';

const wanted = new URLSearchParams(location.search).get('to') ?? '';
const [password, refused] = [byId('password', HTMLInputElement), byId('refused', HTMLElement)];

const form = byId('sign-in', HTMLFormElement);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const why = await post('/staff/sign-in', { name: byId('name', HTMLInputElement).value, password: password.value });
  password.value = '';
  refused.textContent = why ?? '';
  // Only to a page of our own.
  if (why === undefined) location.replace(/^\/staff(\/[a-z-]+)*(\?ask=[^&#]*)?$/.test(wanted) ? wanted : '/staff');
});
// Before this nothing would take what is typed.
form.hidden = false;
byId('name', HTMLInputElement).focus();

const waysIn = await fetch('/staff/ways-in');
byId('oidc', HTMLAnchorElement).hidden = !(waysIn.ok && (await waysIn.json()).oidc);
