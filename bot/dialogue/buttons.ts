/**
 * What a tap means today. LINE keeps old buttons for ever, so a button names its flow, its slot and the question's meaning:
 * the open question's button answers, an older question's corrects, and any other is recognised as out of date.
 */
import { isMoment, isPlainDate } from '../rules/dates.ts';
import { fits, journeyOf } from './journey.ts';
import type { Flow, Question } from './library.ts';
import { refusal, type Situation } from './situation.ts';
import type { Action, Button, Intent } from './types.ts';

export function understandButton(button: Button, situation: Situation): Intent {
  if (button.kind === 'unreadable') return { kind: 'stale-button' };
  if (button.kind === 'do') return actionIntent(button.action);
  const flow = situation.world.library.flows.get(button.flow);
  const question = flow?.ask.find(({ slot, meaning }) => slot === button.slot && meaning === button.meaning);
  if (!flow || !question) return { kind: 'stale-button' };
  return situation.flow === flow
    ? inThisFlow(button, question, situation)
    : inNoFlow(button, question, flow, situation);
}

type AnswerButton = Extract<Button, { kind: 'answer' }>;

function inThisFlow(button: AnswerButton, question: Question, situation: Situation): Intent {
  const { journey, session } = situation;
  const { slot } = question;
  const isOpen = journey?.open?.slot === slot || session.asked?.slot === slot;
  // A day is offered before anybody asks for it.
  const isOffered = question.onRequest && journey !== undefined && fits(question.when, journey.facts);
  if (!isOpen && !isOffered && journey?.given[slot] === undefined) return { kind: 'stale-button' };
  const why = whyNot(button.value, question, situation);
  if (why !== undefined) return { kind: 'retry', flow: button.flow, slot, why };
  return {
    kind: isOpen || journey?.given[slot] === undefined ? 'answer' : 'correction',
    values: { [slot]: button.value },
  };
}

/** The conversation was forgotten meanwhile, or another flow goes on: begin that flow, with this answer if it is the first one asked. */
function inNoFlow(button: AnswerButton, question: Question, flow: Flow, situation: Situation): Intent {
  const journey = journeyOf(flow, {}, situation.world.now);
  const fits = journey.open?.slot === question.slot && !whyNot(button.value, question, { ...situation, flow, journey });
  return { kind: 'start', flow: flow.id, values: fits ? { [question.slot]: button.value } : {}, afterIdle: !fits };
}

function whyNot(value: string, question: Question, situation: Situation): string | undefined {
  if (question.kind === 'choice') return question.choices.includes(value) ? undefined : 'not-a-date';
  if (question.kind === 'day')
    return isPlainDate(value) || isMoment(value) ? refusal(situation, question.slot, value) : 'not-a-date';
  if (value === 'unknown') return undefined;
  return isPlainDate(value) ? refusal(situation, question.slot, value) : 'not-a-date';
}

/** What a button outside a question, or a command typed, asks for. */
export function actionIntent(action: Action): Intent {
  if (action.kind === 'faq') return { kind: 'faq', faq: action.faq };
  if (action.kind === 'more') return { kind: 'more', text: action.text };
  if (action.kind === 'language') return { kind: 'language', language: action.language };
  if (action.kind === 'person' || action.kind === 'reminder') return action;
  if (action.kind === 'ask') return { ...action, kind: 'wish' };
  if (action.kind === 'flow') return { kind: 'start', flow: action.flow, values: {}, afterIdle: false };
  return action.command === 'back' ? { kind: 'revisit', slot: null } : { kind: 'command', command: action.command };
}
