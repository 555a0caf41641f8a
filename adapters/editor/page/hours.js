/** Usual hours, and the day from which they are others. */
import { h } from '../../page/dom.js';
import { labelled } from './labelled.js';

/** @import { Change } from '../../../bot/edit/change.ts' */

const weekdays = ['月', '火', '水', '木', '金', '土', '日'];

/**
 * @param {string} title
 * @param {{ file: string, rows: readonly { from: string, weekdays: string[], periods: { opens: string, closes: string }[] }[] }} given
 * @param {(change: Change, said: string) => void} keep
 */
export function hoursNode(title, { file, rows }, keep) {
  const from = labelled('いつから', { type: 'date', required: true });
  const opens = labelled('何時から', { type: 'time', value: '09:00', required: true });
  const closes = labelled('何時まで', { type: 'time', value: '17:00', required: true });
  const days = weekdays.map((name, index) => labelled(name, { type: 'checkbox', checked: index < 5 }));
  return h(
    'section',
    { class: 'hours' },
    h('h2', {}, title),
    h(
      'ul',
      {},
      ...rows.map((row) =>
        h(
          'li',
          {},
          `${row.from} から　${row.weekdays.join('・')}　${row.periods.map((period) => `${period.opens}〜${period.closes}`).join('、')}　`,
          ...(rows.length > 1
            ? [
                h(
                  'button',
                  {
                    type: 'button',
                    onclick: () =>
                      keep({ kind: 'remove', file, path: ['hours'], item: row }, '取り消して、下書きに保存しました。'),
                  },
                  'この行を消す',
                ),
              ]
            : []),
        ),
      ),
    ),
    h(
      'details',
      { class: 'section' },
      h('summary', {}, h('span', { class: 'section-title' }, '＋ 時間を変える（決まった日から）')),
      h(
        'form',
        {
          class: 'row',
          onsubmit: (event) => {
            event.preventDefault();
            const item = {
              from: from.input.value,
              weekdays: weekdays.filter((_, index) => days[index]?.input.checked),
              periods: [{ opens: opens.input.value, closes: closes.input.value }],
            };
            keep(
              { kind: 'add', file, path: ['hours'], item },
              `新しい時間を下書きに足しました。その日が来たら、「文と情報」の、時間と休みの日を書いた文も直してください。`,
            );
          },
        },
        from.node,
        h('fieldset', {}, h('legend', {}, '開く曜日'), ...days.map(({ node }) => node)),
        opens.node,
        closes.node,
        h('button', { type: 'submit', class: 'send' }, '下書きに足す'),
      ),
    ),
  );
}
