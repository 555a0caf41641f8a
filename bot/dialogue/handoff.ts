/**
 * A person takes over: the bot asks what it is about and opens a ticket. Then it is silent until staff or the resident end it; or, where
 * nobody can answer now, the ticket waits as a message and the bot goes on. The silence has an end of its own, so that the bot always comes back.
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
import type { Command, DeskEvent, Handoff, Intent, Message, Now, SaidMessage, Session } from './types.ts';

/** Whether staff have the resident's ticket. */
export function hasTicket({ handoff }: Session): boolean {
  return handoff?.stage === 'open' || handoff?.stage === 'message';
}

/** Whether what is said belongs to a person, so that the bot is silent. */
export function isSilent({ handoff }: Session): boolean {
  return handoff?.stage === 'open' || handoff?.stage === 'about';
}

/** The talk with staff that this message belongs to: none once its end has passed, or when something else is tapped than said. */
export function handoffFor(message: Message, { handoff }: Session, { today, time }: Now): Handoff | null {
  if (!handoff || moment(today, time) >= handoff.until) return null;
  return handoff.stage === 'about' && message.kind === 'button' && tapped(message) !== 'leave' ? null : handoff;
}

/** What the bot still obeys while a person is asked for. */
const obeyed: readonly Exclude<Command, 'back'>[] = ['leave', 'wait', 'leave-message', 'forget'];

/** How a message is meant while a person is asked for: few things are the bot's business then. */
export function underHandoff(message: Message, situation: Situation): Intent | undefined {
  const { session, language } = situation;
  const { handoff } = session;
  if (!handoff || !isSilent(session) || message.kind === 'follow') return undefined;
  const answer = handoff.asking ? answerForStaff(message, situation) : undefined;
  if (answer) return answer;
  if (message.kind === 'button') {
    const command = obeyed.find((name) => name === tapped(message));
    return command ? { kind: 'command', command } : { kind: 'with-staff' };
  }
  if (message.kind === 'text') {
    const { commands, secrets } = language.words;
    const typed = normalise(message.text);
    const command = obeyed.find((name) => commands[name].includes(typed));
    if (command) return { kind: 'command', command };
    const isSecret = holdsPersonalNumber(message.text) || holdsPin(message.text, secrets) || looksLikePin(message.text);
    if (isSecret) return { kind: 'secret' };
  }
  return { kind: handoff.stage === 'open' ? 'to-staff' : 'about', message };
}

function tapped({ button }: Extract<Message, { kind: 'button' }>): Command | undefined {
  return button.kind === 'do' && button.action.kind === 'command' ? button.action.command : undefined;
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

/** What it is about is known: the ticket is open, and the promise is as good as the duty calendar. Out of hours it is a message. */
export function openTicket(message: SaidMessage, situation: Situation, messageId: string | null): Response {
  const { session, journey, world } = situation;
  const { handoff, flow, asked } = session;
  const { desk } = world.library;
  if (!handoff || !desk) throw new Error('a ticket is opened only after a desk was asked for');
  const { today, time } = world.now;
  const isMessage = counterAt(desk.calendar, today, time).kind !== 'open';
  const opened: DeskEvent = {
    kind: 'opened',
    ticket: handoff.ticket,
    about: message,
    messageId,
    facts: { ...journey?.facts, ...spokenBy(session, world) },
    factsFrom: messagesBehind(session),
    asked: flow !== null && asked ? `${flow}.${asked.slot}` : null,
    isMessage,
  };
  const says = text('common.handoff-open', aheadOf(world));
  const waiting = withStaff(session, world);
  const response = isMessage ? besides(asMessage(waiting, world), situation, says) : { session: waiting, says: [says] };
  return { ...response, desk: [opened] };
}

/** Staff need not be told of the language that they speak themselves. */
function spokenBy({ language }: Session, { library }: World): Facts {
  const [main] = library.languages.keys();
  return language === main ? {} : { language };
}

/** To the staff who have the ticket; the bot says nothing. */
export function tellStaff(message: SaidMessage, { session, world }: Situation, messageId: string | null): Response {
  const ticket = session.handoff?.ticket ?? '';
  return { session: withStaff(session, world), says: [], desk: [{ kind: 'said', ticket, message, messageId }] };
}

/** The resident would rather wait in the talk: whatever they write goes to staff again. */
export function waitOn({ session, world }: Situation): Response {
  return {
    session: { ...withStaff(session, world), misses: 0 },
    says: [text('common.handoff-waiting')],
    desk: [{ kind: 'waits', ticket: session.handoff?.ticket ?? '', isMessage: false }],
  };
}

/** The resident need not wait: staff answer when they can, and the bot is there meanwhile. */
export function leaveMessage(situation: Situation): Response {
  const { session, world } = situation;
  const response = besides(asMessage(session, world), situation, text('common.handoff-message'));
  return { ...response, desk: [{ kind: 'waits', ticket: session.handoff?.ticket ?? '', isMessage: true }] };
}

/** Every word of either side puts the bot's return off. */
export function withStaff(session: Session, { library, now }: World): Session {
  const { handoff } = session;
  if (!handoff || !library.desk) return session;
  return { ...session, handoff: { ...handoff, stage: 'open', until: muteEnd(library.desk, now) } };
}

/** As long as staff keep an open ticket: a message is answered late rather than never. */
const messageDays = 60;

function asMessage(session: Session, { now }: World): Session {
  if (!session.handoff) return session;
  const { asking: _, ...handoff } = session.handoff;
  const until = moment(addDays(now.today, messageDays), now.time);
  return { ...session, handoff: { ...handoff, stage: 'message', until } };
}

/** That, and on where the dialogue was. */
function besides(session: Session, before: Situation, said: ReturnType<typeof text>): Response {
  const isAsking = situationOf(session, before.world).journey?.open !== undefined;
  return carryOn(session, { before, first: isAsking ? [said, lead('common.continue')] : [said], wording: 'full' });
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
