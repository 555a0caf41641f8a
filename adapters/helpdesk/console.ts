/** The staff's console over HTTP. Nothing but the sign-in answers anybody who is not signed in, and nothing changes without the sign-in's own token. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { z } from 'zod';
import type { Accounts, Clerk } from './accounts.ts';
import type { Audit, AuditEntry } from './audit.ts';
import { consoleView, type QuestionName, type Snippet, type Summarise } from './console-view.ts';
import type { OwnDesk } from './desk.ts';
import type { Ticket } from './ticket.ts';

export interface ConsoleParts {
  readonly desk: OwnDesk;
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly summarise: Summarise;
  readonly snippets: () => readonly Snippet[];
  /** What the bot can be asked to ask. */
  readonly questions: () => readonly QuestionName[];
  /** Where the office's clocks are (IANA). */
  readonly timezone: () => string;
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
const cookieName = 'koshin_staff';
/** How often the streams look for what other processes changed. */
const lookMs = 500;

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

const credentials = z.strictObject({ name: z.string().max(100), password: z.string().max(1_000) });
/** LINE takes 5 000, and some words go before. */
const text = z.string().trim().min(1).max(4_900);
/** The page's own name for what it sends: pressed twice, it is said once. */
const key = z.uuid();
const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('take') }),
  z.strictObject({ act: z.literal('take-over') }),
  z.strictObject({ act: z.literal('give-back') }),
  z.strictObject({ act: z.literal('reply'), text, key }),
  z.strictObject({ act: z.literal('note'), text, key }),
  z.strictObject({ act: z.literal('ask'), flow: z.string().max(100), slot: z.string().max(100), key }),
  z.strictObject({ act: z.literal('close'), why: z.enum(['solved', 'elsewhere', 'returned']) }),
]);

/** Wrong passwords: for an account, and for an address. */
const wrongOnes = {
  windowMs: 15 * 60_000,
  skipSuccessfulRequests: true,
  validate: { xForwardedForHeader: false },
  message: { message: 'しばらくたってから、もう一度ためしてください。' },
} as const;

export function staffConsole({
  desk,
  accounts,
  audit,
  summarise,
  snippets,
  questions,
  timezone,
  now,
  isSecure,
}: ConsoleParts): StaffConsole {
  const router = express.Router();
  const streams = new Set<Response>();
  const cookie = { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/staff' } as const;

  router.use('/page', express.static(folder('../page')));
  router.use('/staff', helmet({ contentSecurityPolicy, strictTransportSecurity: isSecure }));
  router.get('/staff', (_, response) => response.sendFile('index.html', { root: folder('page'), cacheControl: false }));
  router.use('/staff/page', express.static(folder('page')));
  router.post(
    '/staff/sign-in',
    fromThePage,
    express.json({ limit: '4kb' }),
    // Who guesses is kept away; who only knows a name can hardly lock its owner out.
    rateLimit({ ...wrongOnes, limit: 20 }),
    rateLimit({ ...wrongOnes, limit: 5, keyGenerator: (request) => `${addressOf(request)} ${nameIn(request)}` }),
    rateLimit({ ...wrongOnes, limit: 50, keyGenerator: (request) => `name ${nameIn(request)}` }),
    async (request, response) => {
      const given = credentials.safeParse(request.body);
      const secret = given.success ? await accounts.signIn(given.data.name, given.data.password) : undefined;
      if (!given.success || secret === undefined)
        return void response.status(401).json({ message: '名前かパスワードがちがいます。' });
      await audit.append({ at: now(), name: given.data.name, did: 'signed-in', ticket: null });
      response.cookie(cookieName, secret, cookie).sendStatus(204);
    },
  );

  const inside = express.Router();
  router.use('/staff', fromThePage, signedIn, inside);

  inside.post('/sign-out', own, async (request, response) => {
    await accounts.signOut(secretOf(request.headers.cookie));
    response.clearCookie(cookieName, cookie).sendStatus(204);
  });

  inside.get('/me', (_, response) => void response.json({ name: me(response).name }));

  inside.get('/views', async (request, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    streams.add(response);
    response.on('close', () => streams.delete(response));
    const { name, csrf } = me(response);
    let seen: number | undefined;
    let lookedAt = now();
    while (streams.has(response)) {
      const changes = await desk.changes().catch(() => seen);
      if (changes !== seen) {
        const view = consoleView(await desk.all(), {
          me: { name, csrf },
          now: now(),
          timezone: timezone(),
          snippets: snippets(),
          questions: questions(),
          summarise,
        });
        response.write(`data: ${JSON.stringify(view)}\n\n`);
        seen = changes;
      }
      await sleep(lookMs);
      if (now() - lookedAt <= 60_000) continue;
      lookedAt = now();
      // The stream is no work of a clerk's: who has gone home is signed out.
      const isSignedIn = accounts.signedIn(secretOf(request.headers.cookie), { isDoing: false });
      if (!(await isSignedIn.catch(() => true))) response.end();
    }
  });

  inside.post('/tickets/:id/acts', own, express.json({ limit: '64kb' }), async (request, response) => {
    const given = act.safeParse(request.body);
    if (!given.success)
      return void response.status(400).json({ message: 'この操作は読み取れません。4,900字までの文を入れてください。' });
    const [id, { name }] = [String(request.params.id), me(response)];
    const [did, ticket] = await perform(id, name, given.data);
    if (!ticket) return void response.status(409).json({ message: 'ほかの職員が担当しているか、終わっています。' });
    await audit.append({ at: now(), name, did, ticket: id });
    response.sendStatus(204);
  });

  inside.post('/tickets/:id/birthday', own, async (request, response) => {
    const ticket = (await desk.all()).find(({ id }) => id === request.params.id);
    if (!ticket) return void response.sendStatus(404);
    await audit.append({ at: now(), name: me(response).name, did: 'saw-birthday', ticket: ticket.id });
    response.json({ birthday: ticket.facts.birthday ?? null });
  });

  inside.get('/audit', admins, async (_, response) => void response.json(await audit.latest(500)));

  async function perform(
    id: string,
    name: string,
    given: z.infer<typeof act>,
  ): Promise<[AuditEntry['did'], Ticket | undefined]> {
    switch (given.act) {
      case 'take':
        return ['took', await desk.assign(id, name)];
      case 'take-over':
        return ['took', await desk.takeOver(id, name)];
      case 'give-back':
        return ['gave-back', await desk.giveBack(id, name)];
      case 'reply':
        return ['answered', await desk.reply(id, name, given)];
      case 'ask':
        return ['asked', await desk.ask(id, name, given)];
      case 'note':
        return ['noted', await desk.note(id, name, given)];
      case 'close':
        return ['closed', await desk.end(id, name, given.why)];
    }
  }

  async function signedIn(...[request, response, next]: Parameters<RequestHandler>): Promise<void> {
    // A stream that is opened again by itself is nothing that anybody does.
    const isDoing = request.method === 'POST';
    const signIn = await accounts.signedIn(secretOf(request.headers.cookie), { isDoing });
    if (!signIn) return void response.status(401).json({ message: 'サインインしてください。' });
    response.locals.clerk = signIn;
    next();
  }

  return {
    router,
    close() {
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}

/** With the token that only the page of this sign-in knows. */
function own(...[request, response, next]: Parameters<RequestHandler>): void {
  if (request.get('x-csrf') !== me(response).csrf) return void response.sendStatus(403);
  next();
}

function admins(...[, response, next]: Parameters<RequestHandler>): void {
  if (me(response).role !== 'admin') return void response.sendStatus(403);
  next();
}

/** Another site open in the same browser can neither write nor read here. */
function fromThePage(...[request, response, next]: Parameters<RequestHandler>): void {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return void response.sendStatus(403);
  next();
}

function secretOf(cookies = ''): string {
  return new RegExp(`(?:^|; )${cookieName}=([\\w-]{43})(?:;|$)`).exec(cookies)?.[1] ?? '';
}

function me({ locals }: Response): Clerk {
  return locals.clerk as Clerk;
}

function addressOf({ ip = '' }: Request): string {
  return ipKeyGenerator(ip);
}

function nameIn({ body }: Request): string {
  return String(body?.name).slice(0, 100);
}
