/** Staff have the bot ask one question: it checks the answer as ever, and what follows from it goes into the ticket. */

import { understandButton } from './buttons.ts';
import type { World } from './library.ts';
import type { Response } from './proceed.ts';
import { type QuestionId, questionText } from './question-text.ts';
import { readAnswer } from './read-answer.ts';
import { text } from './say-text.ts';
import { messagesBehind, messagesOf, withAnswers } from './session.ts';
import { askedQuestion, type Situation, situationOf } from './situation.ts';
import { answerLine } from './ticket-summary.ts';
import type { DeskEvent, Intent, Message, Say, Session } from './types.ts';

type AnswerIntent = Extract<Intent, { kind: 'answer' | 'retry' | 'ask-back' }>;

/** Says nothing when the file does not ask that any more. */
export function askForStaff(session: Session, { flow, slot }: QuestionId, { library }: World): Response {
  const question = library.flows.get(flow)?.ask.find((each) => each.slot === slot);
  if (!question || !session.handoff) return { session, says: [] };
  const { [slot]: _, ...answers } = session.flow === flow ? session.answers : {};
  const asked = { slot, meaning: question.meaning };
  const handoff = { ...session.handoff, asking: true };
  return {
    session: { ...session, flow, answers, asked, pending: null, handoff },
    says: [text('common.asked-by-staff'), { kind: 'question', flow, slot, again: false }],
  };
}

/** What answers the question that staff had asked, or tries to; undefined: it is said to staff. */
export function answerForStaff(message: Message, situation: Situation): AnswerIntent | undefined {
  const question = askedQuestion(situation);
  if (!question) return undefined;
  const isIts = message.kind === 'button' && message.button.kind === 'answer' && message.button.slot === question.slot;
  if (isIts) return answerOf(understandButton(message.button, situation));
  return message.kind === 'text' ? answerOf(readAnswer(message.text, question, situation)) : undefined;
}

function answerOf(intent: Intent | undefined): AnswerIntent | undefined {
  return intent?.kind === 'answer' || intent?.kind === 'retry' || intent?.kind === 'ask-back' ? intent : undefined;
}

/** The answer goes to staff; a slip is asked about, and nothing else is. Undefined when staff had nothing asked, or it was not answered. */
export function respondForStaff(
  understood: Intent,
  situation: Situation,
  messageId: string | null,
): Response | undefined {
  const { session, world, flow } = situation;
  const [intent, question] = [answerOf(understood), askedQuestion(situation)];
  if (!intent || !question || !flow || !session.handoff?.asking) return undefined;
  const { slot } = question;
  if (intent.kind === 'retry')
    return {
      session: { ...session, pending: null },
      says: [intent, { kind: 'question', flow: flow.id, slot, again: true }],
    };
  if (intent.kind === 'ask-back') {
    const { pending } = intent;
    const asks: Say =
      pending.kind === 'year'
        ? { ...pending, flow: flow.id }
        : { kind: 'which', flow: flow.id, slot, options: pending.options };
    return {
      session: { ...session, pending: { ...pending, messageIds: messagesOf(session, messageId) } },
      says: [asks],
    };
  }
  const { asking: _, ...handoff } = session.handoff;
  const answered = withAnswers({ ...session, asked: null, handoff }, intent.values, { messageId, flow });
  const after = situationOf(answered, world);
  const facts = after.journey?.facts ?? {};
  const desk: DeskEvent = {
    kind: 'answered',
    ticket: handoff.ticket,
    line: answerLine(intent.values[slot], question, after) ?? questionText(after.language, question)?.name ?? slot,
    facts,
    factsFrom: messagesBehind(answered),
  };
  return { session: answered, says: [text('common.told-staff')], desk: [desk] };
}
