/** The side panel: what the person trying the bot out can do. */

import { byId, h } from '../../page/dom.js';
import { showBehind } from './behind.js';
import { becomeAnother } from './server.js';

/** @import { DeedRequest } from '../deed-request.ts' */
/** @import { View } from '../view.ts' */

const panel = byId('panel', HTMLElement);
const panelToggle = byId('panel-toggle', HTMLButtonElement);
const block = byId('block', HTMLButtonElement);
const save = byId('save', HTMLAnchorElement);
const stickers = byId('stickers', HTMLDivElement);
const day = byId('pretend-day', HTMLInputElement);
const time = byId('pretend-time', HTMLInputElement);
const language = byId('language', HTMLSelectElement);
const image = byId('image', HTMLInputElement);

/** @param {{ perform: (deed: DeedRequest, done?: string) => void, sendImage: (file: File) => void }} doing */
export function listenToPanel({ perform, sendImage }) {
  panelToggle.addEventListener('click', () => openPanel(panel.hidden !== false));
  openPanel(matchMedia('(min-width: 900px)').matches);
  byId('new-resident', HTMLButtonElement).addEventListener('click', () => becomeAnother());
  block.addEventListener('click', () => perform({ do: isBlocking() ? 'unblock' : 'block' }));
  byId('redeliver', HTMLButtonElement).addEventListener('click', () =>
    perform({ do: 'redeliver' }, '直前のできごとを、もう一度届けました。二度目は返事をしません。'),
  );
  byId('send-image', HTMLButtonElement).addEventListener('click', () => image.click());
  image.addEventListener('change', () => {
    for (const file of image.files ?? []) sendImage(file);
    image.value = '';
  });
  const pretend = () => {
    const [today, at] = [day.value, time.value];
    const deed = { do: 'pretend', ...(today && { today }), ...(at && { time: at }) };
    perform(/** @type {DeedRequest} */ (deed), '日時を変えました。次の返事から使います。');
  };
  day.addEventListener('change', pretend);
  time.addEventListener('change', pretend);
  byId('pretend', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  byId('pretend-stop', HTMLButtonElement).addEventListener('click', () =>
    perform({ do: 'pretend' }, '時計のとおりに戻しました。次の返事から使います。'),
  );
  language.addEventListener('change', () =>
    perform({ do: 'language', language: language.value }, 'ことばを変えました。次に友だちに追加したときに伝わります。'),
  );
  stickers.addEventListener('click', ({ target }) => {
    const index = target instanceof HTMLButtonElement ? [...stickers.children].indexOf(target) : -1;
    if (index >= 0) perform({ do: 'sticker', index });
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
  for (const part of document.querySelectorAll('[data-knows-the-bot]'))
    part.toggleAttribute('hidden', !view.knowsTheBot);
  if (document.activeElement !== day) day.value = view.pretend.today ?? '';
  if (document.activeElement !== time) time.value = view.pretend.time ?? '';
  if (document.activeElement !== language) language.value = view.language;
  showBehind(view.behind);
}

/** @param {boolean} isOpen */
function openPanel(isOpen) {
  panel.hidden = !isOpen;
  panelToggle.setAttribute('aria-expanded', String(isOpen));
}

function isBlocking() {
  return block.getAttribute('aria-pressed') === 'true';
}
