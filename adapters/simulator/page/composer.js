/** What is at the foot of the chat: quick replies, the text field, the rich menu. */
import { byId, h } from './dom.js';

/** @import { Tap } from './main.js' */
/** @import { View, ViewAction } from '../view.ts' */

const quickReplies = byId('quick-replies', HTMLDivElement);
const form = byId('composer', HTMLFormElement);
const text = byId('text', HTMLTextAreaElement);
const menu = byId('rich-menu', HTMLElement);
const menuToggle = byId('menu-toggle', HTMLButtonElement);

/** @param {(text: string) => void} say */
export function listenToComposer(say) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim() === '') return;
    say(text.value.trim());
    text.value = '';
    fitHeight();
  });
  text.addEventListener('input', fitHeight);
  text.addEventListener('keydown', (event) => {
    // While Japanese is being converted, Enter chooses a conversion.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
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
  keep(quickReplies, [newest, view.quickReplies], () =>
    view.quickReplies.map((action, index) =>
      button(action, () => tap({ on: 'quick-reply', entry: newest, index }, action)),
    ),
  );
  keep(menu, view.menu.areas, () =>
    view.menu.areas.map((action, index) => button(action, () => tap({ on: 'menu', index }, action))),
  );
  menuToggle.textContent = view.menu.bar;
  text.disabled = view.isBlocking;
  text.placeholder = view.isBlocking ? 'ブロック中です' : 'メッセージを入力';
}

/** @param {boolean} isOpen */
function openMenu(isOpen) {
  menu.hidden = !isOpen;
  menuToggle.setAttribute('aria-expanded', String(isOpen));
}

/**
 * Makes the children anew only when they are others, so that the focus is kept.
 * @param {HTMLElement} parent
 * @param {unknown} data
 * @param {() => HTMLElement[]} children
 */
function keep(parent, data, children) {
  const json = JSON.stringify(data);
  if (parent.dataset.shown === json) return;
  parent.dataset.shown = json;
  if (parent.querySelector(':focus-visible')) answersByKeyboard = true;
  parent.replaceChildren(...children());
  // Whoever answers by keyboard goes on where the next answers are.
  const isNowhere = document.activeElement === document.body;
  if (answersByKeyboard && isNowhere && parent.firstElementChild instanceof HTMLButtonElement) {
    parent.firstElementChild.focus();
    answersByKeyboard = false;
  }
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
