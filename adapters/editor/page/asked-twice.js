/** A button that asks again. */
import { h } from '../../page/dom.js';

/**
 * A button for what is not easily undone: the first press only asks.
 * @param {string} label
 * @param {string} again
 * @param {() => void} act
 */
export function askedTwice(label, again, act) {
  const button = h('button', { type: 'button', onclick: () => (button.textContent === again ? act() : ask()) }, label);
  function ask() {
    button.textContent = again;
    button.addEventListener('blur', () => (button.textContent = label), { once: true });
  }
  return button;
}
