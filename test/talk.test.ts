/** A saved conversation plays again, word for word: whatever can be done on a phone has a line in a talk. */
import assert from 'node:assert/strict';
import { takeTurn } from '../bot/dialogue/engine.ts';
import { reportOf } from '../bot/dialogue/report.ts';
import { richMenuOf } from '../bot/dialogue/rich-menu.ts';
import { newSession, withoutMessage } from '../bot/dialogue/session.ts';
import { typedOrTapped } from '../bot/dialogue/tap.ts';
import type { Button, Choice, Message, Now, TalkStep } from '../bot/dialogue/types.ts';
import { writeTalk } from '../bot/talk.ts';
import { library } from './support/library.ts';
import { playTalk } from './support/talk.ts';

const { areas } = richMenuOf(library, 'ja');

describe('a saved conversation', () => {
  it('plays the same, with a date picked, a menu tapped, a sticker, another day, a message taken back and a block', () => {
    const talk = recorder({ today: '2026-01-14', time: '16:40' });
    talk.did({ kind: 'follow' });
    talk.did(tapped('更新時期を調べる', talk.visible()));
    talk.did(picked('1980-03-03', talk.visible()));
    talk.did({ kind: 'media', media: { type: 'sticker', note: '' } });
    talk.did(tapped('窓口と時間', areas));
    talk.did({ kind: 'text', text: '令和3年\n9月10日' });
    talk.now({ today: '2026-04-10', time: '09:00' });
    talk.did(tapped('代理の人', talk.visible()));
    talk.unsent(5);
    talk.did({ kind: 'text', text: '手数料は?' });
    talk.blocked();
    talk.did({ kind: 'follow' });
    talk.did({ kind: 'text', text: '戻る' });
    const written = writeTalk(talk.steps, { menu: areas, language: 'ja', withLinks: false });
    assert.equal(playTalk(written, library), written);
    for (const line of [
      '市民: （日付を選ぶ 1980-03-03）',
      '市民: （メニュー 窓口と時間）',
      '（5番目の送信を取消）',
      '（ブロック）',
    ])
      assert.ok(written.split('\n').includes(line), `${line}\n${written}`);
    assert.match(written, /^# 保存した会話　今日 2026-01-14 16:40\n（友だち追加）\n/);
    assert.match(written, /\n（今日 2026-04-10 09:00）\n市民: 代理の人\n/);
    assert.match(
      written,
      /\n（5番目の送信を取消）\n市民: 手数料は\?\n案内: [\s\S]*?発行日/,
      'what was taken back is asked again',
    );
  });

  it('plays the same when the resident typed what looks like a button, a sticker, a day, or several lines', () => {
    const talk = recorder({ today: '2026-01-14', time: '16:40' });
    for (const text of [
      '更新',
      'わからない',
      '今日 2026-12-29 窓口あいてる?',
      '更新\n# 今日 2027-01-01',
      '（スタンプ）',
      '（日付を選ぶ 1980-03-03）',
      '1234\n5678\n9012',
      '"引用"',
      ' 1980/3/3 ',
    ])
      talk.did({ kind: 'text', text });
    const written = writeTalk(talk.steps, { menu: areas, language: 'ja', withLinks: false });
    assert.equal(playTalk(written, library), written);
    assert.match(written, /\n市民: "わからない"\n/, 'typed, not tapped');
  });

  it('plays the same when a date was picked twice, and when the conversation was forgotten in between', () => {
    const talk = recorder({ today: '2026-01-14', time: '16:40' });
    talk.did({ kind: 'text', text: '更新' });
    const picker = talk.visible();
    talk.did(picked('1980-03-03', picker));
    talk.did(picked('1980-04-05', picker));
    talk.forgotten();
    talk.did({ kind: 'text', text: '令和3年9月10日' });
    const written = writeTalk(talk.steps, { menu: areas, language: 'ja', withLinks: false });
    assert.equal(playTalk(written, library), written);
    assert.match(written, /\n市民: （日付を選ぶ 1980-04-05 renewal\.birthday）\n案内: 「生年月日」を直しました/);
    assert.match(written, /\n（時間がたって、忘れる）\n市民: 令和3年9月10日\n/);
  });

  it('is no more than a heading when nothing happened', () => {
    assert.equal(writeTalk([], { menu: areas, language: 'ja', withLinks: false }), '# 保存した会話\n');
  });
});

/** Takes turns as the bot would, and notes them. */
function recorder(start: Now) {
  const steps: TalkStep[] = [];
  let session = newSession('ja');
  let now = start;
  let sent = 0;
  let isForgotten = true;
  return {
    steps,
    now: (other: Now) => {
      now = other;
    },
    visible(): readonly Choice[] {
      const last = steps.findLast((step) => step.kind === 'turn');
      return last?.replies.at(-1)?.choices ?? [];
    },
    did(message: Message) {
      if (message.kind !== 'follow') sent += 1;
      const world = { library, now };
      const turn = takeTurn(message, session, world, `${sent}`);
      session = turn.session;
      const isFirst = isForgotten;
      isForgotten = false;
      steps.push({ kind: 'turn', ...reportOf(message, turn, { world, isFirst }) });
    },
    unsent(nth: number) {
      session = withoutMessage(session, `${nth}`);
      steps.push({ kind: 'unsend', nth });
    },
    blocked() {
      this.forgotten();
      steps.push({ kind: 'unfollow' });
    },
    forgotten() {
      session = newSession('ja');
      isForgotten = true;
    },
  };
}

function tapped(label: string, choices: readonly Choice[]): Message {
  const message = typedOrTapped(label, choices);
  assert.equal(message.kind, 'button', label);
  return message;
}

function picked(on: string, choices: readonly Choice[]): Message {
  const does = choices.find((choice) => choice.does.kind === 'pick-date')?.does;
  assert.ok(does?.kind === 'pick-date');
  return { kind: 'button', button: { ...does.button, value: on } as Button };
}
