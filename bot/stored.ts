/** What is kept of a resident, and the one way of changing it. */
import { newSession } from './dialogue/session.ts';
import { type Beside, type Sessions, type Stored, type StoredTalk, storedFormat } from './ports.ts';

/** Writes that may come between; more means that two processes keep handling the same resident. */
const savesAtMost = 5;

/** Of a resident nothing is known yet. */
export function emptyStore(language: string, isLanguageKept = false): Stored {
  return {
    format: storedFormat,
    session: newSession(language, isLanguageKept),
    handoffMs: 0,
    remindersMs: 0,
    token: null,
    seen: [],
    outbox: null,
  };
}

export interface Updated {
  /** What stood there before; undefined: no conversation. */
  readonly before: Stored | undefined;
  /** What was written; undefined: nothing. */
  readonly after: Stored | undefined;
}

/**
 * Writes what `change` makes of what is stored, anew if another write came between; `change` gives undefined where nothing changes.
 * Without a conversation it is handed an empty one, with what is kept for longer. `language`: of whoever has chosen nothing else.
 */
export async function updateStored(
  sessions: Sessions,
  { resident, language }: { readonly resident: string; readonly language: string },
  change: (stored: Stored, isNew: boolean) => Stored | undefined,
): Promise<Updated> {
  for (let tries = 0; tries < savesAtMost; tries += 1) {
    const { talk, version, beside } = await sessions.load(resident);
    // What another format of the bot wrote counts as no conversation.
    const current = talk?.format === storedFormat ? talk : undefined;
    const before = current && withBeside(current, beside);
    const after = change(before ?? withBeside(afresh(beside, language), beside), before === undefined);
    if (!after || (await sessions.save(resident, after, version))) return { before, after };
  }
  throw new Error(`a session kept changing under a write (${savesAtMost} tries): who else handles this resident?`);
}

function afresh({ handoff, language: chosen }: Beside, language: string): Stored {
  return emptyStore(chosen ?? handoff?.language ?? language, chosen !== null);
}

function withBeside(talk: StoredTalk | Stored, { handoff, reminders }: Beside): Stored {
  return { ...talk, session: { ...talk.session, handoff, reminders } };
}
