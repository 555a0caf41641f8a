/**
 * Dates as Japanese people write them → a PlainDate, or why not. Pure reading: what the date is *for* (a birthday may not lie in
 * the future) is the slot's own rule. Order: normalise, then the calendar, then the era's range.
 */
import { type PlainDate, plainDate } from './dates.ts';
import { eraByLetter } from './eras.ts';
import { normaliseDateText } from './wareki-text.ts';

export type DateReading =
  /**
   * `respelt`: the era had ended or not begun on that day (平成31年5月1日), so the date is shown back in the right one.
   * `around`: the words beside the date, which may say what it is the date of (「有効期限は…まで」); `isBare`: only such words.
   */
  | {
      readonly kind: 'date';
      readonly on: PlainDate;
      readonly respelt: boolean;
      readonly around: string;
      readonly isBare: boolean;
    }
  /** Two dates in one message, the earlier first. */
  | { readonly kind: 'two-dates'; readonly on: readonly [PlainDate, PlainDate] }
  /** Could be any of these; never chosen silently (55.3.3, 昭和65年). Earliest first. */
  | {
      readonly kind: 'which';
      readonly among: readonly PlainDate[];
      readonly around: string;
      /** The one that it is where people write the day first. */
      readonly dayFirst?: PlainDate;
    }
  | { readonly kind: 'no-such-day' }
  /** Month and day without a year. */
  | { readonly kind: 'month-day'; readonly month: number; readonly day: number; readonly around: string }
  /** A year, or a year and month: the day is missing. */
  | { readonly kind: 'incomplete' }
  /** An age, 「去年の8月」, 「コロナのころ」. */
  | { readonly kind: 'vague' }
  | { readonly kind: 'not-a-date' };

/**
 * Reads a message that may be a date.
 *
 * @example readDate('昭和55年3月3日') // { kind: 'date', on: '1980-03-03', respelt: false, around: '', isBare: true }
 * @example readDate('昭和65年3月3日') // { kind: 'which', among: ['1990-03-03'] }
 */
export function readDate(text: string): DateReading {
  const normalised = normaliseDateText(text);
  const written = normalised.match(anyForm) ?? [];
  if (written.length === 0) return readPart(normalised);
  const around = normalised.replace(anyForm, ' ').trim();
  const isBare = isFiller(around);
  const [first, second] = written.map(readForm);
  if (first && written.length === 1) {
    if (first.kind === 'date') return { ...first, around, isBare };
    if (!isBare) return { kind: 'not-a-date' };
    return first.kind === 'which' ? { ...first, around } : first;
  }
  if (first?.kind === 'date' && second?.kind === 'date' && written.length === 2) {
    return { kind: 'two-dates', on: first.on <= second.on ? [first.on, second.on] : [second.on, first.on] };
  }
  return { kind: 'not-a-date' };
}

/** Every full date in a text that is more than a date, with the words beside it: 「昭和55年3月3日生まれで…」. */
export function datesIn(text: string): { readonly on: PlainDate; readonly before: string; readonly after: string }[] {
  const normalised = normaliseDateText(text);
  return [...normalised.matchAll(anyForm)].flatMap(({ 0: written, index }) => {
    const reading = readForm(written);
    if (reading.kind !== 'date') return [];
    const [before = ''] = normalised.slice(0, index).match(/[^\d、。,?!.]*$/) ?? [];
    // 「…生まれで発行日は…」: only what stands at the date is said of it; in languages with spaces nothing is.
    const [after = ''] = normalised.slice(index + written.length).match(/^(?![\sa-z])[^\d、。,?!.\s]{0,4}/) ?? [];
    return [{ on: reading.on, before, after }];
  });
}

/** Reads a year alone (「1980」「昭和55年」「S55」「55」) for a month and day already known; any other text as a date of its own. */
export function readYear(text: string, month: number, day: number): DateReading {
  const year = normaliseDateText(text).match(/^([mtshr]?\d{1,2}|\d{4})\.?(?:生まれ|うまれ|です)*$/);
  return year ? readDate(`${year[1]}.${month}.${day}`) : readDate(text);
}

const forms = [
  { pattern: String.raw`(?<![a-z])([mtshr])(\d{1,2})\.(\d{1,2})\.(\d{1,2})(?!\d)`, read: readEraDate },
  { pattern: String.raw`(?<![a-z])([mtshr])(\d{2})(\d{2})(\d{2})(?!\d)`, read: readEraDate },
  { pattern: String.raw`(?<!\d)(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)`, read: readWestern },
  { pattern: String.raw`(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)`, read: readWestern },
  { pattern: String.raw`(?<![\d.a-z])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)`, read: readYearLast },
  { pattern: String.raw`(?<![\d.a-z])(\d{1,2})\.(\d{1,2})\.(\d{1,2})(?!\d)`, read: readShortYear },
  { pattern: String.raw`(?<![\d.])(\d{2})(\d{2})(\d{2})(?!\d)`, read: readShortYear },
].map(({ pattern, read }) => ({ pattern, exactly: new RegExp(`^(?:${pattern})$`), read }));
const anyForm = new RegExp(forms.map((form) => form.pattern).join('|'), 'g');

const alone = { around: '', isBare: true } as const;

function readForm(written: string): DateReading {
  for (const { exactly, read } of forms) {
    const match = written.match(exactly);
    if (match) return read(match.slice(1));
  }
  throw new Error('a text matched by one of the forms is read by one of them');
}

function readWestern([year, month, day]: string[]): DateReading {
  const on = plainDate(Number(year), Number(month), Number(day));
  return on ? { kind: 'date', on, respelt: false, ...alone } : { kind: 'no-such-day' };
}

/** 3/4/1980: the day or the month first; asked back where it could be either. */
function readYearLast([first = '', second = '', year = '']: string[]): DateReading {
  const readings = [readWestern([year, second, first]), readWestern([year, first, second])];
  const among = readings.flatMap((reading) => (reading.kind === 'date' ? [reading.on] : []));
  const [only, other] = [...new Set(among)].sort();
  if (only && !other) return { kind: 'date', on: only, respelt: false, ...alone };
  const [dayFirst] = among;
  return only && other && dayFirst
    ? { kind: 'which', among: [only, other], around: '', dayFirst }
    : { kind: 'no-such-day' };
}

/** A year that the era never counted (昭和65年) is a slip to ask about; one it shared with its neighbour (平成31年5月) is clear. */
function readEraDate([letter = '', eraYear, month, day]: string[]): DateReading {
  const era = eraByLetter(letter);
  const year = era.offset + Number(eraYear);
  const on = Number(eraYear) > 0 ? plainDate(year, Number(month), Number(day)) : undefined;
  if (!on) return { kind: 'no-such-day' };
  if (year > era.lastYear) return { kind: 'which', among: [on], around: '' };
  return { kind: 'date', on, respelt: on < era.from || on > era.until, ...alone };
}

/** 55.3.3: 昭和55, 1955, …: every reading that the calendar knows. */
function readShortYear([year, month, day]: string[]): DateReading {
  const eraReadings = ['m', 't', 's', 'h', 'r'].map((letter) =>
    readEraDate([letter, year ?? '', month ?? '', day ?? '']),
  );
  const westernReadings = (year?.length === 2 ? ['19', '20'] : []).map((century) =>
    readWestern([`${century}${year}`, month ?? '', day ?? '']),
  );
  const among = [...eraReadings, ...westernReadings].flatMap((reading) =>
    reading.kind === 'date' ? [reading.on] : [],
  );
  if (among.length > 0) return { kind: 'which', among: [...new Set(among)].sort(), around: '' };
  return isYear(`${year}${month}`) ? { kind: 'incomplete' } : { kind: 'no-such-day' };
}

function readPart(normalised: string): DateReading {
  const bare = withoutTail(normalised.replace(filler, '').trim());
  const monthDay = bare.match(/^(\d{1,2})\.(\d{1,2})$/);
  if (monthDay) return readMonthDay(Number(monthDay[1]), Number(monthDay[2]), normalised.replace(/[\d.]/g, ''));
  if (/^(?:[mtshr]\d{1,2}(?:\.\d{1,2})?|\d{2})$/.test(bare) && /\D/.test(normalised)) return { kind: 'incomplete' };
  const western = bare.match(/^(\d{4})(?:\.\d{1,2})?$/);
  if (western?.[1] && isYear(western[1])) return { kind: 'incomplete' };
  return vague.test(normalised) && normalised.length <= 20 ? { kind: 'vague' } : { kind: 'not-a-date' };
}

/** 29 February counts: the year decides later. */
function readMonthDay(month: number, day: number, around: string): DateReading {
  return plainDate(2000, month, day) ? { kind: 'month-day', month, day, around } : { kind: 'no-such-day' };
}

function isYear(text: string): boolean {
  return Number(text) >= 1868 && Number(text) <= 2100;
}

const vague =
  /\d[歳才]|去年|昨年|一昨年|おととし|今年|来年|先月|先週|昨日|\d(?:か月|ヶ月|\.)(?:ほど|くらい)?前|年前|月前|最近|このまえ|この前|ずっと前|昔|むかし|(?:ころ|ごろ|頃)(?:です|だ)?$/;

/** Words that may stand around a date in an answer. */
const filler =
  /生年月日|誕生日|電子証明書|カード|市役所|窓口|有効期限|期限|発行日?|交付日?|作成日?|生まれ|うまれ|ました|でした|です|ます|だった|だと思う|(?:と|だと)(?:思い|おもい)ます|たぶん|多分|おそらく|もらった|もらい|受け取った|受け取り|作った|作り|有効|くらい|ぐらい|ころ|ごろ|頃|付け|付|まで|から|やったかな|だったかな|やったかも|ですかね|かな|やで|やわ|やな|やと|と書いてあ(?:る|ります)|って|わたし|私|僕|俺|母|父|妻|夫|本人|(?<![a-z])(?:birthday|birth|born|was|is|my|on|in|at|it|the|date|of|issued?|expires?|expiry|until|card|certificate|i)(?![a-z])|我的?|卡片?|电子证书|在留|的|카드|전자증명서|만료일|生日|出生|是|于|於|发行|签发|到期|有效期至?|생년월일|생일|태어났어요|출생|이에요|예요|입니다|생|까지|발급일?|유효기간|의|은|는|이|가|을|를|(?<![a-zà-ỹ])(?:tôi|toi|thẻ|the|của|cua|sinh|ngày|ngay|là|la|cấp|cap|hết|het|hạn|han|đến|den)(?![a-zà-ỹ])|[はがのにでとをねよや日生]|[、。,!:;~'"「」()［］[\]]/g;

function isFiller(rest: string): boolean {
  return /^[\s.]*$/.test(rest.replace(filler, ''));
}

/** Without dots and spaces at the end. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}
