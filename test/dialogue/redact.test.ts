/** What is kept of a question that the bot did not understand: the question, and nobody's name or number. */
import assert from 'node:assert/strict';
import { redact } from '../../bot/dialogue/redact.ts';
import { loadLibrary, mainLanguageOf } from '../../bot/load/library.ts';
import { root } from '../../bot/root.ts';

const loaded = loadLibrary(root);
assert.ok(loaded.ok);
const language = mainLanguageOf(loaded.library);

const kept = [
  ['土曜あいてる?', '土曜あいてる?'],
  ['パスポートの写真は使い回せますか', 'パスポートの写真は使い回せますか'],
  ['カードに佐藤がお茶をこぼした', 'カードに…が…をこ…した'],
  ['田中太郎のカードはいつ切れますか', '…のカードはいつ切れますか'],
  ['母の佐藤花子が入院中', '母の…が入院…'],
  ['さくらです、代理でもいい?', '…です、代理でもいい?'],
  ['母のみきのカードの更新', '母の…のカードの更新'],
  ['カードの更新 えり と りか の分', 'カードの更新 … と … の分'],
  ['私はあいです、カードは無料?', '私は…です、カードは無料?'],
  ['みきです カードは無料?', '…です カードは無料?'],
  ['中のカード更新', '…のカード更新'],
  ['前さんのカード', '…さんのカード'],
  ['恵みの更新', '…の更新'],
  ['わたし田中やけど暗証番号4桁1234忘れた', '…やけど暗証番号…忘れた'],
  ['昭和55年3月3日生まれです', '…年…月…日生まれです'],
] as const;

const dropped = [
  '田中太郎',
  'たなかです',
  'すずき いちろう',
  'グエン・バン・アン',
  'Nguyen Van An',
  '山田花子と申します',
  '1234',
  '😀',
  'ａａａ',
];

describe('a question that was not understood', () => {
  for (const [said, stays] of kept)
    it(`「${said}」 is kept as 「${stays}」`, () => assert.equal(redact(said, language), stays));
  for (const said of dropped)
    it(`「${said}」 is not kept: nothing of it is a question`, () => assert.equal(redact(said, language), undefined));

  it('is not kept when it is a story', () => assert.equal(redact('必要なもの'.repeat(20), language), undefined));

  it('never keeps a digit, in whatever way it is written', () => {
    for (const digits of ['12', '１２', '一二三四', '①②', '٣٤', 'Ⅳ'])
      assert.doesNotMatch(redact(`暗証番号は${digits}です`, language) ?? '', /[\p{N}一二三四]/u);
  });
});
