/** What the editors' pages are made with, and how things stand: what is published, and the draft over it. */
import { type Draft, draftOf, type Edit } from '../../bot/edit/draft.ts';
import type { Loaded } from '../../bot/load/library.ts';
import type { Problem } from '../../bot/load/problem.ts';
import type { Texts } from '../../bot/load/texts.ts';
import type { Sessions, Versions } from '../../bot/ports.ts';
import { changeRecord, type Records } from '../records.ts';
import { forGoodMs } from '../staff/accounts.ts';
import type { Audit } from '../staff/audit.ts';

export interface EditorParts {
  readonly versions: Versions;
  /** The files that the bot was deployed with: they hold until something is published. */
  readonly deployed: () => Texts;
  readonly drafts: Records<{ readonly edits: readonly Edit[] }>;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly load: (texts: Texts) => Loaded;
  readonly same: (texts: Texts) => Texts;
  readonly now: () => number;
  /** A name for an edit. */
  readonly newId: () => string;
}

export interface State {
  /** What is published; null: the files that the bot was deployed with. */
  readonly liveId: string | null;
  readonly live: Texts;
  readonly edits: readonly Edit[];
  readonly draft: Draft;
}

export async function stateOf(parts: EditorParts): Promise<State> {
  const liveId = await parts.versions.currentId();
  const live = parts.same(await textsOf(liveId, parts));
  const edits = (await parts.drafts.load(theOnly)).value?.edits ?? [];
  return { liveId, live, edits, draft: draftOf(live, edits) };
}

/** The texts of a version; of null, those that the bot was deployed with. */
export async function textsOf(id: string | null, { versions, deployed }: EditorParts): Promise<Texts> {
  const version = id === null ? undefined : await versions.find(id);
  if (id !== null && !version) throw new Error(`version ${id} is not in the store`);
  return version?.texts ?? deployed();
}

/** Tries again while others write. */
export async function changeEdits(
  { drafts }: EditorParts,
  change: (edits: readonly Edit[]) => readonly Edit[],
): Promise<void> {
  await changeRecord(drafts, theOnly, {
    lifeMs: () => forGoodMs,
    change: (draft) => ({ edits: change(draft?.edits ?? []) }),
  });
}

/** The editors share one draft: what one of them prepares the others see. */
const theOnly = 'draft';

/** What is wrong with one of the files. */
export function problemsIn(loaded: Loaded, file: string): readonly Problem[] {
  return loaded.ok ? [] : loaded.problems.filter((problem) => problem.file === file);
}
