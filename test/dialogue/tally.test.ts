/** What a conversation adds to the office's figures, message by message. */
import assert from 'node:assert/strict';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { figuresOf } from '../../bot/dialogue/figures.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { tallyOf } from '../../bot/dialogue/tally.ts';
import type { Session } from '../../bot/dialogue/types.ts';
import { loadLibrary, mainLanguageOf } from '../../bot/load/library.ts';
import { root } from '../../bot/root.ts';

const loaded = loadLibrary(root);
assert.ok(loaded.ok);
const { library } = loaded;
const world = {
  library,
  now: { today: '2026-01-14', time: '10:00' },
  desk: { waiting: 0, newTicket: 'ticket' },
} as const;

/** What each message added: `+name`, `-name`. */
function tallied(...texts: string[]): string[][] {
  let session: Session | undefined;
  return texts.map((text, index) => {
    const turn = takeTurn({ kind: 'text', text }, session ?? newSession('ja'), world, `message-${index}`);
    const counts = tallyOf(session, turn, world);
    session = turn.session;
    return Object.entries(counts).map(([name, count]) => `${count > 0 ? '+' : '-'}${name}`);
  });
}

/** What the whole conversation came to. */
function total(...texts: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of tallied(...texts).flat())
    counts[entry.slice(1)] = (counts[entry.slice(1)] ?? 0) + (entry.startsWith('+') ? 1 : -1);
  return Object.fromEntries(Object.entries(counts).filter(([name, count]) => count !== 0 && !name.includes('.told.')));
}

const withoutTold = (names: readonly string[]) => names.filter((name) => !name.includes('.told.'));
const whole = {
  conversation: 1,
  'renewal.started': 1,
  'renewal.asked.birthday': 1,
  'renewal.passed.birthday': 1,
  'renewal.asked.issued': 1,
  'renewal.passed.issued': 1,
  'renewal.asked.visitor': 1,
  'renewal.passed.visitor': 1,
  'renewal.finished': 1,
};

describe('the office’s figures', () => {
  it('count each question as asked, and as passed when it is answered', () => {
    assert.deepEqual(tallied('更新', 'S55.3.3', 'R3.9.10', '本人').map(withoutTold), [
      ['+conversation', '+renewal.started', '+renewal.asked.birthday'],
      ['+renewal.asked.issued', '+renewal.passed.birthday'],
      ['+renewal.asked.visitor', '+renewal.passed.issued'],
      ['+renewal.passed.visitor', '+renewal.finished'],
    ]);
  });

  it('count what was told at the end, once', () => {
    const last = tallied('更新', 'S55.3.3', 'R3.9.10', '本人', 'ありがとう').slice(-2);
    assert.ok(last[0]?.includes('+renewal.told.renewable') && last[0].includes('+renewal.told.items-self'));
    assert.deepEqual(last[1], []);
  });

  for (const [what, texts] of [
    ['both dates in one message', ['更新', 'S55.3.3 R3.9.10', 'はい', '本人']],
    ['going back and answering otherwise', ['更新', 'S55.3.3', '戻る', 'S55.3.4', 'R3.9.10', '本人']],
    ['going back twice', ['更新', 'S55.3.3', 'R3.9.10', '戻る', '戻る', 'S55.3.4', 'R3.9.10', '本人']],
    ['the menu in between', ['更新', 'S55.3.3', 'メニュー', '更新', 'R3.9.10', '本人']],
    ['going back after the end', ['更新', 'S55.3.3', 'R3.9.10', '本人', '戻る', '代理の人']],
    ['something unreadable in between', ['更新', 'S55.13.3', 'S55.3.3', 'R3.9.10', '本人']],
  ] as const)
    it(`count one conversation as one, whatever its way: ${what}`, () => assert.deepEqual(total(...texts), whole));

  it('count who starts over twice', () => {
    const counts = total('更新', 'S55.3.3', 'R3.9.10', '本人', '最初から', '更新', 'S55.3.3');
    assert.deepEqual(
      [
        counts['renewal.started'],
        counts['renewal.finished'],
        counts['renewal.asked.issued'],
        counts['renewal.passed.issued'],
      ],
      [2, 1, 2, 1],
    );
  });

  it('count a second run through a finished flow beside the first', () => {
    const [once, again] = [
      ['S55.3.3', 'R3.9.10', '本人'],
      ['S55.3.4', 'R3.9.10', '本人'],
    ] as const;
    const counts = total('更新', ...once, '更新', ...again);
    assert.deepEqual(
      [counts['renewal.started'], counts['renewal.finished'], counts['renewal.passed.visitor']],
      [2, 2, 2],
    );
  });

  it('count both entries of a message that asks for two', () => {
    assert.deepEqual(tallied('手数料はいくらですか。土曜日は開いていますか。'), [
      ['+conversation', '+faq.fee', '+faq.holidays'],
    ]);
  });

  it('count hand-overs, questions, and what was not understood or is not the counter’s business', () => {
    assert.deepEqual(tallied('ぬるぽ', '住民税について', '手数料いくら', '職員と話す', '車いすで行けますか'), [
      ['+conversation', '+not-understood'],
      ['+out-of-scope'],
      ['+faq.fee'],
      [],
      ['+handoff'],
    ]);
  });

  it('are shown by day, or by week from Monday, with the names of today', () => {
    const days = new Map([
      [
        '2026-01-14',
        { conversation: 3, 'renewal.finished': 1, 'renewal.asked.birthday': 3, 'renewal.passed.birthday': 1 },
      ],
      ['2026-01-18', { conversation: 2, 'faq.fee': 2, 'faq.gone': 1 }],
      ['2026-01-19', { conversation: 1, handoff: 1 }],
    ]);
    const by = (each: 'day' | 'week') => figuresOf(days, { library, language: mainLanguageOf(library), by: each });
    assert.deepEqual(
      by('day').periods.map(({ from, conversations }) => [from, conversations]),
      [
        ['2026-01-14', 3],
        ['2026-01-18', 2],
        ['2026-01-19', 1],
      ],
    );
    assert.deepEqual(
      by('week').periods.map(({ from, conversations, handoffs }) => [from, conversations, handoffs]),
      [
        ['2026-01-12', 5, 0],
        ['2026-01-19', 1, 1],
      ],
    );
    const [flow] = by('day').flows;
    assert.deepEqual(flow?.questions[0], { slot: 'birthday', name: '生年月日', asked: 3, stopped: 2 });
    assert.deepEqual(
      by('day').faq.map(({ name, count }) => [name, count]),
      [
        ['手数料', 2],
        ['gone', 1],
      ],
    );
  });
});
