/** What residents say without being asked: a date that names itself, a correction, another choice, a denial. */

import { addDays } from '../rules/dates.ts';
import { readDay } from '../rules/day-words.ts';
import { readDate } from '../rules/wareki.ts';
import { choosableAnswers, saysOneOf, saysOnly } from './answer-words.ts';
import { choose } from './choose.ts';
import { fits, journeyOf } from './journey.ts';
import { labelledSlots, namedSlots, placeDate } from './labelled-date.ts';
import { isQuestion, normalise, readChoiceNumber } from './normalise.ts';
import { questionText } from './question-text.ts';
import { readDateAnswer } from './read-answer.ts';
import { readDayAnswer } from './read-day.ts';
import { askedQuestion, type Situation } from './situation.ts';
import type { Intent } from './types.ts';

/** 「誕生日は1981/3/3に訂正」「有効期限は…」: a date that says what it is the date of, unless it answers what was asked. */
export function labelledDate(text: string, situation: Situation): Intent | undefined {
  const reading = readDate(text);
  if (!situation.flow || reading.kind !== 'date' || isQuestion(text)) return undefined;
  const [label, another] = labelledSlots(reading.around, situation);
  if (label === undefined || another !== undefined || label === askedQuestion(situation)?.slot) return undefined;
  return placeDate(reading.on, label, situation);
}

/** 「生年月日を直したい」, and nothing else: 「カードを作ったときの暗証番号を間違えた」 is a question. */
export function correctionAskedFor(text: string, situation: Situation): Intent | undefined {
  const { flow, journey, language } = situation;
  const { correct, aroundUnknown } = language.words;
  const typed = normalise(text);
  if (!correct.some((word) => typed.includes(word))) return undefined;
  const slot = namedSlots(text, situation).find((named) => journey?.given[named] !== undefined);
  const called = questionText(language, { flow: flow?.id ?? '', slot: slot ?? '' })?.called ?? [];
  const isAll = saysOnly(text, correct, [...called, ...correct, ...aroundUnknown]);
  return slot !== undefined && isAll ? { kind: 'revisit', slot } : undefined;
}

/** All is answered, and the message names another choice of a question: 「やっぱり代理の人」. */
export function otherChoice(text: string, { session, flow, journey, language }: Situation): Intent | undefined {
  if (!flow || !journey || session.asked !== null || readChoiceNumber(text) !== undefined) return undefined;
  for (const question of flow.ask) {
    const given = journey.given[question.slot];
    // 「はい」 after the end answers nothing that was asked.
    if (question.kind !== 'choice' || given === undefined || question.choices.includes('yes')) continue;
    const value = choose(text, choosableAnswers(question, language));
    if (value !== undefined && value !== given) return { kind: 'correction', values: { [question.slot]: value } };
  }
  return undefined;
}

/**
 * All is answered, and the message names a day to come: the day of the visit, for the first time or another one; 「15時」: another time.
 * 「3月15日に確定申告」 says what for, 「12月10日に知らせて」 and 「どうして12月4日?」 what to do about it.
 */
export function anotherDay(text: string, situation: Situation): Intent | undefined {
  const { session, flow, journey } = situation;
  if (!flow || !journey || session.asked !== null) return undefined;
  return (
    commandOnDay(text, situation) ??
    dayOfUse(text, situation) ??
    (isQuestion(text) ? undefined : dayOfVisit(text, situation))
  );
}

function commandOnDay(text: string, { world, language }: Situation): Intent | undefined {
  const typed = normalise(text);
  const command = (['remind', 'calendar', 'why'] as const).find((name) =>
    language.words.commands[name].some((word) => typed.startsWith(word) || typed.endsWith(word)),
  );
  if (command === undefined) return undefined;
  const reading = readDay(text, world.now.today, { isDayFirst: language.dates.isDayFirst });
  return reading.kind === 'not-a-day' ? undefined : { kind: 'command', command };
}

/** A day question that is about what another one asks on request: both are answered. */
function dayOfUse(text: string, situation: Situation): Intent | undefined {
  const { flow, journey, language } = situation;
  for (const question of flow?.ask ?? []) {
    const about = flow?.ask.find(({ slot, onRequest }) => onRequest && slot === flow.rule?.about[question.slot]);
    if (question.kind !== 'day' || !about || !fits(about.when, journey?.facts ?? {})) continue;
    const value = choose(text, choosableAnswers(about, language));
    const day = value === undefined ? undefined : readDayAnswer(text, question, situation);
    if (value === undefined || day === undefined) continue;
    // Which day is asked then, or why that one will not do.
    return { kind: 'answer', values: { [about.slot]: value, ...(day.kind === 'answer' && day.values) } };
  }
  return undefined;
}

function dayOfVisit(text: string, situation: Situation): Intent | undefined {
  const { flow, journey, world } = situation;
  if (!flow || !journey) return undefined;
  const question = flow.ask.find((each) => each.kind === 'day' && each.onRequest && fits(each.when, journey.facts));
  const intent = question && readDayAnswer(text, question, situation);
  if (!question || !intent || intent.kind === 'retry') return undefined;
  const values = intent.kind === 'answer' ? intent.values : {};
  // A date further off is printed on a card.
  const day = values[question.slot]?.slice(0, 10);
  if (day !== undefined && day > addDays(world.now.today, farthestVisitDays)) return undefined;
  return intent.kind === 'answer' && journey.given[question.slot] !== undefined
    ? { kind: 'correction', values }
    : intent;
}

/** Nobody plans a visit for later than that by just saying so. */
const farthestVisitDays = 200;

/** 「ちがう」 to what was understood last: that answer once more. */
export function denial(text: string, { journey, language }: Situation): Intent | undefined {
  const hasAnswers = Object.keys(journey?.given ?? {}).length > 0;
  return hasAnswers && saysOneOf(text, language.words.wrong) ? { kind: 'revisit', slot: null } : undefined;
}

/** A date when nothing was asked: the first question of the flow that begins with one. */
export function dateOutOfTheBlue(text: string, situation: Situation): Intent | undefined {
  const { session, world } = situation;
  if (session.flow !== null || readDate(text).kind === 'not-a-date') return undefined;
  for (const flow of world.library.flows.values()) {
    const journey = journeyOf(flow, {}, world.now);
    if (journey.open?.kind !== 'date') continue;
    const intent = readDateAnswer(text, journey.open, { ...situation, flow, journey });
    if (intent?.kind === 'ask-back' || intent?.kind === 'retry') return intent;
    const values = intent?.kind === 'answer' ? intent.values : {};
    if (intent) return { kind: 'start', flow: flow.id, values, afterIdle: false };
  }
  return undefined;
}

/** 「いいえ」「大丈夫です」 to 「ほかに知りたいことがあれば」; before anything was said, what there is. */
export function nothingMore(text: string, { session, flow, language }: Situation): Intent | undefined {
  const { yes, no } = language.words;
  if (session.asked !== null || !saysOneOf(text, [...yes, ...no])) return undefined;
  const isAfterAnswer = flow !== undefined || session.offered !== null;
  return { kind: 'command', command: isAfterAnswer ? 'thanks' : 'menu' };
}
