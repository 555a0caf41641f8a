/** How the matcher learns and compares: small collections that can be looked through. */
import assert from 'node:assert/strict';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { faqMatcher } from '../../bot/dialogue/faq.ts';
import { foldWith, gramsOf } from '../../bot/dialogue/grams.ts';
import type { Language } from '../../bot/dialogue/library.ts';
import { askedIn } from '../../bot/dialogue/questions.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { mainLanguageOf } from '../../bot/load/library.ts';
import { library } from '../support/library.ts';

const fold = foldWith([
  ['手数料', '料金', 'いくら', 'fee'],
  ['ない', 'へん'],
]);
const few = [
  { id: 'fee', sentences: ['手数料はかかる', '手数料は', '無料ですか'] },
  { id: 'hours', sentences: ['何時まで開いている', '土曜は開いている', '時間を知りたい'] },
];
const elsewhere = { asks: ['ごみの日はいつ', '天気は'], words: ['パスポート', 'wifi'] };
const matcher = (entries = few) => faqMatcher({ entries, elsewhere, fold, sure: 0.5, maybe: 0.2 });

describe('words of one meaning', () => {
  it('are read as one, the longest first, Latin ones only whole', () => {
    assert.equal(fold('料金はいくら'), '手数料は手数料');
    assert.equal(fold('FEE?'), '手数料?');
    assert.equal(fold('feel'), 'feel');
    assert.equal(fold('わからへん'), 'わからない');
  });

  it('leave a sentence alone that has none', () => assert.equal(fold('ドヨウ'), 'どよう'));
});

describe('grams', () => {
  it('are characters and neighbours, of Latin words the words and their letters', () => {
    assert.deepEqual([...gramsOf('土曜')], ['土', '^ 土', '曜', '土 曜', '曜 ^']);
    assert.deepEqual([...gramsOf('fees')], ['fees', '^ fees', '<fe', 'fee', 'ees', 'es>', 'fees ^']);
    assert.deepEqual([...gramsOf('?!')], []);
  });
});

describe('a matcher', () => {
  it('answers, asks back, and knows what is nobody’s business here', () => {
    const { match } = matcher();
    assert.equal(match('料金は').faq, 'fee');
    assert.equal(match('何時まで').faq, 'hours');
    assert.ok(match('ごみの日').isElsewhere);
    assert.deepEqual(match('窓口でパスポート'), { faq: null, choices: [], isElsewhere: true, score: 1 });
    assert.ok(match('my wifi is slow').isElsewhere);
    assert.equal(match('rewifiing').isElsewhere, false);
    assert.deepEqual(match('ぬるぽ').choices, []);
    assert.equal(match('ぬるぽ').faq, null);
  });

  it('finds a way of asking with a typo in it', () => assert.equal(matcher().match('土曜は開てる').faq, 'hours'));

  it('learns the same from the same', () => {
    const scores = [matcher(), matcher()].map(({ match }) => match('手数料と時間').score);
    assert.equal(scores[0], scores[1]);
  });

  it('tells what made the choice', () => {
    const { read, candidates } = matcher().explain('料金は?');
    assert.equal(read, '手数料は?');
    assert.equal(candidates[0]?.id, 'fee');
    assert.match(candidates[0]?.reasons[0]?.gram ?? '', /手|数|料/);
  });

  it('compares instead of learning where there are very many entries', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: `entry-${index}`,
      sentences: [`${index}番の窓口はどこ`],
    }));
    const { match, explain } = matcher(many);
    assert.equal(match('321番の窓口は').faq ?? match('321番の窓口は').choices[0], 'entry-321');
    assert.equal(explain('321番の窓口は').candidates[0]?.id, 'entry-321');
  });

  it('of nothing knows nothing', () => {
    const nothing = faqMatcher({ entries: [], elsewhere: { asks: [], words: [] }, fold, sure: 0.5, maybe: 0.2 });
    assert.deepEqual(nothing.match('手数料'), { faq: null, choices: [], isElsewhere: false, score: 0 });
  });
});

describe('a message', () => {
  const language: Pick<Language, 'matcher' | 'words'> = mainLanguageOf(library);
  const rows = [
    ['手数料はいくらですか。土曜日は開いていますか。', ['fee', 'holidays']],
    ['手数料いくら。あと何がいりますか', ['fee', 'bring']],
    ['先週から入院していて大変なんですが、家族が代わりに行けますか', ['agent']],
    ['手数料は? 料金は?', ['fee']],
    ['パスポートを取りたいです。手数料はいくらですか。何を持って行けばいいですか。', []],
    ['3', []],
    ['？', []],
  ] as const;
  for (const [text, faqs] of rows)
    it(`「${text}」 asks ${faqs.join(' and ') || 'nothing'}`, () =>
      assert.deepEqual(askedIn(text, language).faqs, faqs));
});

describe('a question that gives dates by the way', () => {
  const world = { library, now: { today: '2026-01-14', time: '10:00' } } as const;
  const given = (text: string) => {
    const { answers } = takeTurn({ kind: 'text', text }, newSession('ja'), world).session;
    return Object.fromEntries(Object.entries(answers).map(([slot, { value }]) => [slot, value]));
  };
  const rows = [
    ['昭和55年3月3日生まれで令和2年秋に作ったけど、いつまで?', { birthday: '1980-03-03' }],
    ['誕生日は1980年3月3日です。いつまで使えますか', { birthday: '1980-03-03' }],
    [
      '2019年5月1日生まれで発行日は2022年6月3日。電子証明書はいつまで?',
      { birthday: '2019-05-01', issued: '2022-06-03' },
    ],
    ['生年月日は1980年3月3日、生年月日は1981年3月3日。期限はいつ?', {}],
    ['1980年3月3日ですが、いつまで使えますか', {}],
  ] as const;
  for (const [text, values] of rows)
    it(`「${text}」 says ${Object.keys(values).join(' and ') || 'nothing for sure'}`, () =>
      assert.deepEqual(given(text), values));
});

describe('the longest message', () => {
  for (const piece of ['だよ', 'です', 'やけど', '1 ', 'jan ', 'ngày ', 'あと、', 'how much ', '。'])
    it(`of nothing but 「${piece}」 is read at once`, () => {
      const text = `${piece.repeat(1_000).slice(0, 990)}x`;
      takeTurn({ kind: 'text', text }, newSession('ja'), { library, now: { today: '2026-01-14', time: '10:00' } });
    }).timeout(2_000);
});
