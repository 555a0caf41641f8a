/** LINE's webhook bodies → events: what is known, what is left alone, and never an exception. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readEvents } from '../../adapters/line/events.ts';
import { decodeButton, encodeButton } from '../../adapters/line/postback.ts';
import { type Button, commands } from '../../bot/dialogue/types.ts';

const source = { type: 'user', userId: 'U8e742f61d673b39c7fff3cecb7536ef0' };
const base = {
  mode: 'active',
  timestamp: 1_768_376_400_000,
  source,
  webhookEventId: '01HZY',
  deliveryContext: { isRedelivery: false },
  replyToken: 'token',
};
const read = (event: object) => readEvents({ destination: 'U', events: [{ ...base, ...event }] }, 1_768_376_401_000)[0];

describe('LINE events', () => {
  it('a text', () => {
    assert.deepEqual(read({ type: 'message', message: { id: '7', type: 'text', text: '更新' } }), {
      id: '01HZY',
      at: base.timestamp,
      receivedAt: 1_768_376_401_000,
      replyToken: 'token',
      kind: 'message',
      resident: source.userId,
      message: { kind: 'text', text: '更新' },
      messageId: '7',
    });
  });

  for (const [sent, type, note] of [
    [{ type: 'sticker', keywords: ['OK', 'うん', 'わかった', 'はい'] }, 'sticker', 'OK、うん、わかった'],
    [{ type: 'sticker' }, 'sticker', ''],
    [{ type: 'image', contentProvider: { type: 'line' } }, 'image', ''],
    [{ type: 'video' }, 'video', ''],
    [{ type: 'audio' }, 'audio', ''],
    [{ type: 'file', fileName: 'card.pdf' }, 'file', 'card.pdf'],
    [{ type: 'location', title: '駅', address: '岡1丁目' }, 'location', '駅、岡1丁目'],
    [{ type: 'location', title: 5 }, 'location', ''],
    [{ type: 'hologram' }, 'other', ''],
    [{ type: 'toString' }, 'other', ''],
  ] as const) {
    it(`a ${sent.type} is media${note && `, and says ${note}`}`, () => {
      const event = read({ type: 'message', message: { id: '7', ...sent } });
      assert.deepEqual(event?.kind === 'message' && event.message, { kind: 'media', media: { type, note } });
    });
  }

  it('the date picker’s date', () => {
    const data = encodeButton({ kind: 'answer', flow: 'renewal', slot: 'birthday', meaning: 'abcd1234', value: '' });
    const event = read({ type: 'postback', postback: { data, params: { date: '1980-03-03' } } });
    assert.deepEqual(event?.kind === 'message' && event.message, {
      kind: 'button',
      button: { kind: 'answer', flow: 'renewal', slot: 'birthday', meaning: 'abcd1234', value: '1980-03-03' },
    });
  });

  it('follow, unfollow, unsend, join', () => {
    assert.equal(read({ type: 'follow' })?.kind, 'message');
    assert.equal(read({ type: 'unfollow' })?.kind, 'unfollow');
    assert.equal(read({ type: 'unsend', unsend: { messageId: '7' } })?.kind, 'unsend');
    assert.equal(read({ type: 'join', source: { type: 'group', groupId: 'C1' } })?.kind, 'group');
  });

  const silent: readonly { what: string; event: object }[] = [
    {
      what: 'standby, even with a reply token',
      event: { type: 'message', mode: 'standby', message: { id: '7', type: 'text', text: 'x' } },
    },
    {
      what: 'a dummy token of zeros',
      event: { type: 'message', replyToken: '0'.repeat(32), message: { id: '7', type: 'text', text: 'x' } },
    },
    {
      what: 'a dummy token of fs',
      event: { type: 'message', replyToken: 'f'.repeat(32), message: { id: '7', type: 'text', text: 'x' } },
    },
    {
      what: 'a text in a group',
      event: {
        type: 'message',
        source: { type: 'group', groupId: 'C1', userId: 'U1' },
        message: { id: '7', type: 'text', text: 'x' },
      },
    },
    {
      what: 'a text in a room',
      event: { type: 'message', source: { type: 'room', roomId: 'R1' }, message: { id: '7', type: 'text', text: 'x' } },
    },
    { what: 'an event of a kind that does not exist yet', event: { type: 'teleport' } },
    {
      what: 'an event without a source',
      event: { type: 'accountLink', source: undefined, link: { result: 'failed' } },
    },
    { what: 'membership, delivery, module', event: { type: 'module', module: { type: 'attached' } } },
    { what: 'an unsend without a message', event: { type: 'unsend' } },
  ];
  for (const { what, event } of silent) it(`left alone: ${what}`, () => assert.equal(read(event), undefined));

  it('without webhookEventId (old payloads) the same event still has the same id', () => {
    const old = { webhookEventId: undefined, type: 'postback', postback: { data: 'x' } };
    assert.equal(read(old)?.id, read(old)?.id);
    assert.notEqual(read(old)?.id, read({ ...old, timestamp: 1 })?.id);
  });

  it('any JSON is survived', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readEvents(value, 0)));
    fc.assert(fc.property(fc.array(fc.jsonValue()), (events) => void readEvents({ events }, 0)));
  });
});

describe('postback data', () => {
  const word = fc.stringMatching(/^[a-zA-Z][\w-]{0,30}$/);
  const record = <Shape>(model: { [Name in keyof Shape]: fc.Arbitrary<Shape[Name]> }) =>
    fc.record(model, { noNullPrototype: true });
  const button: fc.Arbitrary<Button> = fc.oneof(
    record({ kind: fc.constant('answer' as const), flow: word, slot: word, meaning: word, value: word }),
    record({
      kind: fc.constant('do' as const),
      action: fc.oneof(
        record({ kind: fc.constant('flow' as const), flow: word }),
        record({ kind: fc.constant('faq' as const), faq: word }),
        record({ kind: fc.constant('command' as const), command: fc.constantFrom(...commands) }),
      ),
    }),
  );
  it('a button encoded and decoded is the same, within 300 characters', () => {
    fc.assert(
      fc.property(button, (each) => {
        const data = encodeButton(each);
        assert.ok(data.length <= 300);
        assert.deepEqual(decodeButton(data), each);
      }),
    );
  });
  it('data of another bot is unreadable, never an error', () => {
    fc.assert(fc.property(fc.string(), (data) => void decodeButton(data)));
    assert.deepEqual(decodeButton('action=buy&itemid=111'), { kind: 'unreadable' });
    assert.deepEqual(decodeButton('do=command&what=format-disk'), { kind: 'unreadable' });
  });
});
