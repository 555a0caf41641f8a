/** Inputs with their labels, and buttons that ask again. */
import { h } from '../../page/dom.js';

/**
 * @param {string} label
 * @param {NonNullable<Parameters<typeof h>[1]>} attributes
 */
export function labelled(label, attributes) {
  const input = /** @type {HTMLInputElement} */ (h('input', attributes));
  return { input, node: h('label', {}, h('span', {}, label), input) };
}

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
