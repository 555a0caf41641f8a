/** A value as a field of a form. A list has a line for each of its words. */
import { h } from '../../page/dom.js';
import { timeText } from './server.js';

/** @import { Field } from '../../../bot/edit/sections.ts' */
/** @import { Conflict } from '../content.ts' */
/** @import { Value } from '../../../bot/edit/change.ts' */

/**
 * @param {Field} field
 * @param {() => void} changed
 */
export function fieldNode({ path, label, value: first }, changed) {
  const isList = Array.isArray(first);
  const shown = isList ? first.join('\n') : String(first);
  const isShort = typeof first === 'number' || (!isList && !shown.includes('\n') && shown.length <= 24);
  const input = h(isShort ? 'input' : 'textarea', {
    ...(isShort ? { type: typeof first === 'number' ? 'number' : 'text' } : { rows: Math.min(12, rowsOf(shown) + 1) }),
    oninput: changed,
  });
  const box = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (input);
  box.value = shown;
  const beside = h('div', {});
  /** What the file holds: a text of several lines ends with a line end there. @type {Value} */
  let was = stands(first);

  /** @returns {Value} */
  function value() {
    if (isList)
      return box.value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    return typeof first === 'number' ? Number(box.value) : stands(box.value.trim());
  }

  return {
    path,
    node: h(
      'div',
      { class: 'field' },
      h('label', {}, h('span', {}, label || '文', isList ? '（1行にひとつ）' : ''), box),
      beside,
    ),
    value,
    was: () => was,
    isChanged: () => JSON.stringify(value()) !== JSON.stringify(stands(first)),
    /**
     * Somebody else has changed it meanwhile: both stand there, and one is chosen.
     * @param {Conflict} conflict
     * @param {() => void} keep
     */
    showConflict({ now, by, at }, keep) {
      const theirs = Array.isArray(now) ? now.join('\n') : String(now ?? '');
      beside.replaceChildren(
        h(
          'div',
          { class: 'conflict', role: 'alert' },
          h('p', {}, `${by ?? 'ほかの職員'}さんが、さきに直しました${at ? `（${timeText(at)}）` : ''}。いまの文:`),
          h('p', { class: 'theirs' }, theirs),
          h('p', {}, '上の欄にあるのは、あなたの文です。どちらにしますか。'),
          h(
            'div',
            { class: 'acts' },
            h('button', { type: 'button', onclick: () => choose(() => (box.value = theirs)) }, 'いまの文にする'),
            h('button', { type: 'button', onclick: () => choose(keep) }, 'わたしの文にする'),
          ),
        ),
      );
      /** @param {() => void} then */
      function choose(then) {
        was = now ?? '';
        beside.replaceChildren();
        then();
        changed();
      }
    },
  };
}

/** @param {Value} value */
function stands(value) {
  return typeof value === 'string' && value.includes('\n') && !value.endsWith('\n') ? `${value}\n` : value;
}

/** @param {string} text */
function rowsOf(text) {
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 36)), 0);
}
