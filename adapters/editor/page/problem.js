/** A problem in a file: what it is, what to do, and the line itself. */
import { h } from '../../page/dom.js';

/** @import { Problem } from '../../../bot/load/problem.ts' */

/** @param {Problem} problem */
export function problemNode({ file, line, message, remedy, source }) {
  return h(
    'div',
    { class: 'problem' },
    h('p', { class: 'problem-message' }, message),
    h('p', {}, remedy),
    ...(source ? [h('code', {}, source.trim())] : []),
    h('p', { class: 'quiet' }, `${file} の${line}行め`),
  );
}
