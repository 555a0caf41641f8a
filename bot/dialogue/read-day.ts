/** Free text → a day still to come, perhaps with a time: 「来週の火曜」「再来週の金曜の朝」「3時」. */
import { type ClockTime, dayOf, isMoment, isPlainDate, type Moment, moment, type PlainDate } from '../rules/dates.ts';
import type { TimeOfDay } from '../rules/day-times.ts';
import { type DayReading, readDay, readTime } from '../rules/day-words.ts';
import type { Question } from './library.ts';
import { isQuestion } from './normalise.ts';
import { refusal, type Situation } from './situation.ts';
import type { Intent } from './types.ts';

/** Longer questions are about something else, though they name a day. */
const longestQuestion = 20;
/** More days are no choice. */
const mostDays = 5;

export function readDayAnswer(text: string, question: Question, situation: Situation): Intent | undefined {
  if (isQuestion(text) && text.length > longestQuestion) return undefined;
  const { today } = situation.world.now;
  const { isDayFirst } = situation.language.dates;
  return dayIntent(readDay(text, today, { isDayFirst }), question, situation) ?? otherTime(text, question, situation);
}

function dayIntent(reading: DayReading, question: Question, situation: Situation): Intent | undefined {
  switch (reading.kind) {
    case 'not-a-day':
      return undefined;
    case 'no-such-day':
    case 'past':
      return retry(question, reading.kind);
    case 'which':
      return oneOf(reading.among, reading.time, question, situation);
    case 'span':
      return oneOf(daysOf(reading, question, situation), reading.time, question, situation);
  }
}

/** 「15時」 beside the day that is planned already. */
function otherTime(text: string, question: Question, situation: Situation): Intent | undefined {
  const planned = situation.journey?.given[question.slot];
  const time = readTime(text);
  if (!time || (!isPlainDate(planned) && !isMoment(planned))) return undefined;
  return oneOf([dayOf(planned)], time, question, situation);
}

/** The days of a span that are worth choosing; without any the first, so that it can be said what is wrong with it. */
function daysOf(
  { from, until }: { readonly from: PlainDate; readonly until: PlainDate },
  { slot }: Question,
  { flow, journey, world }: Situation,
): readonly PlainDate[] {
  if (from === until) return [from];
  const span = { from, until, count: mostDays };
  const days = flow?.rule?.slots[slot]?.suggest?.(span, journey?.facts ?? {}, world.now) ?? [];
  return days.length > 0 ? days : [from];
}

function oneOf(
  days: readonly PlainDate[],
  time: TimeOfDay | undefined,
  question: Question,
  situation: Situation,
): Intent | undefined {
  const { slot, flow } = question;
  const [only, ...others] = days;
  if (only === undefined) return undefined;
  const options = days.map((on) => ({ [slot]: atTime(on, time) }));
  if (others.length > 0) return { kind: 'ask-back', flow, pending: { kind: 'which', slot, options } };
  const why = refusal(situation, slot, only);
  return why === undefined ? { kind: 'answer', values: { [slot]: atTime(only, time) } } : retry(question, why);
}

/** 'opening' is what is reckoned with anyway. */
function atTime(on: PlainDate, time: TimeOfDay | undefined): PlainDate | Moment {
  const at = time && ('at' in time ? time.at : clock[time.part]);
  return at === undefined ? on : moment(on, at);
}

/** What a part of the day is reckoned as; it is read back, and can be corrected. */
const clock: Readonly<Record<Extract<TimeOfDay, { part: string }>['part'], ClockTime | undefined>> = {
  opening: undefined,
  morning: '10:00',
  noon: '12:00',
  afternoon: '14:00',
  evening: '17:00',
  night: '19:00',
};

function retry({ flow, slot }: Question, why: string): Intent {
  return { kind: 'retry', flow, slot, why };
}
