/**
 * One event in, one committed turn out: load, think, commit, deliver. The only orchestration.
 *
 * A turn commits with one write. A try that died after the commit finds its event among the seen ones, and its answer in
 * the outbox; the same event arriving as a duplicate (first try, already seen) is dropped.
 */

import { addressOf, ticketOf } from './address.ts';
import type { Turn } from './dialogue/engine.ts';
import type { Library, World } from './dialogue/library.ts';
import { nearestLanguage } from './dialogue/nearest-language.ts';
import { withoutSaid } from './dialogue/reminders.ts';
import { reportOf } from './dialogue/report.ts';
import { say } from './dialogue/say.ts';
import { text } from './dialogue/say-text.ts';
import { newSession, withoutMessage } from './dialogue/session.ts';
import { situationOf } from './dialogue/situation.ts';
import type { Intent, Links, Message, Now, Reply, Say, Session, TurnReport } from './dialogue/types.ts';
import {
  type Attempt,
  type Calendars,
  type Delivered,
  DeliveryError,
  type HelpDesk,
  type Incoming,
  type Log,
  type Messenger,
  type Outgoing,
  type Sessions,
  type StaffDelivery,
  type Stored,
  type Worker,
} from './ports.ts';
import { emptyStore, updateStored } from './stored.ts';
import { livesOf, type Thought, type TurnIncoming, think } from './think.ts';

export interface TurnParts {
  /** Asked anew for every event: what staff wrote may change while the bot runs. */
  readonly library: () => Library;
  /** The day and time for that resident (null: a group); only in the chat page they differ. */
  readonly now: (resident: string | null) => Now;
  readonly sessions: Sessions;
  readonly messenger: Messenger;
  /** Absent: nobody answers in the talk. */
  readonly helpDesk?: HelpDesk | undefined;
  readonly log: Log;
  /** What residents are spoken to in who have chosen nothing else. */
  readonly language: string;
  /** Where calendar entries are shared; `links` undefined: nowhere that a phone could reach. */
  readonly calendars?: Calendars & { readonly links: () => Links | undefined };
  /** Told of every reminder that was sent. */
  readonly reminded?: (how: Delivered) => void;
  /** Reminders are switched off. */
  readonly withoutReminders?: boolean;
  /** The language of somebody's phone; absent: nobody knows. */
  readonly phoneLanguage?: (resident: string) => Promise<string | undefined>;
  /** Told whenever somebody is spoken to in another language than before, or than the main one when nothing is remembered; and when they add the account. */
  readonly speaks?: (resident: string, language: string) => void;
  /** Counts turns by what they were about; never hears more. */
  readonly count: (intent: Intent['kind']) => void;
  /** Told of every turn once it is committed, for the office's figures. */
  readonly tally?: (taken: TakenTurn) => void;
  /** Told of every turn once it is committed. It hears what residents say, so only the chat page is given one. */
  readonly observe?: (event: MessageIncoming, report: TurnReport) => void;
}

/** A committed turn, and how things stood before it (undefined: nothing was remembered). */
export interface TakenTurn {
  readonly message: Message;
  readonly before: Session | undefined;
  readonly turn: Turn;
  readonly world: World;
}

function inLanguage(stored: Stored, language: string | undefined): Stored {
  return language === undefined
    ? stored
    : { ...stored, session: { ...stored.session, language, isLanguageKept: true } };
}

type MessageIncoming = Extract<Incoming, { kind: 'message' }>;
type UnsendIncoming = Extract<Incoming, { kind: 'unsend' }>;
type Answer = Pick<Outgoing, 'says' | 'now' | 'desk' | 'calendar' | 'token' | 'retryAs'> & {
  readonly session: Session;
};

export function turnWorker(parts: TurnParts): Worker {
  const { sessions, messenger, helpDesk, library, now, log, language, phoneLanguage, count, tally, observe } = parts;
  const { withoutReminders = false, calendars, reminded, speaks } = parts;

  async function handle(incoming: Incoming, attempt: Attempt): Promise<void> {
    switch (incoming.kind) {
      case 'unfollow':
        return unfollow(incoming);
      case 'unsend':
        return unsend(incoming);
      case 'group':
        return void (await deliver(incoming, attempt, saying('common.group', incoming)));
      default:
        return turn(incoming, attempt);
    }
  }

  async function turn(incoming: TurnIncoming, attempt: Attempt): Promise<void> {
    const { outbox, session } = await commit(incoming, attempt);
    if (!outbox) return;
    // LINE was away meanwhile, and the counter has closed: nobody is woken by it. The next round asks for it again.
    if (incoming.kind === 'reminder' && attempt.number > 1 && !isOpenNow(incoming)) return unsaid(incoming);
    const how = await deliver(incoming, attempt, { ...outbox, session });
    if (incoming.kind === 'reminder' && how) reminded?.(how);
    if (incoming.kind === 'staff') await tellDesk(incoming, how ?? 'over');
  }

  /** The answer to deliver: of a turn taken now, or of an earlier try that got no further; none for a duplicate. */
  async function commit(incoming: TurnIncoming, attempt: Attempt): Promise<Pick<Stored, 'outbox' | 'session'>> {
    let thought: Thought | undefined;
    const spoken = await languageAtFollow(incoming);
    const { resident } = incoming;
    const { before, after } = await updateStored(sessions, { resident, language }, (stored) => {
      const isSeen = stored.seen.includes(incoming.id);
      thought = isSeen ? undefined : think(incoming, inLanguage(stored, spoken), { world: worldFor(incoming), log });
      return thought?.stored;
    });
    if (after) {
      if (thought?.taken && incoming.kind === 'message') {
        count(thought.taken.turn.intent.kind);
        show(incoming, { ...thought.taken, before: before?.session });
      }
      return after;
    }
    const { session, outbox } = before ?? emptyStore(language);
    const isOurs = attempt.number > 1 && outbox?.eventId === incoming.id;
    return { session, outbox: isOurs ? outbox : null };
  }

  /** Whoever adds the account is greeted in the language of the phone; it can be changed at any time. */
  async function languageAtFollow(incoming: TurnIncoming): Promise<string | undefined> {
    if (incoming.kind !== 'message' || incoming.message.kind !== 'follow') return undefined;
    return nearestLanguage(await phoneLanguage?.(incoming.resident), library().languages.keys());
  }

  function worldFor(incoming: Pick<Incoming, 'id' | 'resident'>): World {
    const desk = helpDesk && {
      waiting: helpDesk.waiting(),
      // A hash that hardly any turn asks for.
      get newTicket() {
        return ticketOf(incoming.id);
      },
    };
    return { library: library(), now: now(incoming.resident), desk, withoutReminders, links: calendars?.links() };
  }

  function isOpenNow({ resident }: Pick<Incoming, 'resident'>): boolean {
    return library().factsNow(now(resident)).counter === 'open';
  }

  /** Whatever goes wrong in the showing, the turn is as it is. */
  function show(incoming: MessageIncoming, taken: Omit<TakenTurn, 'message'>): void {
    const { message, resident } = incoming;
    const { language: spoken } = taken.turn.session;
    try {
      if (message.kind === 'follow' || spoken !== (taken.before?.language ?? language)) speaks?.(resident, spoken);
      tally?.({ message, ...taken });
      observe?.(incoming, reportOf(message, taken.turn, { ...taken, isFirst: taken.before === undefined }));
    } catch (error) {
      log.error({ error: String(error) }, 'a turn could not be shown');
    }
  }

  /** The help desk and the calendar first: a promise is made to nobody before the ticket is kept. Undefined: there was nothing to say. */
  async function deliver(incoming: Incoming, attempt: Attempt, answer: Answer): Promise<Delivered | undefined> {
    const { id, resident, at } = incoming;
    for (const [index, event] of answer.desk.entries())
      await helpDesk?.take({ ...event, id: `${id} ${index}`, resident: resident ?? '', at });
    if (answer.calendar) await calendars?.share(answer.calendar);
    const replies = words(answer.says, answer.session, { ...worldFor(incoming), now: answer.now });
    if (!attempt.isOurs()) throw new Error('another process has taken this resident over');
    return replies.length > 0 ? messenger.send(addressOf(incoming, attempt, answer), replies) : undefined;
  }

  function words(says: readonly Say[], session: Session, world: World): Reply[] {
    try {
      return say(says, situationOf(session, world));
    } catch (error) {
      log.error({ error: String(error) }, 'no words could be put to an answer');
      return say([text('common.sorry')], situationOf(newSession(session.language), world));
    }
  }

  /** A sentence outside any conversation. */
  function saying(key: string, { resident }: Incoming): Answer {
    return {
      says: [text(key)],
      session: newSession(language),
      now: now(resident),
      desk: [],
      calendar: null,
      token: null,
      retryAs: null,
    };
  }

  /** Nothing is kept of who blocks the account, and nobody at the desk waits for them. */
  async function unfollow({ id, resident, at }: Extract<Incoming, { kind: 'unfollow' }>): Promise<void> {
    await helpDesk?.take({ kind: 'erased', ticket: '', id, resident, at });
    await sessions.forget(resident);
  }

  /** LINE asks that an unsent message be made unusable: what came with it is forgotten, here and at the desk, and nothing is said. */
  async function unsend({ id, resident, messageId, at }: UnsendIncoming): Promise<void> {
    await updateStored(sessions, { resident, language }, (stored, isNew) => {
      if (isNew) return undefined;
      const session = withoutMessage(stored.session, messageId);
      return { ...stored, session, ...livesOf(session, now(resident)), outbox: null };
    });
    await helpDesk?.take({ kind: 'taken-back', ticket: '', messageId, id, resident, at });
  }

  /** Where the session store was the trouble, LINE may still be there: the resident is told rather than left waiting. */
  async function giveUp(incoming: Incoming, error: unknown, last: Attempt): Promise<void> {
    const failure = error instanceof DeliveryError ? error : undefined;
    const { status, requestId, kind } = failure ?? {};
    log.error({ event: incoming.id, status, requestId, failure: kind, error: String(error) }, 'event given up');
    if (incoming.kind === 'staff')
      await helpDesk?.delivered(incoming.ticket, incoming.id, kind === 'quota' ? 'quota' : 'failed').catch(cannotTell);
    // Whom LINE refuses for good is not tried again every hour.
    if (incoming.kind === 'reminder' && kind !== 'refused') await unsaid(incoming).catch(cannotRemind);
    if (failure || last.mayBeDelivered || incoming.kind !== 'message') return;
    await deliver(incoming, last, saying('common.sorry', incoming)).catch((again: unknown) =>
      log.error({ event: incoming.id, error: String(again) }, 'not even an apology could be sent'),
    );
  }

  /** It is due once more: the next round tries again, with another month's quota or a LINE that is back. */
  async function unsaid({ id, resident }: Extract<Incoming, { kind: 'reminder' }>): Promise<void> {
    await updateStored(sessions, { resident, language }, (stored) => {
      if (stored.session.reminders.length === 0) return undefined;
      const session = { ...stored.session, reminders: withoutSaid(stored.session.reminders, id) };
      return { ...stored, session, ...livesOf(session, now(resident)) };
    });
  }

  /** The words are out: whoever tries again must not say them as if they were not. */
  async function tellDesk({ ticket, id }: Extract<Incoming, { kind: 'staff' }>, how: StaffDelivery): Promise<void> {
    try {
      await helpDesk?.delivered(ticket, id, how);
    } catch {
      throw new DeliveryError('retry', 'the help desk could not be told of a delivery', { mayBeDelivered: true });
    }
  }

  function cannotRemind(error: unknown): void {
    log.error({ error: String(error) }, 'a reminder was not sent, and counts as sent');
  }

  function cannotTell(error: unknown): void {
    log.error({ error: String(error) }, 'the help desk could not be told of a failed delivery');
  }

  return { handle, giveUp };
}
