/**
 * A person takes over: the bot asks what it is about, opens a ticket, and is silent until staff or the resident end it. The mute has an end
 * of its own, so that the bot always comes back.
 */
import { closesAt, counterAt, firstOpenDayFrom } from '../rules/calendar.ts';
import { addDays, addHours, type Moment, moment } from '../rules/dates.ts';
import type { Facts } from '../rules/rule.ts';
import { answerForStaff } from './ask-for-staff.ts';
import type { Desk, World } from './library.ts';
import { normalise } from './normalise.ts';
import { carryOn, type Response } from './proceed.ts';
import { lead, text } from './say-text.ts';
import { holdsPersonalNumber, holdsPin, looksLikePin } from './secrets.ts';
import { messagesBehind } from './session.ts';
import { type Situation, situationOf } from './situation.ts';
import type { DeskEvent, Handoff, Intent, Message, Now, SaidMessage, Session } from './types.ts';

/** How staff, or time, end a talk. */
export type Ending = 'over' | 'silent';

/** The talk with staff that this message belongs to: none once its end has passed, or when something else is tapped than said. */
export function handoffFor(message: Message, { handoff }: Session, { today, time }: Now): Handoff | null {
  if (!handoff || moment(today, time) >= handoff.until) return null;
  return handoff.stage === 'about' && message.kind === 'button' && !isLeaving(message) ? null : handoff;
}

/** How a message is meant while a person is asked for: few things are the bot's business then. */
export function underHandoff(message: Message, handoff: Handoff, situation: Situation): Intent | undefined {
  const { commands, secrets } = situation.language.words;
  if (message.kind === 'follow' || handoff.stage === 'over') return undefined;
  const answer = handoff.asking ? answerForStaff(message, situation) : undefined;
  if (answer) return answer;
  if (message.kind === 'button')
    return isLeaving(message) ? { kind: 'command', command: 'leave' } : { kind: 'with-staff' };
  if (message.kind === 'text') {
    const typed = normalise(message.text);
    const command = (['leave', 'forget'] as const).find((name) => commands[name].includes(typed));
    if (command) return { kind: 'command', command };
    const isSecret = holdsPersonalNumber(message.text) || holdsPin(message.text, secrets) || looksLikePin(message.text);
    if (isSecret) return { kind: 'secret' };
  }
  return { kind: handoff.stage === 'open' ? 'to-staff' : 'about', message };
}

function isLeaving({ button }: Extract<Message, { kind: 'button' }>): boolean {
  return button.kind === 'do' && button.action.kind === 'command' && button.action.command === 'leave';
}

/** 「職員に相談」: what it is about is asked first. Without a desk there is only the phone. */
export function askAbout({ session, world }: Situation): Response | undefined {
  const { desk, library, now } = world;
  if (!desk || !library.desk) return undefined;
  const handoff: Handoff = {
    ticket: desk.newTicket,
    language: session.language,
    stage: 'about',
    until: addHours(moment(now.today, now.time), 1),
  };
  const says = text('common.handoff-about', aheadOf(world));
  return { session: { ...session, handoff, misses: 0 }, says: [says] };
}

/** What it is about is known: the ticket is open, and the promise is as good as the duty calendar. */
export function openTicket(
  message: SaidMessage,
  { session, journey, world }: Situation,
  messageId: string | null,
): Response {
  const { handoff } = session;
  if (!handoff) throw new Error('a ticket is opened only after a desk was asked for');
  const { flow, asked } = session;
  const opened: DeskEvent = {
    kind: 'opened',
    ticket: handoff.ticket,
    about: message,
    messageId,
    facts: journey?.facts ?? {},
    factsFrom: messagesBehind(session),
    asked: flow !== null && asked ? `${flow}.${asked.slot}` : null,
  };
  return {
    session: stillWithStaff({ ...session, handoff: { ...handoff, stage: 'open' } }, world),
    says: [text('common.handoff-open', aheadOf(world))],
    desk: [opened],
  };
}

/** To the staff who have the ticket; the bot says nothing. */
export function tellStaff(message: SaidMessage, { session, world }: Situation, messageId: string | null): Response {
  const ticket = session.handoff?.ticket ?? '';
  return { session: stillWithStaff(session, world), says: [], desk: [{ kind: 'said', ticket, message, messageId }] };
}

/** Every word of either side puts the bot's return off. */
export function stillWithStaff(session: Session, { library, now }: World): Session {
  const { handoff } = session;
  return handoff && library.desk ? { ...session, handoff: { ...handoff, until: muteEnd(library.desk, now) } } : session;
}

/** The resident has had enough of waiting, or was helped: on where the dialogue was. */
export function leaveDesk(situation: Situation): Response {
  return end(situation, 'common.handoff-left', leftBy(situation.session));
}

/** For the desk, when the resident goes: a ticket that was never opened is nobody's business. */
export function leftBy({ handoff }: Session, kind: 'left' | 'lapsed' = 'left'): DeskEvent[] {
  return handoff?.stage === 'open' ? [{ kind, ticket: handoff.ticket }] : [];
}

/** Staff are done, or nobody has written for long: on where the dialogue was. */
export function endHandoff(session: Session, world: World, ending: Ending): Response {
  return end(situationOf(session, world), ending === 'over' ? 'common.handoff-over' : 'common.handoff-silent', []);
}

function end(
  situation: Situation,
  key: 'common.handoff-left' | 'common.handoff-over' | 'common.handoff-silent',
  desk: readonly DeskEvent[],
): Response {
  const facts: Facts = { opened: situation.session.handoff?.stage === 'open' ? 'yes' : 'no' };
  // The question whether it helped stands in a bubble of its own: the other one is the flow's.
  const last = key === 'common.handoff-over' ? text(key) : lead(key, key === 'common.handoff-left' ? facts : {});
  const first = situation.journey?.open ? [last, lead('common.continue')] : [last];
  const { today, time } = situation.world.now;
  const response = carryOn(
    {
      ...situation.session,
      handoff: key === 'common.handoff-over' ? toBeRated(situation.session, moment(today, time)) : null,
    },
    { before: situation, first, wording: 'full' },
  );
  return { ...response, desk };
}

/** Whoever spoke with staff is asked whether it helped; the answer is taken for a day. What staff had the bot ask is the flow's own again. */
function toBeRated({ handoff }: Session, now: Moment): Handoff | null {
  if (!handoff) return null;
  const { asking: _, ...before } = handoff;
  return { ...before, stage: 'over', until: addHours(now, 24) };
}

/** 「役に立った」 to the question after a talk with staff; undefined when nothing of the kind was asked. */
export function rate(helped: boolean, situation: Situation): Response | undefined {
  const { session } = situation;
  if (session.handoff?.stage !== 'over') return undefined;
  const first = [lead('common.rated', { helped: helped ? 'yes' : 'no' })];
  const response = carryOn({ ...session, handoff: null }, { before: situation, first, quiet: true });
  return { ...response, desk: [{ kind: 'rated', ticket: session.handoff.ticket, helped }] };
}

/** Whether staff have the resident, or will: then the bot is silent. */
export function isWithStaff({ handoff }: Session): boolean {
  return handoff?.stage === 'open';
}

/** Who waits already, and how long it may take by that. */
function aheadOf({ desk, library }: World): Facts {
  const waiting = desk?.waiting ?? 0;
  return { ahead: waiting > 0 ? 'some' : 'nobody', waiting, waitMinutes: waiting * (library.desk?.minutesEach ?? 0) };
}

/** The bot comes back when staff have had a whole opening day to answer: at the end of the one after today, or after the next opening. */
function muteEnd({ calendar }: Desk, { today, time }: Now): Moment {
  const counter = counterAt(calendar, today, time);
  const servedOn = counter.kind === 'closed' ? counter.nextOn : today;
  const on = firstOpenDayFrom(calendar, addDays(servedOn, 1));
  return moment(on, closesAt(calendar, on));
}
