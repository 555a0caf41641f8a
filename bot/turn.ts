/**
 * One event in, one committed turn out: load, think, commit, deliver. The only orchestration.
 *
 * A turn commits with one write of one key. A try that died after the commit finds its event among the seen ones, and its answer in
 * the outbox; the same event arriving as a duplicate (first try, already seen) is dropped.
 */
import { createHash } from 'node:crypto';
import { newSession, takeTurn, withoutMessage } from './dialogue/engine.ts';
import type { Library } from './dialogue/library.ts';
import { say } from './dialogue/say.ts';
import { situationOf } from './dialogue/situation.ts';
import type { Now, Say, Session, World } from './dialogue/types.ts';
import type { Address, Handle, Incoming, Log, Messenger, Outgoing, Sessions, Stored } from './ports.ts';

export interface TurnParts {
  readonly library: () => Library;
  readonly now: () => Now;
  readonly sessions: Sessions;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly language: string;
}

/** Events remembered against duplicates: more than LINE redelivers of one talk in the life of a session. */
const seenAtMost = 30;

/** Another process writing the same resident's session is a duplicate delivery, so a second look is enough; more is a fault. */
const savesAtMost = 5;

export function turnHandler(parts: TurnParts): Handle {
  return async (incoming, attempt) => {
    switch (incoming.kind) {
      case 'unfollow':
        return parts.sessions.forget(incoming.resident);
      case 'unsend':
        return unsend(incoming, parts);
      case 'group':
        return deliver(incoming, groupAnswer(incoming, parts), newSession(parts.language), { parts, attempt });
      case 'message':
        return message(incoming, attempt, parts);
    }
  };
}

type MessageEvent = Extract<Incoming, { kind: 'message' }>;

async function message(incoming: MessageEvent, attempt: number, parts: TurnParts): Promise<void> {
  for (let tries = 0; tries < savesAtMost; tries += 1) {
    const found = await parts.sessions.load(incoming.resident);
    const before = found?.stored ?? emptyStore(parts.language);
    if (before.seen.includes(incoming.id)) {
      const unsaid = attempt > 1 && before.outbox?.eventId === incoming.id ? before.outbox : null;
      return unsaid ? deliver(incoming, unsaid, before.session, { parts, attempt }) : undefined;
    }
    const { session, outbox } = think(incoming, before.session, parts);
    const stored = { session, seen: [...before.seen, incoming.id].slice(-seenAtMost), outbox };
    if (await parts.sessions.save(incoming.resident, stored, found?.version ?? 0)) {
      return deliver(incoming, outbox, session, { parts, attempt });
    }
  }
  throw new Error(
    `a session kept changing under a turn (${savesAtMost} tries): another process handles the same resident`,
  );
}

/** The turn itself. A fault of ours becomes an honest sentence, not silence; the session stays as it was. */
function think(
  incoming: MessageEvent,
  before: Session,
  { library, now, log }: TurnParts,
): { session: Session; outbox: Outgoing } {
  const world: World = { library: library(), now: now() };
  try {
    const { session, intent, says } = takeTurn(incoming.message, before, world, incoming.messageId);
    log.info({ event: incoming.id, message: incoming.message.kind, intent: intent.kind }, 'turn taken');
    return { session, outbox: { eventId: incoming.id, says, now: world.now } };
  } catch (error) {
    log.error({ event: incoming.id, error: String(error) }, 'turn failed');
    const says: Say[] = [{ kind: 'text', key: 'common.sorry' }];
    return { session: before, outbox: { eventId: incoming.id, says, now: world.now } };
  }
}

/** LINE asks that an unsent message be made unusable: what came with it is forgotten, and nothing is said. */
async function unsend(
  { resident, messageId }: Extract<Incoming, { kind: 'unsend' }>,
  { sessions }: TurnParts,
): Promise<void> {
  for (let tries = 0; tries < savesAtMost; tries += 1) {
    const found = await sessions.load(resident);
    if (!found) return;
    const stored: Stored = { ...found.stored, session: withoutMessage(found.stored.session, messageId) };
    if (await sessions.save(resident, stored, found.version)) return;
  }
}

async function deliver(
  incoming: Incoming,
  outbox: Outgoing,
  session: Session,
  { parts, attempt }: { parts: TurnParts; attempt: number },
): Promise<void> {
  const replies = say(outbox.says, situationOf(session, { library: parts.library(), now: outbox.now }));
  if (replies.length > 0) await parts.messenger.send(addressOf(incoming, attempt), replies);
}

/** LINE keeps a reply token for a minute after a delivery of the event, and for 20 minutes after the event itself; a margin is kept. */
const replyWithinMs = 50_000;
const replyAtAllWithinMs = 19 * 60_000;

function addressOf(incoming: Incoming, attempt: number): Address {
  return {
    resident: incoming.resident,
    replyToken: incoming.replyToken,
    replyUntil: Math.min(incoming.receivedAt + replyWithinMs, incoming.at + replyAtAllWithinMs),
    retryKey: uuidOf(incoming.id),
    mayBeDelivered: attempt > 1,
  };
}

/** The same event always gives the same key, so that LINE recognises a second try by whomever it is made. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(`push ${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function groupAnswer(incoming: Incoming, { now }: TurnParts): Outgoing {
  return { eventId: incoming.id, says: [{ kind: 'text', key: 'common.group' }], now: now() };
}

function emptyStore(language: string): Stored {
  return { session: newSession(language), seen: [], outbox: null };
}
