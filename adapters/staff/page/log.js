/** The audit log, for those who answer for the desk. */
import { byId, h } from '../../page/dom.js';
import { showLinks } from './links.js';
import { whoAmI } from './server.js';

/** @import { AuditEntry } from '../audit.ts' */

/** @type {Record<AuditEntry['did'], string>} */
const deeds = {
  'signed-in': 'サインインした',
  took: '担当した',
  'gave-back': '待っている方に戻した',
  'passed-on': 'ほかの職員にまかせた',
  answered: '返事をした',
  asked: 'ボットに聞いてもらった',
  noted: 'メモを書いた',
  closed: '終えた',
  'saw-birthday': '生年月日を見た',
  'saw-media': '写真などを見た',
  published: '文や情報を公開した',
  'rolled-back': '前の版に戻した',
};

showLinks(await whoAmI());
const response = await fetch('/staff/audit');
if (response.ok) show(await response.json());
else byId('notice', HTMLElement).textContent = 'この記録は、管理の権限（admin）でサインインした方だけが見られます。';

/** @param {{ timezone: string, entries: readonly AuditEntry[] }} log */
function show({ timezone, entries }) {
  const time = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'medium', timeZone: timezone });
  byId('notice', HTMLElement).textContent = entries.length === 0 ? 'まだ記録がありません。' : '';
  byId('entries', HTMLElement).append(
    ...entries.map(({ at, name, did, ticket, version }) =>
      h(
        'tr',
        {},
        ...[time.format(at), name, deeds[did], version ?? ticket?.slice(0, 8) ?? '—'].map((text) => h('td', {}, text)),
      ),
    ),
  );
}
