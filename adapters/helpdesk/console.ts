/** The staff's console over HTTP. Nothing but the sign-in answers anybody who is not signed in, and nothing changes without the sign-in's own token. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import helmet from 'helmet';
import type { LineContent } from '../line/content.ts';
import type { Accounts } from './accounts.ts';
import { act, deeds, perform } from './acts.ts';
import type { Audit } from './audit.ts';
import { auditLog } from './audit-log.ts';
import type { ViewParts } from './console-view.ts';
import type { OwnDesk } from './desk.ts';
import { atLeast, cookieName, cookieOptions, fromThePage, me, own, secretOf, signedIn } from './guards.ts';
import { mediaEntry, sendContent } from './media.ts';
import { passwordSignIn } from './sign-in.ts';
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
  /** Another way to sign in; absent: accounts of the desk's own only. */
  readonly otherSignIn: Router | undefined;
  readonly now: () => number;
  /** Cookies go over https only; without a channel the page is tried out over http on this machine. */
  readonly isSecure: boolean;
}

export interface StaffConsole {
  readonly router: Router;
  /** Ends the streams, so that a stopping server need not wait for them. */
  close(): void;
}

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
};

const nobodys = 'ほかの職員が担当しているか、終わっています。';

export function staffConsole(given: ConsoleParts): StaffConsole {
  const { desk, accounts, audit, parts, timezone, contentOf, otherSignIn, now, isSecure } = given;
  const router = express.Router();
  const streams = viewStreams({ desk, accounts, parts, timezone, now });

  router.use('/page', express.static(folder('../page')));
  router.use('/staff', helmet({ contentSecurityPolicy, strictTransportSecurity: isSecure }));
  const page = readFileSync(folder('page/index.html'), 'utf8').replace(
    'data-oidc="no"',
    `data-oidc="${otherSignIn ? 'yes' : 'no'}"`,
  );
  router.get('/staff', (_, response) => response.set('cache-control', 'no-cache').send(page));
  router.get('/staff/log', (_, response) =>
    response.sendFile('log.html', { root: folder('page'), cacheControl: false }),
  );
  router.use('/staff/page', express.static(folder('page')));
  router.use(passwordSignIn({ accounts, audit, now, isSecure }));
  if (otherSignIn) router.use(otherSignIn);

  const inside = express.Router();
  router.use('/staff', fromThePage, signedIn(accounts), inside);

  inside.post('/sign-out', own, async (request, response) => {
    await accounts.signOut(secretOf(request));
    response.clearCookie(cookieName, cookieOptions(isSecure)).sendStatus(204);
  });

  inside.get('/me', (_, response) => void response.json({ name: me(response).name, role: me(response).role }));
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

  inside.use(atLeast('admin'), auditLog({ audit, timezone }));

  return { router, close: streams.close };
}
