/** 「月〜金 9:00-12:00, 13:00-17:30」: when the counter is open, as staff would say it. */
const days = ['月', '火', '水', '木', '金', '土', '日'] as const;
type Day = (typeof days)[number];

export interface CounterHours {
  readonly weekdays: readonly Day[];
  readonly periods: readonly { readonly opens: string; readonly closes: string }[];
}

/** Undefined: it cannot be read whole; nothing is guessed. */
export function readHours(written: string): CounterHours | undefined {
  const text = plain(written)
    .replace('平日', '月~金')
    .replace(/(?<=[月火水木金土日])曜日?/g, '');
  const [, daysText, timesText = ''] = /^([月火水木金土日~,・\s]+?)\s*(\d.*)$/.exec(text) ?? [];
  const named = daysText?.split(/[,・]/).map((part) => readDays(part.trim()));
  const periods = timesText.split(',').map((part) => readPeriod(part.replace(/\s/g, '')));
  if (!named?.every((part) => part !== undefined) || !periods.every((period) => period !== undefined)) return undefined;
  const isInOrder = periods.every(({ opens }, index) => index === 0 || (periods[index - 1]?.closes ?? '') <= opens);
  return isInOrder ? { weekdays: days.filter((day) => named.flat().includes(day)), periods } : undefined;
}

/** 「平日 9:00〜12:00、13:00〜17:30」 */
export function hoursText({ weekdays, periods }: CounterHours): string {
  const isWorkweek = weekdays.join('') === '月火水木金';
  const times = periods.map(({ opens, closes }) => `${short(opens)}〜${short(closes)}`);
  return `${isWorkweek ? '平日' : `${weekdays.join('・')}曜日`} ${times.join('、')}`;
}

/** 「月曜・祝日と12月28日〜1月4日」: `yearEnd` as 12-28~01-04, or なし. */
export function closedText({ weekdays }: CounterHours, yearEnd: string): string {
  const closed = [...days.filter((day) => !weekdays.includes(day)).map((day) => `${day}曜`), '祝日'].join('・');
  const spoken = yearEnd.split('~').map((day) => day.replace(/^0?(\d+)-0?(\d+)$/, '$1月$2日'));
  return spoken.length === 2 ? `${closed}と${spoken.join('〜')}` : closed;
}

/** 「12月28日〜1月4日」, 「12/28〜1/4」 and 「12-28〜01-04」 → 12-28~01-04; anything else as it is. */
export function readYearEnd(written: string): string {
  const ends = plain(written)
    .split('~')
    .map((end) => /^(\d{1,2})(?:-|\/|月)(\d{1,2})日?$/.exec(end.trim()));
  const whole = ends.length === 2 && ends.every((end) => end !== null);
  return whole ? ends.map((end) => `${two(end?.[1])}-${two(end?.[2])}`).join('~') : written.trim();
}

/** A day, or all from one to a later one. */
function readDays(part: string): Day[] | undefined {
  const [, from, until = from] = /^([月火水木金土日])(?:\s*~\s*([月火水木金土日]))?$/.exec(part) ?? [];
  const [first, last] = [days.indexOf(from as Day), days.indexOf(until as Day)];
  return first >= 0 && first <= last ? days.slice(first, last + 1) : undefined;
}

function readPeriod(part: string): CounterHours['periods'][number] | undefined {
  const [, opens, closes] = /^(\d{1,2}:\d{2})~(\d{1,2}:\d{2})$/.exec(part) ?? [];
  const period = { opens: clock(opens), closes: clock(closes) };
  const isTime = (time: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time);
  return isTime(period.opens) && isTime(period.closes) && period.opens < period.closes ? period : undefined;
}

/** Half-width; one sign for everything that stands between a beginning and an end, but for hyphens within days of the year. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[〜～–—−ー]|(?<=[月火水木金土日]|:\d\d)\s*-/g, '~')
    .replace(/[、，]/g, ',')
    .trim();
}

const two = (number = ''): string => number.padStart(2, '0');
const clock = (time = ''): string => time.padStart(5, '0');
const short = (time: string): string => time.replace(/^0/, '');
