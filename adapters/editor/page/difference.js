/** What publishing would change, in words and bubbles, and for whom. */
import { h } from '../../page/dom.js';
import { previewNodes } from './reply.js';

/** @import { Compared } from '../../../bot/edit/compared.ts' */
/** @import { DryRun } from '../../../bot/edit/dry-run.ts' */

/** @param {DryRun} run */
export function dryRunText({ inProgress, same, from, dropped }) {
  if (inProgress === 0) return 'いま、途中の方はいません。';
  const parts = [
    ...(same > 0 ? [`${same}人そのまま`] : []),
    ...from.map(({ question, people }) => `${people}人は${question ? `『${question}』から` : '答えへ'}`),
    ...(dropped > 0 ? [`${dropped}人ははじめから`] : []),
  ];
  return `いま${inProgress}人が途中です：${parts.join('、')}`;
}

/**
 * @param {Compared} change
 * @param {readonly HTMLElement[]} below
 */
export function changeNode({ where, before, after, bubbles }, below) {
  const isShown = bubbles.before.length > 0 || bubbles.after.length > 0;
  return h(
    'div',
    { class: 'change' },
    h('h3', {}, where),
    h(
      'dl',
      {},
      ...(before === null ? [] : [h('dt', {}, '前'), h('dd', { class: 'gone' }, before)]),
      ...(after === null
        ? [h('dt', {}, '後'), h('dd', {}, 'なくなります')]
        : [h('dt', {}, '後'), h('dd', { class: 'new' }, after)]),
    ),
    ...(isShown
      ? [
          h(
            'details',
            {},
            h('summary', {}, 'LINE での見え方をくらべる'),
            h('div', { class: 'beside' }, side('前', bubbles.before), side('後', bubbles.after)),
          ),
        ]
      : []),
    ...below,
  );
}

/**
 * @param {string} label
 * @param {Compared['bubbles']['before']} previews
 */
function side(label, previews) {
  return h(
    'div',
    { class: 'room', role: 'group', 'aria-label': label },
    h('p', { class: 'when' }, label),
    ...previewNodes(previews),
  );
}
