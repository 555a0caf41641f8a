/** The two lives of what is stored: the answers go after half an hour, a talk with staff may last until tomorrow. */
import type { Session } from '../bot/dialogue/types.ts';
import { type Stored, storedFormat } from '../bot/ports.ts';

/** Both together. The answers are gone, and the handoff is not: a conversation that has nothing but that. */
export function withHandoff(stored: Stored | undefined, handoff: Session['handoff']): Stored | undefined {
  if (stored) return { ...stored, session: { ...stored.session, handoff } };
  if (!handoff) return undefined;
  const session = {
    language: handoff.language,
    isLanguageKept: false,
    flow: null,
    answers: {},
    wish: null,
    asked: null,
    pending: null,
    offered: null,
    more: null,
    misses: 0,
    handoff,
  };
  return { format: storedFormat, session, handoffMs: 0, token: null, seen: [], outbox: null };
}
