/** What a day can be called → how it is found. The first row that fits counts. */
import { addDays, addMonthsClamped, type PlainDate, partsOf, plainDate, weekdayOf } from './dates.ts';
import { holidayDay } from './day-holidays.ts';
import {
  coming,
  dayOfMonth,
  type Found,
  firstOf,
  inWeek,
  monday,
  monthDay,
  nthWeekday,
  numberedMonth,
  partOfMonth,
  partOfWeek,
  weekdays,
  weekend,
} from './day-spans.ts';
import { readDate } from './wareki.ts';
import { normaliseDateText } from './wareki-text.ts';

type Rule = readonly [pattern: RegExp, find: (match: readonly string[], today: PlainDate) => Found | undefined];

const weeksOf: Readonly<Record<string, number>> = {
  今: 0,
  こん: 0,
  来: 1,
  らい: 1,
  翌: 1,
  再来: 2,
  さらい: 2,
  さ来: 2,
  先: -1,
  せん: -1,
};
const monthsOf = weeksOf;
const week = '(今|こん|再来|さらい|さ来|来|らい|翌|先|せん)(?:週|しゅう)';
const month = '(今|こん|再来|さらい|さ来|来|らい|翌|先|せん)(?:月|げつ)';
const weekday = `([${weekdays}])(?:曜日?|よう(?:び)?)`;
const weekPart = '(末|頭|初め|はじめ|あたま|前半|半ば|なかば|中頃|中ごろ|後半|中)?';
const monthPart = '(末|まつ|終わり|おわり|頭|初め|はじめ|あたま|上旬|中旬|下旬|前半|後半|半ば|なかば|中頃|中ごろ|中)?';
const kanaDays: Readonly<Record<string, string>> = {
  げつ: '月',
  か: '火',
  すい: '水',
  もく: '木',
  きん: '金',
  ど: '土',
  にち: '日',
};
const kanaWeekday = '(げつ|か|すい|もく|きん|ど|にち)よう(?:び)?';
const englishDays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const englishDay = '(sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day|s|rs?)?(?![a-z])';
const englishNumbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
};

const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const englishMonth = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const englishOrder: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
};
const englishParts: Readonly<Record<string, string>> = {
  mid: '中旬',
  early: '初め',
  late: '下旬',
  end: '末',
  beginning: '初め',
  start: '初め',
  'first week': '初め',
};
const farthestSoonDays = 120;

const at = (table: Readonly<Record<string, number>>, key = '') => (Object.hasOwn(table, key) ? (table[key] ?? 0) : 0);
const dayNumber = (name = '') => Math.max(0, weekdays.indexOf(kanaDays[name] ?? name));
const englishDayNumber = (name = '') => englishDays.indexOf(name);
/** More is no day that anybody plans for. */
const count = (text = '') =>
  Object.hasOwn(englishNumbers, text) ? (englishNumbers[text] ?? 0) : text.length <= 3 ? Number(text) : 0;
const monthOf = (today: PlainDate, name = '') => numberedMonth(today, englishMonths.indexOf(name) + 1) ?? today;

/** 「火曜」 alone: the coming one; on a Tuesday it may be today. */
function bareWeekday(today: PlainDate, weekday: number): Found {
  return weekday === weekdayOf(today) ? { among: [today, addDays(today, 7)] } : coming(today, weekday);
}

/** 「8日」: of the next month that has such a day. */
function nextDayOf(today: PlainDate, number: number): Found {
  if (number < 1 || number > 31) return 'no-such-day';
  for (let months = 0; months < 12; months += 1) {
    const on = dayOfMonth(addMonthsClamped(firstOf(today), months), number);
    if (typeof on === 'string' && on !== 'no-such-day' && on >= today) return on;
  }
  return 'no-such-day';
}

/** "next Friday": of the week after this one; early in the week some mean this one's. */
function nextWeekday(today: PlainDate, weekday: number): Found {
  const [soon, later] = [coming(today, weekday), inWeek(today, 1, weekday)];
  return soon === later ? soon : { among: [soon, later] };
}

const weekdayBeside = new RegExp(`\\(?\\b${englishDay}\\)?,?`, 'g');

export const dayRules: readonly Rule[] = [
  // From one to another, and one or the other
  [
    /(\d{1,2})[月/](\d{1,2})日?(?:〜|~|から)(?:(\d{1,2})[月/])?(\d{1,2})(?!\d|日?間|週|か月|ヶ月|ケ月|時|:)日?/,
    ([, month, day, other, until], today) => {
      const from = monthDay(today, Number(month), Number(day));
      const last = monthDay(today, Number(other ?? month), Number(until));
      return typeof from === 'string' &&
        typeof last === 'string' &&
        from !== 'no-such-day' &&
        last !== 'no-such-day' &&
        from <= last
        ? [from, last]
        : 'no-such-day';
    },
  ],
  [
    /(\d{1,2})月(\d{1,2})日?か(\d{1,2})日/,
    ([, month, one, other], today) => {
      const days = [one, other].map((day) => monthDay(today, Number(month), Number(day)));
      return { among: days.filter((on) => typeof on === 'string' && on !== 'no-such-day') as PlainDate[] };
    },
  ],
  // Counted from today
  [
    /\d{1,3}(?:日|週間|(?:か|ヶ|ケ|ヵ|箇|こ)月|年)前|去年|昨年|先日|このあいだ|\bago\b/,
    (_, today) => addDays(today, -1),
  ],
  [
    new RegExp(`(\\d{1,3})週間(?:後|ご|先)の?(?:${weekday}|${kanaWeekday})`),
    ([, weeks, name, kana], today) => inWeek(today, Number(weeks), dayNumber(name ?? kana)),
  ],
  [/(しあさって|明々後日|明明後日)/, (_, today) => addDays(today, 3)],
  [/(あさって|明後日|day after tomorrow)/, (_, today) => addDays(today, 2)],
  [/(おととい|一昨日|きのう|昨日|yesterday)/, (_, today) => addDays(today, -1)],
  [/(?:(?:今日|きょう)から)?(\d{1,3})週間(?:後|ご|先)/, ([, weeks], today) => addDays(today, 7 * Number(weeks))],
  [/(?:(?:今日|きょう)から)?(\d{1,3})日(?:後|ご|先)/, ([, days], today) => addDays(today, Number(days))],
  [
    /(?:(?:今日|きょう)から)?(\d{1,3})(?:か|ヶ|ケ|ヵ|箇|こ)月(?:後|ご|先)/,
    ([, months], today) => addMonthsClamped(today, Number(months)),
  ],
  [/半年(?:後|ご|先)/, (_, today) => addMonthsClamped(today, 6)],
  [/in (\d+|[a-z]+) days?/, ([, days], today) => (count(days) ? addDays(today, count(days)) : undefined)],
  [/in (\d+|[a-z]+) weeks?/, ([, weeks], today) => (count(weeks) ? addDays(today, 7 * count(weeks)) : undefined)],
  [
    /in (\d+|[a-z]+) months?/,
    ([, months], today) => (count(months) ? addMonthsClamped(today, count(months)) : undefined),
  ],
  [/(?:あした|明日|みょうにち|tomorrow|(?<![ぁ-ん])あす(?![ぁ-ん]))/, (_, today) => addDays(today, 1)],
  [/来週の(?:今日|きょう)/, (_, today) => addDays(today, 7)],
  [/(?:今日|きょう|本日|ほんじつ|today)(?!から)/, (_, today) => today],

  // Holidays and seasons, before the weeks and months that they hold
  [/.+/, ([text = ''], today) => holidayDay(text, today)],

  // Months
  [
    new RegExp(`(first|1st|second|2nd|third|3rd|fourth|4th) ${englishDay} (?:of|in) ${englishMonth}`),
    ([, nth = '', name, month], today) =>
      nthWeekday(monthOf(today, month), at(englishOrder, nth), englishDayNumber(name)),
  ],
  [
    new RegExp(`(mid|early|late|end|beginning|start|first week)[- ](?:of )?${englishMonth}`),
    ([, part = '', month], today) => partOfMonth(monthOf(today, month), englishParts[part] ?? ''),
  ],
  [
    /(再来年|来年)の?(\d{1,2})月の?(\d{1,2})(?!\d|週)/,
    ([, which, number, day], today) =>
      plainDate(partsOf(today).year + (which === '来年' ? 1 : 2), Number(number), Number(day)) ?? 'no-such-day',
  ],
  [
    /(再来年|来年)の?(\d{1,2})月(?:の)?(末|頭|初め|はじめ|上旬|中旬|下旬|前半|後半|半ば)?(?!の?(?:\d|第|最終|最後))/,
    ([, which, number, part = ''], today) => {
      const first = plainDate(partsOf(today).year + (which === '来年' ? 1 : 2), Number(number), 1);
      return first ? partOfMonth(first, part) : 'no-such-day';
    },
  ],
  [
    new RegExp(`${month}の?第?(\\d)(?:週の?)?${weekday}`),
    ([, which, nth, name], today) =>
      nthWeekday(addMonthsClamped(firstOf(today), at(monthsOf, which)), Number(nth), dayNumber(name)),
  ],
  [
    new RegExp(`(\\d{1,2})月の?第?(\\d)(?:週の?)?${weekday}`),
    ([, number, nth, name], today) => {
      const first = numberedMonth(today, Number(number));
      return first ? nthWeekday(first, Number(nth), dayNumber(name)) : 'no-such-day';
    },
  ],
  [
    new RegExp(`第(\\d)(?:週の?)?${weekday}`),
    ([, nth, name], today) => {
      const now = nthWeekday(today, Number(nth), dayNumber(name));
      return typeof now === 'string' && now !== 'no-such-day' && now >= today
        ? now
        : nthWeekday(addMonthsClamped(firstOf(today), 1), Number(nth), dayNumber(name));
    },
  ],
  [
    new RegExp(`${month}の?(\\d{1,2})日?`),
    ([, which, day], today) => dayOfMonth(addMonthsClamped(firstOf(today), at(monthsOf, which)), Number(day)),
  ],
  [
    new RegExp(`${month}の?${monthPart}`),
    ([, which, part = ''], today) => partOfMonth(addMonthsClamped(firstOf(today), at(monthsOf, which)), part),
  ],
  [/end of (?:the|this) month/, (_, today) => partOfMonth(today, '末')],
  [/end of next month/, (_, today) => partOfMonth(addMonthsClamped(firstOf(today), 1), '末')],
  [/next month/, (_, today) => partOfMonth(addMonthsClamped(firstOf(today), 1), '')],
  [/this month/, (_, today) => partOfMonth(today, '')],
  [
    /(?<!\d)(\d{1,2})月(?:の)?(末|まつ|終わり|頭|初め|はじめ|上旬|中旬|下旬|前半|後半|半ば|中)/,
    ([, number, part = ''], today) => {
      const first = numberedMonth(today, Number(number));
      return first ? partOfMonth(first, part) : 'no-such-day';
    },
  ],
  [/(?<![\d年月週])月末/, (_, today) => partOfMonth(today, '末')],
  [
    /(?<![\d年])月(?:初め|はじめ|頭|初)/,
    (_, today) => partOfMonth(addMonthsClamped(firstOf(today), partsOf(today).day > 7 ? 1 : 0), '初'),
  ],

  // Either
  [
    new RegExp(`(?:${week}の?)?([${weekdays}])(?:曜日?)?(?:か|または)(?:${week}の?)?${weekday}`),
    ([, which, one, other, two], today) => {
      const days = [[which, one] as const, [other ?? which, two] as const].map(([of, name]) =>
        of === undefined ? coming(today, dayNumber(name)) : inWeek(today, at(weeksOf, of), dayNumber(name)),
      );
      return { among: days.sort() };
    },
  ],

  // Weeks
  [
    new RegExp(`${week}の?(?:${weekday}|${kanaWeekday})`),
    ([, which, name, kana], today) => inWeek(today, at(weeksOf, which), dayNumber(name ?? kana)),
  ],
  [
    new RegExp(`${week}の?([${weekdays}])(?![ぁ-ん一-龠])`),
    ([, which, name], today) => inWeek(today, at(weeksOf, which), dayNumber(name)),
  ],
  [new RegExp(`${week}の?${weekPart}`), ([, which, part = ''], today) => partOfWeek(today, at(weeksOf, which), part)],
  [/(?:週明け|しゅうあけ|beginning of next week)/, (_, today) => monday(today, 1)],
  [
    /(?:次|つぎ|今度|こんど)の(?:週末)/,
    (_, today) => weekend(today, weekdayOf(today) === 6 || weekdayOf(today) === 0 ? 1 : 0),
  ],
  [/(?:週末|weekend)/, (_, today) => weekend(today, 0)],
  [
    new RegExp(`(?:次|つぎ|今度|こんど)の?(?:${weekday}|${kanaWeekday})`),
    ([, name, kana], today) => coming(today, dayNumber(name ?? kana)),
  ],
  [/week after next/, (_, today) => partOfWeek(today, 2, '')],
  [/next week(?! ?end)/, (_, today) => partOfWeek(today, 1, '')],
  [/this week(?! ?end)/, (_, today) => partOfWeek(today, 0, '')],
  [new RegExp(`next ${englishDay}`), ([, name], today) => nextWeekday(today, englishDayNumber(name))],
  [new RegExp(`last ${englishDay}`), ([, name], today) => inWeek(today, -1, englishDayNumber(name))],
  [new RegExp(`this (?:coming )?${englishDay}`), ([, name], today) => inWeek(today, 0, englishDayNumber(name))],

  // Dates
  [
    /(?<!\d)(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})/,
    ([, year, number, day]) => plainDate(Number(year), Number(number), Number(day)) ?? 'no-such-day',
  ],
  [
    /来年の?(\d{1,2})月(\d{1,2})/,
    ([, number, day], today) => plainDate(partsOf(today).year + 1, Number(number), Number(day)) ?? 'no-such-day',
  ],
  [
    /(?<![\d年./-])(\d{1,2})[月./](\d{1,2})(?!\d)/,
    ([, number, day], today) => monthDay(today, Number(number), Number(day)),
  ],
  [
    new RegExp(`\\b${englishMonth}\\.? (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?!,? \\d{4})`),
    ([, name, day], today) => monthDay(today, englishMonths.indexOf(name ?? '') + 1, Number(day)),
  ],
  [
    /.*[a-z]{3}.*/,
    ([text = ''], today) => {
      // 「Fri, Dec 4」: the day of the week is only said beside it.
      const reading = readDate(normaliseDateText(text.replace(weekdayBeside, ' ').trim()));
      return reading.kind === 'month-day' ? monthDay(today, reading.month, reading.day) : undefined;
    },
  ],
  [/\b(\d{1,2})(?:st|nd|rd|th)\b/, ([, day], today) => nextDayOf(today, Number(day))],
  [new RegExp(`${weekday}|${kanaWeekday}`), ([, name, kana], today) => bareWeekday(today, dayNumber(name ?? kana))],
  [new RegExp(`(?<![a-z])${englishDay}`), ([, name], today) => bareWeekday(today, englishDayNumber(name))],
  [/(?<![\d月年.])(\d{1,2})日/, ([, day], today) => nextDayOf(today, Number(day))],
  [
    /(?<!\d)(\d{1,2})月(?!\d)/,
    ([, number], today) => {
      const first = numberedMonth(today, Number(number));
      return first ? partOfMonth(first, '') : 'no-such-day';
    },
  ],
  // As soon as possible, where no day is named
  [
    /(?:一番|いちばん|なるべく|できるだけ|最も)早|最短|早めに|as soon as|earliest|\basap\b/,
    (_, today) => [today, addDays(today, farthestSoonDays)],
  ],
];
