/** What publishing would do to the conversations in progress, before anybody publishes. */
import { afterEdit } from '../dialogue/after-edit.ts';
import type { Library } from '../dialogue/library.ts';
import type { Now, Session } from '../dialogue/types.ts';

export interface DryRun {
  readonly inProgress: number;
  readonly same: number;
  /** How many go on from which question; null: straight to what there is to tell. */
  readonly from: readonly { readonly question: string | null; readonly people: number }[];
  readonly dropped: number;
}

export async function dryRun(
  sessions: AsyncIterable<Session>,
  libraries: { readonly before: Library; readonly after: Library; readonly now: Now },
): Promise<DryRun> {
  const from = new Map<string | null, number>();
  let [inProgress, same, dropped] = [0, 0, 0];
  for await (const session of sessions) {
    const becomes = afterEdit(session, libraries);
    if (!becomes) continue;
    inProgress += 1;
    if (becomes.kind === 'same') same += 1;
    else if (becomes.kind === 'dropped') dropped += 1;
    else from.set(becomes.from, (from.get(becomes.from) ?? 0) + 1);
  }
  return { inProgress, same, dropped, from: [...from].map(([question, people]) => ({ question, people })) };
}
