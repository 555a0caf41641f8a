/** Days as they are named in Chinese, Korean and Vietnamese, put into the Japanese words that `day-rules.ts` reads. English has rules of its own there. */

type Translation = readonly [pattern: RegExp, japanese: string | ((...found: string[]) => string)];

/** What is written in another language, as if it were in Japanese; anything else stays as it is. `text`: folded, in lower case. */
export function inJapanese(text: string, { isDayFirst }: { readonly isDayFirst: boolean }): string {
  const plain = withoutMarks(text);
  const isTheirs = isVietnamese(plain);
  const table = [
    ...(isDayFirst ? dayFirst : monthFirst),
    ...(/\p{Script=Hangul}/u.test(text) ? korean : []),
    ...(/[ぁ-ゖ]/.test(text) ? [] : chinese),
    ...(isTheirs ? vietnamese : []),
  ];
  return table.reduce(
    (read, [pattern, japanese]) => read.replace(pattern, japanese as string),
    isTheirs ? plain : text,
  );
}

/** Without accents, as many type. Words that only the accents tell apart come first: tối (evening) and tôi (I), mốt (in two days) and một (one). */
function withoutMarks(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(?<!\p{L})(?:tôi|một)(?!\p{L})/gu, '')
    .replace(/(?<!\p{L})(?:buổi )?tối(?!\p{L})/gu, 'buoi toi')
    .replace(/(?<!\p{L})(?:ngày )?mốt(?!\p{L})/gu, 'ngay mot')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd');
}

/** Told by words that no other of these languages has. */
function isVietnamese(plain: string): boolean {
  return /\b(?:ngay|tuan|thang|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|hom nay|mai|gio|buoi|\d{1,2}h)\b/.test(
    plain,
  );
}

/** 10/12/2026: which is the month is a matter of the language, but for numbers that no month has. */
const slashes = /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![\d/.-])/g;
const monthAndDay = (month = '', day = '', year = '') => `${year ? `${year}年` : ''}${month}月${day}日`;
const dayFirst: readonly Translation[] = [
  [
    slashes,
    (_, one = '', other = '', year) =>
      Number(other) > 12 ? monthAndDay(one, other, year) : monthAndDay(other, one, year),
  ],
];
const monthFirst: readonly Translation[] = [
  [
    /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/.-])/g,
    (_, one = '', other = '', year) =>
      Number(one) > 12 ? monthAndDay(other, one, year) : monthAndDay(one, other, year),
  ],
];

const chineseDays: Readonly<Record<string, string>> = {
  一: '月',
  二: '火',
  三: '水',
  四: '木',
  五: '金',
  六: '土',
  日: '日',
  天: '日',
  1: '月',
  2: '火',
  3: '水',
  4: '木',
  5: '金',
  6: '土',
};
const chinese: readonly Translation[] = [
  [/大后天|大後天/g, 'しあさって'],
  [/后天|後天/g, '明後日'],
  [/明天/g, '明日'],
  [/今天/g, '今日'],
  [/下下(?:个)?(?:周|星期|礼拜)/g, '再来週'],
  [/下(?:个)?(?:周|星期|礼拜)/g, '来週'],
  [/(?:这|本|这个)(?:周|星期|礼拜)/g, '今週'],
  [/(来週|今週)([一二三四五六日天1-6])/g, (_, week = '', day = '') => `${week}の${chineseDays[day]}曜`],
  [/(?:周|星期|礼拜)([一二三四五六日天1-6])/g, (_, day = '') => `${chineseDays[day]}曜`],
  [/(?:周|星期)末/g, '週末'],
  [/下(?:个)?月底/g, '来月末'],
  [/(?:这个|本)?月底/g, '今月末'],
  [/下(?:个)?月/g, '来月'],
  [/(?:这个|本)月/g, '今月'],
  [/(\d{1,2})号(?![窓館棟室])/g, '$1日'],
  [/上午|早上/g, '午前'],
  [/下午/g, '午後'],
  [/晚上/g, '夜'],
  [/中午/g, '正午'],
  [/(\d{1,2})点/g, '$1時'],
];

const koreanDays: Readonly<Record<string, string>> = {
  월: '月',
  화: '火',
  수: '水',
  목: '木',
  금: '金',
  토: '土',
  일: '日',
};
const korean: readonly Translation[] = [
  [/(\d{1,2})\s*월\s*(\d{1,2})\s*일/g, '$1月$2日'],
  [/(\d{4})\s*년/g, '$1年'],
  [/글피/g, 'しあさって'],
  [/모레/g, '明後日'],
  [/내일/g, '明日'],
  [/오늘/g, '今日'],
  [/다다음\s*주/g, '再来週'],
  [/다음\s*주/g, '来週'],
  [/이번\s*주/g, '今週'],
  [/주말/g, '週末'],
  [/다음\s*달\s*말/g, '来月末'],
  [/(?:이번\s*달|이달)\s*말|월말/g, '今月末'],
  [/다음\s*달/g, '来月'],
  [/이번\s*달/g, '今月'],
  [/([월화수목금토일])요일/g, (_, day = '') => `${koreanDays[day]}曜`],
  [/(週)\s+(?=[月火水木金土日末])/g, '$1の'],
  [/(\d{1,2})\s*일/g, '$1日'],
  [/오전|아침/g, '午前'],
  [/오후/g, '午後'],
  [/저녁/g, '夕方'],
  [/밤/g, '夜'],
  [/점심/g, '昼'],
  [/(\d{1,2})\s*시\s*반/g, '$1時半'],
  [/(\d{1,2})\s*시(?:\s*(\d{1,2})\s*분)?/g, (_, hour = '', minute = '') => `${hour}時${minute ? `${minute}分` : ''}`],
  [/(午前|午後)\s+/g, '$1'],
];

const vietnameseDays: Readonly<Record<string, string>> = {
  hai: '月',
  ba: '火',
  tu: '水',
  nam: '木',
  sau: '金',
  bay: '土',
  2: '月',
  3: '火',
  4: '水',
  5: '木',
  6: '金',
  7: '土',
};
const vietnameseWeeks: Readonly<Record<string, string>> = { nay: '今週', sau: '来週', toi: '来週' };
const vietnameseDay = 'thu (hai|ba|tu|nam|sau|bay|[2-7])|chu nhat';
const vietnamese: readonly Translation[] = [
  [/(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?/g, (_, day, month, year) => monthAndDay(month, day, year)],
  [
    /(\d{1,2})(?:h| gio| g)(?:\s?(\d{2})|( ruoi))?(?: (sang|trua|chieu|toi))?\b/g,
    (_, hour = '', minute, half, part) =>
      `${vietnameseParts[part ?? ''] ?? ''}${hour}時${half ? '半' : minute ? `${minute}分` : ''}`,
  ],
  [
    new RegExp(`\\b(?:${vietnameseDay}) tuan sau nua\\b`, 'g'),
    (_, day) => `再来週の${vietnameseDays[day ?? ''] ?? '日'}曜`,
  ],
  [/\btuan sau nua\b/g, '再来週'],
  [
    new RegExp(`\\b(?:${vietnameseDay}) tuan (nay|sau|toi)\\b`, 'g'),
    (_, day, week = '') => `${vietnameseWeeks[week]}の${vietnameseDays[day ?? ''] ?? '日'}曜`,
  ],
  [
    new RegExp(`\\btuan (nay|sau|toi),? (?:vao )?(?:${vietnameseDay})\\b`, 'g'),
    (_, week = '', day) => `${vietnameseWeeks[week]}の${vietnameseDays[day ?? ''] ?? '日'}曜`,
  ],
  [/\bcuoi tuan (?:sau|toi)\b/g, '来週末'],
  [/\bcuoi tuan(?: nay)?\b/g, '週末'],
  [/\bcuoi thang (?:sau|toi)\b/g, '来月末'],
  [/\b(cuoi|dau) thang (\d{1,2})\b/g, (_, part, month = '') => `${month}月${part === 'cuoi' ? '末' : '初め'}`],
  [/\bcuoi thang(?: nay)?\b/g, '今月末'],
  [/\btuan (nay|sau|toi)\b/g, (_, week = '') => vietnameseWeeks[week] ?? ''],
  [/\bthang (?:sau|toi)\b/g, '来月'],
  [/\bthang nay\b/g, '今月'],
  [new RegExp(`\\b(?:${vietnameseDay})\\b`, 'g'), (_, day) => `${vietnameseDays[day ?? ''] ?? '日'}曜`],
  [/\bngay (?:kia|mot)\b/g, '明後日'],
  [/\b(?:ngay )?mai\b/g, '明日'],
  [/\bhom nay\b/g, '今日'],
  [/\bngay (\d{1,2})(?![\d月])/g, '$1日'],
  [/\b(?:buoi )?sang\b/g, '午前'],
  [/\b(?:buoi )?trua\b/g, '昼'],
  [/\b(?:buoi )?chieu\b/g, '午後'],
  [/\bbuoi toi\b/g, '夜'],
];
const vietnameseParts: Readonly<Record<string, string>> = { sang: '朝', trua: '', chieu: '午後', toi: '夜' };
