/** Publishing: what would change, whether it may, what becomes of those in mid-conversation, and the way back. */
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { versionOf } from '../../bot/content-versions.ts';
import type { Now } from '../../bot/dialogue/types.ts';
import { type Compared, compared } from '../../bot/edit/compared.ts';
import { type Edit, editBehind, rebased } from '../../bot/edit/draft.ts';
import { type DryRun, dryRun } from '../../bot/edit/dry-run.ts';
import { sayChange, sayValue } from '../../bot/edit/say-change.ts';
import type { Problem } from '../../bot/load/problem.ts';
import { printOf, type Texts } from '../../bot/load/texts.ts';
import type { VersionInfo } from '../../bot/ports.ts';
import { me, own } from '../staff/guards.ts';
import { changeEdits, type EditorParts, stateOf, textsOf } from './parts.ts';

/** What is published, what would take its place, and whether it may. */
export interface Publication {
  /** Null: the files that the bot was deployed with. */
  readonly liveId: string | null;
  /** Of the draft that the rest is about: publishing names it. */
  readonly print: string;
  readonly changes: readonly (Compared & { readonly edit: Pick<Edit, 'id' | 'by' | 'at'> | null })[];
  /** Edits that no longer fit. */
  readonly conflicts: readonly {
    readonly id: string;
    readonly by: string;
    readonly where: string;
    readonly mine: string | null;
    readonly now: string | null;
  }[];
  readonly problems: readonly Problem[];
  /** Null while there are problems: nobody can say. */
  readonly dryRun: DryRun | null;
}

export function publishRoutes(parts: EditorParts, clock: () => Now): Router {
  const router = express.Router();

  async function publication(
    live: Texts,
    next: Texts,
    edits: readonly Edit[] = [],
  ): Promise<Pick<Publication, 'print' | 'changes' | 'problems' | 'dryRun'>> {
    const [before, after, print] = [parts.load(live), parts.load(next), printOf(next)];
    const changes = compared(live, next, { before, after, today: clock().today }).map((change) => {
      const { id, by, at } = editBehind(edits, change.change) ?? {};
      return { ...change, edit: id && by && at ? { id, by, at } : null };
    });
    if (!after.ok) return { print, changes, problems: after.problems, dryRun: null };
    const inProgress = parts.sessions.all();
    const libraries = before.ok ? { before: before.library, after: after.library, now: clock() } : undefined;
    return { print, changes, problems: [], dryRun: libraries ? await dryRun(inProgress, libraries) : null };
  }

  router.get('/publication', async (_, response) => {
    const { liveId, live, draft, edits } = await stateOf(parts);
    response.json({
      liveId,
      ...(await publication(live, draft.texts, edits)),
      conflicts: draft.conflicts.map(({ edit: { id, by, change }, now }) => {
        const { where, after } = sayChange(change, live);
        return { id, by, where, mine: after, now: sayValue(now) };
      }),
    } satisfies Publication);
  });

  router.get('/history', async (_, response) => {
    response.json({ liveId: await parts.versions.currentId(), versions: await parts.versions.history() });
  });

  /** What going back to a version would change. */
  router.get('/way-back', async (request, response) => {
    const { liveId, live } = await stateOf(parts);
    const id = versionId.safeParse(request.query.id);
    const texts = id.success ? await textsOf(id.data, parts).catch(() => undefined) : undefined;
    if (!texts) return void response.sendStatus(404);
    response.json({ liveId, conflicts: [], ...(await publication(live, texts)) } satisfies Publication);
  });

  router.post('/publish', own, async (request, response) => {
    const read = publishRequest.safeParse(request.body);
    if (!read.success) return void response.status(400).json({ message: '公開する理由を、短く入れてください。' });
    const { live, edits, draft } = await stateOf(parts);
    if (draft.conflicts.length > 0)
      return void response.status(409).json({ message: '先に、食いちがっている直しを選んでください。' });
    if (printOf(draft.texts) !== read.data.print)
      return void response
        .status(409)
        .json({ message: 'そのあいだに、下書きが変わりました。画面を開き直して、変わるところを見てください。' });
    const published = await put(draft.texts, { ...read.data, live, did: 'published', response });
    if (!published) return;
    // What was written meanwhile stays in the draft.
    await changeEdits(parts, (latest) => {
      const isPublished = ({ id, at }: Edit) => edits.some((edit) => edit.id === id && edit.at === at);
      return rebased(
        latest.filter((edit) => !isPublished(edit)),
        draft.texts,
      );
    });
  });

  router.post('/rollback', own, async (request, response) => {
    const read = rollbackRequest.safeParse(request.body);
    if (!read.success) return void response.status(400).json({ message: '戻す理由を、短く入れてください。' });
    const { live } = await stateOf(parts);
    const texts = await textsOf(read.data.id, parts).catch(() => undefined);
    if (!texts) return void response.status(404).json({ message: 'その版は残っていません。' });
    await put(texts, { ...read.data, live, did: 'rolled-back', response });
  });

  /** Answers; true when it is published. */
  async function put(
    texts: Texts,
    how: {
      why: string;
      over: string | null;
      evenIfDropped: boolean;
      live: Texts;
      did: 'published' | 'rolled-back';
      response: Response;
    },
  ): Promise<boolean> {
    const { response, why, over, did } = how;
    const refuse = (status: number, message: string) => {
      response.status(status).json({ message });
      return false;
    };
    const { problems, dryRun: run, changes } = await publication(how.live, texts);
    if (changes.length === 0) return refuse(409, 'いま公開しているものと同じです。');
    if (problems.length > 0)
      return refuse(422, `直すところが${problems.length}件あるので、公開できません。「点検」を見てください。`);
    if (run && run.dropped > 0 && !how.evenIfDropped)
      return refuse(
        409,
        `いま話している方のうち${run.dropped}人は、はじめからになります。それでもよいときは、印を付けてから公開してください。`,
      );
    const { name: by } = me(response);
    const version = versionOf(texts, { at: parts.now(), by, why, from: over });
    if (!(await parts.versions.publish(version)))
      return refuse(409, 'そのあいだに、ほかの職員が公開しました。画面を開き直して、ちがいを見てください。');
    await parts.audit.append({ at: parts.now(), name: by, did, ticket: null, version: version.id });
    const { texts: _, ...info } = version;
    response.json(info satisfies VersionInfo);
    return true;
  }

  return router;
}

const why = z.string().trim().min(1).max(200);
/** Empty: the files that the bot was deployed with. */
const versionId = z
  .string()
  .max(100)
  .transform((id) => (id === '' ? null : id));
const rollbackRequest = z.strictObject({
  id: versionId,
  why,
  over: versionId,
  evenIfDropped: z.boolean().default(false),
});
const publishRequest = rollbackRequest.omit({ id: true }).extend({ print: z.string() });
