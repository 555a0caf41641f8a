/** The page of days: a month of the counter, and what is other than usual on which day. */
import { h } from '../../page/dom.js';
import { dayPanel } from './day-panel.js';
import { hoursNode } from './hours.js';
import { latestOnly } from './latest.js';
import { problemNode } from './problem.js';
import { notify } from './server.js';

/** @import { MonthDay } from '../../../bot/edit/month.ts' */
/** @import { Change } from '../../../bot/edit/change.ts' */
/** @import { Server } from './server.js' */

const weekdays = ['日', '月', '火', '水', '木', '金', '土'];
const why = {
  closure: '臨時の休み',
  'extra-opening': '臨時窓口',
  'national-holiday': '祝日',
  'closed-each-year': '毎年の休み',
  regular: '',
};

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  let { month } = await server.get('month');
  let chosen = '';
  const latest = latestOnly();
  const panel = h('div', { id: 'day' });
  const grid = h('div', {});
  const heading = h('h2', { 'aria-live': 'polite' });
  const hours = h('div', {});
  const wrong = h('div', {});
  page.replaceChildren(
    h(
      'p',
      {},
      '日を選ぶと、休みや臨時窓口を足せます。直したものは下書きになり、「公開」するまで市民の方には見えません。',
    ),
    h(
      'div',
      { class: 'month-head' },
      h('button', { type: 'button', onclick: () => go(-1) }, '前の月'),
      heading,
      h('button', { type: 'button', onclick: () => go(1) }, '次の月'),
    ),
    grid,
    panel,
    wrong,
    hours,
  );

  /** @param {number} by */
  function go(by) {
    const [year = 0, number = 0] = month.split('-').map(Number);
    month = new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
    chosen = '';
    showMonth();
  }

  /**
   * @param {Change} change
   * @param {string} said
   */
  async function keep(change, said) {
    const refused = await server.keep(change);
    notify(
      refused
        ? 'message' in refused
          ? refused.message
          : 'ほかの職員が、さきに直しました。いまの予定を見てください。'
        : said,
    );
    await showMonth();
  }

  async function showMonth() {
    const view = await latest(server.get(`month?month=${month}`));
    /** @type {MonthDay[]} */
    const days = view.days;
    heading.textContent = new Intl.DateTimeFormat('ja-JP', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      new Date(`${month}-01`),
    );
    grid.replaceChildren(table(days, view.today));
    const day = days.find(({ on }) => on === chosen);
    panel.replaceChildren(...(day ? [dayPanel(day, keep)] : []));
    wrong.replaceChildren(...view.problems.map(problemNode));
    const { counter, desk } = view.hours;
    hours.replaceChildren(
      hoursNode('窓口のふだんの時間', { file: 'content/calendar.yaml', rows: counter }, keep),
      ...(desk ? [hoursNode('職員がトークで答える時間', { file: 'content/helpdesk.yaml', rows: desk }, keep)] : []),
    );
  }

  /**
   * @param {MonthDay[]} days
   * @param {string} today
   */
  function table(days, today) {
    const [first] = days;
    const cells = [
      ...Array.from({ length: first?.weekday ?? 0 }, () => h('td', {})),
      ...days.map((day) => cell(day, today)),
    ];
    const rows = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
      h('tr', {}, ...cells.slice(week * 7, week * 7 + 7)),
    );
    return h(
      'table',
      { class: 'month' },
      h('thead', {}, h('tr', {}, ...weekdays.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...rows),
    );
  }

  /**
   * @param {MonthDay} day
   * @param {string} today
   */
  function cell(day, today) {
    const isOpen = day.hours.length > 0;
    const about = [why[day.why], day.note].filter((text) => text !== '').join(' ');
    const times = day.hours.map(({ opens, closes }) => `${opens}〜${closes}`).join('、');
    const button = h(
      'button',
      {
        type: 'button',
        class: `day ${isOpen ? 'open' : 'closed'} ${day.why}`,
        'aria-pressed': String(day.on === chosen),
        onclick: async () => {
          chosen = day.on;
          await showMonth();
          panel.querySelector('button')?.focus();
        },
      },
      h(
        'span',
        { class: day.on === today ? 'number today' : 'number' },
        h('span', { class: 'hidden' }, `${Number(day.on.slice(5, 7))}月`),
        String(Number(day.on.slice(8))),
        h('span', { class: 'hidden' }, `日（${weekdays[day.weekday]}）`),
      ),
      h('span', {}, isOpen ? times : '休み'),
      h('span', { class: 'about' }, about),
    );
    return h('td', {}, button);
  }

  await showMonth();
}
