/** Event + what is stored → what is to be stored: the turn itself, before anything is written or said. */
import { tokenOf } from './address.ts';
import { askForStaff } from './dialogue/ask-for-staff.ts';
import { type Turn, takeTurn } from './dialogue/engine.ts';
import { hasTicket, isSilent, withStaff } from './dialogue/handoff.ts';
import { endHandoff } from './dialogue/handoff-end.ts';
import type { World } from './dialogue/library.ts';
import { remind } from './dialogue/remind.ts';
import { remindersLife } from './dialogue/reminders.ts';
import { lead, text } from './dialogue/say-text.ts';
import { newSession } from './dialogue/session.ts';
import type { DeskEvent, Now, Say, Session, SharedCalendar } from './dialogue/types.ts';
import { type Incoming, type Log, type Outgoing, type Stored, storedFormat } from './ports.ts';
import { minutesBetween, moment } from './rules/dates.ts';

/** Events that lead to a turn: a resident's message, and what comes from the help desk. */
export type TurnIncoming = Extract<
  Incoming,
  { kind: 'message' | 'staff' | 'ask-again' | 'handoff-over' | 'nobody-came' | 'reminder' }
>;

/** What is to be stored, and the turn it comes of; none when a fault of ours was in the way, or staff spoke. */
export interface Thought {
  readonly stored: Stored;
  readonly taken: { readonly turn: Turn; readonly world: World } | undefined;
}

interface Outcome {
  readonly session: Session;
  readonly says: readonly Say[];
  readonly desk?: readonly DeskEvent[];
  readonly calendar?: SharedCalendar;
  readonly retryAs?: string;
}

/**
 * Events remembered with the session, so that whoever takes over knows what is committed. They come in order: a few are enough. Duplicates
 * that come later are the inbox's business.
 */
const seenAtMost = 3;

/** Undefined: nothing has changed. A fault of ours becomes an honest sentence, and a fresh start so that nobody is stuck in it. */
export function think(
  incoming: TurnIncoming,
  before: Stored,
  { world, log }: { world: World; log: Log },
): Thought | undefined {
  const store = (outcome: Outcome) => storedAfter(incoming, before, { ...outcome, now: world.now });
  try {
    if (incoming.kind === 'reminder') {
      const reminded = remind(before.session, { world, eventId: incoming.id });
      const retryAs = `${incoming.resident} ${reminded?.name}`;
      return reminded && { stored: store({ ...reminded, retryAs }), taken: undefined };
    }
    if (incoming.kind !== 'message')
      return { stored: store(fromDesk(incoming, before.session, world)), taken: undefined };
    const turn = takeTurn(incoming.message, before.session, world, incoming.messageId);
    log.info({ event: incoming.id, message: incoming.message.kind, intent: turn.intent.kind }, 'turn taken');
    return { stored: store(turn), taken: { turn, world } };
  } catch (error) {
    log.error({ event: incoming.id, error: String(error) }, 'turn failed');
    return {
      stored: store({ session: afterFault(before.session), says: [text('common.sorry')] }),
      taken: undefined,
    };
  }
}

/** What comes from the help desk. What belongs to a talk that is over says nothing any more. */
function fromDesk(
  incoming: Exclude<TurnIncoming, { kind: 'message' | 'reminder' }>,
  session: Session,
  world: World,
): Outcome {
  if (session.handoff?.ticket !== incoming.ticket || !hasTicket(session)) return { session, says: [] };
  switch (incoming.kind) {
    case 'staff':
      return {
        session: withStaff(session, world),
        says: [lead('common.staff-says'), { kind: 'written', text: incoming.text }],
      };
    case 'ask-again':
      return askForStaff(withStaff(session, world), incoming, world);
    case 'handoff-over':
      return endHandoff(session, world, incoming.why);
    case 'nobody-came':
      // Whoever left a message was promised nothing sooner.
      return { session, says: isSilent(session) ? [text('common.handoff-nobody')] : [] };
  }
}

function storedAfter(
  incoming: TurnIncoming,
  before: Stored,
  { session, says, desk = [], calendar, retryAs, now }: Outcome & { now: Now },
): Stored {
  // A token that nothing was said with is kept for what staff will write; what has none of its own goes out with the one kept.
  const own = tokenOf(incoming);
  const spare = before.token && before.token.until > incoming.receivedAt ? before.token : null;
  const token = says.length === 0 ? (own ?? spare) : null;
  const outbox: Outgoing = {
    eventId: incoming.id,
    says,
    now,
    desk,
    calendar: calendar ?? null,
    token: says.length > 0 && !own ? spare : null,
    retryAs: retryAs ?? null,
  };
  return {
    format: storedFormat,
    session,
    ...livesOf(session, now),
    token: isSilent(session) ? token : null,
    seen: [...before.seen, incoming.id].slice(-seenAtMost),
    outbox,
  };
}

/** Begun afresh, without a talk with staff that may be the trouble; what is to be said later still is. */
function afterFault({ language, reminders }: Session): Session {
  return { ...newSession(language), reminders };
}

/** How long what is kept beside the conversation lives. */
export function livesOf(session: Session, now: Now): Pick<Stored, 'handoffMs' | 'remindersMs'> {
  return { handoffMs: handoffLife(session, now), remindersMs: remindersLife(session, now) };
}

/** A day longer than the bot is silent, so that it can still be said that nobody came (ms). */
function handoffLife({ handoff }: Session, { today, time }: Now): number {
  if (!handoff) return 0;
  return Math.max(0, minutesBetween(moment(today, time), handoff.until)) * 60_000 + 86_400_000;
}
