/** A time of day beside a day: 「朝」「午後3時」「15:00」「仕事帰り」. What a counter that is open by day is told: 「3時」 is three in the afternoon. */
import { type ClockTime, isClockTime } from './dates.ts';

export type TimeOfDay =
  | { readonly at: ClockTime }
  /** 'opening': as soon as it opens. */
  | { readonly part: 'opening' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' };

/** Hours before this one are in the afternoon, unless somebody says otherwise. */
const earliest = 7;

/** The time, if one is named, and the text without it. */
export function takeTime(text: string): { readonly time: TimeOfDay | undefined; readonly rest: string } {
  const exact = english.exec(text) ?? clock.exec(text);
  if (exact) {
    const { before, hour = '', half, minute, colon, suffix } = exact.groups ?? {};
    const minutes = half ? 30 : Number(minute ?? colon ?? 0);
    const at = clockAt(Number(hour), { minutes, half: suffix ?? before ?? '' });
    if (at) return { time: { at }, rest: without(text, exact) };
  }
  for (const [pattern, time] of parts) {
    const found = pattern.exec(text);
    if (found) return { time, rest: without(text, found) };
  }
  return { time: undefined, rest: text };
}

const clock =
  /(?<before>午前|午後|ごぜん|ごご|朝の?|夕方の?|夜の?)?(?<!\d)(?<hour>\d{1,2})(?:時(?!間)(?:(?<half>半)|(?<minute>\d{1,2})分)?|:(?<colon>\d{2}))(?:ごろ|ころ|頃|くらい|ぐらい|すぎ|過ぎ)?/;
const english = /(?:at )?(?<!\d)(?<hour>\d{1,2})(?::(?<colon>\d{2}))?\s?(?<suffix>[ap])\.?m\.?(?![a-z])/;

function clockAt(hour: number, { minutes, half }: { minutes: number; half: string }): ClockTime | undefined {
  const isAfternoon = /午後|ごご|夕方|夜|p/.test(half) && hour < 12;
  const isLikely = half === '' && hour < earliest;
  const at = `${String(hour + (isAfternoon || isLikely ? 12 : 0)).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return isClockTime(at) ? at : undefined;
}

const parts: readonly (readonly [RegExp, TimeOfDay])[] = [
  [/朝いち|朝一番?|開庁(?:と同時|すぐ)|いちばん(?:早い時間|に)|first thing/, { part: 'opening' }],
  [/正午/, { at: '12:00' }],
  [/午前中?|ごぜん(?:中|ちゅう)?|朝|あさ(?!って)|in the morning|morning/, { part: 'morning' }],
  [/お?昼(?:過ぎ|すぎ)|午後|ごご|in the afternoon|afternoon/, { part: 'afternoon' }],
  [/お?昼(?:休み|頃|ごろ)?|おひる|at noon|noon|lunch ?(?:time|break)?/, { part: 'noon' }],
  [/夕方|ゆうがた|仕事(?:帰り|終わり|のあと|の後)|after work|in the evening|evening/, { part: 'evening' }],
  [/夜|よる|晩|at night|tonight/, { part: 'night' }],
];

function without(text: string, { 0: found, index }: RegExpExecArray): string {
  return `${text.slice(0, index)} ${text.slice(index + found.length)}`.trim();
}
