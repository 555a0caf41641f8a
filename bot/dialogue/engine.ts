/**
 * One turn: message + session + world → new session + what to say. Pure; `say.ts` puts words to it, `bot/turn.ts` commits and delivers.
 */
import { respond } from './respond.ts';
import { situationOf } from './situation.ts';
import type { Intent, Message, Say, Session, World } from './types.ts';
import { understand } from './understand.ts';

export interface Turn {
  readonly session: Session;
  readonly intent: Intent;
  readonly says: readonly Say[];
}

/** A resident of whom nothing is known. */
export function newSession(language: string): Session {
  return { language, flow: null, answers: {}, asked: null, pending: null, offered: null, misses: 0 };
}

/** `messageId` is remembered beside the answers of a message, so that they go when it is unsent. */
export function takeTurn(message: Message, session: Session, world: World, messageId: string | null = null): Turn {
  const situation = situationOf(session, world);
  const intent = understand(message, situation);
  return { intent, ...respond(intent, situation, messageId) };
}

/** The session without what came with that message. */
export function withoutMessage(session: Session, messageId: string): Session {
  const kept = Object.entries(session.answers).filter(([, answer]) => answer.messageId !== messageId);
  return { ...session, answers: Object.fromEntries(kept), pending: null };
}
