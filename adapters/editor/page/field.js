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
  const shown = isList ? first.join('\n') : String(first).trim();
  const isShort = typeof first === 'number' || (!isList && !shown.includes('\n') && shown.length <= 24);
  const input = h(isShort ? 'input' : 'textarea', {
    ...(typeof first === 'number' && { min: 1, required: true }),
    ...(isShort ? { type: typeof first === 'number' ? 'number' : 'text' } : { rows: Math.min(12, rowsOf(shown) + 1) }),
    oninput: changed,
  });
  const box = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (input);
  box.value = shown;
  const beside = h('div', {});
  /** @type {Value} */
  let was = first;

  /** @returns {Value} */
  function value() {
    if (isList)
      return box.value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    return typeof first === 'number' ? Number(box.value) : asWritten(box.value.trim(), first);
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
    isChanged: () => JSON.stringify(value()) !== JSON.stringify(first),
    /**
     * Somebody else has changed it meanwhile: both stand there, and one is chosen.
     * @param {Conflict} conflict
     * @param {() => void} keep
     */
    showConflict({ now, by, at }, keep) {
      if (now === null) {
        const gone = 'ほかの職員が、さきに消しました。あなたの文を写してから、画面を開き直してください。';
        return beside.replaceChildren(h('div', { class: 'conflict', role: 'alert' }, h('p', {}, gone)));
      }
      const theirs = Array.isArray(now) ? now.join('\n') : String(now).trim();
      beside.replaceChildren(
        h(
          'div',
          { class: 'conflict', role: 'alert' },
          h(
            'p',
            {},
            `${by ? `${by}さん` : 'ほかの職員'}が、さきに直しました${at ? `（${timeText(at)}）` : ''}。いまの文:`,
          ),
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

/**
 * A text that ended with a line end in the file does so again; so does one that has become several lines.
 * @param {string} text
 * @param {Field['value']} first
 */
function asWritten(text, first) {
  const before = String(first);
  if (text === before.trim()) return before;
  return before.endsWith('\n') || text.includes('\n') ? `${text}\n` : text;
}

/** @param {string} text */
function rowsOf(text) {
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 36)), 0);
}
