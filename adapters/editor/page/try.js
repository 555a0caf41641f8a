/** The page to try the draft out: a chat with it, on any day and at any time. */
import { h } from '../../page/dom.js';
import { labelled } from './labelled.js';
import { latestOnly } from './latest.js';
import { replyBubble } from './reply.js';
import { notify } from './server.js';

/** @import { Choice, Message } from '../../../bot/dialogue/types.ts' */
/** @import { TriedTurn } from '../try.ts' */
/** @import { Server } from './server.js' */

/**
 * @param {HTMLElement} page
 * @param {Server} server
 */
export async function show(page, server) {
  /** What was said, and under which words it was tapped. @type {{ message: Message, label: string }[]} */
  let said = [{ message: { kind: 'follow' }, label: '友だちに追加' }];
  const latest = latestOnly();
  const today = labelled('いつのつもりで', { type: 'date', onchange: hold });
  const time = labelled('何時のつもりで', { type: 'time', onchange: hold });
  const talk = h('ol', { class: 'room talk', 'aria-live': 'polite', 'aria-label': 'トーク' });
  const text = labelled('メッセージ', { autocomplete: 'off', enterkeyhint: 'send' });
  page.replaceChildren(
    h('p', {}, '下書きと話せます。ここで話したことは、どこにも残りません。'),
    h('div', { class: 'row' }, today.node, time.node, h('button', { type: 'button', onclick: anew }, 'はじめから')),
    talk,
    h(
      'form',
      {
        class: 'row compose',
        onsubmit: (event) => {
          event.preventDefault();
          const words = text.input.value.trim();
          if (words === '') return;
          text.input.value = '';
          tell({ kind: 'text', text: words }, words);
        },
      },
      text.node,
      h('button', { type: 'submit', class: 'send' }, '送る'),
    ),
  );

  /**
   * @param {Message} message
   * @param {string} label
   */
  function tell(message, label) {
    said = [...said, { message, label }];
    return hold();
  }

  function anew() {
    said = said.slice(0, 1);
    return hold();
  }

  /** @param {Choice} choice */
  function press({ label, does }) {
    if (does.kind === 'say') return tell({ kind: 'text', text: does.text }, does.text);
    if (does.kind === 'button') return tell({ kind: 'button', button: does.button }, label);
    const { from, until, likely } = does.range;
    const day = labelled(label, { type: 'date', min: from, max: until, value: likely, required: true });
    const { button } = does;
    const form = h(
      'form',
      {
        class: 'row',
        onsubmit: (event) => {
          event.preventDefault();
          if (button.kind === 'answer')
            tell({ kind: 'button', button: { ...button, value: day.input.value } }, day.input.value);
        },
      },
      day.node,
      h('button', { type: 'submit' }, '決める'),
    );
    talk.append(h('li', {}, form));
    day.input.focus();
  }

  async function hold() {
    const pretend = {
      ...(today.input.value && { today: today.input.value }),
      ...(time.input.value && { time: time.input.value }),
    };
    const asked = server.post('try', { messages: said.map((each) => each.message), pretend });
    const { ok, answer, message } = await latest(asked);
    notify(ok ? '' : message);
    if (!ok) return;
    today.input.value = answer.now.today;
    time.input.value = answer.now.time;
    showTurns(answer.turns);
  }

  /** @param {readonly TriedTurn[]} turns */
  function showTurns(turns) {
    talk.replaceChildren(
      ...turns.flatMap(({ replies }, index) => [
        h('li', { class: index === 0 ? 'app' : 'mine' }, h('span', {}, said[index]?.label ?? '')),
        ...(replies.length === 0 ? [h('li', { class: 'app' }, h('span', {}, '（ここからは職員が答えます）'))] : []),
        ...replies.map((reply) =>
          h('li', {}, replyBubble(index === turns.length - 1 ? reply : { ...reply, choices: [] }, press)),
        ),
      ]),
    );
    talk.scrollTop = talk.scrollHeight;
  }

  await hold();
}
