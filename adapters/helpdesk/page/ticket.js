/** The conversation in the middle, with what the bot knows on top. */
import { byId, h, showOnce } from '../../page/dom.js';
import { newKey } from './key.js';
import { mediaShown } from './media.js';
import { birthdayOf, perform } from './server.js';

/** @import { ConsoleView, TicketView } from '../console-view.ts' */

/** @type {Record<string, string>} */
const deliveries = {
  sending: '送っています…',
  reply: '届きました',
  push: '届きました（プッシュ）',
  before: '届いています',
  over: '届きませんでした：相手がお話を終えています',
  quota: '届きませんでした：今月のメッセージ数の上限です。お電話をご案内ください',
  failed: '届きませんでした：LINE が受け付けませんでした',
};

/** @type {Record<string, string>} */
const endings = {
  left: 'ご本人が終えました',
  lapsed: '時間がたち、ボットに戻りました',
  solved: '解決',
  elsewhere: 'ほかの窓口を案内',
  returned: 'ボットに戻した',
  silent: 'お返事がなく終わりました',
};

/**
 * @param {TicketView | undefined} ticket
 * @param {ConsoleView} view
 * @param {(sentence: string) => void} notify
 */
export function showTicket(ticket, view, notify) {
  byId('nothing', HTMLElement).hidden = ticket !== undefined;
  byId('chosen', HTMLElement).hidden = ticket === undefined;
  if (!ticket) return;
  const title = byId('title', HTMLElement);
  title.tabIndex = -1;
  title.textContent = stateOf(ticket, view);
  showOnce(byId('summary', HTMLUListElement), ticket.summary, () => ticket.summary.map((line) => h('li', {}, line)));
  showBirthday(ticket, view);
  showActs(ticket, view, notify);
  const list = byId('entries', HTMLOListElement);
  const isNew = showOnce(list, [ticket.id, ticket.entries], () =>
    ticket.entries.map(({ id, at, by, name, text, media, delivery }) => {
      const who = { resident: '市民', note: `メモ：${name}`, staff: name ?? '', bot: 'ボットが聞いた答え' }[by];
      return h(
        'li',
        { class: by },
        h('span', { class: 'who' }, `${who}　${timeOf(at, view.timezone)}`),
        h('p', {}, text),
        ...(media ? [mediaShown(media, `/staff/tickets/${ticket.id}/media/${encodeURIComponent(id)}`)] : []),
        ...(delivery ? [h('span', { class: `delivery ${delivery}` }, deliveries[delivery] ?? '')] : []),
      );
    }),
  );
  const log = byId('log', HTMLElement);
  if (isNew) log.scrollTop = log.scrollHeight;
}

/**
 * @param {TicketView} ticket
 * @param {ConsoleView} view
 */
function stateOf({ state, agent, isMessage, why, helped }, { me }) {
  if (state === 'waiting') return isMessage ? '伝言（返事は、あとで届けばかまいません）' : '待っている方';
  const rating = helped === null ? '' : helped ? '、役に立った' : '、役に立たなかった';
  if (state === 'closed') return `終わった相談${why ? `（${endings[why]}${rating}）` : ''}`;
  return agent === me.name ? 'わたしが担当' : `${agent}さんが担当`;
}

/**
 * @param {TicketView} ticket
 * @param {ConsoleView} view
 */
function showBirthday(ticket, view) {
  const place = byId('birthday', HTMLElement);
  const ask = async () => {
    const birthday = await birthdayOf(ticket.id, view.me.csrf);
    place.replaceChildren(`生年月日: ${birthday ? dateText(birthday) : 'わかりません'}`);
  };
  showOnce(place, [ticket.id, ticket.hasBirthday], () =>
    ticket.hasBirthday ? [h('button', { type: 'button', onclick: ask }, '生年月日を見る（記録されます）')] : [],
  );
}

/**
 * @param {TicketView} ticket
 * @param {ConsoleView} view
 * @param {(sentence: string) => void} notify
 */
function showActs({ id, state, agent }, { me, colleagues, questions }, notify) {
  const isMine = state === 'taken' && agent === me.name;
  const acts = [
    ...(state === 'waiting' ? [{ label: '担当する', act: { act: 'take' } }] : []),
    ...(state === 'taken' && !isMine ? [{ label: '引き継ぐ', act: { act: 'take-over' } }] : []),
    ...(isMine
      ? [
          { label: '解決して終える', act: { act: 'close', why: 'solved' } },
          { label: 'ほかの窓口を案内して終える', act: { act: 'close', why: 'elsewhere' } },
          { label: 'ボットに戻す', act: { act: 'close', why: 'returned' } },
          { label: '待っている方に戻す', act: { act: 'give-back' } },
        ]
      : []),
  ];
  const options = isMine ? questions : [];
  const ask = async () => {
    const { flow, slot } = options[byId('question', HTMLSelectElement).selectedIndex] ?? {};
    notify((await perform(id, { act: 'ask', flow, slot, key: newKey() }, me.csrf)) ?? '');
  };
  const asking =
    options.length === 0
      ? []
      : [
          h(
            'select',
            { id: 'question', 'aria-label': 'ボットに聞いてもらうこと' },
            ...options.map(({ name }) => h('option', {}, name)),
          ),
          h('button', { type: 'button', onclick: ask }, 'ボットに聞いてもらう'),
        ];
  const others = isMine ? colleagues : [];
  const passOn = async () => {
    const to = byId('colleague', HTMLSelectElement).value;
    notify((await perform(id, { act: 'pass-on', to }, me.csrf)) ?? '');
  };
  const passing =
    others.length === 0
      ? []
      : [
          h(
            'select',
            { id: 'colleague', 'aria-label': 'まかせる職員' },
            ...others.map((name) => h('option', { value: name }, `${name}さん`)),
          ),
          h('button', { type: 'button', onclick: passOn }, 'この職員にまかせる'),
        ];
  showOnce(byId('acts', HTMLElement), [id, acts, options, others], () => [
    ...acts.map(({ label, act }) =>
      h('button', { type: 'button', onclick: async () => notify((await perform(id, act, me.csrf)) ?? '') }, label),
    ),
    ...asking,
    ...passing,
  ]);
}

/**
 * In both calendars: 1980年3月3日（昭和55年）.
 * @param {string} on
 */
function dateText(on) {
  const day = new Date(on);
  const whole = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' };
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day.toLocaleDateString('ja-JP', /** @type {Intl.DateTimeFormatOptions} */ (whole))}（${era.format(day)}）`;
}

/**
 * @param {number} at
 * @param {string} timeZone
 */
function timeOf(at, timeZone) {
  return new Date(at).toLocaleString('ja-JP', {
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
}
