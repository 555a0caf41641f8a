/** The help desk's page: the queue, the talks, and what clerks do with them. */
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { LineContent } from '../line/content.ts';
import type { Accounts } from '../staff/accounts.ts';
import type { Audit } from '../staff/audit.ts';
import { me, own } from '../staff/guards.ts';
import { pageFile, type StaffPart } from '../staff/site.ts';
import { act, deeds, perform } from './acts.ts';
import type { ViewParts } from './console-view.ts';
import type { OwnDesk } from './desk.ts';
import { mediaEntry, sendContent } from './media.ts';
import { viewStreams } from './views.ts';

export interface ConsoleParts {
  readonly desk: OwnDesk;
  readonly accounts: Accounts;
  readonly audit: Audit;
  /** What the views are made with: content that may have changed since. */
  readonly parts: () => ViewParts;
  /** Where the office's clocks are (IANA). */
  readonly timezone: () => string;
  /** A picture or the like that a resident sent; undefined once LINE has it no more. */
  readonly contentOf: (messageId: string) => Promise<LineContent | undefined>;
  readonly now: () => number;
}

export interface StaffConsole extends StaffPart {
  /** Ends the streams, so that a stopping server need not wait for them. */
  close(): void;
}

const nobodys = 'ほかの職員が担当しているか、終わっています。';

export function staffConsole({ contentOf, ...given }: ConsoleParts): StaffConsole {
  const { desk, audit, now } = given;
  const streams = viewStreams(given);
  const pages = new URL('page/', import.meta.url);
  const [files, inside] = [express.Router(), express.Router()];
  files.get('/staff', pageFile(pages, 'index.html'));
  files.use('/helpdesk/page', express.static(fileURLToPath(pages)));

  inside.get('/views', streams.handler);

  inside.post('/tickets/:id/acts', own, express.json({ limit: '64kb' }), async (request, response) => {
    const read = act.safeParse(request.body);
    if (!read.success)
      return void response.status(400).json({ message: 'この操作は読み取れません。4,900字までの文を入れてください。' });
    const [id, { name }] = [String(request.params.id), me(response)];
    const ticket = await perform(read.data, id, { desk, name });
    if (!ticket) return void response.status(409).json({ message: nobodys });
    await audit.append({ at: now(), name, did: deeds[read.data.act], ticket: id });
    response.sendStatus(204);
  });

  inside.post('/tickets/:id/birthday', own, async (request, response) => {
    const ticket = await desk.find(String(request.params.id));
    if (!ticket) return void response.sendStatus(404);
    await audit.append({ at: now(), name: me(response).name, did: 'saw-birthday', ticket: ticket.id });
    response.json({ birthday: ticket.facts.birthday ?? null });
  });

  inside.get('/tickets/:id/media/:entry', async (request, response) => {
    const ticket = await desk.find(String(request.params.id));
    const entry = ticket && mediaEntry(ticket, String(request.params.entry));
    if (!ticket || !entry) return void response.sendStatus(404);
    const content = await contentOf(entry.messageId);
    if (!content) return void response.sendStatus(404);
    await audit.append({ at: now(), name: me(response).name, did: 'saw-media', ticket: ticket.id });
    sendContent(response, content);
  });

  return { files, inside, links: [{ href: '/staff', label: '相談', for: 'agent' }], close: streams.close };
}
