/** What went on behind the latest turn, for whoever wants to know why the bot answered so. */
import { byId, h, showOnce } from '../../page/dom.js';

/** @import { Intent } from '../../../bot/dialogue/types.ts' */
/** @import { Behind } from '../view.ts' */

const list = byId('behind', HTMLDListElement);

/** @param {Behind | null} behind */
export function showBehind(behind) {
  showOnce(list, behind, () => (behind ? rows(behind) : []));
}

/**
 * @param {Behind} behind
 * @returns {HTMLElement[]}
 */
function rows({ event, accepted, answer, turn }) {
  const taken = accepted ? `${accepted.status ?? '返事なし'}　${accepted.afterMs.toFixed(0)}ミリ秒` : 'まだ';
  const answered = answer ? `${answer.by}　${answer.afterMs.toFixed(0)}ミリ秒` : 'なし';
  const delivery = [
    ...row('できごと', `${events[event] ?? ''}（${event}）`),
    ...row('Webhook', taken),
    ...row('ボットの答え', answered),
  ];
  if (!turn) return delivery;
  return [
    ...delivery,
    ...row('日時', `${turn.now.today} ${turn.now.time}`),
    ...row('用件', intents[turn.intent.kind]),
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
const events = {
  follow: '友だち追加',
  unfollow: 'ブロック',
  message: 'メッセージ',
  postback: 'ボタン',
  unsend: '送信取消',
};

/** @type {Record<Intent['kind'], string>} */
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
  maybe: '「もしかして」と聞き返し',
  more: '続きを読む',
  wish: '頼まれた質問',
  person: 'どなたの分か',
  reminder: 'お知らせを終える',
  language: 'ことばを選ぶ',
  start: '対話を始める',
  'out-of-scope': 'ほかの窓口のこと',
  about: '職員に相談したいこと',
  'to-staff': '職員への言葉',
  'with-staff': '職員とお話し中のボタン',
  upset: '怒っている、急いでいる',
  secret: '番号を送ってしまった',
  'too-long': '長すぎる',
  media: 'スタンプや画像',
  follow: '友だち追加',
  'not-understood': '読み取れない',
};
