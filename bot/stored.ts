/** What is kept of a resident, and the one way of changing it. */
import { newSession } from './dialogue/session.ts';
import { type Sessions, type Stored, storedFormat } from './ports.ts';

/** Writes that may come between; more means that two processes keep handling the same resident. */
const savesAtMost = 5;

/** Of a resident nothing is known yet. */
export function emptyStore(language: string, isLanguageKept = false): Stored {
  return {
    format: storedFormat,
    session: newSession(language, isLanguageKept),
    handoffMs: 0,
    token: null,
    seen: [],
    outbox: null,
  };
}

/**
 * Writes what `change` makes of what is stored, anew if another write came between; `change` gives undefined where nothing changes.
 * What another format of the bot wrote counts as nothing stored, but for a talk with staff: that goes on.
 */
export async function updateStored(
  sessions: Sessions,
  resident: string,
  change: (stored: Stored | undefined, language: string | null) => Stored | undefined,
): Promise<{ before: Stored | undefined; after: Stored | undefined }> {
  for (let tries = 0; tries < savesAtMost; tries += 1) {
    const { stored, version, language } = await sessions.load(resident);
    const before = stored?.format === storedFormat ? stored : withHandoffOnly(stored);
    const after = change(before, language);
    if (!after || (await sessions.save(resident, after, version))) return { before, after };
  }
  throw new Error(`a session kept changing under a write (${savesAtMost} tries): who else handles this resident?`);
}

function withHandoffOnly(stored: Stored | undefined): Stored | undefined {
  const handoff = stored?.session.handoff;
  if (!stored || !handoff) return undefined;
  const { handoffMs } = stored;
  return { ...emptyStore(handoff.language), session: { ...newSession(handoff.language), handoff }, handoffMs };
}
