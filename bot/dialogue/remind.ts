/** The turn that nobody began: what is due is said, if the resident still wants it. Undefined: nothing is. */
import { isSilent } from './handoff.ts';
import type { World } from './library.ts';
import { dueNow, withSaid } from './reminders.ts';
import type { Say, Session } from './types.ts';

export function remind(
  session: Session,
  { world, eventId }: { readonly world: World; readonly eventId: string },
): { readonly session: Session; readonly says: readonly Say[] } | undefined {
  // A talk with staff is not interrupted: it stays due.
  const dues = isSilent(session) ? [] : dueNow(session.reminders, world);
  if (dues.length === 0) return undefined;
  const says = dues.map(({ key, reminder, facts }): Say => ({ kind: 'reminder', key, reminder, facts }));
  return { session: { ...session, reminders: withSaid(session.reminders, dues, eventId) }, says };
}
