/** The editors' pages, put together. */
import { randomUUID } from 'node:crypto';
import { editorPages } from '../adapters/editor/editor.ts';
import { loadOnce, sameOnce } from '../adapters/editor/loaded.ts';
import type { NumberParts } from '../adapters/editor/numbers.ts';
import type { EditorParts } from '../adapters/editor/parts.ts';
import type { StaffPart } from '../adapters/staff/site.ts';
import type { Now } from './dialogue/types.ts';
import { readTexts } from './load/texts.ts';
import type { Sessions, Versions } from './ports.ts';
import type { Staff } from './start-staff.ts';

export function openEditor({
  folder,
  versions,
  sessions,
  staff,
  clock,
  ...figures
}: NumberParts & {
  /** Where the files that were deployed lie. */
  readonly folder: string;
  readonly versions: Versions;
  readonly sessions: Sessions;
  readonly staff: Staff;
  readonly clock: () => Now;
}): StaffPart {
  const parts: EditorParts & NumberParts = {
    ...figures,
    versions,
    deployed: () => readTexts(folder),
    drafts: staff.records('draft'),
    sessions,
    audit: staff.audit,
    load: loadOnce(),
    same: sameOnce(),
    now: Date.now,
    newId: randomUUID,
  };
  return editorPages(parts, clock);
}
