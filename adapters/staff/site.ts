/**
 * The staff's pages over HTTP. Their files hold nothing and are open to everybody; all else answers only who is signed in, and nothing
 * changes without the sign-in's own token.
 */
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import helmet from 'helmet';
import { type Role, roles } from './accounts.ts';
import { auditLog } from './audit-log.ts';
import { atLeast, cookieName, cookieOptions, fromThePage, me, own, secretOf, signedIn } from './guards.ts';
import { passwordSignIn, type SignInParts } from './sign-in.ts';

/** What there is to do for those who are signed in. */
export interface StaffPart {
  /** Pages (under `/staff`) and what they are made of. */
  readonly files: Router;
  /** Under `/staff`, for whoever is signed in. */
  readonly inside: Router;
  /** Its pages, as the head of every page names them. */
  readonly links: readonly PageLink[];
}

export interface PageLink {
  readonly href: string;
  readonly label: string;
  /** Who has business there, and whoever may more. */
  readonly for: Role;
}

/** What a page knows of whoever looks at it. */
export interface Me {
  readonly name: string;
  readonly role: Role;
  /** Goes with everything that changes something. */
  readonly csrf: string;
  /** Where the office's clocks are (IANA). */
  readonly timezone: string;
  readonly links: readonly PageLink[];
}

export interface SiteParts extends SignInParts {
  /** Where the office's clocks are (IANA). */
  readonly timezone: () => string;
  /** Another way to sign in; absent: accounts of our own only. */
  readonly otherSignIn: Router | undefined;
  readonly parts: readonly StaffPart[];
}

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

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A page's file, read anew for everybody: a new version of the bot is seen at once. */
export function pageFile(folderUrl: URL, name: string): express.RequestHandler {
  const options = { root: fileURLToPath(folderUrl), cacheControl: false };
  return (_, response) => response.sendFile(name, options);
}

export function staffSite({ parts, timezone, otherSignIn, ...signingIn }: SiteParts): Router {
  const { accounts, audit, isSecure } = signingIn;
  const router = express.Router();
  const pages = new URL('page/', import.meta.url);

  router.use('/page', express.static(folder('../page')));
  router.use('/staff', helmet({ contentSecurityPolicy, strictTransportSecurity: isSecure }));
  router.get('/staff/log', pageFile(pages, 'log.html'));
  router.get('/staff/sign-in', pageFile(pages, 'sign-in.html'));
  router.use('/staff/page', express.static(folder('page')));
  for (const { files } of parts) router.use(files);
  const links = [...parts.flatMap((part) => part.links), { href: '/staff/log', label: '記録', for: 'admin' as const }];
  // Where there is no help desk the first page is another.
  router.get('/staff', (_, response) => response.redirect(links[0]?.href ?? '/staff/log'));
  router.use(passwordSignIn(signingIn));
  router.get('/staff/ways-in', (_, response) => void response.json({ oidc: otherSignIn !== undefined }));
  if (otherSignIn) router.use(otherSignIn);

  const inside = express.Router();
  router.use('/staff', fromThePage, signedIn(accounts), inside);
  inside.post('/sign-out', own, async (request, response) => {
    await accounts.signOut(secretOf(request));
    response.clearCookie(cookieName, cookieOptions(isSecure)).sendStatus(204);
  });
  inside.get('/me', (_, response) => {
    const { name, role, csrf } = me(response);
    const may = links.filter((link) => roles.indexOf(role) >= roles.indexOf(link.for));
    response.json({ name, role, csrf, timezone: timezone(), links: may } satisfies Me);
  });
  for (const part of parts) inside.use(part.inside);
  inside.use(atLeast('admin'), auditLog({ audit, timezone }));
  return router;
}
