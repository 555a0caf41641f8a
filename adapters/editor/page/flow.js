/** The page of flows: each question under the one before it, with how many pass, stop, and are there now. */
import { h } from '../../page/dom.js';
import { bar } from './bar.js';

/** @import { FlowView } from '../../../bot/dialogue/flow-view.ts' */
/** @import { Server } from './server.js' */

const looksEveryMs = 10_000;

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  async function look() {
    const { from, until, flows } = await server.get('flows');
    page.replaceChildren(
      h('p', {}, `${from} から ${until} までの数です。「いま」は、その質問の前にいる方です。`),
      ...flows.flatMap(flowNodes),
    );
  }
  await look();
  setInterval(() => document.visibilityState === 'visible' && look().catch(() => undefined), looksEveryMs);
}

/** @param {FlowView} flow */
function flowNodes({ title, questions, tells }) {
  const most = Math.max(1, ...questions.map(({ asked }) => asked));
  const mostTold = Math.max(1, ...tells.map(({ count }) => count));
  return [
    h('h2', {}, title),
    h('h3', {}, '聞くこと（上から順に）'),
    h(
      'ol',
      { class: 'steps' },
      ...questions.map(({ name, when, asked, passed, stopped, now }) =>
        h(
          'li',
          {},
          h('strong', {}, name),
          conditions(when),
          h('p', { class: 'counts' }, `聞かれた ${asked}　答えた ${passed}　ここで終わった ${stopped}　いま ${now}`),
          bar([
            { share: passed / most, kind: 'passed' },
            { share: now / most, kind: 'now' },
            { share: stopped / most, kind: 'stopped' },
          ]),
        ),
      ),
    ),
    h('h3', {}, '伝えること（当てはまるものを、すべてこの順で）'),
    h(
      'ul',
      { class: 'tells' },
      ...tells.map(({ name, when, count }) =>
        h(
          'li',
          {},
          h('strong', {}, name),
          conditions(when),
          h('span', { class: 'counts' }, `${count}回`),
          bar([{ share: count / mostTold, kind: 'passed' }]),
        ),
      ),
    ),
  ];
}

/** @param {readonly string[]} when */
function conditions(when) {
  return when.length === 0
    ? ''
    : h('ul', { class: 'conditions', 'aria-label': '条件' }, ...when.map((text) => h('li', {}, text)));
}
