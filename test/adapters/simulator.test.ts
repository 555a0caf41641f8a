/** The stand-in LINE keeps LINE's rules: what it refuses the bot must never send, and what it sends the bot must be able to take. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPFetchError, LineBotClient, type messagingApi, validateSignature } from '@line/bot-sdk';
import { createChats } from '../../adapters/simulator/chats.ts';
import type { Happening, LineEvent } from '../../adapters/simulator/events.ts';
import { imageMessage, newUserId, stickerMessage, textMessage } from '../../adapters/simulator/events.ts';
import { flexHtml } from '../../adapters/simulator/flex-html.ts';
import { lineApi } from '../../adapters/simulator/line-api.ts';
import { createPlatform, type Platform, type SentMessage } from '../../adapters/simulator/platform.ts';
import type { Delivery } from '../../adapters/simulator/webhook.ts';
import { textOf } from '../support/body.ts';
import { lineJudge, openapiMissing } from '../support/line-openapi.ts';

const resident = newUserId();
const hello: messagingApi.Message = { type: 'text', text: 'こんにちは' };
const key = '7f3a5bb4-0c8e-4d2a-a6cc-0a1b2c3d4e5f';
const minutes = (count: number) => count * 60_000;

describe('the stand-in LINE', () => {
  let line: Awaited<ReturnType<typeof startLine>>;
  beforeEach(async () => {
    line = await startLine();
  });
  afterEach(() => line.stop());

  describe('refuses what LINE refuses, with the place', () => {
    const label = (text: string) => ({
      items: [{ type: 'action', action: { type: 'message', label: text, text: 'x' } }],
    });
    const picker = (given: object) => ({
      items: [{ type: 'action', action: { type: 'datetimepicker', label: '日付', data: 'd', mode: 'date', ...given } }],
    });
    const postback = (given: object) => ({
      items: [{ type: 'action', action: { type: 'postback', label: 'x', data: 'x', ...given } }],
    });
    const card = (contents: object) => ({ type: 'flex', altText: 'x', contents });
    const box = (...contents: object[]) =>
      card({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents } });
    const rows: readonly (readonly [string, readonly object[], string, RegExp])[] = [
      ['no message', [], 'messages', /Size must be between 1 and 5/],
      ['six messages', Array(6).fill(hello), 'messages', /Size must be between 1 and 5/],
      ['an unknown type', [{ type: 'hologram' }], 'messages[0].type', /Must be one of the following values/],
      ['an empty text', [{ type: 'text', text: '' }], 'messages[0].text', /May not be empty/],
      [
        'a text of 5 001 UTF-16 units',
        [{ type: 'text', text: 'あ'.repeat(5001) }],
        'messages[0].text',
        /between 0 and 5000/,
      ],
      ['a text of 2 501 emoji', [{ type: 'text', text: '🏯'.repeat(2501) }], 'messages[0].text', /between 0 and 5000/],
      [
        'fourteen quick replies',
        [{ ...hello, quickReply: { items: Array(14).fill(label('x').items[0]) } }],
        'messages[0].quickReply.items',
        /between 1 and 13/,
      ],
      [
        'a label of 21 characters',
        [hello, { ...hello, quickReply: label('あ'.repeat(21)) }],
        'messages[1].quickReply.items[0].action.label',
        /between 0 and 20/,
      ],
      [
        'a picker that ends before it begins',
        [{ ...hello, quickReply: picker({ min: '2026-01-02', max: '2026-01-01' }) }],
        'messages[0].quickReply.items[0].action.max',
        /greater than min/,
      ],
      [
        'a picker that begins outside its days',
        [{ ...hello, quickReply: picker({ min: '2026-01-02', max: '2026-02-01', initial: '2026-03-01' }) }],
        'messages[0].quickReply.items[0].action.initial',
        /between min and max/,
      ],
      [
        'postback data of 301',
        [{ ...hello, quickReply: postback({ data: 'x'.repeat(301) }) }],
        'messages[0].quickReply.items[0].action.data',
        /between 0 and 300/,
      ],
      [
        'a displayText of 301',
        [{ ...hello, quickReply: postback({ displayText: 'あ'.repeat(301) }) }],
        'messages[0].quickReply.items[0].action.displayText',
        /between 0 and 300/,
      ],
      [
        'a postback with both displayText and text',
        [{ ...hello, quickReply: postback({ displayText: 'x', text: 'x' }) }],
        'messages[0].quickReply.items[0].action.text',
        /together/,
      ],
      [
        'a Flex colour by name',
        [box({ type: 'text', text: 'x', color: 'red' })],
        'messages[0].contents.body.contents[0].color',
        /invalid property/,
      ],
      [
        'a bubble whose body is no box',
        [card({ type: 'bubble', body: { type: 'text', text: 'x' } })],
        'messages[0].contents.body.type',
        /Must be one of/,
      ],
      [
        'a picker before 1900',
        [{ ...hello, quickReply: picker({ min: '1899-12-31' }) }],
        'messages[0].quickReply.items[0].action.min',
        /Invalid date/,
      ],
      ['an altText of 1 501', [{ ...box(), altText: 'x'.repeat(1501) }], 'messages[0].altText', /between 0 and 1500/],
      [
        'an unknown Flex component',
        [box({ type: 'blink' })],
        'messages[0].contents.body.contents[0].type',
        /Must be one of/,
      ],
      [
        'a bubble of over 30 KB',
        [box({ type: 'text', text: 'あ'.repeat(11_000) })],
        'messages[0].contents',
        /too large/,
      ],
    ];
    for (const [what, messages, property, sentence] of rows)
      it(what, async () => {
        const { replyToken = '' } = line.platform.happen({ type: 'follow', follow: { isUnblocked: false } }, resident);
        await line.delivered(1);
        const refused = await refusal(
          line.client.replyMessage({ replyToken, messages: messages as messagingApi.Message[] }),
        );
        const { details } = JSON.parse(refused.body) as { details: { property: string; message: string }[] };
        assert.equal(refused.status, 400);
        const found = details.find((detail) => detail.property === property);
        assert.match(found?.message ?? JSON.stringify(details), sentence);
        assert.deepEqual(line.shown, [], 'nothing of it is sent');
        await line.client.replyMessage({ replyToken, messages: [hello] });
        assert.equal(line.shown.length, 1, 'and the token is still good');
      });

    it('but not a text of 2 500 emoji, nor a label of 20 family emoji: each has a count of its own', async () => {
      const items = [{ type: 'action', action: { type: 'message', label: '👨‍👩‍👧‍👦'.repeat(20), text: 'x' } }] as const;
      await line.client.pushMessage({
        to: resident,
        messages: [{ type: 'text', text: '🏯'.repeat(2500), quickReply: { items: [...items] } }],
      });
      assert.equal(line.shown.length, 1);
    });
  });

  describe('a reply token', () => {
    const replyTo = (event: LineEvent) =>
      line.client.replyMessage({ replyToken: event.replyToken ?? '', messages: [hello] });
    const invalid = async (event: LineEvent) => {
      const { status, body } = await refusal(replyTo(event));
      assert.deepEqual([status, JSON.parse(body)], [400, { message: 'Invalid reply token' }]);
    };
    const happen = async () => {
      const event = line.platform.happen({ type: 'message', message: textMessage('1', 'こんにちは') }, resident);
      await line.delivered(1);
      return event;
    };

    it('works once', async () => {
      const event = await happen();
      await replyTo(event);
      await invalid(event);
      assert.equal(line.shown.length, 1);
    });

    it('works for a minute', async () => {
      const event = await happen();
      line.pass(minutes(1) + 1);
      await invalid(event);
    });

    it('works for another minute after the event is delivered again, but not when it was used', async () => {
      const event = await happen();
      line.pass(minutes(5));
      line.platform.redeliver(event);
      await line.delivered(2);
      await replyTo(event);
      line.platform.redeliver(event);
      await line.delivered(3);
      await invalid(event);
    });

    it('is gone twenty minutes after the event, however often it is delivered', async () => {
      const event = await happen();
      line.pass(minutes(20) + 1);
      line.platform.redeliver(event);
      await line.delivered(2);
      await invalid(event);
    });
  });

  describe('a push', () => {
    const push = (retryKey?: string) => line.client.pushMessage({ to: resident, messages: [hello] }, retryKey);

    it('with a known retry key is answered 409 and what was sent before, and sends nothing', async () => {
      const { sentMessages } = await push(key);
      const { status, body, headers } = await refusal(push(key));
      assert.equal(status, 409);
      assert.deepEqual(JSON.parse(body), { message: 'The retry key is already accepted', sentMessages });
      assert.ok(headers.get('x-line-accepted-request-id'));
      assert.equal(line.shown.length, 1);
    });

    it('sends again with a retry key of the day before', async () => {
      await push(key);
      line.pass(minutes(24 * 60));
      await push(key);
      assert.equal(line.shown.length, 2);
    });

    it('to somebody unknown is refused; to somebody who blocked the bot it is accepted, and not shown', async () => {
      const stranger = line.client.pushMessage({ to: newUserId(), messages: [hello] });
      assert.match((await refusal(stranger)).body, /Failed to send messages/);
      line.isBlocking = true;
      for (let sent = 0; sent <= line.monthly; sent += 1) await push();
      assert.deepEqual(line.shown, [], 'nor counted');
    });

    it('is answered 429 when the month is used up, while replies are still free', async () => {
      const { replyToken = '' } = line.platform.happen({ type: 'follow', follow: { isUnblocked: false } }, resident);
      await line.delivered(1);
      for (let sent = 0; sent < line.monthly; sent += 1) await push();
      const { status, body } = await refusal(push());
      assert.deepEqual([status, JSON.parse(body)], [429, { message: 'You have reached your monthly limit.' }]);
      await line.client.replyMessage({ replyToken, messages: [hello] });
    });

    it('needs no retry key, and a reply must not have one', async () => {
      const headers = {
        authorization: `Bearer ${line.token}`,
        'content-type': 'application/json',
        'x-line-retry-key': key,
      };
      const body = JSON.stringify({ replyToken: 'x', messages: [hello] });
      const { status } = await fetch(`${line.url}/v2/bot/message/reply`, { method: 'POST', headers, body });
      assert.equal(status, 400);
    });
  });

  describe('refuses what LINE refuses of rich menus', () => {
    const size = { width: 2500, height: 843 };
    const area = (width: number): messagingApi.RichMenuArea => ({
      bounds: { x: 0, y: 0, width, height: 843 },
      action: { type: 'message', label: 'はい', text: 'はい' },
    });
    const menu = { size, selected: true, name: 'menu', chatBarText: 'メニュー', areas: [area(2500)] };
    const png = (width: number, height: number) => {
      const head = Buffer.alloc(64);
      head.writeUInt32BE(width, 16);
      head.writeUInt32BE(height, 20);
      return new Blob([head], { type: 'image/png' });
    };
    const made = async () => (await line.client.createRichMenu(menu)).richMenuId;
    const rows: readonly (readonly [string, () => Promise<unknown>, number, RegExp])[] = [
      [
        'an area outside',
        () => line.client.createRichMenu({ ...menu, areas: [area(2501)] }),
        400,
        /inside the rich menu/,
      ],
      [
        '21 areas',
        () => line.client.createRichMenu({ ...menu, areas: Array(21).fill(area(10)) }),
        400,
        /Size must be between 1 and 20/,
      ],
      [
        'a bar of 15 letters',
        () => line.client.createRichMenu({ ...menu, chatBarText: 'あ'.repeat(15) }),
        400,
        /between 0 and 14/,
      ],
      [
        'a picture too high',
        () =>
          line.client.createRichMenu({
            ...menu,
            size: { width: 1000, height: 800 },
            areas: [{ ...area(100), bounds: { x: 0, y: 0, width: 9, height: 9 } }],
          }),
        400,
        /aspect ratio/,
      ],
      [
        'everybody’s menu without a picture',
        async () => line.client.setDefaultRichMenu(await made()),
        400,
        /must upload richmenu image/,
      ],
      [
        'an alias without a picture',
        async () => line.client.createRichMenuAlias({ richMenuAliasId: 'a', richMenuId: await made() }),
        400,
        /must upload/,
      ],
      [
        'an alias in capitals',
        async () => line.client.createRichMenuAlias({ richMenuAliasId: 'A B', richMenuId: await made() }),
        400,
        /must match/,
      ],
      [
        'a picture of another size',
        async () => line.client.setRichMenuImage(await made(), png(2500, 1686)),
        400,
        /size is not the same/,
      ],
      ['a menu that is not there', () => line.client.deleteRichMenu('richmenu-none'), 404, /richmenu not found/],
      ['an alias that is not there', () => line.client.getRichMenuAlias('none'), 404, /alias not found/],
      ['everybody’s menu where there is none', () => line.client.getDefaultRichMenuId(), 404, /no default richmenu/],
      [
        'a webhook address without TLS',
        () => line.client.setWebhookEndpoint({ endpoint: 'http://city.example/' }),
        400,
        /Invalid webhook endpoint URL/,
      ],
      ['a webhook address where none is set', () => line.client.getWebhookEndpoint(), 404, /Not found/],
    ];
    for (const [what, call, status, said] of rows)
      it(what, async () => {
        const refused = await refusal(call());
        assert.equal(refused.status, status);
        assert.match(refused.body, said);
      });

    it('a second picture, and the same alias twice', async () => {
      const id = await made();
      await line.client.setRichMenuImage(id, png(2500, 843));
      assert.match((await refusal(line.client.setRichMenuImage(id, png(2500, 843)))).body, /already been uploaded/);
      await line.client.createRichMenuAlias({ richMenuAliasId: 'a', richMenuId: id });
      const again = line.client.createRichMenuAlias({ richMenuAliasId: 'a', richMenuId: id });
      assert.match((await refusal(again)).body, /conflict richmenu alias id/);
      await line.client.deleteRichMenu(id);
      assert.equal((await refusal(line.client.getRichMenuAlias('a'))).status, 404, 'it goes with its menu');
    });
  });

  it('gives access tokens of a quarter of an hour to whoever has the channel’s id and secret', async () => {
    const ask = (secret: string) =>
      fetch(`${line.url}/oauth2/v3/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: '1234567890', client_secret: secret }),
      });
    assert.equal((await ask('wrong')).status, 400);
    const { access_token: token } = (await (await ask(line.secret)).json()) as { access_token: string };
    const info = () => fetch(`${line.url}/v2/bot/info`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal((await info()).status, 200);
    line.pass(minutes(15));
    assert.equal((await info()).status, 401);
  });

  it('answers 429 to more calls in a second than the endpoint allows, and serves again in the next', async () => {
    const load = () => line.client.showLoadingAnimation({ chatId: resident, loadingSeconds: 5 });
    for (let call = 0; call < 100; call += 1) await load();
    assert.match((await refusal(load())).body, /rate limit has been exceeded/);
    line.pass(1_000);
    await load();
  });

  it('answers 401 to another channel’s token, 400 to what is no JSON, 404 to what it does not know', async () => {
    const stranger = LineBotClient.fromChannelAccessToken({ channelAccessToken: 'x', apiBaseURL: line.url });
    assert.equal((await refusal(stranger.pushMessage({ to: resident, messages: [hello] }))).status, 401);
    const headers = { authorization: `Bearer ${line.token}`, 'content-type': 'application/json' };
    const broken = await fetch(`${line.url}/v2/bot/message/push`, { method: 'POST', headers, body: '{' });
    assert.equal(broken.status, 400);
    assert.equal((await fetch(`${line.url}/v2/bot/nowhere`, { headers })).status, 404);
  });

  it('tells who a resident is, until they block the bot', async () => {
    assert.equal((await line.client.getProfile(resident)).displayName, '住民');
    line.isBlocking = true;
    assert.equal((await refusal(line.client.getProfile(resident))).status, 404);
  });

  it('signs the very bytes it sends, emoji escaped as LINE does', async () => {
    line.platform.happen({ type: 'message', message: textMessage('1', '更新🏯したい') }, resident);
    await line.delivered(1);
    const [webhook] = line.webhooks;
    assert.match(webhook?.body ?? '', /更新\\uD83C\\uDFEFしたい/);
    assert.ok(validateSignature(webhook?.body ?? '', line.secret, webhook?.signature ?? ''));
  });

  it('delivers again, as the same event marked so, when the bot fails or is silent for two seconds', async function () {
    this.timeout(10_000);
    line.answers.push(500, 'silence', 200);
    const event = line.platform.happen({ type: 'message', message: textMessage('1', 'こんにちは') }, resident);
    await line.delivered(3);
    const received = line.webhooks.map(({ body }) => (JSON.parse(body) as { events: LineEvent[] }).events[0]);
    assert.deepEqual(
      received.map((each) => [each?.webhookEventId, each?.replyToken, each?.deliveryContext.isRedelivery]),
      [false, true, true].map((again) => [event.webhookEventId, event.replyToken, again]),
    );
    assert.deepEqual(
      line.deliveries.map(({ status }) => status),
      [500, undefined, 200],
    );
  });

  it('sends events in the shapes of LINE’s own description', async function () {
    const judge = lineJudge();
    if (!judge) {
      console.error(`      ${openapiMissing}`);
      return this.skip();
    }
    const happenings: Happening[] = [
      { type: 'follow', follow: { isUnblocked: true } },
      { type: 'message', message: textMessage('1', 'こんにちは') },
      { type: 'message', message: stickerMessage('2', { packageId: '1', stickerId: '2', label: 'はい' }) },
      { type: 'message', message: imageMessage('3') },
      { type: 'postback', postback: { data: 'x', params: { date: '1980-03-03' } } },
      { type: 'unsend', unsend: { messageId: '1' } },
      { type: 'unfollow' },
    ];
    for (const [index, happening] of happenings.entries()) {
      line.platform.happen(happening, resident);
      await line.delivered(index + 1);
    }
    for (const { body } of line.webhooks) assert.deepEqual(judge('CallbackRequest', JSON.parse(body)), [], body);
  });
});

describe('a chat', () => {
  it('is forgotten when no page has shown it for a while', async () => {
    const chats = createChats({
      clock: () => ({ today: '2026-01-14', time: '10:00' }),
      now: Date.now,
      forgottenAfterMs: 30,
    });
    const [left, shown] = [chats.create(), chats.create()];
    const stop = chats.watch(shown, () => undefined);
    const ids = [left, shown].map(({ phone }) => phone.id);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual(
      ids.map((id) => chats.find(id)?.phone.id),
      [undefined, shown.phone.id],
    );
    stop();
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(chats.find(shown.phone.id), undefined);
  });
});

describe('a card as HTML', () => {
  const bubble = (...contents: object[]) => ({
    type: 'bubble',
    body: { type: 'box', layout: 'vertical', contents },
  });

  it('holds texts as texts, whatever is in them', () => {
    const { html } = flexHtml(bubble({ type: 'text', text: '<img src=x onerror="alert(1)">&', color: '"><script>' }));
    assert.doesNotMatch(html, /<img|<script/);
    assert.match(html, /&#60;img src=x onerror=&#34;alert/);
  });

  it('numbers its buttons, and keeps what they do to itself', () => {
    const tap = { type: 'postback', label: '押す', data: '"secret"' } as const;
    const visit = { type: 'uri', label: '見る', uri: 'javascript:alert(1)' } as const;
    const { html, actions } = flexHtml(
      bubble({ type: 'button', action: tap }, { type: 'text', text: 'x', action: visit }),
    );
    assert.deepEqual(actions, [tap, visit]);
    assert.match(html, /href="#tap-0"[\s\S]*押す[\s\S]*href="#tap-1"/);
    assert.doesNotMatch(html, /secret|javascript/);
  });
});

/** The platform with its API, one resident, and a bot that answers webhooks with what it is told (200 when told nothing). */
async function startLine() {
  const [secret, token] = ['8c570fa6dd201bb328f1c1eac23a96d8', 'an-access-token'];
  const shown: SentMessage[] = [];
  const webhooks: { body: string; signature: string }[] = [];
  const deliveries: Delivery[] = [];
  const answers: (number | 'silence')[] = [];
  const state = { passed: 0, isBlocking: false };
  const monthly = 3;
  const platform: Platform = createPlatform({
    channelSecret: secret,
    channelAccessToken: token,
    channelId: '1234567890',
    destination: newUserId(),
    redeliverAfterMs: [10, 10],
    now: () => 1_000_000_000_000 + state.passed,
    monthly,
    phones: {
      userOf: (id) => (id === resident ? { name: '住民', language: 'ja', isBlocking: state.isBlocking } : undefined),
      show: (_, messages) => void shown.push(...messages),
      showLoading: () => undefined,
      contentOf: () => undefined,
      delivered: (_, delivery) => void deliveries.push(delivery),
    },
  });
  const api = await listening(createServer(lineApi(platform)));
  const bot = await listening(
    createServer(async (request, response) => {
      webhooks.push({ body: await textOf(request), signature: String(request.headers['x-line-signature']) });
      const answer = answers.shift() ?? 200;
      if (answer !== 'silence') response.writeHead(answer).end();
    }),
  );
  platform.connect(`${urlOf(bot)}/webhook`);
  return {
    platform,
    secret,
    token,
    monthly,
    url: urlOf(api),
    client: LineBotClient.fromChannelAccessToken({
      channelAccessToken: token,
      apiBaseURL: urlOf(api),
      dataApiBaseURL: urlOf(api),
    }),
    shown,
    webhooks,
    deliveries,
    answers,
    set isBlocking(value: boolean) {
      state.isBlocking = value;
    },
    pass: (ms: number) => {
      state.passed += ms;
    },
    /** Waits for that many deliveries in all. */
    async delivered(count: number) {
      for (let tries = 0; deliveries.length < count; tries += 1) {
        assert.ok(tries < 2_500, `${deliveries.length} deliveries, expected ${count}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    stop() {
      for (const server of [api, bot]) server.close().closeAllConnections();
    },
  };
}

async function listening(server: Server): Promise<Server> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refusal(call: Promise<unknown>): Promise<HTTPFetchError> {
  const error = await call.then(
    () => assert.fail('LINE would refuse this'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof HTTPFetchError, String(error));
  return error;
}
