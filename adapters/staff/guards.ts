/** Who a request comes from, and whether they may: every route of the staff's pages goes through one of these. */
import type { Request, RequestHandler, Response } from 'express';
import type { Accounts, Clerk } from './accounts.ts';
import { type Role, roles } from './accounts.ts';

export const cookieName = 'koshin_staff';

/** The cookie that holds a sign-in: for this page alone, and over https where there is any. */
export function cookieOptions(isSecure: boolean) {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/staff' } as const;
}

/** Another site open in the same browser can neither write nor read here. */
export function fromThePage(...[request, response, next]: Parameters<RequestHandler>): void {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return void response.sendStatus(403);
  next();
}

/** 401 to whoever is not signed in. */
export function signedIn(accounts: Accounts): RequestHandler {
  return async (request, response, next) => {
    // A stream that is opened again by itself is nothing that anybody does.
    const isDoing = request.method === 'POST';
    const clerk = await accounts.signedIn(secretOf(request), { isDoing });
    if (!clerk) return void response.status(401).json({ message: 'サインインしてください。' });
    response.locals.clerk = clerk;
    next();
  };
}

/** With the token that only the page of this sign-in knows. */
export function own(...[request, response, next]: Parameters<RequestHandler>): void {
  if (request.get('x-csrf') !== me(response).csrf) return void response.sendStatus(403);
  next();
}

/** Each role may what the one before may. */
export function atLeast(role: Role): RequestHandler {
  return (_, response, next) => {
    if (roles.indexOf(me(response).role) < roles.indexOf(role)) return void response.sendStatus(403);
    next();
  };
}

export function secretOf({ headers }: Request): string {
  return new RegExp(`(?:^|; )${cookieName}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? '';
}

export function me({ locals }: Response): Clerk {
  return locals.clerk as Clerk;
}
