/** Replies → LINE messages: every path and every common text, judged by our table of limits and by LINE's own description. */
import assert from 'node:assert/strict';
import { problemsOf } from '../../adapters/line/limits.ts';
import { type LineMessage, toLineMessages } from '../../adapters/line/messages.ts';
import { allPaths, readSamples } from '../../bot/cli/paths-page.ts';
import { say } from '../../bot/dialogue/say.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { situationOf } from '../../bot/dialogue/situation.ts';
import type { Reply, Say } from '../../bot/dialogue/types.ts';
import { library } from '../support/library.ts';
import { lineJudge, openapiMissing } from '../support/line-openapi.ts';

const now = { today: '2026-01-14', time: '16:40' } as const;
const situation = situationOf({ ...newSession('ja'), flow: 'renewal' }, { library, now });

/** Everything the bot can say: each text and question by itself, and the end of every path. */
function allReplies(): { what: string; replies: readonly Reply[] }[] {
  const texts = [...(library.languages.get('ja')?.texts.keys() ?? [])].filter((key) => /^(common|faq)\./.test(key));
  const said: { what: string; says: Say[] }[] = [
    ...texts.map((key) => ({ what: key, says: [{ kind: 'text', key } as const] })),
    ...[...library.flows.values()].flatMap((flow) =>
      flow.ask.map(({ slot }) => ({
        what: `${flow.id}.${slot}`,
        says: [{ kind: 'question', flow: flow.id, slot, again: false } as const],
      })),
    ),
  ];
  const paths = [...library.flows.values()].flatMap((flow) => {
    const samples = readSamples(new URL(`../paths/${flow.id}.yaml`, import.meta.url).pathname);
    return allPaths(flow, library, samples).flatMap((walked) => walked.paths);
  });
  return [
    ...said.map(({ what, says }) => ({ what, replies: say(says, situation) })),
    ...paths.flatMap(({ who, answers, replies }) =>
      replies.map((reply) => ({ what: `${who} ${JSON.stringify(answers)}`, replies: [reply] })),
    ),
  ].filter(({ replies }) => replies.some(({ text, card }) => text !== '' || card));
}

describe('LINE messages', () => {
  const everything = allReplies();

  it('everything the bot can say is within LINE’s limits', () => {
    assert.ok(everything.length > 100);
    for (const { what, replies } of everything) assert.deepEqual(problemsOf(toLineMessages(replies)), [], what);
  });

  it('everything the bot can say is valid by LINE’s own description', function () {
    const judge = lineJudge();
    if (!judge) {
      console.error(`      ${openapiMissing}`);
      return this.skip();
    }
    for (const { what, replies } of everything) {
      const messages = toLineMessages(replies);
      assert.deepEqual(judge('ReplyMessageRequest', { replyToken: 'token', messages }), [], what);
      assert.deepEqual(judge('PushMessageRequest', { to: 'U', messages }), [], what);
    }
    // The judge itself must be able to say no.
    assert.notDeepEqual(judge('ReplyMessageRequest', { replyToken: 't', messages: [{ type: 'nosuch' }] }), []);
    assert.notDeepEqual(judge('ReplyMessageRequest', { replyToken: 't', messages: [{ type: 'text' }] }), []);
    assert.notDeepEqual(
      judge('ReplyMessageRequest', { replyToken: 't', messages: [{ type: 'text', text: 'x', colour: 'red' }] }),
      [],
    );
  });

  it('a card’s altText alone says what the date is', () => {
    for (const { what, replies } of everything) {
      for (const { card } of replies) if (card) assert.match(card.alt, /年.*月.*日/, what);
    }
  });

  it('choices are on the last message only, and the picker opens within its range', () => {
    const [first, last] = toLineMessages(
      say(
        [
          { kind: 'text', key: 'faq.fee' },
          { kind: 'question', flow: 'renewal', slot: 'birthday', again: true },
        ],
        situation,
      ),
    );
    assert.equal(first?.quickReply, undefined);
    const action = last?.quickReply?.items?.[0]?.action;
    assert.equal(action?.type, 'datetimepicker');
    assert.deepEqual(action, {
      type: 'datetimepicker',
      mode: 'date',
      label: '日付を選ぶ',
      data: action?.type === 'datetimepicker' ? action.data : '',
      min: '1906-01-14',
      max: '2026-01-14',
      initial: '1970-01-01',
    });
  });
});

describe('LINE’s limits', () => {
  const quick = (action: object) =>
    [{ type: 'text', text: 'x', quickReply: { items: [{ type: 'action', action }] } }] as LineMessage[];
  const cases: readonly { what: string; messages: LineMessage[]; problem: RegExp | undefined }[] = [
    { what: '5000 UTF-16 units of text', messages: [{ type: 'text', text: 'あ'.repeat(5000) }], problem: undefined },
    { what: '5001 of them', messages: [{ type: 'text', text: 'あ'.repeat(5001) }], problem: /text has 5001/ },
    {
      what: '2501 emoji of two units',
      messages: [{ type: 'text', text: '😀'.repeat(2501) }],
      problem: /text has 5002/,
    },
    { what: 'an empty text', messages: [{ type: 'text', text: '' }], problem: /text has 0/ },
    {
      what: 'a label of 20 families, each one grapheme of 8 units',
      messages: quick({ type: 'postback', label: '👨‍👩‍👧'.repeat(20), data: 'x', displayText: 'x' }),
      problem: undefined,
    },
    {
      what: 'a label of 21 graphemes',
      messages: quick({ type: 'postback', label: 'あ'.repeat(21), data: 'x', displayText: 'x' }),
      problem: /label has 21/,
    },
    {
      what: 'postback data of 301 units',
      messages: quick({ type: 'postback', label: 'x', data: 'x'.repeat(301), displayText: 'x' }),
      problem: /data has 301/,
    },
    {
      what: 'six messages',
      messages: Array.from({ length: 6 }, () => ({ type: 'text', text: 'x' }) as const),
      problem: /6 messages/,
    },
    { what: 'no message', messages: [], problem: /0 messages/ },
    {
      what: 'altText of 1501 units',
      messages: [{ type: 'flex', altText: 'x'.repeat(1501), contents: { type: 'bubble' } }],
      problem: /altText has 1501/,
    },
    {
      what: 'a bubble of more than 30 KB',
      messages: [
        {
          type: 'flex',
          altText: 'x',
          contents: {
            type: 'bubble',
            body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'あ'.repeat(10_000) }] },
          },
        },
      ],
      problem: /flex bubble/,
    },
    {
      what: 'fourteen quick replies',
      messages: [
        {
          type: 'text',
          text: 'x',
          quickReply: {
            items: Array.from(
              { length: 14 },
              () => ({ type: 'action', action: { type: 'message', label: 'x', text: 'x' } }) as const,
            ),
          },
        },
      ],
      problem: /14 quick replies/,
    },
    {
      what: 'a picker whose range is empty',
      messages: quick({
        type: 'datetimepicker',
        mode: 'date',
        label: 'x',
        data: 'x',
        min: '2026-01-01',
        max: '2026-01-01',
      }),
      problem: /min must be earlier/,
    },
  ];
  for (const { what, messages, problem } of cases) {
    it(`${what}: ${problem ? 'refused' : 'allowed'}`, () => {
      const problems = problemsOf(messages);
      if (problem) assert.match(problems.join('\n'), problem);
      else assert.deepEqual(problems, []);
    });
  }
});
