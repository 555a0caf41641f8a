/** The page of texts and facts: find one by its words, change it, see it as residents will. */
import { h } from '../../page/dom.js';
import { newQuestion } from './new-question.js';
import { sectionNode } from './section.js';

/** @import { ShownForm, ShownSection } from '../content.ts' */
/** @import { Server } from './server.js' */

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  /** @type {{ forms: ShownForm[], languages: { tag: string, name: string }[] }} */
  let { forms, languages } = await server.get('forms');
  let chosen = firstOf(forms);
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
    languageChoice(languages, async (tag) => {
      ({ forms, languages } = await server.get(`forms?language=${encodeURIComponent(tag)}`));
      chosen = firstOf(forms);
      showAll();
    }),
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
    // Questions are added in the main language: what they do stands there.
    const isFaq = forms.some(({ file, kind }) => file === chosen && kind === 'faq') && !words();
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

/** The FAQ: it is changed most. @param {ShownForm[]} forms */
function firstOf(forms) {
  return (forms.find(({ kind }) => kind.startsWith('faq')) ?? forms[0])?.file ?? '';
}

/**
 * Nothing where the city speaks one language.
 * @param {{ tag: string, name: string }[]} languages
 * @param {(tag: string) => void} chosen
 */
function languageChoice(languages, chosen) {
  if (languages.length < 2) return h('div', {});
  const select = /** @type {HTMLSelectElement} */ (
    h('select', {}, ...languages.map(({ tag, name }) => h('option', { value: tag }, name)))
  );
  select.addEventListener('change', () => chosen(select.value));
  return h('label', { class: 'search' }, 'ことば ', select);
}

/**
 * @param {ShownSection} section
 * @param {string} words
 */
function has({ title, note, fields, path }, words) {
  const all = [title, note, path.join('.'), ...fields.map(({ value }) => String(value))].join('\n');
  return words.split(/\s+/).every((word) => all.toLowerCase().includes(word.toLowerCase()));
}
