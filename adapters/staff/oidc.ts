/** Signing in with the city's own accounts: OpenID Connect, authorization code with PKCE. What a clerk may is a claim of the city's. */
import express, { type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import * as client from 'openid-client';
import type { Log } from '../../bot/ports.ts';
import { changeRecord, type Records } from '../records.ts';
import { forGoodMs, type Role, roles } from './accounts.ts';
import { cookieName, cookieOptions } from './guards.ts';
import type { SignInParts } from './sign-in.ts';

export interface OidcOptions {
  /** The provider; its `.well-known/openid-configuration` says the rest. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that holds `agent`, `editor` or `admin`, or a list with one of them. */
  readonly rolesClaim: string;
  /** Where the console is reached: `https://…`, without a path. */
  readonly publicUrl: string;
}

/** A sign-in that has gone to the provider and is not back yet. */
export interface OidcStart {
  readonly verifier: string;
  readonly nonce: string;
}

/** A person at the provider: the only thing about them that never changes, and nobody else has. */
export interface OidcName {
  readonly who: string;
}

interface OidcParts extends SignInParts {
  readonly options: OidcOptions;
  readonly starts: Records<OidcStart>;
  /** Whose each name is, from the first sign-in on. */
  readonly names: Records<OidcName>;
  readonly log: Log;
}

const startPath = '/staff/sign-in/oidc';
const backPath = `${startPath}/back`;
const stateCookie = 'koshin_oidc';
/** As long as a password and a second factor may take. */
const startLifeMs = 10 * 60_000;

export function oidcSignIn({ options, starts, names, accounts, audit, now, isSecure, log }: OidcParts): Router {
  const router = express.Router();
  const back = new URL(backPath, options.publicUrl);
  // The provider sends the browser here from its own site: a strict cookie would stay behind.
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: startPath, maxAge: startLifeMs } as const;
  let known: Promise<client.Configuration> | undefined;

  /** Asked once; a provider that was away is asked again. */
  function provider(): Promise<client.Configuration> {
    known ??= discover(options).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  router.use(startPath, rateLimit({ windowMs: 60_000, limit: 60, validate: { xForwardedForHeader: false } }));

  router.get(startPath, async (_, response) => {
    try {
      const [verifier, nonce, state] = [client.randomPKCECodeVerifier(), client.randomNonce(), client.randomState()];
      const address = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: back.href,
        scope: 'openid profile email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        nonce,
        state,
      });
      await changeRecord(starts, state, { lifeMs: () => startLifeMs, change: () => ({ verifier, nonce }) });
      response.cookie(stateCookie, state, cookie).redirect(address.href);
    } catch (error) {
      refuse(response, error, 'いまは市のアカウントでサインインできません。少したってから、もう一度ためしてください。');
    }
  });

  router.get(backPath, async (request, response) => {
    try {
      const state = new RegExp(`(?:^|; )${stateCookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
      const { value: start } = await starts.load(state);
      await starts.remove(state);
      response.clearCookie(stateCookie, { ...cookie, maxAge: undefined });
      if (!start) throw new Error('this browser has begun no sign-in');
      const came = new URL(back.href);
      came.search = new URL(request.originalUrl, options.publicUrl).search;
      const tokens = await client.authorizationCodeGrant(await provider(), came, {
        pkceCodeVerifier: start.verifier,
        expectedNonce: start.nonce,
        expectedState: state,
        idTokenExpected: true,
      });
      const claims: Readonly<Record<string, unknown>> = tokens.claims() ?? {};
      const role = roleIn(claims[options.rolesClaim]);
      const name = nameIn(claims);
      if (!role || name === undefined)
        return refuse(
          response,
          'no role',
          'このアカウントでは使えません。システムの担当者に、権限をたのんでください。',
        );
      const who = `${claims.iss} ${claims.sub}`;
      const owner = await changeRecord(names, name, { lifeMs: () => forGoodMs, change: (known) => known ?? { who } });
      if (owner?.who !== who || (await accounts.all()).includes(name))
        return refuse(response, 'name taken', '同じ名前のアカウントがあります。システムの担当者にたずねてください。');
      const secret = await accounts.begin({ name, role });
      await audit.append({ at: now(), name, did: 'signed-in', ticket: null });
      response.cookie(cookieName, secret, cookieOptions(isSecure)).redirect('/staff');
    } catch (error) {
      refuse(response, error, 'サインインできませんでした。もう一度ためしてください。');
    }
  });

  /** What failed is the operators' business; never a token or a name. */
  function refuse(response: express.Response, error: unknown, sentence: string): void {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error).slice(0, 100);
    log.warn({ reason }, 'OpenID Connect: signing in was refused');
    response.status(403).send(`<!doctype html><html lang="ja"><meta charset="utf-8"><title>職員の画面</title>
<p>${sentence}</p><p><a href="/staff">職員の画面に戻る</a></p></html>`);
  }

  return router;
}

function discover({ issuer, clientId, clientSecret }: OidcOptions): Promise<client.Configuration> {
  // Plain http is for a provider on this machine, as in a test; `config.ts` refuses any other.
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  return client.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute, timeout: 10 });
}

/** The highest of the roles that the claim names. */
function roleIn(claim: unknown): Role | undefined {
  const named = [claim].flat().map(String);
  return roles.findLast((role) => named.includes(role));
}

/** What colleagues know the clerk by, and no other account has. */
function nameIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  const found = ['preferred_username', 'email', 'sub']
    .map((name) => claims[name])
    .find((each) => typeof each === 'string');
  return typeof found === 'string' ? found.slice(0, 100) : undefined;
}
