/**
 * One turn: message + session + world → new session + what to say. Pure; `say.ts` puts words to it, `bot/turn.ts` commits and delivers.
 */

import { respondForStaff } from './ask-for-staff.ts';
import { handoffFor } from './handoff.ts';
import { leftBy } from './handoff-end.ts';
import type { World } from './library.ts';
import { continuedIn } from './more.ts';
import { respond } from './respond.ts';
import { text } from './say-text.ts';
import { situationOf } from './situation.ts';
import type { DeskEvent, Intent, Message, Say, Session } from './types.ts';
import { understand } from './understand.ts';

export interface Turn {
  readonly session: Session;
  readonly intent: Intent;
  readonly says: readonly Say[];
  readonly desk: readonly DeskEvent[];
}

/** `messageId` is remembered beside the answers of a message, so that they go when it is unsent. */
export function takeTurn(message: Message, session: Session, world: World, messageId: string | null = null): Turn {
  const handoff = handoffFor(message, session, world.now);
  const situation = situationOf({ ...session, handoff }, world);
  const intent = understand(message, situation);
  const { desk = [], ...response } =
    respondForStaff(intent, situation, messageId) ?? respond(intent, situation, messageId);
  const lapsed = handoff ? [] : leftBy(session, 'lapsed');
  // Whoever was promised an answer is told that none came.
  const says = lapsed.length > 0 ? [text('common.handoff-lapsed'), ...response.says] : response.says;
  const { offered } = response.session;
  const isChosen = offered !== null && 'faqs' in offered && intent.kind !== 'maybe';
  const after = { ...response.session, offered: isChosen ? null : offered, more: continuedIn(says, situation) };
  return { intent, ...response, session: after, says, desk: [...lapsed, ...desk] };
}
