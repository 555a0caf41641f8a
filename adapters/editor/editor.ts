/** The editors' pages over HTTP: what each shows and does lies in a file of its own. */
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Now } from '../../bot/dialogue/types.ts';
import { askNotices } from '../../bot/load/ask-notices.ts';
import { noticesOf } from '../../bot/load/notices.ts';
import { translationNotices } from '../../bot/load/translation-notices.ts';
import { atLeast } from '../staff/guards.ts';
import { type PageLink, pageFile, type StaffPart } from '../staff/site.ts';
import { calendarRoutes } from './calendar.ts';
import { contentRoutes } from './content.ts';
import { type NumberParts, numberRoutes } from './numbers.ts';
import { type EditorParts, stateOf } from './parts.ts';
import { publishRoutes } from './publish.ts';
import { tryRoutes } from './try.ts';

const pages: readonly PageLink[] = [
  { href: '/staff/content', label: '文と情報', for: 'editor' },
  { href: '/staff/calendar', label: '窓口の日時', for: 'editor' },
  { href: '/staff/flow', label: '対話の図', for: 'editor' },
  { href: '/staff/check', label: '点検', for: 'editor' },
  { href: '/staff/try', label: 'ためす', for: 'editor' },
  { href: '/staff/publish', label: '公開', for: 'editor' },
  { href: '/staff/numbers', label: '数字', for: 'editor' },
];

/** `clock`: the office's day and time. */
export function editorPages(parts: EditorParts & NumberParts, clock: () => Now): StaffPart {
  const folder = new URL('page/', import.meta.url);
  const [files, inside, editing] = [express.Router(), express.Router(), express.Router()];
  for (const { href } of pages) files.get(href, pageFile(folder, 'editor.html'));
  files.use('/editor/page', express.static(fileURLToPath(folder)));

  inside.use('/edit', atLeast('editor'), editing);
  // The others are of one text each.
  editing.use(tryRoutes(parts, clock));
  editing.use(express.json({ limit: '64kb' }));
  editing.use(contentRoutes(parts, clock));
  editing.use(calendarRoutes(parts, clock));
  editing.use(publishRoutes(parts, clock));
  editing.use(numberRoutes(parts, clock));
  editing.get('/problems', async (_, response) => {
    const { draft } = await stateOf(parts);
    const loaded = parts.load(draft.texts);
    response.json({
      problems: loaded.ok ? [] : loaded.problems,
      notices: loaded.ok
        ? [
            ...noticesOf(loaded.files, clock().today),
            ...translationNotices(loaded.files),
            ...askNotices(loaded.library),
          ]
        : [],
    });
  });
  return { files, inside, links: pages };
}
