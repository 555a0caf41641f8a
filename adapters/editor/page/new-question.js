/** Another question for the FAQ. */
import { h } from '../../page/dom.js';
import { notify } from './server.js';

/** @import { Server } from './server.js' */

/**
 * @param {string} file
 * @param {Server} server
 * @param {() => void} added
 */
export function newQuestion(file, server, added) {
  const first = new URLSearchParams(location.search).get('ask') ?? '';
  const asks = area(
    '市民の方の聞き方（1行にひとつ。思いつくものを、いくつでも。「…」は言葉を入れるか、消してください）',
    4,
  );
  const title = /** @type {HTMLInputElement} */ (h('input', { maxLength: longestTitle }));
  const answer = area('答え（200字くらいまで）', 5);
  if (first) {
    asks.box.value = first;
    // Once: the next one is another question.
    history.replaceState(null, '', location.pathname);
  }
  return h(
    'details',
    { class: 'section new', open: first !== '' },
    h('summary', {}, h('span', { class: 'section-title' }, '＋ よくある質問を足す')),
    h(
      'form',
      {
        class: 'fields',
        onsubmit: async (event) => {
          event.preventDefault();
          const lines = asks.box.value
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '');
          const text = answer.box.value.trim();
          if (lines.length === 0 || text === '') return notify('聞き方と答えを、どちらも入れてください。');
          if (lines.some((line) => line.includes('…')))
            return notify('聞き方の「…」に言葉を入れるか、「…」を消してください。');
          const name = title.value.trim() || [...(lines[0] ?? '')].slice(0, longestTitle).join('');
          const entry = { title: name, asks: lines, answer: text.includes('\n') ? `${text}\n` : text, source: ['own'] };
          const refused = await server.keep({
            kind: 'set',
            file,
            path: [nameOf(new Date())],
            was: null,
            becomes: entry,
          });
          if (refused) return notify('message' in refused ? refused.message : 'もう一度保存してください。');
          notify('質問を下書きに足しました。「ためす」で聞いてみてください。');
          added();
        },
      },
      asks.node,
      h(
        'div',
        { class: 'field' },
        h('label', {}, h('span', {}, '短い名前（20文字まで。空なら、はじめの聞き方になります）'), title),
      ),
      answer.node,
      h('div', { class: 'acts' }, h('button', { type: 'submit', class: 'send' }, '下書きに足す')),
    ),
  );
}

/** It stands on buttons. */
const longestTitle = 20;

/** A name that nobody has to think of. @param {Date} now */
function nameOf(now) {
  return `added_${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
}

/**
 * @param {string} label
 * @param {number} rows
 */
function area(label, rows) {
  const box = /** @type {HTMLTextAreaElement} */ (h('textarea', { rows, required: true }));
  return { box, node: h('div', { class: 'field' }, h('label', {}, h('span', {}, label), box)) };
}
