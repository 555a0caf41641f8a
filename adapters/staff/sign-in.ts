/** Signing in with a name and a password of the desk's own. */
import express, { type Request, type Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { Accounts } from './accounts.ts';
import type { Audit } from './audit.ts';
import { cookieName, cookieOptions, fromThePage } from './guards.ts';

export interface SignInParts {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly now: () => number;
  readonly isSecure: boolean;
}

const credentials = z.strictObject({ name: z.string().max(100), password: z.string().max(1_000) });

/** Wrong passwords: for an account, and for an address. */
const wrongOnes = {
  windowMs: 15 * 60_000,
  skipSuccessfulRequests: true,
  validate: { xForwardedForHeader: false },
  message: { message: 'しばらくたってから、もう一度ためしてください。' },
} as const;

export function passwordSignIn({ accounts, audit, now, isSecure }: SignInParts): Router {
  const router = express.Router();
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
      response.cookie(cookieName, secret, cookieOptions(isSecure)).sendStatus(204);
    },
  );
  return router;
}

function addressOf({ ip = '' }: Request): string {
  return ipKeyGenerator(ip);
}

function nameIn({ body }: Request): string {
  return String(body?.name).slice(0, 100);
}
