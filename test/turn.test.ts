/** The orchestration: one commit a turn, an answer whatever fails, nothing twice. */
import assert from 'node:assert/strict';
import { memoryInbox, memorySessions } from '../adapters/memory.ts';
import type { Library } from '../bot/dialogue/library.ts';
import type { Message, Reply } from '../bot/dialogue/types.ts';
import {
  type Address,
  DeliveryError,
  type HelpDesk,
  type Incoming,
  type Messenger,
  type Sessions,
} from '../bot/ports.ts';
import { turnWorker } from '../bot/turn.ts';
import { library } from './support/library.ts';
import { silent } from './support/silent.ts';

const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';
const first = { number: 1, mayBeDelivered: false, isOurs: () => true };
const again = { ...first, number: 2 };
let serial = 0;

describe('a turn', () => {
  it('is delivered by a later try that finds it committed, in the same words', async () => {
    const bot = botWith();
    const event = says('手数料は?');
    bot.fail(new DeliveryError('retry', 'LINE is away'));
    await assert.rejects(bot.worker.handle(event, first), DeliveryError);
    await bot.worker.handle(event, again);
    bot.says([/無料です/]);
  });

  it('is not taken again for a duplicate of a handled event', async () => {
    const bot = botWith();
    const event = says('手数料は?');
    await bot.worker.handle(event, first);
    await bot.worker.handle(event, first);
    assert.equal(bot.sent.length, 1);
  });

  it('is taken anew when another write came between, from what was written', async () => {
    const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
    let interfere = true;
    const racing: Sessions = {
      ...sessions,
      async save(who, stored, version) {
        if (interfere) {
          interfere = false;
          await sessions.save(who, { ...stored, seen: ['another event'] }, version);
        }
        return sessions.save(who, stored, version);
      },
    };
    const bot = botWith({ sessions: racing });
    await bot.worker.handle(says('更新'), first);
    assert.equal(bot.sent.length, 1);
    assert.ok((await sessions.load(resident)).talk?.seen.includes('another event'));
    await sessions.close();
  });

  it('that fails in our own code is answered honestly, and leaves nobody stuck', async () => {
    const bot = botWith({ library: { ...library, flows: throwing(library) } });
    await bot.worker.handle(says('更新'), first);
    await bot.worker.handle(says('1980/3/3'), first);
    await bot.worker.handle(says('手数料は?'), first);
    bot.says([/生年月日を教えて/, /うまくご案内できませんでした/, /無料です/]);
  });

  it('from a session of another format starts afresh', async () => {
    const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
    await sessions.save(resident, JSON.parse('{"format":0,"session":{"reminders":[]},"answers":[]}'), null);
    const bot = botWith({ sessions });
    await bot.worker.handle(says('手数料は?'), first);
    bot.says([/無料です/]);
    await sessions.close();
  });

  it('whose session store stays away ends in an apology, not in silence', async () => {
    const away: Sessions = {
      ...memorySessions({ idleMs: 1_000, now: Date.now, language: 'ja' }),
      load: () => Promise.reject(new Error('Redis is away')),
    };
    const bot = botWith({ sessions: away });
    const inbox = memoryInbox({ waitsMs: [1, 1] });
    inbox.start(bot.worker);
    await inbox.accept(says('更新'));
    await inbox.stop();
    bot.says([/うまくご案内できませんでした/]);
  });

  it('that may have been delivered is not followed by an apology, whatever fails afterwards', async () => {
    const bot = botWith();
    await bot.worker.giveUp(says('更新'), new Error('Redis is away'), { ...first, number: 3, mayBeDelivered: true });
    bot.says([]);
  });

  it('that LINE refuses is not tried again, and not apologised for', async () => {
    const bot = botWith();
    const inbox = memoryInbox({ waitsMs: [1, 1] });
    inbox.start(bot.worker);
    bot.fail(new DeliveryError('refused', 'no'));
    await inbox.accept(says('更新'));
    await inbox.stop();
    assert.equal(bot.tries, 1);
  });
});

describe('an unsent message', () => {
  it('takes with it the answer, and what was to be asked back about it', async () => {
    const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
    const bot = botWith({ sessions });
    await bot.worker.handle(says('更新'), first);
    await bot.worker.handle(says('昭和65年3月3日', 'unsent'), first);
    assert.match(JSON.stringify(await sessions.load(resident)), /1990-03-03/);
    await bot.worker.handle({ ...base(), kind: 'unsend', resident, messageId: 'unsent' }, first);
    assert.doesNotMatch(JSON.stringify(await sessions.load(resident)), /1990/);
    await sessions.close();
  });

  it('takes with it the answer that a later message only confirmed', async () => {
    const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
    const bot = botWith({ sessions });
    await bot.worker.handle(says('更新'), first);
    await bot.worker.handle(says('昭和65年3月3日', 'unsent'), first);
    await bot.worker.handle(says('はい', 'another'), first);
    assert.match(JSON.stringify(await sessions.load(resident)), /1990-03-03/);
    await bot.worker.handle({ ...base(), kind: 'unsend', resident, messageId: 'unsent' }, first);
    assert.doesNotMatch(JSON.stringify(await sessions.load(resident)), /1990/);
    await sessions.close();
  });
});

describe('a talk with staff', () => {
  const opened = async (sessions: Sessions, helpDesk: HelpDesk = noDesk) => {
    const bot = botWith({ sessions, helpDesk });
    await bot.worker.handle(says('職員に相談'), first);
    await bot.worker.handle(says('車いすで行けますか'), first);
    const ticket = (await sessions.load(resident)).beside.handoff?.ticket ?? '';
    const words = (at = Date.now()): Incoming => {
      return {
        ...base(),
        at,
        receivedAt: at,
        replyToken: null,
        kind: 'staff',
        resident,
        ticket,
        text: 'はい、行けます',
      };
    };
    return { bot, ticket, words };
  };

  it('goes on when a message is unsent after the answers were forgotten', async () => {
    const clock = { now: Date.now() };
    const sessions = memorySessions({ idleMs: 1_000, now: () => clock.now, language: 'ja' });
    const { bot, words } = await opened(sessions);
    clock.now += 60_000;
    await bot.worker.handle({ ...base(), kind: 'unsend', resident, messageId: 'message' }, first);
    clock.now += 60_000;
    await bot.worker.handle(words(), first);
    assert.match(JSON.stringify(bot.sent.at(-1)), /はい、行けます/);
    await sessions.close();
  });

  it('uses the reply token that nothing was said with while it is young, once, and no old one', async () => {
    const sessions = memorySessions({ idleMs: 60_000_000, now: Date.now, language: 'ja' });
    const { bot, words } = await opened(sessions);
    const spare = says('母もいっしょです');
    await bot.worker.handle(spare, first);
    await bot.worker.handle(words(), first);
    assert.equal(bot.sent.at(-1)?.to.replyToken, spare.replyToken);
    await bot.worker.handle(words(), first);
    assert.equal(bot.sent.at(-1)?.to.replyToken, null);
    await bot.worker.handle(says('来週です'), first);
    await bot.worker.handle(words(Date.now() + 10 * 60_000), first);
    assert.equal(bot.sent.at(-1)?.to.replyToken, null, 'a push with its retry key, sure to be said once');
    await sessions.close();
  });

  it('says a clerk’s words once though the desk could not be told that they are out', async () => {
    const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
    let isAway = true;
    const delivered: string[] = [];
    const { bot, words } = await opened(sessions, {
      ...noDesk,
      async delivered(_ticket, _event, how) {
        if (isAway) throw new Error('Redis is away');
        delivered.push(how);
      },
    });
    const event = words();
    await assert.rejects(bot.worker.handle(event, first), { mayBeDelivered: true });
    isAway = false;
    await bot.worker.handle(event, { ...again, mayBeDelivered: true });
    assert.equal(bot.sent.at(-1)?.to.mayBeDelivered, true);
    assert.deepEqual(delivered, ['reply']);
    await sessions.close();
  });
});

describe('the language of a resident', () => {
  const follows = (): Incoming => ({
    ...base(),
    kind: 'message',
    resident,
    message: { kind: 'follow' },
    messageId: null,
  });

  it('is that of the phone when the account is added, of the nearest kind', async () => {
    for (const [phone, words] of [
      ['en', /My Number/],
      ['zh-TW', /您好/],
      ['pt', /ご案内します/],
      [undefined, /ご案内します/],
    ] as const) {
      const bot = botWith({ phoneLanguage: async () => phone });
      await bot.worker.handle(follows(), first);
      bot.says([words]);
    }
  });

  it('is asked of the phone at no other time', async () => {
    const bot = botWith({ phoneLanguage: async () => assert.fail('nobody was added') });
    await bot.worker.handle(says('手数料は?'), first);
    bot.says([/無料です/]);
  });

  it('is told to whoever shows the menu: when the account is added, and when it changes', async () => {
    const told: string[] = [];
    const bot = botWith({ phoneLanguage: async () => 'en', speaks: (_, language) => void told.push(language) });
    for (const incoming of [follows(), says('How much is it?'), says('日本語'), says('手数料は?'), says('한국어')])
      await bot.worker.handle(incoming, first);
    assert.deepEqual(told, ['en', 'ja', 'ko']);
  });

  it('stays when the answers are forgotten, and goes with the friendship', async () => {
    const clock = { now: Date.now() };
    const sessions = memorySessions({ idleMs: 1_000, now: () => clock.now, language: 'ja' });
    const bot = botWith({ sessions });
    await bot.worker.handle(says('English'), first);
    clock.now += 60_000;
    await bot.worker.handle(says('1234567'), first);
    const { talk: stored, beside } = await sessions.load(resident);
    const { language } = beside;
    assert.deepEqual([stored?.session.language, language], ['en', 'en']);
    await bot.worker.handle({ ...base(), kind: 'unfollow', resident }, first);
    await bot.worker.handle(says('1234568'), first);
    bot.says([/I will answer in English/, /did not understand/, /読み取れませんでした/]);
    await sessions.close();
  });
});

const noDesk: HelpDesk = { waiting: () => 0, take: async () => undefined, delivered: async () => undefined };

function botWith(
  given: {
    sessions?: Sessions;
    library?: Library;
    helpDesk?: HelpDesk;
    phoneLanguage?: (resident: string) => Promise<string | undefined>;
    speaks?: (resident: string, language: string) => void;
  } = {},
) {
  const sessions = given.sessions ?? memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
  const sent: { to: Address; replies: readonly Reply[] }[] = [];
  const failures: DeliveryError[] = [];
  const counted = { tries: 0 };
  const messenger: Messenger = {
    async send(to, replies) {
      counted.tries += 1;
      const failure = failures.shift();
      if (failure) throw failure;
      sent.push({ to, replies });
      return 'reply';
    },
  };
  const parts = {
    library: () => given.library ?? library,
    now: () => ({ today: '2026-01-14', time: '10:00' }) as const,
    sessions,
    messenger,
    helpDesk: given.helpDesk,
    log: silent,
    language: 'ja',
    ...(given.phoneLanguage && { phoneLanguage: given.phoneLanguage }),
    ...(given.speaks && { speaks: given.speaks }),
    count: () => undefined,
  };
  return {
    sent,
    get tries() {
      return counted.tries;
    },
    worker: turnWorker(parts),
    fail: (error: DeliveryError) => void failures.push(error),
    /** What was sent, in order. */
    says(patterns: readonly RegExp[]) {
      const texts = sent.map(({ replies }) => replies.map(({ text }) => text).join('\n'));
      assert.equal(texts.length, patterns.length, texts.join('\n---\n'));
      patterns.forEach((pattern, index) => void assert.match(texts[index] ?? '', pattern));
    },
  };
}

/** Flows whose rule throws as soon as there is an answer to work with. */
function throwing({ flows }: Library): Library['flows'] {
  const facts = () => assert.fail('a broken rule');
  return new Map([...flows].map(([id, flow]) => [id, { ...flow, rule: flow.rule && { ...flow.rule, facts } }]));
}

function base() {
  serial += 1;
  return { id: `event-${serial}`, at: Date.now(), receivedAt: Date.now(), replyToken: `token-${serial}` };
}

function says(text: string, messageId = 'message'): Incoming {
  const message: Message = { kind: 'text', text };
  return { ...base(), kind: 'message', resident, message, messageId };
}
