/** The end of a talk with staff: whoever ends it, the bot takes up where the dialogue was. */
import { addHours, type Moment, moment } from '../rules/dates.ts';
import { hasTicket } from './handoff.ts';
import type { World } from './library.ts';
import { carryOn, type Response } from './proceed.ts';
import { lead, text } from './say-text.ts';
import { type Situation, situationOf } from './situation.ts';
import type { DeskEvent, Handoff, Say, Session } from './types.ts';

/** How staff, or time, end a talk. */
export type Ending = 'over' | 'silent';

/** The resident has had enough of waiting, or was helped. */
export function leaveDesk(situation: Situation): Response {
  const { session } = situation;
  const opened = { open: 'yes', message: 'message', about: 'no', over: 'no' } as const;
  const said = lead('common.handoff-left', { opened: opened[session.handoff?.stage ?? 'over'] });
  return { ...goOn({ ...session, handoff: null }, situation, said), desk: leftBy(session) };
}

/** For the desk, when the resident goes: a ticket that was never opened is nobody's business. */
export function leftBy(session: Session, kind: 'left' | 'lapsed' = 'left'): DeskEvent[] {
  return hasTicket(session) ? [{ kind, ticket: session.handoff?.ticket ?? '' }] : [];
}

/** Staff are done, or nobody has written for long. */
export function endHandoff(session: Session, world: World, ending: Ending): Response {
  const situation = situationOf(session, world);
  if (ending === 'silent') return goOn({ ...session, handoff: null }, situation, lead('common.handoff-silent'));
  // The question whether it helped stands in a bubble of its own: the other one is the flow's.
  const handoff = toBeRated(session, moment(world.now.today, world.now.time));
  return goOn({ ...session, handoff }, situation, text('common.handoff-over'));
}

function goOn(session: Session, before: Situation, last: Say): Response {
  const first = before.journey?.open ? [last, lead('common.continue')] : [last];
  return carryOn(session, { before, first, wording: 'full' });
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
