/**
 * The channel's access token. Stateless ones are fetched with the channel's id and secret, hold a quarter of an hour and need no keeping (docs: Issue
 * stateless channel access token); a long-lived one lies in the environment until somebody takes it back.
 */
import { z } from 'zod';
import type { HttpAnswer } from './http.ts';

export interface AccessToken {
  /** One that holds. Rejects while LINE gives none, with LINE's `status` where it has refused. */
  get(): Promise<string>;
  /** LINE has refused that one. True: the next is another. */
  renew(refused: string): boolean;
}

export function longLived(token: string): AccessToken {
  return { get: async () => token, renew: () => false };
}

/** By the channel's id, or a long-lived one that somebody insists on. */
export function accessTokenOf({
  channelSecret,
  by,
  apiBaseUrl,
}: {
  readonly channelSecret: string;
  readonly by: { readonly channelAccessToken: string } | { readonly channelId: string };
  readonly apiBaseUrl: string;
}): AccessToken {
  return 'channelId' in by
    ? stateless({ channelId: by.channelId, channelSecret, apiBaseUrl, now: Date.now })
    : longLived(by.channelAccessToken);
}

export interface StatelessOptions {
  readonly channelId: string;
  readonly channelSecret: string;
  readonly apiBaseUrl: string;
  readonly now: () => number;
}

const answerWithinMs = 5_000;
/** So long before its end another one is fetched. */
const spareMs = 60_000;
const issued = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** All who ask at once share one request. A token that still holds serves while LINE gives no new one. */
export function stateless({ channelId, channelSecret, apiBaseUrl, now }: StatelessOptions): AccessToken {
  let current: { readonly token: string; readonly until: number } | undefined;
  let fetching: Promise<string> | undefined;

  async function issue(): Promise<string> {
    const askedAt = now();
    const answer = await fetch(`${apiBaseUrl.replace(/\/$/, '')}/oauth2/v3/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: channelId,
        client_secret: channelSecret,
      }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw Object.assign(new Error(`LINE gives no access token: ${answer.status}`), { status: answer.status });
    }
    const { access_token: token, expires_in: seconds } = issued.parse(await answer.json());
    current = { token, until: askedAt + seconds * 1_000 };
    return token;
  }

  return {
    async get() {
      const held = current;
      if (held && now() < held.until - spareMs) return held.token;
      fetching ??= issue().finally(() => {
        fetching = undefined;
      });
      return fetching.catch((error: unknown) => {
        if (held && held === current && now() < held.until) return held.token;
        throw error;
      });
    },
    renew(refused) {
      if (current?.token === refused) current = undefined;
      return true;
    },
  };
}

/** Asks LINE as the channel. A token that is refused (401) is renewed once. */
export async function asChannel<Answer extends Pick<HttpAnswer, 'status' | 'body'> | Response>(
  accessToken: AccessToken,
  ask: (authorization: { readonly authorization: string }) => Promise<Answer>,
): Promise<Answer> {
  const token = await accessToken.get();
  const answer = await ask({ authorization: `Bearer ${token}` });
  if (answer.status !== 401 || !accessToken.renew(token)) return answer;
  if (answer instanceof Response) await answer.body?.cancel();
  return ask({ authorization: `Bearer ${await accessToken.get()}` });
}
