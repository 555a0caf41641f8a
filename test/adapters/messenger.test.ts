/** Sending to LINE: what its answers, and its silence, lead to. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import nock from 'nock';
import { withBreaker } from '../../adapters/line/breaker.ts';
import { lineMessenger } from '../../adapters/line/messenger.ts';
import { longLived } from '../../adapters/line/token.ts';
import { type Address, DeliveryError } from '../../bot/ports.ts';
import { silent } from '../support/silent.ts';

const line = 'https://api.line.me';
const replies = [{ text: 'こんにちは', choices: [] }];
const messages = [{ type: 'text', text: 'こんにちは' }];
const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const address: Address = {
  resident,
  replyToken: 'reply-token',
  replyUntil: 1_000,
  retryKey: '7f3a5bb4-0c8e-4d2a-a6cc-0a1b2c3d4e5f',
  mayBeDelivered: false,
};
const messenger = (apiBaseUrl = line, now = 500, timeoutMs = 5_000) =>
  lineMessenger({ accessToken: longLived('access-token'), apiBaseUrl, log: silent, now: () => now, timeoutMs });

describe('the LINE messenger', () => {
  before(() => nock.disableNetConnect());
  afterEach(() => {
    const left = nock.pendingMocks();
    nock.cleanAll();
    assert.deepEqual(left, [], 'every expected call was made');
  });
  after(() => nock.enableNetConnect());

  const reply = (status: number, body: object = {}, headers = {}) =>
    nock(line, { badheaders: ['x-line-retry-key'] })
      .post('/v2/bot/message/reply', { replyToken: 'reply-token', messages })
      .reply(status, body, headers);
  const push = (status: number, body: object = {}) =>
    nock(line, { reqheaders: { 'x-line-retry-key': address.retryKey } })
      .post('/v2/bot/message/push', { to: resident, messages })
      .reply(status, body);
  const invalidToken = { message: 'Invalid reply token' };

  it('replies by token, without a retry key (LINE refuses one there)', async () => {
    reply(200, { sentMessages: [] });
    await messenger().send(address, replies);
  });

  it('pushes with the retry key when the token is too old', async () => {
    push(200);
    await messenger(line, 2_000).send(address, replies);
  });

  it('pushes when LINE does not know the token any more', async () => {
    reply(400, invalidToken);
    push(200);
    await messenger().send(address, replies);
  });

  it('a reply that may have arrived is tried again as a reply only, however old: an invalid token then means delivered', async () => {
    reply(400, invalidToken);
    await messenger(line, 2_000).send({ ...address, mayBeDelivered: true }, replies);
  });

  it('takes a 409 on push for delivered', async () => {
    push(409, { message: 'The retry key is already accepted' });
    await messenger(line, 2_000).send(address, replies);
  });

  const failures: readonly {
    what: string;
    set: () => void;
    now: number;
    kind: DeliveryError['kind'];
    mayBeDelivered?: boolean;
    status: number | undefined;
  }[] = [
    {
      what: 'a 500 on reply is worth a later try, and may have been delivered',
      set: () => reply(500),
      now: 500,
      kind: 'retry',
      mayBeDelivered: true,
      status: 500,
    },
    {
      what: 'the rate limit is worth a later try, not at once',
      set: () => reply(429, { message: 'The API rate limit has been exceeded. Try again later.' }),
      now: 500,
      kind: 'retry',
      status: 429,
    },
    {
      what: 'the monthly limit is not',
      set: () => push(429, { message: 'You have reached your monthly limit.' }),
      now: 2_000,
      kind: 'quota',
      status: 429,
    },
    { what: 'a refused token is not', set: () => reply(401), now: 500, kind: 'refused', status: 401 },
    {
      what: 'a bad request is not',
      set: () => push(400, { message: 'Failed to send messages' }),
      now: 2_000,
      kind: 'refused',
      status: 400,
    },
  ];
  for (const { what, set, now, kind, status, mayBeDelivered } of failures) {
    it(what, async () => {
      set();
      await assert.rejects(messenger(line, now).send(address, replies), {
        name: 'DeliveryError',
        kind,
        status,
        mayBeDelivered: mayBeDelivered ?? false,
      });
    });
  }

  const silences: readonly { code: string; mayBeDelivered: boolean }[] = [
    { code: 'ETIMEDOUT', mayBeDelivered: true },
    { code: 'ECONNRESET', mayBeDelivered: true },
    { code: 'ECONNTIMEOUT', mayBeDelivered: false },
    { code: 'ECONNREFUSED', mayBeDelivered: false },
  ];
  for (const { code, mayBeDelivered } of silences) {
    it(`no answer (${code}): a later try, ${mayBeDelivered ? 'and it may have arrived' : 'and it never left'}`, async () => {
      const silence = Object.assign(new Error('silence'), { code });
      nock(line).post('/v2/bot/message/reply').replyWithError(silence);
      await assert.rejects(messenger().send(address, replies), {
        name: 'DeliveryError',
        kind: 'retry',
        mayBeDelivered,
      });
    });
  }

  it('an error carries LINE’s request id, and neither token nor text', async () => {
    reply(403, { message: 'no' }, { 'x-line-request-id': 'request-1' });
    await assert.rejects(messenger().send(address, replies), (error: DeliveryError) => {
      assert.equal(error.requestId, 'request-1');
      assert.doesNotMatch(
        `${error.message}${error.stack}${JSON.stringify(error)}`,
        /reply-token|access-token|こんにちは/,
      );
      return true;
    });
  });

  it('what LINE would refuse is not sent at all', async () => {
    await assert.rejects(messenger().send(address, [{ text: 'あ'.repeat(5001), choices: [] }]), { kind: 'refused' });
  });

  it('a group whose token is gone is owed nothing', async () => {
    await messenger(line, 2_000).send({ ...address, resident: null }, replies);
  });

  it('a LINE that never answers is given up in time (real sockets)', async () => {
    nock.restore();
    let calls = 0;
    const hanging = createServer(() => {
      calls += 1;
    });
    try {
      await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
      const port = (hanging.address() as { port: number }).port;
      await assert.rejects(messenger(`http://127.0.0.1:${port}`, 500, 200).send(address, replies), {
        name: 'DeliveryError',
        kind: 'retry',
        message: /no answer \(ETIMEDOUT\)/,
        mayBeDelivered: true,
      });
      assert.equal(calls, 1);
    } finally {
      hanging.closeAllConnections();
      hanging.close();
      nock.activate();
    }
  });
});

describe('the breaker before LINE', () => {
  const failing = new DeliveryError('retry', 'LINE reply: 500');

  it('leaves LINE alone after failures in a row, and tries again after a pause', async () => {
    let calls = 0;
    let error: Error | undefined = failing;
    const send = async () => {
      calls += 1;
      if (error) throw error;
      return 'reply' as const;
    };
    const guarded = withBreaker({ send }, { log: silent, failures: 3, pauseMs: 30 });
    for (let tries = 0; tries < 3; tries += 1) await assert.rejects(guarded.send(address, replies), { kind: 'retry' });
    for (let tries = 0; tries < 10; tries += 1) await assert.rejects(guarded.send(address, replies), { kind: 'away' });
    assert.equal(calls, 3);
    error = undefined;
    await sleep(60);
    await guarded.send(address, replies);
    await guarded.send(address, replies);
    assert.equal(calls, 5);
  });

  it('takes a refusal for the message’s own fault', async () => {
    const send = () => Promise.reject(new DeliveryError('refused', 'LINE reply: 400'));
    const guarded = withBreaker({ send }, { log: silent, failures: 2 });
    for (let tries = 0; tries < 5; tries += 1)
      await assert.rejects(guarded.send(address, replies), { kind: 'refused' });
  });
});
