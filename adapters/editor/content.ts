/** The page of texts: the files as forms, what a text will look like, and changes of one value each. */
import express, { type Router } from 'express';
import { z } from 'zod';
import type { Now } from '../../bot/dialogue/types.ts';
import { applyChange, type Change, type Changed, type Value } from '../../bot/edit/change.ts';
import { draftOf, type Edit, editOf, withEdit, withoutEdits, withoutStale } from '../../bot/edit/draft.ts';
import { isOffered } from '../../bot/edit/offered.ts';
import { type Preview, previewOf } from '../../bot/edit/preview.ts';
import { type Form, formFiles, formOf, isForm, type Section } from '../../bot/edit/sections.ts';
import { setValue, valueAt } from '../../bot/edit/splice.ts';
import { mainLanguage } from '../../bot/load/files.ts';
import type { Loaded } from '../../bot/load/library.ts';
import type { Problem } from '../../bot/load/problem.ts';
import type { Texts } from '../../bot/load/texts.ts';
import { me, own } from '../staff/guards.ts';
import { lastChanges } from './last-changes.ts';
import { changeEdits, type EditorParts, problemsIn, type State, stateOf } from './parts.ts';
import { changeRequest, place } from './requests.ts';

/** Who wrote something, and when (ms). */
export interface Written {
  readonly by: string;
  readonly at: number;
}

export interface ShownSection extends Section {
  /** As it stands in the file. */
  readonly whole: Value | null;
  readonly previews: readonly Preview[];
  /** In the draft, and before it in what is published. */
  readonly edit: (Written & { readonly id: string }) | null;
  readonly published: (Written & { readonly why: string }) | null;
}

export interface ShownForm extends Omit<Form, 'sections'> {
  readonly sections: readonly ShownSection[];
  readonly problems: readonly Problem[];
}

/** What came of a change that did not fit any more. */
export interface Conflict {
  readonly now: Value | null;
  readonly by: string | null;
  readonly at: number | null;
}

export function contentRoutes(parts: EditorParts, clock: () => Now): Router {
  const router = express.Router();
  const lastChangesOf = lastChanges(parts);

  async function shown(file: string, state: State): Promise<ShownForm> {
    const text = state.draft.texts[file] ?? '';
    const form = formOf(file, text);
    const loaded = parts.load(state.draft.texts);
    const published = await lastChangesOf(
      file,
      form.sections.map(({ path }) => path),
      state.liveId,
    );
    return {
      ...form,
      sections: form.sections.map((section, index) => ({
        ...section,
        whole: valueAt(text, section.path),
        previews: loaded.ok ? previewOf(file, section.path, { library: loaded.library, today: clock().today }) : [],
        edit: written(editOf(state.edits, file, section.path)),
        published: published[index] ?? null,
      })),
      problems: problemsIn(loaded, file),
    };
  }

  router.get('/forms', async (request, response) => {
    const state = await stateOf(parts);
    const forms: ShownForm[] = [];
    // One after the other: residents are answered in between.
    const language = typeof request.query.language === 'string' ? request.query.language : mainLanguage;
    for (const file of formFiles(Object.keys(state.draft.texts), language)) forms.push(await shown(file, state));
    response.json({ forms, languages: languagesOf(parts.load(state.draft.texts)) });
  });

  router.get('/form', async (request, response) => {
    const file = String(request.query.file);
    const state = await stateOf(parts);
    if (!Object.hasOwn(state.draft.texts, file) || !isForm(file)) return void response.sendStatus(404);
    response.json(await shown(file, state));
  });

  /** A value that nobody has kept yet. */
  router.post('/preview', own, async (request, response) => {
    const read = previewRequest.safeParse(request.body);
    if (!read.success) return void response.sendStatus(400);
    const { file, section, fields } = read.data;
    const { draft } = await stateOf(parts);
    const texts = withFields(draft.texts, file, fields);
    const loaded = texts && parts.load(texts);
    response.json({
      previews: loaded?.ok ? previewOf(file, section, { library: loaded.library, today: clock().today }) : [],
      problems: loaded ? problemsIn(loaded, file) : [],
    });
  });

  router.post('/changes', own, async (request, response) => {
    const read = changeRequest.safeParse(request.body);
    if (!read.success) return void response.status(400).json({ message: 'この直しは読み取れません。' });
    const change = read.data as Change;
    const { name: by } = me(response);
    const { live, edits, draft } = await stateOf(parts);
    if (!isOffered(change, draft.texts)) return void response.status(400).json({ message: noPlace });
    const added: Edit = { id: parts.newId(), at: parts.now(), by, change };
    let changed: Changed = { ok: false, why: 'no-place', now: null };
    // Looked at again when somebody was quicker: what they wrote is not written over.
    await changeEdits(parts, (latest) => {
      const before = draftOf(live, latest);
      changed = applyChange(before.texts, change);
      const isOther = changed.ok && changed.texts !== before.texts;
      return isOther ? withEdit(withoutStale(latest, before, change), added) : latest;
    });
    if (changed.ok) return void response.sendStatus(204);
    if (changed.why === 'no-place') return void response.status(422).json({ message: noPlace });
    const other = editOf(edits, change.file, change.path);
    response.status(409).json({ now: changed.now, by: other?.by ?? null, at: other?.at ?? null } satisfies Conflict);
  });

  router.post('/undo', own, async (request, response) => {
    const read = undoRequest.safeParse(request.body);
    if (!read.success) return void response.sendStatus(400);
    let isThere = false;
    await changeEdits(parts, (edits) => {
      const rest = withoutEdits(edits, read.data);
      isThere = rest.length < edits.length;
      return rest;
    });
    if (!isThere)
      return void response.status(409).json({ message: 'その直しは、もうありません。画面を開き直してください。' });
    response.sendStatus(204);
  });

  return router;
}

const noPlace =
  'ここからは書き込めません。ほかの場所でも使われているか、もとの文がもうありません。画面を開き直してください。';

const undoRequest = z.union([
  z.strictObject({ id: z.string().max(100) }),
  z.strictObject({ file: z.string().max(200), path: place.min(1) }),
]);

const previewRequest = z.strictObject({
  file: z.string(),
  section: place,
  fields: z
    .array(z.strictObject({ path: place, value: z.union([z.string(), z.number(), z.array(z.string())]) }))
    .max(100),
});

function written(edit: Edit | undefined): ShownSection['edit'] {
  return edit ? { id: edit.id, by: edit.by, at: edit.at } : null;
}

/** Undefined: the file cannot take them. */
function withFields(
  texts: Texts,
  file: string,
  fields: readonly { readonly path: Change['path']; readonly value: Value }[],
): Texts | undefined {
  try {
    const written = fields.reduce((text, { path, value }) => setValue(text, path, value), texts[file] ?? '');
    return { ...texts, [file]: written };
  } catch {
    return undefined;
  }
}

/** What each is called, the main one first; only that one while the draft has problems. */
function languagesOf(loaded: Loaded): { readonly tag: string; readonly name: string }[] {
  if (!loaded.ok) return [{ tag: mainLanguage, name: mainLanguage }];
  return [...loaded.library.languages.values()].map(({ tag, name }) => ({ tag, name }));
}
