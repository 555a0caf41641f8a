/** The page of problems: the same as `npm run check`, on the draft. */
import { h } from '../../page/dom.js';
import { problemNode } from './problem.js';

/** @import { Problem } from '../../../bot/load/problem.ts' */
/** @import { Notice } from '../../../bot/load/notices.ts' */
/** @import { Server } from './server.js' */

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  /** @type {{ problems: readonly Problem[], notices: readonly Notice[] }} */
  const { problems, notices } = await server.get('problems');
  page.replaceChildren(
    h(
      'h2',
      {},
      problems.length === 0 ? '下書きに、直すところはありません' : `直すところが${problems.length}件あります`,
    ),
    ...problems.map(problemNode),
    ...(notices.length > 0 ? [h('h2', {}, 'そろそろ見てください')] : []),
    ...notices.map(({ message, file }) =>
      h('div', { class: 'notice-box' }, h('p', {}, message), h('p', { class: 'quiet' }, file)),
    ),
  );
}
