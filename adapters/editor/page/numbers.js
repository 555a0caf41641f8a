/** The page of figures: by day or week, where people stop, what they ask, and what nobody could answer. */
import { h } from '../../page/dom.js';
import { bar } from './bar.js';
import { labelled } from './labelled.js';
import { latestOnly } from './latest.js';
import { notify, timeText } from './server.js';

/** @import { NumbersView, Unanswered } from '../numbers.ts' */
/** @import { Server } from './server.js' */

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  const from = labelled('いつから', { type: 'date', onchange: look });
  const until = labelled('いつまで', { type: 'date', onchange: look });
  const by = /** @type {HTMLSelectElement} */ (
    h(
      'select',
      { id: 'by', onchange: look },
      h('option', { value: 'day' }, '日ごと'),
      h('option', { value: 'week' }, '週ごと'),
    )
  );
  const file = h('a', { class: 'button', download: true }, 'ファイルに保存（CSV）');
  const shown = h('div', {});
  const latest = latestOnly();
  page.replaceChildren(
    h('div', { class: 'row' }, from.node, until.node, h('label', {}, h('span', {}, 'まとめ方'), by), file),
    shown,
  );

  async function look() {
    const query = new URLSearchParams({
      by: by.value,
      ...(from.input.value && { from: from.input.value }),
      ...(until.input.value && { until: until.input.value }),
    });
    /** @type {NumbersView} */
    const view = await latest(server.get(`numbers?${query}`));
    [from.input.value, until.input.value] = [view.from, view.until];
    file.setAttribute('href', `/staff/edit/numbers.csv?${query}`);
    shown.replaceChildren(...viewNodes(view));
  }

  /** @param {NumbersView} view */
  function viewNodes(view) {
    return [
      h('h2', {}, '会話'),
      ...(view.periods.length === 0 ? [h('p', {}, 'この期間の会話は、まだありません。')] : [periodTable(view)]),
      ...view.flows.flatMap(({ title, questions, told }) => [
        h('h2', {}, `${title}: どこで終わったか`),
        countTable(
          `${title}: どこで終わったか`,
          ['質問', '聞かれた', 'ここで終わった'],
          questions.map(({ name, asked, stopped }) => ({
            name,
            count: asked,
            more: [String(stopped)],
            share: stopped,
          })),
        ),
        h('h2', {}, `${title}: 答えの種類`),
        ...(told.length === 0
          ? [h('p', {}, 'まだありません。')]
          : [countTable(`${title}: 答えの種類`, ['伝えたこと', '回数'], told)]),
      ]),
      h('h2', {}, 'よくある質問'),
      ...(view.faq.length === 0
        ? [h('p', {}, 'まだありません。')]
        : [countTable('よくある質問', ['質問', '回数'], view.faq)]),
      h('h2', {}, '答えられなかった質問'),
      ...unansweredNodes(view.unanswered),
    ];
  }

  /** @param {readonly Unanswered[] | null} unanswered */
  function unansweredNodes(unanswered) {
    if (unanswered === null)
      return [h('p', {}, '記録していません。記録するには、システムの担当者が KEEP_UNANSWERED を設定します。')];
    const about = h('p', { class: 'quiet' }, '数字と、市の文に出てこない言葉は「…」にして、30日で消しています。');
    if (unanswered.length === 0) return [about, h('p', {}, 'まだありません。')];
    return [
      about,
      h(
        'ul',
        { class: 'history' },
        ...unanswered.map(({ id, at, text }) =>
          h(
            'li',
            { class: 'row' },
            h('span', {}, text),
            h('span', { class: 'quiet' }, timeText(at)),
            h('a', { class: 'button', href: `/staff/content?ask=${encodeURIComponent(text)}` }, 'よくある質問にする'),
            h(
              'button',
              {
                type: 'button',
                onclick: async () => {
                  const { ok, message } = await server.post(`unanswered/${id}/done`, {});
                  notify(ok ? '一覧から消しました。' : message);
                  await look();
                },
              },
              '消す',
            ),
          ),
        ),
      ),
    ];
  }

  await look();
}

/** @param {NumbersView} view */
function periodTable({ periods, by }) {
  const most = Math.max(1, ...periods.map(({ conversations }) => conversations));
  const head = [
    by === 'day' ? '日' : '週（月曜）',
    '会話',
    '最後まで',
    '職員に相談',
    '読み取れなかった',
    'ほかの窓口',
    '',
  ];
  return scrolling(
    '会話の表',
    head,
    periods.map(({ from, conversations, finished, handoffs, notUnderstood, outOfScope }) => [
      dayText(from),
      ...[conversations, finished, handoffs, notUnderstood, outOfScope].map(String),
      bar([{ share: conversations / most, kind: 'passed' }]),
    ]),
  );
}

/**
 * @param {string} label
 * @param {readonly string[]} head
 * @param {readonly { name: string, count: number, more?: readonly string[], share?: number }[]} figures
 */
function countTable(label, head, figures) {
  const most = Math.max(1, ...figures.map(({ count, share = count }) => share));
  return scrolling(
    label,
    [...head, ''],
    figures.map(({ name, count, more = [], share = count }) => [
      name,
      String(count),
      ...more,
      bar([{ share: share / most, kind: more.length > 0 ? 'stopped' : 'passed' }]),
    ]),
  );
}

/**
 * @param {string} label
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | Node)[])[]} rows
 */
function scrolling(label, head, rows) {
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
    h(
      'table',
      { class: 'figures' },
      h('thead', {}, h('tr', {}, ...head.map((name) => (name === '' ? h('td', {}) : h('th', { scope: 'col' }, name))))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((cell) => h('td', {}, cell))))),
    ),
  );
}

/** @param {string} day */
function dayText(day) {
  return new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
}
