/** The page of texts and facts: find one by its words, change it, see it as residents will. */
import { h } from '../../page/dom.js';
import { newQuestion } from './new-question.js';
import { sectionNode } from './section.js';

/** @import { ShownForm, ShownSection } from '../content.ts' */
/** @import { Server } from './server.js' */

const faqFile = /\/faq\.yaml$/;

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  /** @type {{ forms: ShownForm[] }} */
  let { forms } = await server.get('forms');
  let chosen = forms.find(({ file }) => faqFile.test(file))?.file ?? '';
  const search = h('input', {
    type: 'search',
    id: 'search',
    'aria-label': '文をさがす',
    placeholder: '例）持ち物、暗証番号',
  });
  const tabs = h('div', { class: 'tabs', role: 'group', 'aria-label': 'ファイル' });
  const found = h('div', { class: 'sections', 'aria-live': 'polite' });
  const above = h('div', {});
  page.replaceChildren(
    h(
      'p',
      {},
      '文をさがすか、下から選んで開いてください。直したものは下書きになり、「公開」するまで市民の方には見えません。',
    ),
    h('label', { class: 'search' }, '文をさがす ', search),
    tabs,
    above,
    found,
  );

  /** @param {string} file */
  async function again(file) {
    const fresh = await server.get(`form?file=${encodeURIComponent(file)}`);
    forms = forms.map((form) => (form.file === file ? fresh : form));
    showTabs();
    return fresh;
  }

  function showTabs() {
    tabs.replaceChildren(
      ...forms.map(({ file, title, sections }) => {
        const edits = sections.filter(({ edit }) => edit).length;
        const label = edits > 0 ? `${title}（下書き ${edits}）` : title;
        return h(
          'button',
          { type: 'button', 'aria-pressed': String(file === chosen && !words()), onclick: () => choose(file) },
          label,
        );
      }),
    );
  }

  /** @param {string} file */
  function choose(file) {
    chosen = file;
    if (search instanceof HTMLInputElement) search.value = '';
    showAll();
  }

  function showAll() {
    showTabs();
    const isFaq = faqFile.test(chosen) && !words();
    above.replaceChildren(
      ...(isFaq
        ? [
            newQuestion(chosen, server, async () => {
              await again(chosen);
              showAll();
            }),
          ]
        : []),
    );
    const shown = forms
      .flatMap((form) => form.sections.map((section) => ({ file: form.file, section })))
      .filter(({ file, section }) => (words() ? has(section, words()) : file === chosen));
    found.replaceChildren(
      ...(shown.length === 0 ? [h('p', {}, '見つかりません。文の一部だけで、さがしてみてください。')] : []),
      ...shown.map(({ file, section }) => sectionNode({ file, section, server, again })),
    );
  }

  const words = () => (search instanceof HTMLInputElement ? search.value.trim() : '');
  search.addEventListener('input', showAll);
  showAll();
}

/**
 * @param {ShownSection} section
 * @param {string} words
 */
function has({ title, note, fields, path }, words) {
  const all = [title, note, path.join('.'), ...fields.map(({ value }) => String(value))].join('\n');
  return words.split(/\s+/).every((word) => all.toLowerCase().includes(word.toLowerCase()));
}
