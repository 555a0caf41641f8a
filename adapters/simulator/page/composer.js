/** What is at the foot of the chat: quick replies, the text field, the rich menu. */
import { byId, h, showOnce } from '../../page/dom.js';

/** @import { Tap } from './bubble.js' */
/** @import { View, ViewAction } from '../view.ts' */

const quickReplies = byId('quick-replies', HTMLDivElement);
const form = byId('composer', HTMLFormElement);
const text = byId('text', HTMLTextAreaElement);
const menu = byId('rich-menu', HTMLElement);
const menuToggle = byId('menu-toggle', HTMLButtonElement);

/** @param {(text: string) => Promise<boolean>} say True when it was sent. */
export function listenToComposer(say) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = text.value;
    if (typed.trim() === '') return;
    text.value = '';
    fitHeight();
    // Nothing typed is lost.
    if (!(await say(typed.trim())) && text.value === '') text.value = typed;
  });
  text.addEventListener('input', fitHeight);
  text.addEventListener('keydown', (event) => {
    // While Japanese is being converted, Enter chooses a conversion (Safari calls that key 229).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  // A small screen has room for the keyboard or the menu.
  text.addEventListener('focus', () => innerHeight < 700 && matchMedia('(pointer: coarse)').matches && openMenu(false));
  menuToggle.addEventListener('click', () => openMenu(menu.hidden !== false));
}

/**
 * @param {View} view
 * @param {Tap} tap
 */
export function showComposer(view, tap) {
  const newest = view.entries.at(-1)?.id ?? '';
  showQuickReplies([newest, view.quickReplies], () =>
    view.quickReplies.map((action, index) =>
      button(action, () => tap({ on: 'quick-reply', entry: newest, index }, action)),
    ),
  );
  showOnce(menu, view.menu, () =>
    view.menu.areas.map((action, index) => button(action, () => tap({ on: 'menu', index }, action))),
  );
  lay(view.menu.picture);
  menuToggle.textContent = view.menu.bar;
  menuToggle.hidden = view.menu.areas.length === 0;
  text.disabled = view.isBlocking;
  text.placeholder = view.isBlocking ? 'ブロック中です' : 'メッセージを入力';
}

/**
 * The areas over their picture, if they have one.
 * @param {View['menu']['picture']} picture
 */
function lay(picture) {
  menu.classList.toggle('drawn', picture !== null);
  menu.style.backgroundImage = picture ? `url(/simulator/menus/${picture.id})` : '';
  menu.style.aspectRatio = picture ? String(picture.ratio) : '';
  for (const [index, { left, top, width, height }] of (picture?.places ?? []).entries()) {
    const area = menu.children[index];
    if (!(area instanceof HTMLElement)) continue;
    Object.assign(area.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  }
}

/** @param {boolean} isOpen */
function openMenu(isOpen) {
  menu.hidden = !isOpen;
  menuToggle.setAttribute('aria-expanded', String(isOpen));
}

/**
 * Whoever answers by keyboard goes on where the next answers are.
 * @param {unknown} data
 * @param {() => HTMLElement[]} buttons
 */
function showQuickReplies(data, buttons) {
  if (quickReplies.querySelector(':focus-visible')) answersByKeyboard = true;
  const isNew = showOnce(quickReplies, data, buttons);
  const [first] = quickReplies.children;
  if (!isNew || !answersByKeyboard || !(first instanceof HTMLButtonElement)) return;
  if (document.activeElement === document.body) first.focus();
  answersByKeyboard = false;
}

let answersByKeyboard = false;

/**
 * @param {ViewAction} action
 * @param {() => void} onclick
 */
function button({ label }, onclick) {
  return h('button', { type: 'button', onclick }, label);
}

function fitHeight() {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
}
