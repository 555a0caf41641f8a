/**
 * One event in, one committed turn out: load, think, commit, deliver. The only orchestration.
 *
 * A turn commits with one write of one key. A try that died after the commit finds its event among the seen ones, and its answer in
 * the outbox; the same event arriving as a duplicate (first try, already seen) is dropped.
 */

import { addressOf } from './address.ts';
import { takeTurn } from './dialogue/engine.ts';
import type { Library } from './dialogue/library.ts';
import { reportOf } from './dialogue/report.ts';
import { say } from './dialogue/say.ts';
import { text } from './dialogue/say-text.ts';
import { newSession, withoutMessage } from './dialogue/session.ts';
import { situationOf } from './dialogue/situation.ts';
import type { Now, Reply, Say, Session, TurnReport } from './dialogue/types.ts';
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

export interface TurnParts {
  /** Asked anew for every event: what staff wrote may change while the bot runs. */
  readonly library: () => Library;
  /** The day and time for that resident (null: a group); only in the chat page they differ. */
  readonly now: (resident: string | null) => Now;
  readonly sessions: Sessions;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly language: string;
  /** Told of every turn. It hears what residents say, so only the chat page is given one. */
  readonly observe?: (event: MessageEvent, report: TurnReport) => void;
}

export type MessageEvent = Extract<Incoming, { kind: 'message' }>;
type UnsendEvent = Extract<Incoming, { kind: 'unsend' }>;

/** Events remembered against duplicates: more than LINE redelivers of one talk in the life of a session. */
const seenAtMost = 30;

/** Writes that may come between; more means that two processes keep handling the same resident. */
const savesAtMost = 5;

export function turnWorker(parts: TurnParts): Worker {
  const { sessions, messenger, library, now, log, language, observe } = parts;

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

  async function message(incoming: MessageEvent, attempt: Attempt): Promise<void> {
    const { outbox, session } = await commit(incoming, attempt);
    if (outbox) await deliver(incoming, attempt, outbox.says, { session, now: outbox.now });
  }

  /** The answer to deliver: of a turn taken now, or of an earlier try that got no further; none for a duplicate. */
  async function commit(incoming: MessageEvent, attempt: Attempt): Promise<Pick<Stored, 'outbox' | 'session'>> {
    const { before, after } = await update(incoming.resident, (stored) =>
      stored?.seen.includes(incoming.id) ? undefined : think(incoming, stored ?? emptyStore(language)),
    );
    if (after) return after;
    const { session, outbox } = before ?? emptyStore(language);
    const isOurs = attempt.number > 1 && outbox?.eventId === incoming.id;
    return { session, outbox: isOurs ? outbox : null };
  }

  /** Writes what `change` makes of what is stored, anew if another write came between; `change` gives nothing where nothing changes. */
  async function update(
    resident: string,
    change: (stored: Stored | undefined) => Stored | undefined,
  ): Promise<{ before: Stored | undefined; after: Stored | undefined }> {
    for (let tries = 0; tries < savesAtMost; tries += 1) {
      const { stored, version } = await sessions.load(resident);
      const before = stored?.format === storedFormat ? stored : undefined;
      const after = change(before);
      if (!after || (await sessions.save(resident, after, version))) return { before, after };
    }
    throw new Error(`a session kept changing under a write (${savesAtMost} tries): who else handles this resident?`);
  }

  /** The turn itself. A fault of ours becomes an honest sentence, and a fresh start so that nobody is stuck in it. */
  function think(incoming: MessageEvent, before: Stored): Stored {
    const seen = [...before.seen, incoming.id].slice(-seenAtMost);
    const moment = now(incoming.resident);
    try {
      const world = { library: library(), now: moment };
      const turn = takeTurn(incoming.message, before.session, world, incoming.messageId);
      const { session, intent, says } = turn;
      observe?.(incoming, reportOf(incoming.message, turn, world));
      log.info({ event: incoming.id, message: incoming.message.kind, intent: intent.kind }, 'turn taken');
      return { format: storedFormat, session, seen, outbox: { eventId: incoming.id, says, now: moment } };
    } catch (error) {
      log.error({ event: incoming.id, error: String(error) }, 'turn failed');
      const outbox = { eventId: incoming.id, says: [text('common.sorry')], now: moment };
      return { format: storedFormat, session: newSession(language), seen, outbox };
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
  async function unsend({ resident, messageId }: UnsendEvent): Promise<void> {
    await update(
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

function emptyStore(language: string): Stored {
  return { format: storedFormat, session: newSession(language), seen: [], outbox: null };
}
