/** What a new city is asked, as its people write it. */
import assert from 'node:assert/strict';
import { closedText, hoursText, readHours, readYearEnd } from '../bot/cli/new-city/hours.ts';
import { answersShape } from '../bot/cli/new-city/questions.ts';
import { newCityTexts } from '../bot/cli/new-city/texts.ts';
import { loadLibrary } from '../bot/load/library.ts';
import { unconfirmed } from '../bot/load/notices.ts';
import { readTexts } from '../bot/load/texts.ts';
import { translationNotices } from '../bot/load/translation-notices.ts';
import { root } from '../bot/root.ts';
import { mihon as answers } from './support/mihon.ts';

describe('the answers of a new city', () => {
  const hours: readonly (readonly [string, string | undefined])[] = [
    ['月〜金 9:00-17:30', '平日 9:00〜17:30'],
    ['平日 8:45〜12:00、13:00〜17:15', '平日 8:45〜12:00、13:00〜17:15'],
    ['月曜日〜金曜日 9:00-17:30', '平日 9:00〜17:30'],
    ['月～金曜 ９：００－１７：３０', '平日 9:00〜17:30'],
    ['月ー金 9:00ー17:30', '平日 9:00〜17:30'],
    ['月-金 9:00-17:30', '平日 9:00〜17:30'],
    ['月〜水、金 9:00-17:30', '月・火・水・金曜日 9:00〜17:30'],
    ['月〜金・日 9:00-17:30', '月・火・水・木・金・日曜日 9:00〜17:30'],
    ['日・火 10:00~16:00', '火・日曜日 10:00〜16:00'],
    ['いつでも', undefined],
    ['月〜金', undefined],
    ['金〜月 9:00-17:30', undefined],
    ['月〜金と第2土 9:00-17:30', undefined],
    ['月〜金 17:30-9:00', undefined],
    ['月〜金 9:00-25:00', undefined],
    ['月〜金 9:00-12:00, 11:00-17:00', undefined],
    ['月〜金 9:00-12:00 と夕方', undefined],
  ];
  for (const [written, read] of hours)
    it(`hours 「${written}」 are ${read ?? 'asked for again'}`, () => {
      const found = readHours(written);
      assert.equal(found && hoursText(found), read);
    });

  it('closed days follow from them', () => {
    const workweek = readHours('平日 9:00-17:00');
    const others = readHours('火〜日 9:00-17:00');
    assert.ok(workweek && others);
    assert.equal(closedText(workweek, '12-29~01-03'), '土曜・日曜・祝日と12月29日〜1月3日');
    assert.equal(closedText(others, 'なし'), '月曜・祝日');
  });

  for (const written of [
    '12-29〜01-03',
    '12月29日〜1月3日',
    '12/29～1/3',
    '12/29-1/3'.replace('-', '〜'),
    '１２月２９日〜１月３日',
  ])
    it(`the end of the year 「${written}」 is read`, () => assert.equal(readYearEnd(written), '12-29~01-03'));

  const fields: readonly (readonly [keyof typeof answers, string, boolean])[] = [
    ['name', '見本', false],
    ['name', '見本町', true],
    ['reading', 'ミホンシ', false],
    ['latin', 'mihon', false],
    ['phone', '０００－１１１－２２２２', true],
    ['phone', '電話はありません', false],
    ['fax', 'なし', true],
    ['page', 'http://city.example', false],
    ['yearEnd', '年末だけ', false],
    ['desk', 'たぶん', false],
  ];
  for (const [field, answer, isRead] of fields)
    it(`${field}: 「${answer}」 is ${isRead ? 'read' : 'asked for again'}`, () =>
      assert.equal(answersShape.shape[field].safeParse(answer).success, isRead));
});

describe('the files of a new city', () => {
  const made = (more: Partial<typeof answers> = {}) => {
    const texts = newCityTexts(readTexts(root), answersShape.parse({ ...answers, ...more }), 2026);
    const loaded = loadLibrary(texts);
    assert.ok(loaded.ok);
    return { texts, ...loaded };
  };

  it('have its hours and closed days wherever residents read them', () => {
    const { library, files, texts } = made({ hours: '火〜土 10:00-16:00', yearEnd: '12/28〜1/4' });
    const { hours, closedDays } = library.officeFacts;
    assert.equal(`${hours}|${closedDays}`, '火・水・木・金・土曜日 10:00〜16:00|月曜・日曜・祝日と12月28日〜1月4日');
    for (const { language, faq } of files.languages)
      for (const [id, { answer }] of Object.entries(faq.value))
        assert.doesNotMatch(
          JSON.stringify(answer),
          /12月29日|December 29|12월 29일|29\/12|1番窓口/,
          `${language} ${id}`,
        );
    assert.match(texts['content/calendar.yaml'] ?? '', /from: 12-28, until: 01-04/);
  });

  it('have a phone only where staff do not answer on LINE', () => {
    const { library, texts } = made({ desk: 'いいえ', yearEnd: 'なし' });
    assert.deepEqual([library.desk, texts['content/helpdesk.yaml']], [undefined, undefined]);
  });

  it('name every entry of the FAQ that rests on what nobody has confirmed', () => {
    const [page, ...facts] = unconfirmed(made().files);
    assert.match(page?.message ?? '', /city-renewal.*faq\.fee、/);
    assert.ok(facts.some(({ message }) => message.includes('「fee」')));
    assert.deepEqual(unconfirmed({ ...made().files, ...confirmed() }), []);
  });

  it('say which names of the office are not translated yet', () => {
    const english = translationNotices(made().files).find(({ file }) => file === 'content/en');
    assert.match(english?.message ?? '', /office\.place、/);
  });

  it('call a town’s office by its own name, in Japanese and in English', () => {
    const { texts, library } = made({ name: '見本町', reading: 'みほんちょう' });
    assert.equal(library.officeFacts.cityInEnglish, 'Mihon Town Hall');
    assert.equal(library.languages.get('en')?.officeFacts.city, 'Mihon Town (見本町)');
    for (const language of ['ja', 'ja-simple'])
      for (const name of ['common', 'renewal', 'faq'])
        assert.doesNotMatch(texts[`content/${language}/${name}.yaml`] ?? '', /市役所|市内の/);
  });

  function confirmed() {
    const { sources, office } = made().files;
    const page = { ...sources.value['city-renewal'], checked: '2026-12-01' } as (typeof sources.value)[string];
    return {
      sources: { ...sources, value: { ...sources.value, 'city-renewal': page } },
      office: { ...office, value: { ...office.value, 'to confirm': [] } },
    };
  }
});
