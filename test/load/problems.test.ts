/** Broken files: every problem at once, at its place, with a remedy a clerk can follow. */
import assert from 'node:assert/strict';
import { loadLibrary } from '../../bot/load/library.ts';
import { showProblems } from '../../bot/load/problem.ts';
import { type City, cityCopy } from '../support/city.ts';

const flow = 'flows/renewal.yaml';
const texts = 'content/ja/renewal.yaml';
const common = 'content/ja/common.yaml';

/** One trap each: what is broken, and what the clerk reads (place and sentence). */
const traps: readonly { trap: string; file: string; from: string; to: string; says: RegExp }[] = [
  {
    trap: 'a choice without a label',
    file: flow,
    from: '[self, agent, unknown]\n',
    to: '[self, agent, proxy]\n',
    says: /flows\/renewal\.yaml:\d+:\d+ {2}visitor の選択肢 proxy に表示名がありません\n.*visitor.*\n.*\^{5}\n.*content\/ja\/renewal\.yaml の visitor\.choices に proxy を足して/,
  },
  {
    trap: 'a bar of the menu that is longer than LINE’s',
    file: common,
    from: 'text: メニュー #',
    to: 'text: ここを押してメニューを開いてください #',
    says: /common\.yaml:\d+:\d+ .*が長すぎます\n.*\n.*\n.*LINE では14文字まで/,
  },
  {
    trap: 'a bar of the menu that is not always the same',
    file: common,
    from: 'text: メニュー #',
    to: 'text: "{city}" #',
    says: /メニューの帯には、いつも同じ言葉が要ります/,
  },
  {
    trap: 'a menu with more in it than there is room for',
    file: common,
    from: '      - { label: Language, command: language }',
    to: '      - { label: Language, command: language }\n      - { label: 最初から, command: start-over }',
    says: /並べられるのは1〜6個です（いまは7個）/,
  },
  {
    trap: 'an unknown rule',
    file: flow,
    from: 'uses: renewal',
    to: 'uses: passport',
    says: /規則「passport」はありません/,
  },
  {
    trap: 'an unknown fact',
    file: flow,
    from: '{ sixthMatters: yes }',
    to: '{ sixthMater: yes }',
    says: /条件の「sixthMater」がわかりません/,
  },
  {
    trap: 'a value that cannot be',
    file: flow,
    from: 'status: too-early',
    to: 'status: early',
    says: /「status」が「early」になることはありません.*too-early、renewable、expired/s,
  },
  {
    trap: 'a date in a condition',
    file: flow,
    from: '{ sixthMatters: yes }',
    to: '{ expiresOn: 2026-03-03 }',
    says: /「expiresOn」は条件に使えません/,
  },
  {
    trap: 'an operator in a condition',
    file: flow,
    from: '{ sixthMatters: yes }',
    to: '{ daysLeft: { lessThan: 5 } }',
    says: /条件には、値か値の一覧だけを書けます/,
  },
  {
    trap: 'a question about a later question',
    file: flow,
    from: '{ birthday: known }',
    to: '{ visitor: self }',
    says: /条件の「visitor」がわかりません/,
  },
  {
    trap: 'a question asked twice',
    file: flow,
    from: '  - visitor:',
    to: '  - birthday: date\n  - visitor:',
    says: /birthday を二度聞いています/,
  },
  {
    trap: 'two questions in one line',
    file: flow,
    from: '  - birthday: date',
    to: '  - birthday: date\n    wedding: date',
    says: /1行にひとつの質問/,
  },
  {
    trap: 'a date no rule uses',
    file: flow,
    from: '  - birthday: date',
    to: '  - wedding: date\n  - birthday: date',
    says: /日付 wedding を使う規則がありません/,
  },
  {
    trap: 'a text that is missing',
    file: flow,
    from: '  - items-self:',
    to: '  - parking: {}\n  - items-self:',
    says: /「parking」の文がありません/,
  },
  {
    trap: 'a text that nobody tells',
    file: texts,
    from: 'items-self: |',
    to: 'parking: 駐車場があります。\nitems-self: |',
    says: /「parking」はどこでも使われません/,
  },
  {
    trap: 'a placeholder that is no fact',
    file: texts,
    from: '{lastOpenDay}',
    to: '{firstDay}',
    says: /「\{firstDay\}」にあてはまるものがありません/,
  },
  {
    trap: 'a whole birthday',
    file: texts,
    from: '{birthday.month-day}',
    to: '{birthday}',
    says: /「\{birthday\}」は個人情報.*\{birthday\.month-day\}/s,
  },
  {
    trap: 'a format that does not exist',
    file: texts,
    from: '{lastOpenDay}',
    to: '{lastOpenDay.long}',
    says: /「\{lastOpenDay\.long\}」という書き方はできません/,
  },
  {
    trap: 'full-width braces',
    file: texts,
    from: '{lastOpenDay}',
    to: '｛firstOpenDay｝',
    says: /\{ \} の書き方が合いません/,
  },
  {
    trap: 'a button too long for LINE',
    file: texts,
    from: 'label: 代理の人',
    to: 'label: 家族や知り合いなど本人の代わりに窓口に行く人',
    says: /が長すぎます.*20文字まで/s,
  },
  {
    trap: 'a refusal without words',
    file: texts,
    from: '    too-old: 120年より前の日付のようです。\n',
    to: '',
    says: /「birthday\.retry\.too-old」の文がありません/,
  },
  {
    trap: 'an unknown key',
    file: texts,
    from: '  taken: ',
    to: '  takken: ',
    says: /「takken」という見出しは使えません/,
  },
  {
    trap: 'a common text that is missing',
    file: common,
    from: '  hello: こんにちは。\n',
    to: '',
    says: /「texts\.hello」の文がありません/,
  },
  {
    trap: 'a choice that leads nowhere',
    file: common,
    from: 'faq: bring',
    to: 'faq: parking',
    says: /よくある質問「parking」はありません/,
  },
  {
    trap: 'a choice that does two things',
    file: common,
    from: 'faq: bring }',
    to: 'faq: bring, command: human }',
    says: /ひとつに決まりません/,
  },
  {
    trap: 'a phrase with an impossible condition',
    file: common,
    from: '{ counter: open }',
    to: '{ counter: opened }',
    says: /「counter」が「opened」になることはありません/,
  },
  {
    trap: 'a day that does not exist',
    file: 'content/calendar.yaml',
    from: 'from: 2025-11-06',
    to: 'from: 2025-02-30',
    says: /実在する日付/,
  },
  {
    trap: 'hours the wrong way round',
    file: 'content/calendar.yaml',
    from: 'closes: "17:30"',
    to: 'closes: "07:30"',
    says: /順番が合いません/,
  },
  {
    trap: 'closed and open on one day',
    file: 'content/calendar.yaml',
    from: 'closures: []\n\nextra openings: []',
    to: 'closures:\n  - { from: 2027-03-14, until: 2027-03-14, reason: 停電 }\nextra openings:\n  - { on: 2027-03-14, periods: [{ opens: "09:00", closes: "12:00" }], note: 臨時 }',
    says: /臨時窓口と休みの両方/,
  },
  {
    trap: 'a source that is not listed',
    file: 'content/office.yaml',
    from: '[fujiidera-renewal]',
    to: '[city-page]',
    says: /出典「city-page」が見つかりません/,
  },
  {
    trap: 'the same heading twice',
    file: 'content/office.yaml',
    from: '  fee: 無料',
    to: '  fee: 無料\n  fee: 有料',
    says: /同じ見出しが二度あります/,
  },
  { trap: 'a tab', file: 'content/office.yaml', from: '  fee: 無料', to: '\tfee: 無料', says: /タブ/ },
  {
    trap: 'an unclosed quote',
    file: 'content/ja/faq.yaml',
    from: 'answer: "電子証明書の更新は{fee}です。',
    to: 'answer: "電子証明書の更新は{fee}です。\n"',
    says: /content\/ja\/faq\.yaml:\d+/,
  },
  {
    trap: 'a date button too long for LINE',
    file: 'content/ja/words.yaml',
    from: 'pick a date: 日付を選ぶ',
    to: 'pick a date: ここを押してカレンダーから日付を選んでください',
    says: /「ここを押して.*が長すぎます/,
  },
  {
    trap: 'a command that is also an answer',
    file: 'content/ja/words.yaml',
    from: 'back: [戻る,',
    to: 'back: [戻る, 本人,',
    says: /「本人」は質問の答えにもなっています/,
  },
  {
    trap: 'a phrase that holds itself',
    file: common,
    from: 'text: きょうは{counterUntil}まで開いています。',
    to: 'text: きょうは{opening}',
    says: /「\{opening\}」の中に「\{opening\}」があり、終わりがありません/,
  },
  {
    trap: 'a time zone that does not exist',
    file: 'content/office.yaml',
    from: 'Asia/Tokyo',
    to: 'Asia/Tokio',
    says: /「Asia\/Tokio」という時間帯はありません/,
  },
  {
    trap: 'a calendar without an open day',
    file: 'content/calendar.yaml',
    from: '{ from: 12-29, until: 01-03 }',
    to: '{ from: 01-01, until: 12-31 }',
    says: /1年のあいだ、窓口が開く日がありません/,
  },
  {
    trap: 'a text too long to read',
    file: texts,
    from: 'items-self: |\n',
    to: `items-self: |\n  ${'長い文です。'.repeat(200)}\n`,
    says: /文が長すぎます（1\d\d\d文字）/,
  },
  {
    trap: 'a condition named like a part of JavaScript',
    file: flow,
    from: '{ sixthMatters: yes }',
    to: '{ constructor: yes }',
    says: /条件の「constructor」がわかりません/,
  },
  {
    trap: 'a months count that is no number',
    file: 'content/procedures/renewal.yaml',
    from: 'months: 3',
    to: 'months: 三',
    says: /ここには数を書きます/,
  },
];

describe('a broken file is explained', () => {
  let city: City;
  beforeEach(() => {
    city = cityCopy();
  });
  afterEach(() => city.remove());

  for (const { trap, file, from, to, says } of traps) {
    it(trap, () => {
      city.edit(file, from, to);
      assert.match(problemsIn(city.root), says);
    });
  }

  it('a missing file, and a folder with nothing in it', () => {
    assert.match(problemsIn('/nowhere'), /対話のファイルがひとつもありません/);
  });

  it('all at once: three mistakes in three files are three problems, in the order of the files', () => {
    city.edit(flow, 'status: too-early', 'status: early');
    city.edit(texts, '{lastOpenDay}', '{firstDay}');
    city.edit(common, 'faq: bring', 'faq: parking');
    const shown = problemsIn(city.root);
    assert.deepEqual(
      [...shown.matchAll(/^(\S+?):\d+:\d+ /gm)].map((match) => match[1]),
      [common, common, texts, flow],
      'the anchored choices stand in two texts',
    );
  });
});

function problemsIn(root: string): string {
  const loaded = loadLibrary(root);
  assert.equal(loaded.ok, false, 'the mistake is found');
  return loaded.ok ? '' : showProblems(loaded.problems);
}
