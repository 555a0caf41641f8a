/** 「月〜金 9:00-12:00, 13:00-17:30」: when the counter is open, as staff would say it. */
const days = ['月', '火', '水', '木', '金', '土', '日'] as const;
type Day = (typeof days)[number];

export interface CounterHours {
  readonly weekdays: readonly Day[];
  readonly periods: readonly { readonly opens: string; readonly closes: string }[];
}

/** Undefined: it cannot be read so. */
export function readHours(written: string): CounterHours | undefined {
  const [, daysText = '', timesText = ''] =
    /^([月火水木金土日曜、・,~-]+)\s*([\d:,、\s~-]+)$/.exec(plain(written)) ?? [];
  const weekdays = readDays(daysText);
  const periods = timesText
    .split(/[,、]/)
    .map((period) => /^(\d{1,2}:\d{2})[-~](\d{1,2}:\d{2})$/.exec(period.replace(/\s/g, '')))
    .map((found) => found && { opens: clock(found[1]), closes: clock(found[2]) });
  const whole = periods.filter((period) => period !== null);
  return weekdays.length > 0 && whole.length === periods.length ? { weekdays, periods: whole } : undefined;
}

/** 「平日 9:00〜12:00、13:00〜17:30」 */
export function hoursText({ weekdays, periods }: CounterHours): string {
  const isWorkweek = weekdays.join('') === '月火水木金';
  const times = periods.map(({ opens, closes }) => `${short(opens)}〜${short(closes)}`);
  return `${isWorkweek ? '平日' : `${weekdays.join('・')}曜日`} ${times.join('、')}`;
}

function readDays(text: string): Day[] {
  const [, from, until] = /^([月火水木金土日])曜?[~-]([月火水木金土日])曜?$/.exec(text) ?? [];
  const between = days.slice(days.indexOf(from as Day), days.indexOf(until as Day) + 1);
  return from ? [...between] : days.filter((day) => text.includes(day));
}

/** Full-width digits and dashes of every kind. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[〜～–—−]/g, '~')
    .trim();
}

const clock = (time = ''): string => time.padStart(5, '0');
const short = (time: string): string => time.replace(/^0/, '');
