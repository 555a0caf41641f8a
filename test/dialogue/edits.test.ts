/** A flow is edited while a resident is in the middle of it: nothing misfiled, nothing lost, nothing thrown, and the resident is told. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Turn, takeTurn } from '../../bot/dialogue/engine.ts';
import type { Library } from '../../bot/dialogue/library.ts';
import { say } from '../../bot/dialogue/say.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { situationOf } from '../../bot/dialogue/situation.ts';
import type { Button, Message, Now, Session } from '../../bot/dialogue/types.ts';
import { type SmallQuestion, smallFlow, smallLibrary } from '../support/small-library.ts';

const now: Now = { today: '2026-01-14', time: '10:00' };
const name: SmallQuestion = ['name', ['山田', '鈴木']];
const age: SmallQuestion = ['age', ['若い', '若くない']];
const on: SmallQuestion = ['on', 'date'];
const ok: SmallQuestion = ['ok', ['よい', 'だめ']];
const kana: SmallQuestion = ['kana', ['ヤマダ', 'スズキ']];

describe('a flow edited in mid-conversation: name → age → on → ok, waiting for age', () => {
  const edits: readonly {
    edit: string;
    after: readonly SmallQuestion[];
    wording?: string;
    answers: readonly string[];
  }[] = [
    {
      edit: 'the wording of age changes',
      after: [name, age, on, ok],
      wording: 'は?',
      answers: ['若い', '2026-12-01', 'よい'],
    },
    {
      edit: 'kana is inserted after name',
      after: [name, kana, age, on, ok],
      answers: ['若い', 'ヤマダ', '2026-12-01', 'よい'],
    },
    {
      edit: 'kana is inserted first',
      after: [kana, name, age, on, ok],
      answers: ['若い', 'ヤマダ', '2026-12-01', 'よい'],
    },
    { edit: 'age is deleted', after: [name, on, ok], answers: ['若い', '2026-12-01', 'よい'] },
    { edit: 'age and on are swapped', after: [name, on, age, ok], answers: ['若い', '2026-12-01', 'よい'] },
  ];
  for (const { edit, after, wording, answers } of edits) {
    it(`${edit}: every answer lies where it belongs, and the flow comes to its end`, () => {
      const talk = talkOf(smallLibrary([smallFlow('flow', [name, age, on, ok])]));
      talk.send('flow');
      talk.send('山田');
      assert.equal(talk.session.asked?.slot, 'age');
      talk.deploy(smallLibrary([smallFlow('flow', after)], wording));
      const turns = answers.map((text) => talk.send(text));
      const wanted: Record<string, string> = {
        name: '山田',
        kana: 'ヤマダ',
        age: '若い',
        on: '2026-12-01',
        ok: 'よい',
      };
      for (const [slot] of after) assert.equal(talk.session.answers[slot]?.value, wanted[slot], slot);
      assert.equal(talk.session.asked, null, 'all is answered');
      if (!after.includes(age)) {
        assert.equal(talk.session.answers.age, undefined, 'the answer to a deleted question is not kept');
        assert.match(turns[0] ?? '', /新しくなりました.*name.*残っています/s);
      }
    });
  }

  it('a choice removed: the answer counts as not given, and the question is asked again', () => {
    const talk = talkOf(smallLibrary([smallFlow('flow', [name, age])]));
    talk.send('flow');
    talk.send('山田');
    talk.deploy(smallLibrary([smallFlow('flow', [['name', ['鈴木', '田中']], age])]));
    assert.match(talk.send('若い'), /nameを教えてください/);
    assert.equal(talk.session.answers.age?.value, '若い');
  });

  it('the flow removed: the resident is told, and shown what there is', () => {
    const talk = talkOf(smallLibrary([smallFlow('flow', [name, age])]));
    talk.send('flow');
    talk.deploy(smallLibrary([smallFlow('other', [name])]));
    assert.match(talk.send('山田'), /新しくなりました.*どれについて/s);
  });
});

describe('old buttons', () => {
  const library = smallLibrary([smallFlow('flow', [name, age, ok])]);
  const tap = (slot: string, value: string, of = library): Button => ({
    kind: 'answer',
    flow: 'flow',
    slot,
    meaning: of.flows.get('flow')?.ask.find((question) => question.slot === slot)?.meaning ?? '',
    value,
  });

  it('a button of an older question corrects that answer', () => {
    const talk = talkOf(library);
    talk.send('flow');
    talk.send('山田');
    assert.match(talk.tap(tap('name', '鈴木')), /「name」を直しました。\nageを教えてください/);
    assert.equal(talk.session.answers.name?.value, '鈴木');
  });

  it('a button of a question not asked yet is recognised as out of date', () => {
    const talk = talkOf(library);
    talk.send('flow');
    assert.match(talk.tap(tap('ok', 'よい')), /いまは使えません.*nameを教えてください/s);
    assert.deepEqual(talk.session.answers, {});
  });

  it('a button whose question means something else now is recognised as out of date', () => {
    const talk = talkOf(library);
    talk.send('flow');
    const old = tap('name', '山田');
    talk.deploy(smallLibrary([smallFlow('flow', [['name', ['山田', '田中']], age])]));
    assert.match(talk.tap(old), /いまは使えません/);
    assert.deepEqual(talk.session.answers, {});
  });

  it('after the conversation was forgotten, the first question takes its answer, a later one starts afresh and says so', () => {
    const first = talkOf(library);
    assert.match(first.tap(tap('name', '山田')), /ageを教えてください/);
    const later = talkOf(library);
    assert.match(later.tap(tap('ok', 'よい')), /前のお答えは消えています.*nameを教えてください/s);
  });

  it('a button nobody can read is no error', () => {
    assert.match(talkOf(library).tap({ kind: 'unreadable' }), /いまは使えません/);
  });
});

describe('random flow × random edit × random position', () => {
  const answers: readonly (readonly string[])[] = [
    ['あ', 'い'],
    ['あ', 'い', 'う'],
    ['い', 'う'],
  ];
  const question = (slot: string) =>
    fc.oneof(
      fc.constant<SmallQuestion>([slot, 'date']),
      fc.constantFrom(...answers).map((choices): SmallQuestion => [slot, choices]),
    );
  const slots = ['a', 'b', 'c', 'd', 'e', 'f'];
  const flow = fc.shuffledSubarray(slots, { minLength: 2 }).chain((chosen) => fc.tuple(...chosen.map(question)));

  it('is never misfiled, never silent, never thrown, and loses no answer', () => {
    fc.assert(
      fc.property(flow, flow, fc.nat(5), fc.nat(2), (before, after, position, pick) => {
        const talk = talkOf(smallLibrary([smallFlow('flow', before)]));
        talk.send('flow');
        const said = new Map<string, string>();
        for (const [slot, answer] of before.slice(0, Math.min(position, before.length - 1))) {
          const value = answer === 'date' ? '2021-03-04' : (answer[pick % answer.length] ?? '');
          talk.send(value);
          said.set(slot, value);
        }
        const asked = before[said.size];
        assert.ok(asked);
        const [slot, answer] = asked;
        const value = answer === 'date' ? '2022-05-06' : (answer[pick % answer.length] ?? '');
        talk.deploy(smallLibrary([smallFlow('flow', after)]));
        const reply = talk.send(value);
        const isStillAsked = after.some(([other, kind]) => other === slot && same(kind, answer));
        if (isStillAsked) said.set(slot, value);
        else assert.match(reply, /新しくなりました/, 'the resident is told');
        for (const [given, { value: kept }] of Object.entries(talk.session.answers))
          assert.equal(kept, said.get(given), `misfiled: ${given}`);
        for (const [given, kept] of said) assert.equal(talk.session.answers[given]?.value, kept, `lost: ${given}`);
        assert.notEqual(reply, '', 'never silent');
      }),
      { numRuns: 500 },
    );
  });
});

/** A conversation that can have a new library deployed under it. Every turn's session goes through JSON. */
function talkOf(library: Library) {
  let session: Session = newSession('ja');
  let current = library;
  const turn = (message: Message): string => {
    const world = { library: current, now };
    const taken: Turn = takeTurn(message, JSON.parse(JSON.stringify(session)) as Session, world);
    session = taken.session;
    return say(taken.says, situationOf(session, world))
      .map(({ text }) => text)
      .join('\n');
  };
  return {
    get session() {
      return session;
    },
    send: (text: string) => turn({ kind: 'text', text }),
    tap: (button: Button) => turn({ kind: 'button', button }),
    deploy(next: Library) {
      current = next;
    },
  };
}

function same(one: SmallQuestion[1], other: SmallQuestion[1]): boolean {
  if (one === 'date' || other === 'date') return one === other;
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}
