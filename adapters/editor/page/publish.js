/** The page to publish: what would change, what becomes of those in mid-conversation, and the way back. */
import { h } from '../../page/dom.js';
import { changeNode, dryRunText } from './difference.js';
import { labelled } from './labelled.js';
import { problemNode } from './problem.js';
import { notify, timeText } from './server.js';

/** @import { Publication } from '../publish.ts' */
/** @import { VersionInfo } from '../../../bot/ports.ts' */
/** @import { Server } from './server.js' */

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  const draft = h('section', { 'aria-label': '下書き' });
  const history = h('section', { 'aria-label': 'これまでの公開' });
  page.replaceChildren(draft, history);

  async function showAll() {
    const [publication, past] = await Promise.all([server.get('publication'), server.get('history')]);
    draft.replaceChildren(...draftNodes(publication));
    history.replaceChildren(...historyNodes(past));
  }

  /** @param {Publication} publication */
  function draftNodes(publication) {
    const { changes, conflicts } = publication;
    if (changes.length === 0 && conflicts.length === 0)
      return [
        h('h2', {}, '下書きはありません'),
        h('p', {}, 'いま公開しているものと同じです。「文と情報」か「窓口の日時」で直してください。'),
      ];
    return [
      h('h2', {}, `公開すると変わるところ（${changes.length}）`),
      ...conflicts.map(conflictNode),
      ...changes.map((change) => changeNode(change, change.edit ? by(change.edit) : [])),
      ...form(publication, '公開する', 'publish', { print: publication.print }),
    ];
  }

  /** @param {NonNullable<Publication['changes'][number]['edit']>} edit */
  function by({ id, by: name, at }) {
    return [
      h(
        'div',
        { class: 'row' },
        h('span', { class: 'quiet' }, `${name}　${timeText(at)}`),
        h('button', { type: 'button', onclick: () => undo(id) }, 'この直しをやめる'),
      ),
    ];
  }

  /** @param {string} id */
  async function undo(id) {
    const { ok, message } = await server.post('undo', { id });
    await showAll();
    notify(ok ? '取りやめました。' : message);
  }

  /** @param {Publication['conflicts'][number]} conflict */
  function conflictNode({ id, by, where, mine, now }) {
    return h(
      'div',
      { class: 'conflict', role: 'alert' },
      h('p', {}, `${where}: ${by}さんの直しは、そのあいだに公開された文と食いちがっています。`),
      h(
        'dl',
        {},
        h('dt', {}, 'いま公開している文'),
        h('dd', {}, now ?? 'ありません'),
        h('dt', {}, `${by}さんの文`),
        h('dd', {}, mine ?? '消す'),
      ),
      h('p', {}, '直すには、この下書きをやめてから、「文と情報」でもう一度直してください。'),
      h('button', { type: 'button', onclick: () => undo(id) }, 'この直しをやめる'),
    );
  }

  /**
   * @param {Publication} publication
   * @param {string} label
   * @param {'publish' | 'rollback'} path
   * @param {object} more
   */
  function form({ liveId, problems, dryRun, changes, conflicts }, label, path, more) {
    if (problems.length > 0)
      return [
        h('h3', {}, `直すところが${problems.length}件あるので、まだ公開できません`),
        ...problems.map(problemNode),
      ];
    if (conflicts.length > 0 || changes.length === 0) return [];
    const why = labelled('なぜ（あとで見る方のために、短く）', { required: true, maxlength: 200 });
    const evenIf = labelled('はじめからになる方がいても公開する', { type: 'checkbox' });
    const isDropping = (dryRun?.dropped ?? 0) > 0;
    return [
      h('p', { class: isDropping ? 'conflict' : 'dry-run' }, dryRun ? dryRunText(dryRun) : ''),
      h(
        'form',
        {
          class: 'row',
          onsubmit: async (event) => {
            event.preventDefault();
            const body = { why: why.input.value, over: liveId ?? '', evenIfDropped: evenIf.input.checked, ...more };
            const { ok, message } = await server.post(path, body);
            if (ok) await showAll();
            notify(
              ok
                ? `${path === 'publish' ? '公開' : '前の版を公開'}しました。数秒のうちに、市民の方にもその文が出ます。`
                : message,
            );
          },
        },
        why.node,
        ...(isDropping ? [evenIf.node] : []),
        h('button', { type: 'submit', class: 'send' }, label),
      ),
    ];
  }

  /** @param {{ liveId: string | null, versions: readonly VersionInfo[] }} past */
  function historyNodes({ liveId, versions }) {
    const first = { id: '', label: 'はじめの文（このシステムを入れたときのもの）' };
    const rows = [
      ...versions.map((version) => ({ ...version, label: `${timeText(version.at)}　${version.by}　${version.why}` })),
      first,
    ];
    return [
      h('h2', {}, 'これまでの公開'),
      h(
        'ul',
        { class: 'history' },
        ...rows.map(({ id, label }) => {
          const beside = h('div', {});
          const isLive = id === (liveId ?? '');
          const back = h('button', { type: 'button', onclick: () => showWayBack(id, beside) }, 'この版に戻す');
          return h(
            'li',
            {},
            h('div', { class: 'row' }, h('span', {}, label), isLive ? h('span', { class: 'badge' }, '公開中') : back),
            beside,
          );
        }),
      ),
    ];
  }

  /**
   * @param {string} id
   * @param {HTMLElement} beside
   */
  async function showWayBack(id, beside) {
    /** @type {Publication} */
    const publication = await server.get(`way-back?id=${encodeURIComponent(id)}`);
    const { changes } = publication;
    beside.replaceChildren(
      h('p', {}, changes.length === 0 ? 'いま公開しているものと同じです。' : `戻すと変わるところ（${changes.length}）`),
      ...changes.map((change) => changeNode(change, [])),
      ...form(publication, '戻す', 'rollback', { id }),
    );
    beside.querySelector('input')?.focus();
  }

  await showAll();
}
