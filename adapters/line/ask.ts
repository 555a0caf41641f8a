/** What LINE is asked for, as the channel: the answer, or an error when there is none in time. */
import { type AccessToken, asChannel } from './token.ts';

export interface Asking {
  readonly accessToken: AccessToken;
  readonly baseUrl: string;
  readonly withinMs: number;
}

/** Whoever does not read the answer's body cancels it. */
export function askAsChannel(
  path: string,
  { accessToken, baseUrl, withinMs }: Asking,
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
): Promise<Response> {
  return asChannel(accessToken, (headers) =>
    fetch(baseUrl.replace(/\/$/, '') + path, { method, headers, signal: AbortSignal.timeout(withinMs) }),
  );
}
