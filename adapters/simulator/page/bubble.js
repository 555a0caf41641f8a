/** One message as LINE shows it. */
import { h } from '../../page/dom.js';

/** @import { Spot } from '../phone.ts' */
/** @import { ViewAction, ViewEntry } from '../view.ts' */

/** @typedef {(spot: Spot, action: ViewAction) => void} Tap */
/** @typedef {{ tap: Tap, unsend: (entry: string) => void }} Doing */

/**
 * @param {ViewEntry} entry
 * @param {boolean} isFirst
 * @param {Doing} doing
 */
export function bubble(entry, isFirst, doing) {
  const { from, now, isRead, content } = entry;
  if (from === 'app') return h('li', { class: 'entry app' }, h('span', {}, ...contentNodes(entry, doing)));
  const body = h('div', { class: `bubble ${content.type}` }, ...contentNodes(entry, doing));
  const sender = h('span', { class: 'hidden' }, from === 'bot' ? '更新ナビ：' : 'あなた：');
  const time = h('time', { datetime: `${now.today}T${now.time}` }, now.time);
  if (from === 'bot') {
    const picture = h('img', {
      src: '/page/avatar.svg',
      alt: '',
      width: 32,
      height: 32,
      class: isFirst ? 'face' : 'face gone',
    });
    return h('li', { class: 'entry bot' }, picture, sender, body, h('div', { class: 'meta' }, time));
  }
  const meta = h('div', { class: 'meta' }, ...(isRead ? [h('span', {}, '既読')] : []), time);
  if (entry.canUnsend)
    meta.prepend(h('button', { type: 'button', class: 'unsend', onclick: () => doing.unsend(entry.id) }, '送信取消'));
  return h('li', { class: 'entry resident' }, sender, meta, body);
}

/**
 * @param {ViewEntry} entry
 * @param {Doing} doing
 * @returns {(Node | string)[]}
 */
function contentNodes({ id, content }, { tap }) {
  switch (content.type) {
    case 'text':
      return linked(content.text);
    case 'sticker':
      return [h('span', { class: 'hidden' }, 'スタンプ：'), content.label];
    case 'image':
      return [h('img', { src: content.url, alt: content.alt })];
    case 'flex':
      return [
        card(
          content,
          (index) => content.actions[index] && tap({ on: 'card', entry: id, index }, content.actions[index]),
        ),
      ];
  }
}

/**
 * A Flex message. Its buttons are links to `#tap-n`; nothing else of it does anything.
 * @param {{ html: string, actions: readonly unknown[] }} flex
 * @param {(index: number) => void} press
 */
function card({ html, actions }, press) {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const link of template.content.querySelectorAll('a')) {
    const index = Number(link.getAttribute('href')?.match(/^#tap-(\d+)$/)?.[1]);
    for (const { name } of [...link.attributes]) if (name !== 'style') link.removeAttribute(name);
    if (actions[index] === undefined) continue;
    link.setAttribute('href', '');
    link.setAttribute('role', 'button');
    link.addEventListener('click', (event) => {
      event.preventDefault();
      press(index);
    });
  }
  return h('div', { role: 'group', 'aria-label': 'カード' }, template.content);
}

/**
 * Addresses and phone numbers can be tapped, as on LINE.
 * @param {string} text
 */
function linked(text) {
  return text.split(/(https?:\/\/[^\s（）「」、。]+|0\d{1,4}-\d{1,4}-\d{3,4})/).map((part, index) => {
    if (index % 2 === 0) return part;
    const href = part.startsWith('http') ? part : `tel:${part.replaceAll('-', '')}`;
    return h('a', { href, target: '_blank', rel: 'noreferrer' }, part);
  });
}
