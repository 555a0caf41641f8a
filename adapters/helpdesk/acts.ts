/** What a clerk can do with a ticket, as the page sends it. */
import { z } from 'zod';
import type { AuditEntry } from '../staff/audit.ts';
import type { OwnDesk } from './desk.ts';
import type { Ticket } from './ticket.ts';

/** LINE takes 5 000, and some words go before. */
const text = z.string().trim().min(1).max(4_900);
/** The page's own name for what it sends: pressed twice, it is said once. */
const key = z.uuid();

export const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('take') }),
  z.strictObject({ act: z.literal('take-over') }),
  z.strictObject({ act: z.literal('give-back') }),
  z.strictObject({ act: z.literal('pass-on'), to: z.string().min(1).max(100) }),
  z.strictObject({ act: z.literal('reply'), text, key }),
  z.strictObject({ act: z.literal('note'), text, key }),
  z.strictObject({ act: z.literal('ask'), flow: z.string().max(100), slot: z.string().max(100), key }),
  z.strictObject({ act: z.literal('close'), why: z.enum(['solved', 'elsewhere', 'returned']) }),
]);
type Act = z.infer<typeof act>;

/** How it is written down. */
export const deeds = {
  take: 'took',
  'take-over': 'took',
  'give-back': 'gave-back',
  'pass-on': 'passed-on',
  reply: 'answered',
  note: 'noted',
  ask: 'asked',
  close: 'closed',
} as const satisfies Readonly<Record<Act['act'], AuditEntry['did']>>;

/** Undefined: somebody else has the ticket, or it is over. */
export function perform(
  given: Act,
  id: string,
  { desk, name }: { desk: OwnDesk; name: string },
): Promise<Ticket | undefined> {
  switch (given.act) {
    case 'take':
      return desk.assign(id, name);
    case 'take-over':
      return desk.takeOver(id, name);
    case 'give-back':
      return desk.giveBack(id, name);
    case 'pass-on':
      return desk.passOn(id, name, given.to);
    case 'reply':
      return desk.reply(id, name, given);
    case 'note':
      return desk.note(id, name, given);
    case 'ask':
      return desk.ask(id, name, given);
    case 'close':
      return desk.end(id, name, given.why);
  }
}
