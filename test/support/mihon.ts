/** A city that does not exist, as its people would answer npm run new-city. */
export const mihon = {
  name: '見本市',
  reading: 'みほんし',
  latin: 'Mihon',
  section: '市民部 市民課',
  counter: '市民課の窓口',
  place: '市役所2階',
  address: '〒000-0000 見本県見本市中央1-1',
  hours: '月〜金 9:00-12:00, 13:00-17:00',
  yearEnd: '12-29〜01-03',
  phone: '000-111-2222（マイナンバー係）',
  mainPhone: '000-111-0000',
  fax: 'なし',
  page: 'https://www.city.mihon.example/mynumber.html',
  desk: 'はい',
};
