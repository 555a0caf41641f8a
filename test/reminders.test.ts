/** What is due, who is asked for it, and what becomes of it: with the turn as it is, on clocks of the test's own. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memorySessions } from '../adapters/memory.ts';
import { memoryNumbers } from '../adapters/memory-numbers.ts';
import type { Opening } from '../bot/dialogue/library.ts';
import { dueNow, reminderDays } from '../bot/dialogue/reminder-days.ts';
import { keptDaysAfter, remindersLife } from '../bot/dialogue/reminders.ts';
import type { Message, Now, Reminder, Reply } from '../bot/dialogue/types.ts';
import { type Address, DeliveryError, type Incoming, type LogFields } from '../bot/ports.ts';
import { remindRound } from '../bot/remind-round.ts';
import { addDays, type ClockTime, daysBetween, type PlainDate } from '../bot/rules/dates.ts';
import { renewableFrom } from '../bot/rules/renewal.ts';
import { emptyStore } from '../bot/stored.ts';
import { turnWorker } from '../bot/turn.ts';
import { library } from './support/library.ts';
import { silent } from './support/silent.ts';

const flow = library.flows.get('renewal');
assert.ok(flow);
const first = { number: 1, mayBeDelivered: false, isOurs: () => true };
const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';

function reminderOf(until: PlainDate, more: Partial<Reminder> = {}): Reminder {
  const answers = { certificateExpires: until };
  const from = renewableFrom(until, { months: 3, countsThatDay: false });
  return { person: 'self', flow: 'renewal', answers, from, until, said: {}, news: false, messageIds: [], ...more };
}

function bot(given: { reminders?: readonly Reminder[]; openings?: readonly Opening[]; failure?: DeliveryError } = {}) {
  let now: Now = { today: '2026-11-24', time: '10:00' };
  let failure = given.failure;
  const sent: { to: Address; texts: string[] }[] = [];
  const sessions = memorySessions({ idleMs: 60_000, now: Date.now, language: 'ja' });
  const withOpenings = {
    ...library,
    openingsFrom: (on: PlainDate) => (given.openings ?? []).filter((each) => each.on >= on),
  };
  const worker = turnWorker({
    library: () => withOpenings,
    now: () => now,
    sessions,
    messenger: {
      async send(to: Address, replies: readonly Reply[]) {
        if (failure) throw failure;
        sent.push({ to, texts: replies.map(({ text, card }) => card?.title ?? text) });
        return 'push';
      },
    },
    log: silent,
    language: 'ja',
    count: () => undefined,
  });
  let serial = 0;
  const base = () => {
    serial += 1;
    return { id: `event ${serial}`, at: 0, receivedAt: 0, replyToken: null, resident };
  };
  return {
    sessions,
    sent,
    library: withOpenings,
    now: () => now,
    at(today: PlainDate, time: ClockTime = '10:00') {
      now = { today, time };
    },
    heal() {
      failure = undefined;
    },
    async keep(reminders: readonly Reminder[]) {
      const { version } = await sessions.load(resident);
      const stored = emptyStore('ja');
      await sessions.save(
        resident,
        { ...stored, session: { ...stored.session, reminders }, remindersMs: 3_600_000 },
        version,
      );
    },
    async says(text: string) {
      const message: Message = { kind: 'text', text };
      await worker.handle({ ...base(), kind: 'message', message, messageId: null }, first);
    },
    /** The turn that a round asks for. Gives what was said. */
    async remind(): Promise<string> {
      const before = sent.length;
      const event: Incoming = { ...base(), kind: 'reminder' };
      try {
        await worker.handle(event, first);
      } catch (error) {
        await worker.giveUp(event, error, first);
      }
      return sent
        .slice(before)
        .flatMap(({ texts }) => texts)
        .join('\n');
    },
    unfollow: () => worker.handle({ ...base(), kind: 'unfollow', resident }, first),
    async reminders() {
      return (await sessions.load(resident)).beside.reminders;
    },
  };
}

describe('a reminder', () => {
  it('keeps the dates and the person, and nothing of the birthday', async () => {
    const { says, reminders } = bot();
    for (const text of ['昭和55年3月3日', '令和4年9月10日', '本人', '知らせて']) await says(text);
    const [kept] = await reminders();
    assert.deepEqual(kept, reminderOf('2027-03-03', { messageIds: kept?.messageIds ?? [] }));
    const asCard = bot();
    for (const text of ['H21.12.1', 'R5.4.1', '知らせて']) await asCard.says(text);
    const [card] = await asCard.reminders();
    assert.deepEqual(card?.answers, { certificateExpires: '2027-12-01', cardExpires: '2027-12-01' });
  });

  it('is due on the first open day of the window, of the last month and of the last week, whatever the year', () => {
    const days = fc.integer({ min: 0, max: 365 * 20 }).map((days) => addDays('2026-06-01', days));
    fc.assert(
      fc.property(days, (until) => {
        const [window, month, week] = reminderDays(reminderOf(until), flow, { today: '2026-01-05', time: '10:00' });
        assert.ok(window && month && week);
        for (const { on } of [window, month, week])
          assert.equal(library.factsNow({ today: on, time: '12:00' }).counter, 'open', `${until}: ${on}`);
        assert.ok(window.on < month.on && month.on <= week.on && week.on <= until, until);
        assert.ok(daysBetween(month.on, until) <= 31 && daysBetween(week.on, until) <= 20, until);
      }),
      { numRuns: 500 },
    );
  });

  it('is said in open hours only, once, and on the next open day when a day is missed', async () => {
    const { at, keep, remind } = bot();
    await keep([reminderOf('2027-03-03')]);
    const rows: [PlainDate, ClockTime, RegExp | ''][] = [
      ['2026-12-03', '10:00', ''],
      ['2026-12-04', '08:59', ''],
      ['2026-12-04', '17:30', ''],
      ['2026-12-05', '12:00', ''],
      ['2026-12-07', '17:29', /更新できるようになりました（ご本人の分/],
      ['2026-12-07', '17:29', ''],
      ['2027-02-11', '10:00', ''],
      ['2027-02-12', '10:00', /あと19日です/],
      ['2027-02-25', '03:00', ''],
      ['2027-03-03', '09:00', /間に合う最後の日は、2027年（令和9年）3月3日（水）17:30まで/],
      ['2027-03-04', '09:00', ''],
    ];
    for (const [day, time, wanted] of rows) {
      at(day, time);
      const said = await remind();
      if (wanted === '') assert.equal(said, '', `${day} ${time}`);
      else assert.match(said, wanted, `${day} ${time}`);
    }
  });

  it('of several stages that have come meanwhile says only the last', async () => {
    const { at, keep, remind } = bot();
    await keep([reminderOf('2027-03-03')]);
    at('2027-02-26');
    assert.match(await remind(), /間に合う最後の日は/);
    assert.equal(await remind(), '');
  });

  it('of several people on one day comes in one message', async () => {
    const { at, keep, remind, sent } = bot();
    await keep([reminderOf('2027-03-03'), reminderOf('2027-03-03', { person: 'mother' })]);
    at('2026-12-04');
    assert.match(await remind(), /ご本人の分.*\n[\s\S]*お母さまの分/);
    assert.equal(sent.length, 1);
  });

  it('is gone once it is done, with 「削除」, and with the friendship; not with a new beginning or an end of the talk', async () => {
    for (const [words, isKept] of [
      ['済んだ', false],
      ['お知らせをやめる', false],
      ['削除', false],
      ['最初から', true],
      ['終わる', true],
    ] as const) {
      const each = bot();
      await each.keep([reminderOf('2027-03-03')]);
      await each.says(words);
      assert.equal((await each.reminders()).length, isKept ? 1 : 0, words);
    }
    const blocked = bot();
    await blocked.keep([reminderOf('2027-03-03')]);
    await blocked.unfollow();
    blocked.at('2026-12-04');
    assert.equal(await blocked.remind(), '');
  });

  it('does not interrupt a talk with staff', async () => {
    const each = bot();
    await each.keep([reminderOf('2027-03-03')]);
    const { version, talk, beside } = await each.sessions.load(resident);
    assert.ok(talk);
    const handoff = { ticket: 't', language: 'ja', stage: 'open', until: '2027-01-01T10:00' } as const;
    const session = { ...talk.session, reminders: beside.reminders, handoff };
    await each.sessions.save(resident, { ...talk, session, handoffMs: 60_000, remindersMs: 60_000 }, version);
    each.at('2026-12-04');
    assert.equal(await each.remind(), '');
  });

  it('that could not be sent is due again; what LINE refuses for good is not tried every hour', async () => {
    for (const [kind, isDue] of [
      ['quota', true],
      ['retry', true],
      ['refused', false],
    ] as const) {
      const each = bot({ failure: new DeliveryError(kind, 'LINE push: no') });
      await each.keep([reminderOf('2027-03-03')]);
      each.at('2026-12-04');
      assert.equal(await each.remind(), '');
      each.heal();
      each.at('2026-12-04', '11:00');
      assert.equal((await each.remind()) !== '', isDue, kind);
    }
  });

  it('is kept until some days after the end, and no longer', () => {
    const days =
      remindersLife({ reminders: [reminderOf('2027-03-03')] }, { today: '2026-12-04', time: '00:00' }) / 86_400_000;
    const wanted = daysBetween('2026-12-04', '2027-03-03') + keptDaysAfter;
    assert.ok(days > wanted && days < wanted + 1, String(days));
    assert.equal(remindersLife({ reminders: [] }, { today: '2026-12-04', time: '00:00' }), 0);
  });

  it('is not offered, and not sent, where the operators have switched it off', () => {
    const world = { library, now: { today: '2026-12-04', time: '10:00' }, withoutReminders: true } as const;
    assert.deepEqual(dueNow([reminderOf('2027-03-03')], world), []);
  });
});

describe('news of a temporary counter', () => {
  const opening: Opening = { on: '2026-12-13', opens: '09:00', closes: '12:00' };

  it('reaches those in their window who agreed to it, once, while it is still to come', async () => {
    const agreed = bot({ openings: [opening] });
    await agreed.keep([reminderOf('2027-03-03', { news: true, said: { 'remind-window': '' } })]);
    agreed.at('2026-12-08');
    assert.match(await agreed.remind(), /臨時窓口のお知らせです。2026年（令和8年）12月13日（日）の9:00から12:00まで/);
    assert.equal(await agreed.remind(), '');
    const rows: [string, Partial<Reminder>, PlainDate, PlainDate][] = [
      ['who did not agree', { news: false }, '2027-03-03', '2026-12-08'],
      ['whose window is not there yet', { news: true }, '2027-09-03', '2026-12-08'],
      ['whose certificate ends before', { news: true }, '2026-12-11', '2026-12-08'],
      ['on the day itself', { news: true }, '2027-03-03', '2026-12-14'],
    ];
    for (const [who, more, until, today] of rows) {
      const each = bot({ openings: [opening] });
      await each.keep([
        reminderOf(until, { said: { 'remind-window': '', 'remind-month': '', 'remind-last-week': '' }, ...more }),
      ]);
      each.at(today);
      assert.equal(await each.remind(), '', who);
    }
  });
});

describe('a round', () => {
  async function round(
    given: {
      left?: readonly PlainDate[];
      limit?: number;
      used?: number;
      monthly?: number;
      sent?: number;
      fails?: boolean;
    } = {},
  ) {
    const { left = [], limit, used = 0, monthly, sent = 0 } = given;
    const numbers = memoryNumbers();
    numbers.add('2026-12-01', { reminder: sent });
    const asked: string[] = [];
    const alarms: LogFields[] = [];
    const result = await remindRound({
      library: () => library,
      now: () => ({ today: '2026-12-04', time: '10:00' }),
      sessions: {
        async *reminded() {
          for (const [index, until] of left.entries()) yield { resident: `U${index}`, reminders: [reminderOf(until)] };
        },
      },
      quota: async () => {
        if (given.fails) throw new Error('LINE does not tell');
        return { limit, used };
      },
      monthly,
      numbers,
      log: { ...silent, error: (fields) => void alarms.push(fields) },
      ask: async (residents) => void asked.push(...residents),
    });
    return { ...result, asked, alarms, counted: (await numbers.between('2026-12-04', '2026-12-04')).get('2026-12-04') };
  }
  /** Due in the first days of the window, of the last month, of the last week. */
  const three: readonly PlainDate[] = ['2027-03-03', '2026-12-31', '2026-12-09'];

  it('asks for everybody for whom something is due, and for nobody else', async () => {
    const { due, held, asked, counted } = await round({ left: [...three, '2027-06-01'] });
    assert.deepEqual([due, held, asked], [3, 0, ['U2', 'U1', 'U0']]);
    assert.equal(counted, undefined, 'what was asked for is not sent yet');
  });

  it('holds back, with an alarm, what the month of LINE does not hold any more, but for a tenth that is staff’s', async () => {
    const { due, held, asked, alarms } = await round({ left: three, limit: 1_000, used: 899 });
    assert.deepEqual([due, held, asked], [3, 2, ['U2']], 'who has least time left goes first');
    assert.deepEqual(alarms, [{ due: 3, held: 2 }]);
    assert.equal((await round({ left: three, limit: 1_000, used: 900 })).asked.length, 0);
  });

  it('sends no more in a month than the operators allow', async () => {
    assert.deepEqual((await round({ left: three, monthly: 10, sent: 8 })).asked, ['U2', 'U1']);
    assert.equal((await round({ left: three, monthly: 10, sent: 12 })).held, 3);
  });

  it('asks for nobody while LINE does not tell how much is left', async () => {
    await assert.rejects(round({ left: three, fails: true }));
    assert.equal((await round({ fails: true })).due, 0, 'and does not ask it when nothing is due');
  });
});
