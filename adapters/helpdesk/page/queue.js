/** The list on the left: who waits, and who is whose. */
import { byId, h, showOnce } from '../../page/dom.js';

/** @import { ConsoleView, TicketView } from '../console-view.ts' */

/**
 * @param {ConsoleView} view
 * @param {string | undefined} chosen
 * @param {(id: string) => void} choose
 */
export function showQueue(view, chosen, choose) {
  const { me, tickets, numbers } = view;
  /** @type {Record<string, (ticket: TicketView) => boolean>} */
  const lists = {
    waiting: ({ state }) => state === 'waiting',
    mine: ({ state, agent }) => state === 'taken' && agent === me.name,
    others: ({ state, agent }) => state === 'taken' && agent !== me.name,
    closed: ({ state }) => state === 'closed',
  };
  for (const [id, belongs] of Object.entries(lists)) {
    const found = tickets.filter(belongs);
    const shown = (id === 'closed' ? found.toReversed().slice(0, 30) : found).map((ticket) => ({
      id: ticket.id,
      label: labelOf(ticket, view.now),
      isChosen: ticket.id === chosen,
    }));
    const list = byId(id, HTMLUListElement);
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.ticket : undefined;
    const isNew = showOnce(list, shown, () =>
      shown.length === 0
        ? [h('li', { class: 'none' }, 'いません')]
        : shown.map(({ id: ticket, label, isChosen }) =>
            h(
              'li',
              {},
              h(
                'button',
                { type: 'button', 'data-ticket': ticket, 'aria-current': isChosen, onclick: () => choose(ticket) },
                label,
              ),
            ),
          ),
    );
    if (isNew && focused) {
      const again = list.querySelector(`[data-ticket="${CSS.escape(focused)}"]`);
      if (again instanceof HTMLElement) again.focus();
    }
  }
  const rows = [
    ['待っている方', `${numbers.waiting}人`],
    ['いちばん長い待ち', numbers.waiting > 0 ? `${minutes(numbers.longestWaitMs)}分` : '—'],
    ['24時間で終わった相談', `${numbers.closedToday}件`],
    ['役に立った', numbers.rated > 0 ? `${numbers.rated}人のうち${numbers.helped}人` : '—'],
  ];
  showOnce(byId('numbers', HTMLElement), rows, () =>
    rows.flatMap(([name = '', value = '']) => [h('dt', {}, name), h('dd', {}, value)]),
  );
}

/**
 * @param {TicketView} ticket
 * @param {number} now
 */
function labelOf({ entries, openedAt, isMessage, agent, state, hasLateWords }, now) {
  const about = entries[0]?.text ?? '（取り消されました）';
  const begin = about.length > 30 ? `${about.slice(0, 30)}…` : about;
  if (state === 'waiting') return `${isMessage ? '伝言: ' : ''}${begin}（${minutes(now - openedAt)}分前から）`;
  if (hasLateWords) return `終わったあとの言葉があります: ${begin}`;
  return agent ? `${begin}（${agent}）` : begin;
}

/** @param {number} ms */
function minutes(ms) {
  return Math.max(0, Math.floor(ms / 60_000));
}
