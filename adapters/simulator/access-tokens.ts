/** Who may speak as the channel: its long-lived token, and those that it fetched with id and secret (docs: Issue stateless channel access token). */
import { randomBytes } from 'node:crypto';
import type { Answer } from './platform.ts';

export interface AccessTokens {
  /** The answer to the form that asks for one. */
  issue(form: unknown): Answer;
  holds(token: string): boolean;
}

export interface Credentials {
  readonly channelAccessToken: string;
  readonly channelSecret: string;
  /** Undefined: this channel has its long-lived token only. */
  readonly channelId?: string | undefined;
  readonly now: () => number;
}

const lifeSeconds = 900;

export function accessTokens({ channelAccessToken, channelSecret, channelId, now }: Credentials): AccessTokens {
  const issued = new Map<string, number>();
  return {
    issue(form) {
      const { grant_type: grant, client_id: id, client_secret: secret } = { ...(form as Record<string, unknown>) };
      if (grant !== 'client_credentials') return no('unsupported_grant_type', 'invalid grant_type');
      if (channelId === undefined || id !== channelId || secret !== channelSecret)
        return no('invalid_client', 'invalid client_id or client_secret');
      const token = randomBytes(48).toString('base64url');
      issued.set(token, now() + lifeSeconds * 1_000);
      return { status: 200, body: { token_type: 'Bearer', access_token: token, expires_in: lifeSeconds } };
    },
    holds: (token) => token === channelAccessToken || now() < (issued.get(token) ?? 0),
  };
}

function no(error: string, description: string): Answer {
  return { status: 400, body: { error, error_description: description } };
}
