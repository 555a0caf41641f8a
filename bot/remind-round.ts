/**
 * One look at everybody who wants to be reminded: for whom something is due, a turn is asked for. When something is due follows from the day and the
 * files as they are (`dialogue/reminders.ts`), so no schedule is kept that could be lost, or be wrong once the calendar has changed; what was
 * said is remembered with the reminder, so a round can be repeated at any time.
 */
import type { Library } from './dialogue/library.ts';
import { dueNow } from './dialogue/reminder-days.ts';
import { withoutEnded } from './dialogue/reminders.ts';
import type { Now } from './dialogue/types.ts';
import type { Log, Numbers, Quota, Sessions } from './ports.ts';

export interface RoundParts {
  readonly library: () => Library;
  readonly now: (resident: string | null) => Now;
  readonly sessions: Pick<Sessions, 'reminded'>;
  /** What LINE still lets the channel send this month. */
  readonly quota: Quota;
  /** Reminders that the operators allow in a month; undefined: as many as LINE does. */
  readonly monthly: number | undefined;
  readonly numbers: Numbers;
  readonly log: Log;
  /** Asks for the turns: each of these residents hears what is due. */
  readonly ask: (residents: readonly string[]) => Promise<void>;
}

export interface Round {
  readonly due: number;
  /** Those of them that wait for more quota. */
  readonly held: number;
}

/** Of the month's messages so much is left to staff, whose answers may need a push (share). */
const reserve = 0.1;

/** The office's figure for reminders that were sent. */
export const reminderFigure = 'reminder';

export async function remindRound({ library, now, sessions, ask, ...parts }: RoundParts): Promise<Round> {
  const found: { resident: string; daysLeft: number }[] = [];
  const ended: string[] = [];
  let unreadable = 0;
  for await (const { resident, reminders } of sessions.reminded()) {
    try {
      const at = now(resident);
      const dues = dueNow(reminders, { library: library(), now: at });
      if (dues.length > 0) found.push({ resident, daysLeft: Math.min(...dues.map(({ daysLeft }) => daysLeft)) });
      else if (withoutEnded(reminders, at.today).length < reminders.length) ended.push(resident);
    } catch {
      unreadable += 1;
    }
  }
  if (unreadable > 0) parts.log.error({ unreadable }, 'reminders that cannot be read: nobody hears of them');
  // Their turn says nothing, and keeps nothing of what is over.
  if (ended.length > 0) await ask(ended);
  if (found.length === 0) return { due: 0, held: 0 };
  const { today } = now(null);
  const allowed = Math.max(0, Math.floor(await allowance(today, parts)));
  // Who has least time left goes first.
  const sorted = found.sort((one, other) => one.daysLeft - other.daysLeft).map(({ resident }) => resident);
  const asked = sorted.slice(0, allowed);
  if (asked.length > 0) await ask(asked);
  const held = sorted.length - asked.length;
  if (held > 0)
    parts.log.error({ due: sorted.length, held }, 'reminders are held back: the month’s messages would run out');
  return { due: sorted.length, held };
}

/** How many may go out now. */
async function allowance(
  today: string,
  { quota, monthly, numbers }: Pick<RoundParts, 'quota' | 'monthly' | 'numbers'>,
): Promise<number> {
  const { limit, used } = await quota();
  const byLine = limit === undefined ? Number.POSITIVE_INFINITY : limit * (1 - reserve) - used;
  if (monthly === undefined) return byLine;
  const days = await numbers.between(`${today.slice(0, 7)}-01`, today);
  const sent = [...days.values()].reduce((sum, counts) => sum + (counts[reminderFigure] ?? 0), 0);
  return Math.min(byLine, monthly - sent);
}
