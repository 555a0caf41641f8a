/** The messages: what is there stays in place, so that a screen reader reads new ones only and the focus is kept. */

import { byId, h } from '../../page/dom.js';
import { bubble } from './bubble.js';
import { dayText } from './dates.js';

/** @import { Doing } from './bubble.js' */
/** @import { View, ViewEntry } from '../view.ts' */

const room = byId('timeline', HTMLDivElement);
const list = byId('entries', HTMLOListElement);
/** @type {Map<string, { json: string, item: HTMLElement }>} */
const shown = new Map();
let lastDay = '';

// What appears below the timeline takes room from it: the newest message stays in sight all the same.
let isAtEnd = true;
let height = room.clientHeight;
room.addEventListener('scroll', () => {
  if (room.clientHeight === height) isAtEnd = room.scrollHeight - room.scrollTop - height < 80;
});
new ResizeObserver(() => {
  height = room.clientHeight;
  if (isAtEnd) scrollToEnd();
}).observe(room);

/**
 * @param {View} view
 * @param {Doing} doing
 */
export function showTimeline({ entries, loadingMs }, doing) {
  const before = shown.size;
  for (const [index, entry] of entries.entries()) showEntry(entry, isFirstOfRun(entries, index), doing);
  showLoading(loadingMs);
  if (isAtEnd || shown.size > before) scrollToEnd();
}

function scrollToEnd() {
  isAtEnd = true;
  room.scrollTop = room.scrollHeight;
}

/**
 * @param {ViewEntry} entry
 * @param {boolean} isFirst
 * @param {Doing} doing
 */
function showEntry(entry, isFirst, doing) {
  const json = JSON.stringify(entry);
  const known = shown.get(entry.id);
  if (known?.json === json) return;
  const item = bubble(entry, isFirst, doing);
  shown.set(entry.id, { json, item });
  if (known) return known.item.replaceWith(item);
  if (entry.now.today !== lastDay)
    list.append(h('li', { class: 'entry app' }, h('span', {}, dayText(entry.now.today))));
  lastDay = entry.now.today;
  list.append(item);
}

/**
 * The bot's picture stands beside the first of several messages.
 * @param {readonly ViewEntry[]} entries
 * @param {number} index
 */
function isFirstOfRun(entries, index) {
  return entries[index]?.from !== entries[index - 1]?.from;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let loading;

/** @param {number} loadingMs */
function showLoading(loadingMs) {
  clearTimeout(loading);
  list.querySelector('.loading')?.remove();
  if (loadingMs === 0) return;
  list.append(h('li', { class: 'entry bot loading', 'aria-label': '入力中' }, h('span', {}, '…')));
  loading = setTimeout(() => showLoading(0), loadingMs);
}
