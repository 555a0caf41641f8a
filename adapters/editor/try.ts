/** A conversation with the draft, on any day and at any time: from its messages it is held anew each time, so nothing of it is kept here. */
import express, { type Router } from 'express';
import { z } from 'zod';
import { commands, type Message, type Now, type Reply } from '../../bot/dialogue/types.ts';
import { converse } from '../../bot/edit/converse.ts';
import { own } from '../staff/guards.ts';
import { type EditorParts, stateOf } from './parts.ts';

export interface TriedTurn {
  readonly message: Message;
  readonly replies: readonly Reply[];
}

export function tryRoutes(parts: EditorParts, clock: () => Now): Router {
  const router = express.Router();
  router.post('/try', own, express.json({ limit: '256kb' }), async (request, response) => {
    const read = tryRequest.safeParse(request.body);
    if (!read.success) return void response.status(400).json({ message: '日付か時刻が読み取れません。' });
    const { messages, pretend } = read.data;
    const { draft } = await stateOf(parts);
    const loaded = parts.load(draft.texts);
    if (!loaded.ok)
      return void response.status(422).json({
        message: `下書きに直すところが${loaded.problems.length}件あるので、まだためせません。「点検」を見てください。`,
      });
    const now = { ...clock(), ...pretend } as Now;
    const turns = converse(messages as readonly Message[], { library: loaded.library, now });
    response.json({ now, turns } satisfies { now: Now; turns: readonly TriedTurn[] });
  });
  return router;
}

const word = z.string().max(200);
const message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().max(5_000) }),
  z.strictObject({ kind: z.literal('follow') }),
  z.strictObject({
    kind: z.literal('button'),
    button: z.union([
      z.strictObject({ kind: z.literal('answer'), flow: word, slot: word, meaning: word, value: word }),
      z.strictObject({
        kind: z.literal('do'),
        action: z.union([
          z.strictObject({ kind: z.literal('command'), command: z.enum(commands) }),
          z.strictObject({ kind: z.literal('flow'), flow: word }),
          z.strictObject({ kind: z.literal('faq'), faq: word }),
          z.strictObject({ kind: z.literal('more'), text: word }),
          z.strictObject({ kind: z.literal('language'), language: word }),
        ]),
      }),
      z.strictObject({ kind: z.literal('unreadable') }),
    ]),
  }),
]);
const tryRequest = z.strictObject({
  messages: z.array(message).max(200),
  pretend: z.strictObject({
    today: z.iso.date().optional(),
    time: z.iso.time({ precision: -1 }).optional(),
  }),
});
