/** The mistakes in the files that staff edit: place, sentence, the line with the spot marked, what to do. */
import { byId, h, showOnce } from '../../page/dom.js';

/** @import { FileProblem } from '../stage.ts' */

const section = byId('files', HTMLElement);

/** @param {readonly FileProblem[]} problems */
export function showFiles(problems) {
  showOnce(section, problems, () =>
    problems.length > 0 ? [heading(problems), h('ol', {}, ...problems.map(problemItem))] : [],
  );
}

/** @param {readonly FileProblem[]} problems */
function heading({ length }) {
  return h('p', {}, h('strong', {}, `ファイルに${length}件の問題があります。`), '直るまで、前の内容で動いています。');
}

/** @param {FileProblem} problem */
function problemItem({ file, line, column, length, message, remedy, source }) {
  const [before, marked, after] = [
    source.slice(0, column - 1),
    source.slice(column - 1, column - 1 + length),
    source.slice(column - 1 + length),
  ];
  return h(
    'li',
    {},
    h('code', {}, `${file}:${line}:${column}`),
    ` ${message}`,
    h('pre', { tabindex: 0 }, before, h('mark', {}, marked), after),
    `→ ${remedy}`,
  );
}
