/** What becomes of a conversation in progress when other flows and texts take the place of those it began with. */
import { journeyOf } from './journey.ts';
import type { Library } from './library.ts';
import { nameOf } from './question-text.ts';
import type { Now, Session } from './types.ts';

export type AfterEdit =
  /** Nothing is asked that has been answered. */
  | { readonly kind: 'same' }
  /** Goes on, from another question than the one that is open. `from`: its name, for people; null: straight to what there is to tell. */
  | { readonly kind: 'goes-on-from'; readonly from: string | null }
  /** What it is about is gone: everything would be forgotten. */
  | { readonly kind: 'dropped' };

/** Undefined: there is no conversation in progress. */
export function afterEdit(
  session: Session,
  { before, after, now }: { before: Library; after: Library; now: Now },
): AfterEdit | undefined {
  const old = session.flow === null ? undefined : before.flows.get(session.flow);
  if (!old) return undefined;
  const flow = after.flows.get(old.id);
  const language = after.languages.get(session.language);
  if (!flow || !language) return { kind: 'dropped' };
  const journeyIn = (each: typeof flow) => journeyOf(each, session.answers, now, session.wish);
  const [then, next] = [journeyIn(old), journeyIn(flow)];
  // Of an answered conversation the words may be others; nothing is asked again.
  if (then.open?.meaning === next.open?.meaning) return { kind: 'same' };
  return { kind: 'goes-on-from', from: next.open ? nameOf(language, next.open) : null };
}
