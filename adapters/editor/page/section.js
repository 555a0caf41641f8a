/** A text as a form, with what it will look like beside it. */
import { h } from '../../page/dom.js';
import { askedTwice } from './asked-twice.js';
import { fieldNode } from './field.js';
import { latestOnly } from './latest.js';
import { problemNode } from './problem.js';
import { previewNodes } from './reply.js';
import { notify, timeText } from './server.js';

/** @import { ShownForm, ShownSection } from '../content.ts' */
/** @import { Server } from './server.js' */

const lookAfterMs = 350;

/**
 * `again` reads the file's form anew.
 * @param {{ file: string, section: ShownSection, server: Server, again: (file: string) => Promise<ShownForm> }} parts
 * @returns {HTMLElement}
 */
export function sectionNode({ file, section, server, again }) {
  const whole = h('details', { class: 'section' });
  const open = () => whole instanceof HTMLDetailsElement && whole.open;
  whole.append(summaryNode(section));
  whole.addEventListener('toggle', () => open() && whole.childElementCount === 1 && whole.append(form()));

  function form() {
    const preview = h('div', { class: 'room', role: 'region', 'aria-label': 'LINE での見え方' });
    const wrong = h('div', { role: 'status' });
    const fields = section.fields.map((field) => fieldNode(field, look));
    const latest = latestOnly();
    let waiting = 0;

    function look() {
      clearTimeout(waiting);
      waiting = window.setTimeout(async () => {
        const changed = fields
          .filter((field) => field.isChanged())
          .map((field) => ({ path: field.path, value: field.value() }));
        const asked = server.post('preview', { file, section: section.path, fields: changed });
        const { ok, answer } = await latest(asked);
        if (ok) showPreview(answer.previews, answer.problems);
      }, lookAfterMs);
    }

    /**
     * @param {ShownSection['previews']} previews
     * @param {ShownForm['problems']} problems
     */
    function showPreview(previews, problems) {
      preview.hidden = previews.length === 0;
      preview.replaceChildren(...previewNodes(previews));
      wrong.replaceChildren(...problems.map(problemNode));
    }

    async function keep() {
      for (const field of fields.filter((each) => each.isChanged())) {
        const refused = await server.keep({
          kind: 'set',
          file,
          path: field.path,
          was: field.was(),
          becomes: field.value(),
        });
        if (refused && 'message' in refused) return notify(refused.message);
        if (refused) return field.showConflict(refused.conflict, keep);
      }
      await renew();
      notify('下書きに保存しました。「ためす」で話してみて、「公開」から公開してください。');
    }

    async function renew() {
      const fresh = (await again(file)).sections.find(({ path }) => path.join() === section.path.join());
      if (!fresh) return whole.remove();
      const next = sectionNode({ file, section: fresh, server, again });
      next.setAttribute('open', '');
      whole.replaceWith(next);
      next.querySelector('summary')?.focus();
    }

    const acts = h(
      'div',
      { class: 'acts' },
      h('button', { type: 'submit', class: 'send' }, '下書きに保存'),
      ...(section.edit
        ? [h('button', { type: 'button', onclick: () => undo() }, '下書きをやめて、公開中の文に戻す')]
        : []),
      ...(/\/faq\.yaml$/.test(file) ? [askedTwice('この質問を消す', 'ほんとうに消す', remove)] : []),
    );

    async function undo() {
      const { ok, message } = await server.post('undo', { file, path: section.path });
      await renew();
      notify(ok ? '公開中の文に戻しました。' : message);
    }

    async function remove() {
      const refused = await server.keep({ kind: 'set', file, path: section.path, was: section.whole, becomes: null });
      await renew();
      notify(
        refused
          ? 'message' in refused
            ? refused.message
            : 'ほかの職員が直しています。いまの文を見てください。'
          : '下書きから消しました。公開すると、市民の方にも出なくなります。取りやめるときは「公開」で「この直しをやめる」を押してください。',
      );
    }

    showPreview(section.previews, []);
    return h(
      'form',
      {
        class: 'editing',
        onsubmit: (event) => {
          event.preventDefault();
          keep();
        },
      },
      h('div', { class: 'fields' }, ...fields.map(({ node }) => node), wrong, acts),
      preview,
    );
  }
  return whole;
}

/** @param {ShownSection} section */
function summaryNode({ title, note, edit, published, path }) {
  return h(
    'summary',
    {},
    h('span', { class: 'section-title' }, title),
    ...(note && note !== title ? [h('span', { class: 'quiet' }, note)] : []),
    ...(edit ? [h('span', { class: 'badge' }, `下書き　${edit.by}　${timeText(edit.at)}`)] : []),
    ...(published
      ? [h('span', { class: 'quiet' }, `公開中の文: ${published.by}　${timeText(published.at)}　${published.why}`)]
      : []),
    h('code', { class: 'quiet' }, path.join('.')),
  );
}
