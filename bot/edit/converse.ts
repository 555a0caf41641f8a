/** A conversation from its messages alone, at one moment: for trying a draft out. */
import { takeTurn } from '../dialogue/engine.ts';
import type { Library } from '../dialogue/library.ts';
import { say } from '../dialogue/say.ts';
import { newSession } from '../dialogue/session.ts';
import { situationOf } from '../dialogue/situation.ts';
import type { Message, Now, Reply, Session } from '../dialogue/types.ts';
import { mainLanguage } from '../load/files.ts';

/** Nobody waits, and what would reach the help desk reaches nobody. */
const desk = { waiting: 0, newTicket: 'tried' };

export function converse(
  messages: readonly Message[],
  { library, now }: { readonly library: Library; readonly now: Now },
): { readonly message: Message; readonly replies: readonly Reply[] }[] {
  const world = { library, now, desk };
  let session: Session = newSession(mainLanguage);
  return messages.map((message, index) => {
    const turn = takeTurn(message, session, world, `message-${index}`);
    session = turn.session;
    return { message, replies: say(turn.says, situationOf(session, world)) };
  });
}
