/** The turn that nobody began: what is due is said, if the resident still wants it. Undefined: nothing is. */
import { withPerson } from './family.ts';
import { isSilent } from './handoff.ts';
import type { World } from './library.ts';
import { type Due, dueNow, withSaid } from './reminders.ts';
import type { Say, Session } from './types.ts';

export function remind(
  session: Session,
  { world, eventId }: { readonly world: World; readonly eventId: string },
): { readonly session: Session; readonly says: readonly Say[] } | undefined {
  // A talk with staff is not interrupted: it stays due.
  const dues = isSilent(session) ? [] : dueNow(session.reminders, world);
  if (dues.length === 0) return undefined;
  const says = dues.map(({ key, reminder, facts }): Say => ({ kind: 'reminder', key, reminder, facts }));
  const reminders = withSaid(session.reminders, dues, eventId);
  return { session: { ...aboutThem(session, dues), reminders }, says };
}

/** What is answered to it is about that person, unless a question is open. */
function aboutThem(session: Session, dues: readonly Due[]): Session {
  const [one, ...others] = new Set(dues.map(({ reminder }) => reminder.person));
  const isFree = session.asked === null && others.length === 0 && one !== undefined && one !== session.person;
  return isFree ? withPerson(session, one) : session;
}
