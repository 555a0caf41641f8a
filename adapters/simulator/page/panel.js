/** The side panel: what the person trying the bot out can do, and what went on behind the latest turn. */
import { byId, h } from './dom.js';
import { becomeAnother } from './server.js';

/** @import { DeedRequest } from '../deeds.ts' */
/** @import { Behind, View } from '../view.ts' */

const panel = byId('panel', HTMLElement);
const panelToggle = byId('panel-toggle', HTMLButtonElement);
const block = byId('block', HTMLButtonElement);
const save = byId('save', HTMLAnchorElement);
const stickers = byId('stickers', HTMLDivElement);
const day = byId('pretend-day', HTMLInputElement);
const time = byId('pretend-time', HTMLInputElement);
const image = byId('image', HTMLInputElement);
const list = byId('behind', HTMLDListElement);

/** @param {{ doDeed: (deed: DeedRequest) => void, sendImage: (file: File) => void }} doing */
export function listenToPanel({ doDeed, sendImage }) {
  panelToggle.addEventListener('click', () => openPanel(panel.hidden !== false));
  openPanel(matchMedia('(min-width: 900px)').matches);
  byId('new-resident', HTMLButtonElement).addEventListener('click', becomeAnother);
  block.addEventListener('click', () => doDeed({ do: isBlocking() ? 'unblock' : 'block' }));
  byId('redeliver', HTMLButtonElement).addEventListener('click', () => doDeed({ do: 'redeliver' }));
  byId('send-image', HTMLButtonElement).addEventListener('click', () => image.click());
  image.addEventListener('change', () => {
    for (const file of image.files ?? []) sendImage(file);
    image.value = '';
  });
  const pretend = () =>
    doDeed({
      do: 'pretend',
      .../** @type {object} */ (day.value && { today: day.value }),
      .../** @type {object} */ (time.value && { time: time.value }),
    });
  day.addEventListener('change', pretend);
  time.addEventListener('change', pretend);
  byId('pretend', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  byId('pretend-stop', HTMLButtonElement).addEventListener('click', () => doDeed({ do: 'pretend' }));
  stickers.addEventListener('click', ({ target }) => {
    const index = target instanceof HTMLButtonElement ? [...stickers.children].indexOf(target) : -1;
    if (index >= 0) doDeed({ do: 'sticker', index });
  });
}

/**
 * @param {View} view
 * @param {string} chat
 */
export function showPanel(view, chat) {
  block.textContent = view.isBlocking ? 'ブロックを解除' : 'ブロック';
  block.setAttribute('aria-pressed', String(view.isBlocking));
  save.href = `/simulator/chats/${chat}/talk`;
  if (stickers.childElementCount === 0)
    stickers.append(...view.stickers.map((label) => h('button', { type: 'button' }, `スタンプ「${label}」`)));
  if (document.activeElement !== day) day.value = view.pretend.today ?? '';
  if (document.activeElement !== time) time.value = view.pretend.time ?? '';
  list.replaceChildren(...(view.behind ? rows(view.behind) : []));
}

/** @param {boolean} isOpen */
function openPanel(isOpen) {
  panel.hidden = !isOpen;
  panelToggle.setAttribute('aria-expanded', String(isOpen));
}

function isBlocking() {
  return block.getAttribute('aria-pressed') === 'true';
}

/**
 * @param {Behind} behind
 * @returns {HTMLElement[]}
 */
function rows({ event, status, acceptedAfterMs, answer, turn }) {
  const accepted = acceptedAfterMs === null ? 'まだ' : `${status ?? '返事なし'}　${acceptedAfterMs.toFixed(0)}ミリ秒`;
  const answered = answer ? `${answer.by}　${answer.afterMs.toFixed(0)}ミリ秒` : 'なし';
  const delivery = [...row('できごと', event), ...row('Webhook', accepted), ...row('ボットの答え', answered)];
  if (!turn) return delivery;
  return [
    ...delivery,
    ...row('日時', `${turn.now.today} ${turn.now.time}`),
    ...row('用件', intents[turn.intent.kind] ?? turn.intent.kind),
    ...row('開いている質問', turn.open ?? 'なし'),
    ...wideRow('わかったこと', facts(turn.facts)),
    ...wideRow('用件のくわしい中身', code(turn.intent)),
    ...wideRow('会話の控え', code(turn.session)),
  ];
}

/**
 * @param {string} name
 * @param {string} value
 */
function row(name, value) {
  return [h('dt', {}, name), h('dd', {}, value)];
}

/**
 * @param {string} name
 * @param {string | HTMLElement} value
 */
function wideRow(name, value) {
  return [h('dt', { class: 'wide' }, name), h('dd', { class: 'wide' }, value)];
}

/** @param {object} given */
function facts(given) {
  const entries = Object.entries(given);
  if (entries.length === 0) return 'まだ何も';
  return h(
    'table',
    {},
    ...entries.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, String(value)))),
  );
}

/** @param {object} value */
function code(value) {
  return h('pre', { tabindex: 0 }, JSON.stringify(value, null, 2));
}

/** @type {Record<string, string>} */
const intents = {
  command: '操作（最初から、職員に相談など）',
  answer: '質問への答え',
  correction: '前の答えの訂正',
  revisit: '前の質問に戻る',
  retry: '答えとして受け取れない',
  'ask-back': '聞き返し',
  'question-changed': '質問が変わっていた',
  'stale-button': '古いボタン',
  faq: 'よくある質問',
  start: '対話を始める',
  'out-of-scope': 'ほかの窓口のこと',
  secret: '番号を送ってしまった',
  'too-long': '長すぎる',
  media: 'スタンプや画像',
  follow: '友だち追加',
  'not-understood': '読み取れない',
};
