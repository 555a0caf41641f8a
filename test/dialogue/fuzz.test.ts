/** Whatever a resident does, in any order: an answer of one to three bubbles that LINE would take, and never an exception. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { problemsOf } from '../../adapters/line/limits.ts';
import { toLineMessages } from '../../adapters/line/messages.ts';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { say } from '../../bot/dialogue/say.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { situationOf } from '../../bot/dialogue/situation.ts';
import { typedOrTapped } from '../../bot/dialogue/tap.ts';
import type { Choice, Message, Session } from '../../bot/dialogue/types.ts';
import { addDays, type PlainDate } from '../../bot/rules/dates.ts';
import { library } from '../support/library.ts';

const language = library.languages.get('ja');
const words = language?.words;
const asked = [...(language?.faq.values() ?? [])].flatMap(({ asks }) => asks);
const vocabulary = [
  ...Object.values(words?.commands ?? {}).flat(),
  ...(words?.unknown ?? []),
  ...(words?.yes ?? []),
  ...(words?.no ?? []),
  ...(words?.wrong ?? []),
  ...[...(language?.questions.values() ?? [])].flatMap(({ choices }) =>
    Object.values(choices).flatMap(({ label, also }) => [label, ...also]),
  ),
];
const labels = ['', '誕生日は', '発行日は', 'カードの有効期限は', '電子証明書の有効期限は', '期限は', 'お知らせに'];
const endings = ['', 'です', 'まで', 'に訂正', 'でしたっけ?', 'と書いてある'];
const hostile = [
  '__proto__',
  'constructor',
  'toString',
  '{expiresOn}',
  '｛｝',
  '\u0000',
  '💳'.repeat(30),
  '9'.repeat(999),
  '暗証番号1234',
  '1234 5678 9012',
];

const day = fc.nat(40_000).map((days) => addDays('1920-01-01', days));
const dateText = fc
  .tuple(fc.constantFrom(...labels), day, fc.constantFrom(...endings))
  .map(([label, on, ending]) => label + on.replaceAll('-', '/') + ending);
const typed = fc.oneof(
  { weight: 4, arbitrary: dateText },
  { weight: 2, arbitrary: fc.constantFrom(...vocabulary) },
  { weight: 2, arbitrary: fc.constantFrom(...asked) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('1', '②', '三', '3月3日', '55.3.3', '昭和65年3月3日', 'S55.3.3 R3.9.10', ...hostile),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);
/** Something typed, one of the visible buttons, a sticker. */
const act = fc.oneof(
  { weight: 5, arbitrary: typed.map((text) => ({ text })) },
  { weight: 3, arbitrary: fc.nat(12).map((button) => ({ button })) },
  { weight: 1, arbitrary: fc.constant({ media: true }) },
);

describe('anything at all', () => {
  it('is answered in one to three bubbles within LINE’s limits, on any day', () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 12 }),
        day.map((on): PlainDate => (on < '2024-01-01' ? '2026-01-14' : on)),
        (acts, today) => {
          const world = { library, now: { today, time: '10:00' } as const };
          let session: Session = newSession('ja');
          let visible: readonly Choice[] = [];
          for (const each of acts) {
            const message = messageOf(each, visible);
            const turn = takeTurn(message, JSON.parse(JSON.stringify(session)) as Session, world, 'm');
            session = turn.session;
            const replies = say(turn.says, situationOf(session, world));
            assert.ok(
              replies.length >= 1 && replies.length <= 3,
              `${replies.length} bubbles after ${JSON.stringify(message)}`,
            );
            assert.deepEqual(problemsOf(toLineMessages(replies)), []);
            for (const { text } of replies) assert.doesNotMatch(text, /undefined|NaN|\{[a-z]/i);
            visible = replies.at(-1)?.choices ?? [];
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

function messageOf(
  each: { text: string } | { button: number } | { media: boolean },
  visible: readonly Choice[],
): Message {
  if ('media' in each) return { kind: 'media', media: { type: 'image', note: '' } };
  if ('text' in each) return typedOrTapped(each.text, visible);
  const choice = visible[each.button % Math.max(visible.length, 1)];
  if (choice?.does.kind === 'pick-date' && choice.does.button.kind === 'answer') {
    return { kind: 'button', button: { ...choice.does.button, value: choice.does.range.likely } };
  }
  return choice ? typedOrTapped(choice.label, visible) : { kind: 'text', text: '更新' };
}
