/** The language of somebody's phone, asked of LINE: and what is done when LINE does not say. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { lineProfile } from '../../adapters/line/profile.ts';
import { longLived } from '../../adapters/line/token.ts';
import type { Log } from '../../bot/ports.ts';
import { silent } from '../support/silent.ts';

const line = 'https://api.line.me';
const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const languageOf = (apiBaseUrl = line, log: Log = silent) =>
  lineProfile({ accessToken: longLived('access-token'), apiBaseUrl, log })(resident);

describe('the language of a phone, as LINE tells it', () => {
  before(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  after(() => nock.enableNetConnect());

  const profile = (status: number, body: nock.Body) =>
    nock(line, { reqheaders: { authorization: 'Bearer access-token' } })
      .get(`/v2/bot/profile/${resident}`)
      .reply(status, body);

  it('is read from the profile', async () => {
    profile(200, { displayName: '山田', userId: resident, language: 'vi' });
    assert.equal(await languageOf(), 'vi');
  });

  it('is unknown where LINE does not say, refuses, or answers something else', async () => {
    for (const [status, body] of [
      [200, { displayName: '山田', userId: resident }],
      [200, 'not JSON'],
      [200, { language: 7 }],
      [404, { message: 'Not found' }],
      [500, ''],
    ] as const) {
      profile(status, body);
      assert.equal(await languageOf(), undefined, String(body));
    }
  });

  it('is not waited for, and nobody is named in the log', async () => {
    nock.enableNetConnect('127.0.0.1');
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const lines: string[] = [];
    const note = (...words: unknown[]) => void lines.push(JSON.stringify(words));
    const log = { ...silent, info: note, warn: note, error: note };
    const started = performance.now();
    const address = server.address() as AddressInfo;
    assert.equal(await languageOf(`http://127.0.0.1:${address.port}`, log), undefined);
    assert.ok(performance.now() - started < 5_000);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines.join(), new RegExp(resident));
    server.closeAllConnections();
    server.close();
  });
});
