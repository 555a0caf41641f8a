/** What the editors' pages ask of the server, without a browser: drafts that rest on each other, publishing, and whatever else may be sent. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import express from 'express';
import { editorPages } from '../../adapters/editor/editor.ts';
import { loadOnce, sameOnce } from '../../adapters/editor/loaded.ts';
import { memorySessions } from '../../adapters/memory.ts';
import { memoryNumbers } from '../../adapters/memory-numbers.ts';
import { memoryRecords } from '../../adapters/memory-records.ts';
import { memoryVersions } from '../../adapters/memory-versions.ts';
import { openAccounts } from '../../adapters/staff/accounts.ts';
import { memoryAudit } from '../../adapters/staff/audit.ts';
import { staffSite } from '../../adapters/staff/site.ts';
import { valueAt } from '../../bot/edit/splice.ts';
import { readTexts } from '../../bot/load/texts.ts';
import { root } from '../../bot/root.ts';
import { listen } from '../../bot/server.ts';
import { password } from '../support/staff.ts';

const faq = 'content/ja/faq.yaml';
const calendar = 'content/calendar.yaml';
const entry = { title: '犬', asks: ['犬を連れて行けますか'], answer: '補助犬は入れます。', source: ['own'] };
const closure = { from: '2026-03-10', until: '2026-03-10', reason: '点検' };

describe('the editors’ server', () => {
  let server: Server;
  let url: string;
  let cookie: string;
  let csrf: string;
  const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });

  beforeEach(async () => {
    const [accounts, audit, clock] = [
      openAccounts(memoryRecords(), memoryRecords()),
      memoryAudit(),
      () => ({ today: '2026-01-14', time: '10:00' }) as const,
    ];
    await accounts.add({ name: 'aoki', role: 'editor', password });
    const parts = {
      versions: memoryVersions(),
      deployed: () => readTexts(root),
      drafts: memoryRecords<never>(),
      numbers: memoryNumbers(),
      unanswered: undefined,
      load: loadOnce(),
      same: sameOnce(),
      now: Date.now,
      newId: randomUUID,
      sessions,
      audit,
    };
    const site = staffSite({
      accounts,
      audit,
      now: Date.now,
      isSecure: false,
      timezone: () => 'Asia/Tokyo',
      otherSignIn: undefined,
      parts: [editorPages(parts, clock)],
    });
    const listening = await listen(express().use(site), { port: 0, host: '127.0.0.1' });
    server = listening.server;
    url = `http://127.0.0.1:${listening.port}/staff`;
    cookie = `koshin_staff=${await accounts.signIn('aoki', password)}`;
    csrf = (await (await get('/me')).json()).csrf;
  });
  afterEach(() => void server.close());
  after(() => sessions.close());

  const get = (path: string) => fetch(url + path, { headers: { cookie } });
  const json = async (path: string) => (await get(`/edit/${path}`)).json();
  const post = (path: string, body: unknown) =>
    fetch(`${url}/edit/${path}`, {
      method: 'POST',
      headers: { cookie, 'x-csrf': csrf, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const set = (path: (string | number)[], was: unknown, becomes: unknown) =>
    post('changes', { kind: 'set', file: faq, path, was, becomes });
  const list = (kind: 'add' | 'remove') => post('changes', { kind, file: calendar, path: ['closures'], item: closure });
  const publish = async (more = {}) => {
    const { liveId, print } = await json('publication');
    return post('publish', { why: '試し', over: liveId ?? '', print, ...more });
  };
  const changed = async () => (await json('publication')).changes.length;

  it('shows the texts of one language at a time, as residents of that language read them', async () => {
    const { forms, languages } = await json('forms?language=en');
    assert.deepEqual(languages.slice(0, 2), [
      { tag: 'ja', name: '日本語' },
      { tag: 'en', name: 'English' },
    ]);
    assert.ok(forms.every(({ file }: { file: string }) => file.startsWith('content/en/')));
    const { sections } = forms.find(({ kind }: { kind: string }) => kind === 'faq-translated');
    const fee = sections.find(({ path }: { path: string[] }) => path[0] === 'fee');
    assert.match(fee.previews[0].reply.text, /is free/);
    const main = await json('forms');
    assert.ok(main.forms.every(({ file }: { file: string }) => !/content\/(?!ja\/)[^/]+\//.test(file)));
  });

  it('publishes only what the page showed', async () => {
    await set(['dogs'], null, entry);
    const { print } = await json('publication');
    await set(['dogs', 'answer'], '補助犬は入れます。', 'ほかの人の書きかけ');
    assert.equal((await publish({ print })).status, 409);
    assert.equal((await publish()).status, 200);
    assert.equal(await changed(), 0);
  });

  it('lives on when what an edit rests on is gone, and lets the edit be given up', async () => {
    await set(['dogs'], null, entry);
    const { id } = await (await publish()).json();
    assert.equal((await set(['dogs', 'answer'], entry.answer, 'もっとよい答え')).status, 204);
    assert.equal((await post('rollback', { id: '', why: '戻す', over: id })).status, 200);
    const { conflicts, changes } = await json('publication');
    assert.deepEqual([conflicts.length, changes.length], [1, 0]);
    for (const path of ['forms', 'month', 'problems', 'numbers', 'flows', `form?file=${faq}`])
      assert.equal((await get(`/edit/${path}`)).status, 200, path);
    assert.equal((await publish()).status, 409);
    assert.equal((await post('undo', { id: conflicts[0].id })).status, 204);
    assert.deepEqual((await json('publication')).conflicts, []);
  });

  it('keeps a closure that two people added once, and takes it back with one press', async () => {
    for (let people = 0; people < 2; people += 1) assert.equal((await list('add')).status, 204);
    assert.equal(await changed(), 1);
    await list('remove');
    assert.equal(await changed(), 0);
    // From a page that has not seen it: nothing is left that would undo the next addition.
    await list('remove');
    await list('add');
    assert.equal(await changed(), 1);
  });

  it('gives up all that was changed in a text at once, and says so when there is nothing left', async () => {
    const { sections } = await json(`form?file=${faq}`);
    const fee = sections.find(({ path }: { path: string[] }) => path[0] === 'fee');
    await set(['fee', 'answer'], fee.whole.answer, '無料です。');
    await set(['fee', 'asks'], fee.whole.asks, ['いくら']);
    assert.equal((await post('undo', { file: faq, path: ['fee'] })).status, 204);
    assert.equal(await changed(), 0);
    assert.equal((await post('undo', { file: faq, path: ['fee'] })).status, 409);
    assert.equal((await post('undo', { id: 'nothing' })).status, 409);
  });

  it('does not take the work of a colleague back with a button of yesterday', async () => {
    await set(['dogs'], null, entry);
    const [{ edit }] = (await json('publication')).changes;
    await set(['dogs', 'answer'], entry.answer, 'もっとよい答え');
    assert.equal((await post('undo', { id: edit.id })).status, 409);
    assert.equal(await changed(), 1);
  });

  it('takes each field as its form shows it', async () => {
    const { forms } = await json('forms');
    for (const { file, sections } of forms) {
      const texts = sections.flatMap(({ fields }: { fields: { path: string[]; value: unknown }[] }) =>
        fields.filter(({ value }) => typeof value === 'string'),
      );
      for (const { path, value } of texts.filter((_: unknown, index: number) => index % 6 === 0)) {
        const change = { kind: 'set', file, path, was: value, becomes: `${String(value).trim()}。` };
        assert.equal((await post('changes', change)).status, 204, `${file} ${path.join('.')}`);
      }
    }
  });

  it('answers whatever is sent, and nothing of it with a fault of its own', async () => {
    const deep = JSON.parse('['.repeat(4_000) + ']'.repeat(4_000));
    const answers = await Promise.all([
      ...[{}, { id: 1 }, { file: faq, path: [] }, []].map((body) => post('undo', body)),
      ...[
        'way-back',
        'way-back?id=nothing',
        'form?file=__proto__',
        'form?file=constructor',
        'form',
        'month?month=x',
      ].map((path) => get(`/edit/${path}`)),
      ...['numbers?from=0001-01-01', 'numbers?from=2026-02-30', 'numbers?from=2026-02-01&until=2026-01-01'].map(
        (path) => get(`/edit/${path}`),
      ),
      set(['fee', 'answer'], 'x', deep),
      set(['__proto__', 'polluted'], null, 'yes'),
      set(['fee', 'answer', 'deeper'], null, 'x'),
      post('try', { messages: [{ kind: 'text', text: 1 }], pretend: {} }),
      post('try', {
        messages: [{ kind: 'button', button: { kind: 'do', action: { kind: 'command', command: 'x' } } }],
        pretend: {},
      }),
      post('publish', {}),
      post('rollback', { id: 'nothing', why: 'x', over: '' }),
    ]);
    for (const { status, url: asked } of answers) assert.ok(status < 500, `${status} ${asked}`);
    assert.equal(({} as { polluted?: string }).polluted, undefined);
    assert.equal(await changed(), 0);
  });

  it('changes no flow’s logic, no parameter of the law and no other file, however it is asked', async () => {
    const texts = readTexts(root);
    const flow = 'flows/renewal.yaml';
    const asks = valueAt(texts[flow] ?? '', ['ask']) as unknown[];
    const bodies = [
      { kind: 'set', file: flow, path: ['ask', 0], was: asks[0], becomes: null },
      { kind: 'remove', file: flow, path: ['ask'], item: asks[0] },
      { kind: 'set', file: flow, path: ['uses'], was: 'renewal', becomes: 'x' },
      { kind: 'set', file: 'content/procedures/renewal.yaml', path: ['soonDays', 'value'], was: 30, becomes: 1 },
      { kind: 'set', file: calendar, path: ['closed on national holidays'], was: true, becomes: false },
      { kind: 'set', file: faq, path: ['renew_when', 'starts'], was: 'renewal', becomes: null },
      { kind: 'set', file: '../package.json', path: ['name'], was: 'koshin-navi', becomes: 'x' },
    ];
    for (const body of bodies) assert.equal((await post('changes', body)).status, 400, JSON.stringify(body));
    assert.equal(await changed(), 0);
  });

  it('keeps what somebody saved over an edit that no longer fits', async () => {
    const fee = valueAt(readTexts(root)[faq] ?? '', ['fee', 'answer']);
    await set(['fee', 'answer'], fee, 'わたしの文');
    const { id } = await (await publish()).json();
    await post('rollback', { id: '', why: '戻す', over: id });
    await set(['fee', 'answer'], fee, 'べつの文');
    const { liveId } = await json('publication');
    // Published meanwhile by another way: the draft's edit fits no more.
    await post('rollback', { id, why: 'やはり', over: liveId });
    assert.equal((await json('publication')).conflicts.length, 1);
    assert.equal((await set(['fee', 'answer'], 'わたしの文', 'これでよい')).status, 204);
    const { conflicts, changes } = await json('publication');
    assert.deepEqual([conflicts, changes.map(({ after }: { after: string }) => after)], [[], ['これでよい']]);
  });

  it('gives up the closure beside which the button stands', async () => {
    await list('add');
    await post('changes', {
      kind: 'add',
      file: calendar,
      path: ['closures'],
      item: { ...closure, from: '2026-03-12', until: '2026-03-12' },
    });
    const [first] = (await json('publication')).changes;
    await post('undo', { id: first.edit.id });
    const { changes } = await json('publication');
    assert.match(changes[0].after, /3月12日/);
    assert.equal(changes.length, 1);
  });
});
