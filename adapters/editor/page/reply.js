/** What the bot says, as LINE will show it. */
import { h } from '../../page/dom.js';

/** @import { Choice, Reply } from '../../../bot/dialogue/types.ts' */
/** @import { Preview } from '../../../bot/edit/preview.ts' */

/**
 * @param {Reply} reply
 * @param {(choice: Choice) => void} [press] absent: nothing can be pressed
 */
export function replyBubble({ text, card, choices }, press) {
  return h(
    'div',
    { class: 'reply' },
    ...(card ? [cardTable(card)] : []),
    ...(text ? [h('p', { class: 'words' }, text)] : []),
    h(
      'div',
      { class: 'choices' },
      ...choices.map((choice) =>
        press
          ? h('button', { type: 'button', class: 'choice', onclick: () => press(choice) }, choice.label)
          : h('span', { class: 'choice' }, choice.label),
      ),
    ),
  );
}

/** @param {NonNullable<Reply['card']>} card */
function cardTable({ tone, title, rows, note }) {
  return h(
    'div',
    { class: 'card' },
    h('p', { class: `card-title ${tone}` }, title),
    h('dl', {}, ...rows.flatMap(({ label, value }) => [h('dt', {}, label), h('dd', {}, value)])),
    ...(note ? [h('p', { class: 'card-note' }, note)] : []),
  );
}

/**
 * Each variant, with the condition it is said under.
 * @param {readonly Preview[]} previews
 */
export function previewNodes(previews) {
  return previews.flatMap(({ when, reply }) => [
    ...(when.length > 0 ? [h('p', { class: 'quiet when' }, when.join('　'))] : []),
    replyBubble(reply),
  ]);
}
