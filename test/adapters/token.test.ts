/** Stateless channel access tokens: fetched with the channel's id and secret, shared, renewed before their end and once when refused. */
import assert from 'node:assert/strict';
import nock from 'nock';
import { lineMessenger } from '../../adapters/line/messenger.ts';
import { lineProfile } from '../../adapters/line/profile.ts';
import { stateless } from '../../adapters/line/token.ts';
import { DeliveryError } from '../../bot/ports.ts';
import { silent } from '../support/silent.ts';

const line = 'https://api.line.me';
const channel = { channelId: '1234567890', channelSecret: 'a-secret', apiBaseUrl: line };
const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const address = {
  resident,
  replyToken: 'reply-token',
  replyUntil: 1_000_000,
  retryKey: '7f3a5bb4-0c8e-4d2a-a6cc-0a1b2c3d4e5f',
  mayBeDelivered: false,
};
const replies = [{ text: 'こんにちは', choices: [] }];

describe('stateless access tokens', () => {
  let now = 0;
  const token = () => stateless({ ...channel, now: () => now });
  before(() => nock.disableNetConnect());
  beforeEach(() => {
    now = 0;
  });
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    assert.deepEqual(left, [], 'every expected call was made');
  });
  after(() => nock.enableNetConnect());

  const asked = { grant_type: 'client_credentials', client_id: '1234567890', client_secret: 'a-secret' };
  const gives = (access_token: string) =>
    nock(line).post('/oauth2/v3/token', asked).reply(200, { token_type: 'Bearer', access_token, expires_in: 900 });
  const givesNone = (status: number) => nock(line).post('/oauth2/v3/token').reply(status, { error: 'invalid_client' });
  const answers = (bearer: string, status: number) =>
    nock(line, { reqheaders: { authorization: `Bearer ${bearer}` } })
      .post('/v2/bot/message/reply')
      .reply(status, {});

  it('is fetched once for all who ask at once, and serves until shortly before its end', async () => {
    gives('one');
    const accessToken = token();
    assert.deepEqual(await Promise.all([accessToken.get(), accessToken.get()]), ['one', 'one']);
    now = 13.9 * 60_000;
    assert.equal(await accessToken.get(), 'one');
    gives('two');
    now = 14.1 * 60_000;
    assert.equal(await accessToken.get(), 'two');
  });

  it('serves to its end while LINE gives no new one, and no longer', async () => {
    gives('one');
    const accessToken = token();
    await accessToken.get();
    givesNone(500);
    now = 14.5 * 60_000;
    assert.equal(await accessToken.get(), 'one');
    givesNone(500);
    now = 15 * 60_000;
    await assert.rejects(accessToken.get(), /LINE gives no access token: 500/);
  });

  it('a refused one is renewed, and the message is sent again with the next: once', async () => {
    gives('one');
    answers('one', 401);
    gives('two');
    answers('two', 200);
    const messenger = lineMessenger({ accessToken: token(), apiBaseUrl: line, log: silent, now: () => now });
    assert.equal(await messenger.send(address, replies), 'reply');
  });

  it('where the next is refused, too, it is not asked for a third time', async () => {
    gives('one');
    answers('one', 401);
    gives('two');
    answers('two', 401);
    const messenger = lineMessenger({ accessToken: token(), apiBaseUrl: line, log: silent, now: () => now });
    await assert.rejects(messenger.send(address, replies), ({ kind, status }: DeliveryError) => {
      return kind === 'refused' && status === 401;
    });
  });

  it('without one nothing was sent: another try is safe', async () => {
    givesNone(400);
    const messenger = lineMessenger({ accessToken: token(), apiBaseUrl: line, log: silent, now: () => now });
    await assert.rejects(messenger.send(address, replies), (error) => {
      assert.ok(error instanceof DeliveryError);
      assert.deepEqual([error.kind, error.mayBeDelivered], ['retry', false]);
      assert.doesNotMatch(String(error), /a-secret/);
      return true;
    });
  });

  it('what is asked of LINE is asked again, too', async () => {
    gives('one');
    gives('two');
    const asks = (bearer: string) => nock(line, { reqheaders: { authorization: `Bearer ${bearer}` } });
    asks('one').get(`/v2/bot/profile/${resident}`).reply(401, {});
    asks('two').get(`/v2/bot/profile/${resident}`).reply(200, { language: 'en' });
    assert.equal(await lineProfile({ accessToken: token(), apiBaseUrl: line, log: silent })(resident), 'en');
  });
});
