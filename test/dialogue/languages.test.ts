/** Six languages: recognised, written, fallen back on, and never empty. */
import assert from 'node:assert/strict';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { dateFormats, dateWriter, formatFact } from '../../bot/dialogue/formats.ts';
import type { Library } from '../../bot/dialogue/library.ts';
import { nearestLanguage } from '../../bot/dialogue/nearest-language.ts';
import { reportOf } from '../../bot/dialogue/report.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import type { Reply } from '../../bot/dialogue/types.ts';
import { loadLibrary } from '../../bot/load/library.ts';
import { withSpaces } from '../../bot/load/phrases.ts';
import { readTexts, type Texts } from '../../bot/load/texts.ts';
import { translationNotices } from '../../bot/load/translation-notices.ts';
import { root } from '../../bot/root.ts';
import { library } from '../support/library.ts';

const texts = readTexts(root);
const tags = [...library.languages.keys()];
const now = { today: '2026-01-14', time: '10:00' } as const;

/** What the bot says to these messages. */
function answers(language: string, messages: readonly string[], spoken: Library = library): Reply[] {
  const world = { library: spoken, now };
  let session = newSession(language);
  return messages.flatMap((text) => {
    const message = { kind: 'text', text } as const;
    const turn = takeTurn(message, session, world);
    session = turn.session;
    return reportOf(message, turn, { world, isFirst: false }).replies;
  });
}

function loaded(changed: Texts) {
  const result = loadLibrary(changed);
  assert.ok(result.ok, JSON.stringify(result.ok || result.problems));
  return result;
}

describe('a message is recognised as', () => {
  const rows = [
    ['how much', 'en'],
    ['fee', 'en'],
    ['Can my wife go for me?', 'en'],
    ['手续费多少', 'zh-Hans'],
    ['수수료가 얼마예요?', 'ko'],
    ['gia hạn ở đâu', 'vi'],
    ['quen mat khau', 'vi'],
    ['手数料いくら', undefined],
    ['更新', undefined],
    ['PINがわからない', undefined],
    ['PIN', undefined],
    ['ok', undefined],
    ['e-Tax', undefined],
    ['S55.3.3', undefined],
    ['123', undefined],
    ['', undefined],
    ['Olá, bom dia, tudo bem?', null],
    ['配偶者', undefined],
    ['車椅子', undefined],
    ['山田花子', undefined],
    ['QR', undefined],
    ['密码忘了', 'zh-Hans'],
  ] as const;
  for (const [text, language] of rows)
    it(`${language === null ? 'none of ours' : (language ?? 'nothing else than Japanese')}: 「${text}」`, () =>
      assert.equal(library.spokenIn(text, 'ja'), language));

  it('Japanese again, in another language', () => assert.equal(library.spokenIn('手数料はいくらですか', 'en'), 'ja'));
  it('no other language, where やさしい日本語 is spoken already', () =>
    assert.equal(library.spokenIn('てすうりょうは いくらですか', 'ja-simple'), undefined));
});

describe('the language of a phone', () => {
  const rows = [
    ['en-GB', 'en'],
    ['zh-CN', 'zh-Hans'],
    ['zh-TW', 'zh-Hans'],
    ['ja', 'ja'],
    ['vi-VN', 'vi'],
    ['pt-BR', undefined],
    ['not a tag!', undefined],
    [undefined, undefined],
  ] as const;
  for (const [phone, spoken] of rows)
    it(`${phone} is ${spoken ?? 'none of ours'}`, () => assert.equal(nearestLanguage(phone, tags), spoken));
});

describe('dates', () => {
  const rows = [
    ['ja', '2026年（令和8年）3月3日（火）', '1月15日（木）9:00'],
    ['ja-simple', '2026年3月3日（火曜日）', '1月15日（木曜日） 9:00'],
    ['en', 'Tuesday, March 3, 2026', 'Thursday, January 15 at 09:00'],
    ['zh-Hans', '2026年3月3日（星期二）', '1月15日（星期四） 9:00'],
    ['ko', '2026년 3월 3일(화요일)', '1월 15일(목요일) 9:00'],
    ['vi', 'Thứ Ba, 3 tháng 3, 2026', 'lúc 9:00 Thứ Năm, 15 tháng 1'],
  ] as const;
  for (const [tag, day, moment] of rows)
    it(`in ${tag} are written as its speakers do`, () => {
      const dates = dateWriter(tag);
      assert.deepEqual([formatFact('2026-03-03', dates), formatFact('2026-01-15T09:00', dates)], [day, moment]);
    });

  it('name an era in Japanese only', () => {
    for (const tag of tags.filter((each) => each !== 'ja'))
      for (const format of dateFormats)
        assert.doesNotMatch(formatFact('2026-03-03', dateWriter(tag), format), /令和/, `${tag} ${format}`);
  });
});

describe('a conversation', () => {
  const talk = ['1', '1980/3/3', '2021/9/10', '1', '?', 'start over', '1980/3/3', '2031/3/3', '999'];

  for (const tag of tags)
    it(`in ${tag} has no empty bubble, and no mark of a missing text`, () => {
      const replies = answers(tag, talk);
      assert.ok(replies.length >= talk.length);
      for (const { text, card, choices } of replies) {
        assert.ok(text.trim() !== '' || card, JSON.stringify(replies));
        const words = [text, ...(card?.rows ?? []).flatMap(({ label, value }) => [label, value])];
        for (const each of [...words, ...choices.map(({ label }) => label)]) {
          assert.doesNotMatch(each, /undefined|\{|\}|NaN/);
          if (tag !== 'ja') assert.doesNotMatch(each, /令和|平成|昭和/);
        }
      }
    });

  it('thanks for thanks, and asks what somebody reads who writes in none of our languages', () => {
    const [thanks] = answers('ja', ['ありがとうございました。よくわかりました']);
    assert.match(thanks?.text ?? '', /どういたしまして/);
    const [choice] = answers('ja', ['Olá, bom dia, tudo bem?']);
    assert.match(choice?.text ?? '', /^ことばを選んでください。/);
  });

  it('changes the language when somebody asks for it, with polite words around', () => {
    for (const [text, words] of [
      ['英語でお願いします', /I will answer in English/],
      ['Can I speak in English please?', /I will answer in English/],
      ['我想用中文', /为您服务/],
      ['한국어 되나요?', /한국어로/],
      ['cho tôi tiếng Anh', /I will answer in English/],
      ['やさしい日本語でお願いします', /やさしい 日本語で/],
    ] as const)
      assert.match(answers('ja', [text])[0]?.text ?? '', words, text);
  });

  it('goes on in its language where a date is copied off the card', () => {
    for (const tag of ['en', 'ko', 'vi', 'zh-Hans'])
      assert.doesNotMatch(answers(tag, ['1', '1980年3月3日'])[1]?.text ?? '', /日本語でご案内/, tag);
  });

  it('is Japanese again with a question in Japanese, a date in it or not', () => {
    const [first, asks] = answers('en', ['昭和55年3月3日生まれで令和2年秋に作ったけど、いつまで?']);
    assert.match(first?.text ?? '', /^日本語でご案内します/);
    assert.match(asks?.text ?? '', /^3月3日生まれですね/);
  });

  it('is not thanked for a correction, nor for a question', () => {
    for (const text of [
      'わかりましたが、誕生日を間違えました',
      '了解しましたが場所がわかりません',
      'I have not understood',
    ])
      assert.doesNotMatch(answers('ja', [text])[0]?.text ?? '', /どういたしまして|welcome/, text);
  });

  it('reads the day first where people write it first', () => {
    assert.match(answers('vi', ['1', '3/8/1995'])[1]?.text ?? '', /3 tháng 8/);
    assert.match(answers('en', ['1', '3/8/1995'])[1]?.text ?? '', /Which date/);
  });

  it('goes on in another language where it was, and back again', () => {
    const said = answers('ja', ['更新', '1980/3/3', 'English', 'September 10, 2021', '日本語']);
    assert.match(said[2]?.text ?? '', /^I will answer in English\.\nDo you know the issue date/);
    assert.match(said[3]?.card?.title ?? '', /You can renew now/);
    assert.match(said.at(-1)?.text ?? '', /窓口には/);
  });
});

describe('a translation', () => {
  const fee = (text: string) => text.replace(/\nfee:\n[\s\S]*?(?=\n[a-z_]+:\n)/, '');
  const english = 'content/en/faq.yaml';

  it('that is missing is said in Japanese with a mark, and staff hear of it', () => {
    const without = loaded({ ...texts, [english]: fee(texts[english] ?? '') });
    const [notice] = translationNotices(without.files).filter(({ file }) => file === 'content/en');
    assert.match(notice?.message ?? '', /まだ訳がない.*faq\.fee$/);
    const variants = without.library.languages.get('en')?.texts.get('faq.fee');
    assert.deepEqual(variants?.[0]?.text?.[0], '(Not translated yet:)\n電子証明書の更新は');
  });

  it('that is older than its original is told apart from the others', () => {
    const changed = (texts['content/ja/common.yaml'] ?? '').replace('どういたしまして。また、', 'どういたしまして。');
    const older = translationNotices(loaded({ ...texts, 'content/ja/common.yaml': changed }).files);
    assert.deepEqual(
      older.map(({ file, message }) => [file, message.split(': ').at(-1)]),
      tags.filter((tag) => tag !== 'ja').map((tag) => [`content/${tag}`, 'common.thanks']),
    );
  });

  it('of an hour or a phone number is not used any more once that has changed', () => {
    const office = (texts['content/office.yaml'] ?? '').replace('平日 9:00〜17:30', '平日 9:00〜17:00');
    const { library: spoken } = loaded({ ...texts, 'content/office.yaml': office });
    const [hours] = answers('en', ['opening hours'], spoken);
    assert.match(hours?.text ?? '', /平日 9:00〜17:00/);
    assert.doesNotMatch(hours?.text ?? '', /9:00–17:30/);
  });

  it('of an hour that staff have changed as well is used', () => {
    const office = (texts['content/office.yaml'] ?? '').replace('平日 9:00〜17:30', '平日 9:00〜17:00');
    const words = (texts['content/en/office-words.yaml'] ?? '').replace('9:00–17:30', '9:00–17:00');
    const both = { 'content/office.yaml': office, 'content/en/office-words.yaml': words };
    const { library: spoken } = loaded({ ...texts, ...both });
    assert.match(answers('en', ['opening hours'], spoken)[0]?.text ?? '', /9:00–17:00/);
  });

  it('lies in a folder with the name of a language, or is explained', () => {
    const result = loadLibrary({ ...texts, 'content/pt_BR/words.yaml': texts['content/en/words.yaml'] ?? '' });
    assert.ok(!result.ok && /pt_BR/.test(result.problems[0]?.message ?? ''));
  });

  it('of a choice that is new, or gone, in Japanese is no problem', () => {
    const flow = (texts['flows/renewal.yaml'] ?? '').replace('[self, agent, unknown]', '[self, agent, both, unknown]');
    const ja = 'content/ja/renewal.yaml';
    const both = (texts[ja] ?? '').replace(
      '    self:\n      label: 本人\n',
      '    both: ふたりで\n    self:\n      label: 本人\n',
    );
    const { library: spoken } = loaded({ ...texts, 'flows/renewal.yaml': flow, [ja]: both });
    assert.equal(spoken.languages.get('en')?.questions.get('renewal.visitor')?.choices.both?.label, 'ふたりで');
  });

  it('is not needed at all: a language of words alone speaks Japanese with a mark', () => {
    const only = Object.fromEntries(
      Object.entries(texts).filter(([file]) => !file.startsWith('content/en/') || file.endsWith('words.yaml')),
    );
    const { library: spoken } = loaded(only);
    assert.match(answers('en', ['zzz'], spoken)[0]?.text ?? '', /^\(Not translated yet:\)\nすみません/);
  });
});

describe('やさしい日本語', () => {
  const rows = [
    ['カードは市役所でもらいます。', 'カードは 市役所で もらいます。'],
    ['暗証番号（あんしょうばんごう）を忘れた方', '暗証番号（あんしょうばんごう）を 忘れた 方'],
    ['{place}へ来てください。\nhttps://example.jp/a', '{place}へ 来てください。\nhttps://example.jp/a'],
  ] as const;
  for (const [text, spaced] of rows)
    it(`has spaces between phrases: ${spaced}`, () => assert.equal(withSpaces(text), spaced));
});
