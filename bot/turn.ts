/**
 * One event in, one committed turn out: load, think, commit, deliver. The only orchestration.
 *
 * A turn commits with one write of one key. A try that died after the commit finds its event among the seen ones, and its answer in
 * the outbox; the same event arriving as a duplicate (first try, already seen) is dropped.
 */

import { addressOf } from './address.ts';
import { type Turn, takeTurn } from './dialogue/engine.ts';
import type { Library, World } from './dialogue/library.ts';
import { reportOf } from './dialogue/report.ts';
import { say } from './dialogue/say.ts';
import { text } from './dialogue/say-text.ts';
import { newSession, withoutMessage } from './dialogue/session.ts';
import { situationOf } from './dialogue/situation.ts';
import type { Intent, Now, Reply, Say, Session, TurnReport } from './dialogue/types.ts';
import {
  type Attempt,
  DeliveryError,
  type Incoming,
  type Log,
  type Messenger,
  type Sessions,
  type Stored,
  storedFormat,
  type Worker,
} from './ports.ts';
import { emptyStore, updateStored } from './stored.ts';

export interface TurnParts {
  /** Asked anew for every event: what staff wrote may change while the bot runs. */
  readonly library: () => Library;
  /** The day and time for that resident (null: a group); only in the chat page they differ. */
  readonly now: (resident: string | null) => Now;
  readonly sessions: Sessions;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly language: string;
  /** Counts turns by what they were about; never hears more. */
  readonly count: (intent: Intent['kind']) => void;
  /** Told of every turn once it is committed. It hears what residents say, so only the chat page is given one. */
  readonly observe?: (event: MessageIncoming, report: TurnReport) => void;
}

type MessageIncoming = Extract<Incoming, { kind: 'message' }>;
type UnsendIncoming = Extract<Incoming, { kind: 'unsend' }>;

/** What is to be stored, and the turn it comes of; none when a fault of ours was in the way. */
interface Thought {
  readonly stored: Stored;
  readonly taken: { readonly turn: Turn; readonly world: World } | undefined;
}

/**
 * Events remembered with the session, so that whoever takes over knows what is committed. They come in order: a few are enough. Duplicates
 * that come later are the inbox's business.
 */
const seenAtMost = 3;

export function turnWorker(parts: TurnParts): Worker {
  const { sessions, messenger, library, now, log, language, count, observe } = parts;

  async function handle(incoming: Incoming, attempt: Attempt): Promise<void> {
    switch (incoming.kind) {
      case 'unfollow':
        return sessions.forget(incoming.resident);
      case 'unsend':
        return unsend(incoming);
      case 'group':
        return deliver(incoming, attempt, [text('common.group')]);
      case 'message':
        return message(incoming, attempt);
    }
  }

  async function message(incoming: MessageIncoming, attempt: Attempt): Promise<void> {
    const { outbox, session } = await commit(incoming, attempt);
    if (outbox) await deliver(incoming, attempt, outbox.says, { session, now: outbox.now });
  }

  /** The answer to deliver: of a turn taken now, or of an earlier try that got no further; none for a duplicate. */
  async function commit(incoming: MessageIncoming, attempt: Attempt): Promise<Pick<Stored, 'outbox' | 'session'>> {
    let thought: Thought | undefined;
    const { before, after } = await updateStored(sessions, incoming.resident, (stored) => {
      thought = stored?.seen.includes(incoming.id) ? undefined : think(incoming, stored ?? emptyStore(language));
      return thought?.stored;
    });
    if (after) {
      if (thought?.taken) count(thought.taken.turn.intent.kind);
      if (thought?.taken) show(incoming, { ...thought.taken, isFirst: before === undefined });
      return after;
    }
    const { session, outbox } = before ?? emptyStore(language);
    const isOurs = attempt.number > 1 && outbox?.eventId === incoming.id;
    return { session, outbox: isOurs ? outbox : null };
  }

  /** Whatever goes wrong in the showing, the turn is as it is. */
  function show(
    incoming: MessageIncoming,
    { turn, world, isFirst }: NonNullable<Thought['taken']> & { isFirst: boolean },
  ): void {
    try {
      observe?.(incoming, reportOf(incoming.message, turn, { world, isFirst }));
    } catch (error) {
      log.error({ error: String(error) }, 'a turn could not be shown');
    }
  }

  /** The turn itself. A fault of ours becomes an honest sentence, and a fresh start so that nobody is stuck in it. */
  function think(incoming: MessageIncoming, before: Stored): Thought {
    const seen = [...before.seen, incoming.id].slice(-seenAtMost);
    const world = { library: library(), now: now(incoming.resident) };
    const stored = (session: Session, says: readonly Say[]): Stored => {
      return { format: storedFormat, session, seen, outbox: { eventId: incoming.id, says, now: world.now } };
    };
    try {
      const turn = takeTurn(incoming.message, before.session, world, incoming.messageId);
      log.info({ event: incoming.id, message: incoming.message.kind, intent: turn.intent.kind }, 'turn taken');
      return { stored: stored(turn.session, turn.says), taken: { turn, world } };
    } catch (error) {
      log.error({ event: incoming.id, error: String(error) }, 'turn failed');
      return { stored: stored(newSession(language), [text('common.sorry')]), taken: undefined };
    }
  }

  async function deliver(
    incoming: Incoming,
    attempt: Attempt,
    says: readonly Say[],
    { session, now: moment }: { session: Session; now: Now } = {
      session: newSession(language),
      now: now(incoming.resident),
    },
  ): Promise<void> {
    const replies = words(says, session, moment);
    if (!attempt.isOurs()) throw new Error('another process has taken this resident over');
    if (replies.length > 0) await messenger.send(addressOf(incoming, attempt), replies);
  }

  function words(says: readonly Say[], session: Session, moment: Now): Reply[] {
    const world = { library: library(), now: moment };
    try {
      return say(says, situationOf(session, world));
    } catch (error) {
      log.error({ error: String(error) }, 'no words could be put to an answer');
      return say([text('common.sorry')], situationOf(newSession(language), world));
    }
  }

  /** LINE asks that an unsent message be made unusable: what came with it is forgotten, and nothing is said. */
  async function unsend({ resident, messageId }: UnsendIncoming): Promise<void> {
    await updateStored(
      sessions,
      resident,
      (stored) => stored && { ...stored, session: withoutMessage(stored.session, messageId), outbox: null },
    );
  }

  /** Where the session store was the trouble, LINE may still be there: the resident is told rather than left waiting. */
  async function giveUp(incoming: Incoming, error: unknown, last: Attempt): Promise<void> {
    const failure = error instanceof DeliveryError ? error : undefined;
    const { status, requestId, kind } = failure ?? {};
    log.error({ event: incoming.id, status, requestId, failure: kind, error: String(error) }, 'event given up');
    if (failure || last.mayBeDelivered || incoming.kind !== 'message') return;
    await deliver(incoming, last, [text('common.sorry')]).catch((again: unknown) =>
      log.error({ event: incoming.id, error: String(again) }, 'not even an apology could be sent'),
    );
  }

  return { handle, giveUp };
}
