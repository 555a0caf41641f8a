/** A turn as someone who tries the bot out sees it: how the message was understood, what is known now, and the words. */
import type { Turn } from './engine.ts';
import type { World } from './library.ts';
import { say } from './say.ts';
import { situationOf } from './situation.ts';
import type { Message, TurnReport } from './types.ts';

export function reportOf(
  message: Message,
  { session, intent, says }: Turn,
  { world, isFirst }: { world: World; isFirst: boolean },
): TurnReport {
  const situation = situationOf(session, world);
  const { facts = {}, open } = situation.journey ?? {};
  const replies = say(says, situation);
  const question = open ? `${open.flow}.${open.slot}` : null;
  return { message, now: world.now, intent, facts, open: question, session, replies, isFirst };
}
