/** What can be done with a day: close it, open it, or take back what was done. */
import { h } from '../../page/dom.js';
import { labelled } from './labelled.js';

/** @import { MonthDay } from '../../../bot/edit/month.ts' */
/** @import { Change } from '../../../bot/edit/change.ts' */

const file = 'content/calendar.yaml';

/**
 * @param {MonthDay} day
 * @param {(change: Change, said: string) => void} keep
 */
export function dayPanel({ on, hours, entry, note, why }, keep) {
  const title = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(on));
  return h(
    'section',
    { class: 'day-panel', 'aria-label': title },
    h('h3', {}, title),
    ...(entry
      ? [
          h('p', {}, why === 'closure' ? `臨時の休みです（${note}）。` : `臨時窓口が開きます（${note}）。`),
          h(
            'button',
            {
              type: 'button',
              onclick: () =>
                keep(
                  { kind: 'remove', file, path: [entry.list], item: entry.item },
                  '取り消して、下書きに保存しました。',
                ),
            },
            why === 'closure' ? `この休み${rangeOf(entry.item)}を取り消す` : 'この臨時窓口を取り消す',
          ),
        ]
      : [hours.length > 0 ? closing(on, keep) : opening(on, keep)]),
  );
}

/**
 * @param {string} on
 * @param {(change: Change, said: string) => void} keep
 */
function closing(on, keep) {
  const until = labelled('いつまで', { type: 'date', value: on, min: on, required: true });
  const reason = labelled('理由（市民の方には出ません）', { value: '臨時の休み', required: true });
  return h(
    'form',
    {
      class: 'row',
      onsubmit: (event) => {
        event.preventDefault();
        const item = { from: on, until: until.input.value, reason: reason.input.value };
        keep(
          { kind: 'add', file, path: ['closures'], item },
          '休みを下書きに足しました。「公開」から公開してください。',
        );
      },
    },
    h('button', { type: 'submit', class: 'send' }, 'この日を休みにする'),
    until.node,
    reason.node,
  );
}

/**
 * @param {string} on
 * @param {(change: Change, said: string) => void} keep
 */
function opening(on, keep) {
  const opens = labelled('何時から', { type: 'time', value: '09:00', required: true });
  const closes = labelled('何時まで', { type: 'time', value: '12:00', required: true });
  const note = labelled('メモ（市民の方には出ません）', { value: '臨時窓口', required: true });
  return h(
    'form',
    {
      class: 'row',
      onsubmit: (event) => {
        event.preventDefault();
        const item = {
          on,
          periods: [{ opens: opens.input.value, closes: closes.input.value }],
          note: note.input.value,
        };
        keep(
          { kind: 'add', file, path: ['extra openings'], item },
          '臨時窓口を下書きに足しました。「公開」から公開してください。',
        );
      },
    },
    h('button', { type: 'submit', class: 'send' }, '臨時窓口を開く'),
    opens.node,
    closes.node,
    note.node,
  );
}

/**
 * Of a closure of several days all of them go at once.
 * @param {import('../../../bot/edit/change.ts').Value} item
 */
function rangeOf(item) {
  const { from = '', until = '' } = /** @type {{ from?: string, until?: string }} */ (item);
  return from === until ? '' : `（${from} から ${until} まで）`;
}
