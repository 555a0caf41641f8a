/** The privacy notice as residents open it: in their language, whole, and with nothing in it that runs. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { privacyPage } from '../../adapters/privacy/page.ts';
import { nearestLanguage } from '../../bot/dialogue/nearest-language.ts';
import { privacyNotices } from '../../bot/dialogue/privacy.ts';
import { library } from '../support/library.ts';

describe('the privacy notice', () => {
  let server: Server;
  let base: string;
  before(async () => {
    const notices = () => [
      ...privacyNotices(library),
      {
        language: 'fr',
        name: '<b>Français</b>',
        sections: [{ heading: 'A & B', lines: ['<script>alert(1)</script>'] }],
      },
    ];
    server = express()
      .use(privacyPage(notices, { isSecure: true, nearest: nearestLanguage }))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/privacy`;
  });
  after(() => server.close());

  const read = async (query: string, spoken = '') => {
    const answer = await fetch(base + query, { headers: { 'accept-language': spoken } });
    assert.equal(answer.status, 200);
    return answer.text();
  };

  it('says in every language what for, what is kept and how long, how to erase it, and whom to ask', () => {
    const notices = privacyNotices(library);
    assert.equal(notices.length, library.languages.size);
    for (const { language, sections } of notices) {
      assert.equal(sections.length, 7, language);
      for (const { heading, lines } of sections)
        assert.ok(heading !== '' && lines.length > 0, `${language}: ${heading}`);
      const all = JSON.stringify(sections);
      for (const figure of ['30', '400', 'LINE']) assert.ok(all.includes(figure), `${language}: ${figure}`);
      assert.doesNotMatch(all, /[{}]{2}|undefined/);
    }
  });

  it('comes in the language of the browser, in Japanese for any other, and in the one that is asked for', async () => {
    assert.match(await read('', 'en-US,en;q=0.9'), /<html lang="en">[\s\S]*<h1>Privacy notice<\/h1>/);
    assert.match(await read('', 'de'), /<h1>個人情報の取り扱い<\/h1>/);
    assert.match(await read('', 'zh-CN,zh;q=0.9,en;q=0.8'), /<html lang="zh-Hans">/);
    assert.match(await read('?lang=vi', 'en'), /<html lang="vi">/);
    assert.match(await read('?lang=xx', 'ko'), /<html lang="ko">/);
    assert.match(await read('?lang=ja-simple', 'en'), /<html lang="ja">/);
  });

  it('shows what is written as text, and lets nothing run', async () => {
    const answer = await fetch(`${base}?lang=fr`);
    const page = await answer.text();
    assert.match(page, /&lt;script&gt;/);
    assert.match(page, /A &amp; B/);
    assert.doesNotMatch(page, /<script|<b>/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal((await fetch(`${base}/page.css`)).status, 200);
  });
});
