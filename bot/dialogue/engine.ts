/**
 * One turn: message + session + world → new session + what to say. Pure; `say.ts` puts words to it, `bot/turn.ts` commits and delivers.
 */

import { readDate } from '../rules/wareki.ts';
import { respondForStaff } from './ask-for-staff.ts';
import { handoffFor, isSilent } from './handoff.ts';
import { leftBy } from './handoff-end.ts';
import type { World } from './library.ts';
import { continuedIn } from './more.ts';
import { respond } from './respond.ts';
import { lead, text } from './say-text.ts';
import { situationOf } from './situation.ts';
import type { DeskEvent, Intent, Message, Say, Session, SharedCalendar } from './types.ts';
import { longestText, understand } from './understand.ts';

export interface Turn {
  readonly session: Session;
  readonly intent: Intent;
  readonly says: readonly Say[];
  readonly desk: readonly DeskEvent[];
  readonly calendar?: SharedCalendar;
}

/** `messageId` is remembered beside the answers of a message, so that they go when it is unsent. */
export function takeTurn(message: Message, session: Session, world: World, messageId: string | null = null): Turn {
  const handoff = handoffFor(message, session, world.now);
  const spoken = spokenTo(message, { ...session, handoff }, world);
  const situation = situationOf({ ...session, handoff, language: spoken ?? session.language }, world);
  const intent = understand(message, situation);
  const { desk = [], ...response } =
    respondForStaff(intent, situation, messageId) ?? respond(intent, situation, messageId);
  const lapsed = handoff ? [] : leftBy(session, 'lapsed');
  // Whoever was promised an answer is told that none came.
  const says = [
    ...(lapsed.length > 0 ? [text('common.handoff-lapsed')] : []),
    ...(spoken && intent.kind !== 'language' ? [lead('common.in-this-language')] : []),
    ...response.says,
  ];
  const { offered } = response.session;
  const isOver = offered === situation.session.offered && offered !== null && 'actions' in offered;
  const after = {
    ...response.session,
    offered: isOver ? null : offered,
    more: continuedIn(says, situationOf(response.session, world)),
  };
  return { intent, ...response, session: after, says, desk: [...lapsed, ...desk] };
}

/** Another language than so far, when the message is plainly written in it. What is said to staff is theirs to read. */
function spokenTo(message: Message, session: Session, { library }: World): string | undefined {
  if (message.kind !== 'text' || message.text.length > longestText || isSilent(session)) return undefined;
  // A date and nothing else is copied off the card, whatever one speaks.
  const reading = readDate(message.text);
  const isSentence = reading.kind === 'not-a-date' || (reading.kind === 'date' && !reading.isBare);
  if (!isSentence) return undefined;
  return library.spokenIn(message.text, session.language) ?? undefined;
}
