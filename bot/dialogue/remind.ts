/** The turn that nobody began: what is due is said, if the resident still wants it. */
import { isSilent } from './handoff.ts';
import type { World } from './library.ts';
import { dueNow, newsKey } from './reminder-days.ts';
import { withoutEnded, withoutSaid, withSaid } from './reminders.ts';
import type { Say, Session } from './types.ts';

export interface Reminding {
  readonly session: Session;
  readonly says: readonly Say[];
  /** What is said: the same for the same words, whoever tries to send them. */
  readonly name: string;
}

/** Undefined: nothing is due, and nothing has changed. */
export function remind(
  session: Session,
  { world, eventId }: { readonly world: World; readonly eventId: string },
): Reminding | undefined {
  // What this very event said before, and could not be sent until the conversation was forgotten, is still to be said.
  const kept = withoutEnded(withoutSaid(session.reminders, eventId), world.now.today);
  // A talk with staff is not interrupted: it stays due.
  const dues = isSilent(session) ? [] : dueNow(kept, world);
  if (dues.length === 0 && kept.length === session.reminders.length) return undefined;
  const people = new Set(dues.map(({ reminder }) => reminder.person));
  const isOfOne = people.size === 1;
  // News is the same for all of a family.
  const once = dues.filter(
    ({ key, name }, index) =>
      dues.findIndex((each) => each.key === key && each.name === name) === index || key !== newsKey,
  );
  const says = once.map(({ key, reminder, facts }): Say => ({ kind: 'reminder', key, reminder, facts, isOfOne }));
  const reminders = withSaid(kept, dues, eventId);
  const name = dues.map((due) => `${due.name} ${due.reminder.person} ${due.reminder.until}`).join(', ');
  return { session: { ...session, reminders }, says, name };
}
