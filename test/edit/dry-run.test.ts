/** What publishing would do to conversations in progress: nobody is asked again what still fits, and who would be dropped is counted before. */
import assert from 'node:assert/strict';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import type { Session } from '../../bot/dialogue/types.ts';
import { dryRun } from '../../bot/edit/dry-run.ts';
import { loadLibrary } from '../../bot/load/library.ts';
import { readTexts, type Texts } from '../../bot/load/texts.ts';
import { root } from '../../bot/root.ts';

const now = { today: '2026-01-14', time: '10:00' } as const;
const texts = readTexts(root);
const before = libraryOf(texts);

const started = conversation('更新');
const half = conversation('更新', 'S55.3.3');
const told = conversation('更新', 'S55.3.3', 'R3.9.10');
const idle = conversation('こんにちは');

const flow = 'flows/renewal.yaml';
const words = 'content/ja/renewal.yaml';

describe('a dry run', () => {
  it('finds nobody where nobody is in the middle of anything', async () => {
    assert.deepEqual(await run([idle], texts), { inProgress: 0, same: 0, from: [], dropped: 0 });
  });

  it('lets everybody go on when only words are others', async () => {
    const edited = { ...texts, [words]: replaced(words, 'カードが作られた日で', '発行の日で') };
    assert.deepEqual(await run([started, half, told], edited), { inProgress: 3, same: 3, from: [], dropped: 0 });
  });

  it('says from which question people go on when theirs is another', async () => {
    const unknown = '    unknown:\n      label: まだ決めていない';
    const edited = {
      ...texts,
      [flow]: replaced(flow, '- visitor: [self, agent, unknown]', '- visitor: [self, agent, both, unknown]'),
      [words]: replaced(words, unknown, `    both: ふたりで\n${unknown}`),
    };
    const { from, same } = await run([started, told], edited);
    assert.deepEqual([from, same], [[{ question: '窓口に行く方', people: 1 }], 1]);
  });

  it('counts who would be dropped when their flow is gone', async () => {
    const second = {
      'flows/parking.yaml':
        'title: 駐車場\nstarts with: [駐車場の予約]\nask:\n  - cars: [one, two]\ntell:\n  - done: { cars: [one, two] }\n',
      'content/ja/parking.yaml':
        'cars:\n  name: 台数\n  ask: 何台ですか。\n  choices: { one: 1台, two: 2台 }\ndone: お待ちしています。\n',
    };
    const both = libraryOf({ ...texts, ...second });
    const parking = conversationIn(both, '駐車場の予約');
    assert.equal(parking.flow, 'parking');
    assert.deepEqual(await dryRun(each([parking, half]), { before: both, after: before, now }), {
      inProgress: 2,
      same: 1,
      from: [],
      dropped: 1,
    });
  });
});

function run(sessions: readonly Session[], edited: Texts) {
  return dryRun(each(sessions), { before, after: libraryOf(edited), now });
}

async function* each(sessions: readonly Session[]): AsyncIterable<Session> {
  yield* sessions;
}

function libraryOf(given: Texts) {
  const loaded = loadLibrary(given);
  assert.ok(loaded.ok, JSON.stringify(loaded.ok ? [] : loaded.problems));
  return loaded.library;
}

function conversation(...said: string[]): Session {
  return conversationIn(before, ...said);
}

function conversationIn(library: typeof before, ...said: string[]): Session {
  return said.reduce<Session>(
    (session, text) => takeTurn({ kind: 'text', text }, session, { library, now }).session,
    newSession('ja'),
  );
}

function replaced(file: string, from: string, to: string): string {
  const text = texts[file] ?? '';
  assert.ok(text.includes(from), from);
  return text.replace(from, to);
}
