/** An input with its label. */
import { h } from '../../page/dom.js';

/**
 * @param {string} label
 * @param {NonNullable<Parameters<typeof h>[1]>} attributes
 */
export function labelled(label, attributes) {
  const input = /** @type {HTMLInputElement} */ (h('input', attributes));
  return { input, node: h('label', {}, h('span', {}, label), input) };
}
