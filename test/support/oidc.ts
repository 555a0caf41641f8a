/** A certified OpenID provider (oidc-provider) on this machine, with whatever accounts a test needs. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const oidcClient = { id: 'koshin-navi', secret: 'a-client-secret-of-the-tests' } as const;

/** `roles`: by what is signed in with, `name` or `name/another person`; any password is right. `backTo`: where the bot is reached. */
export async function startOidc({ roles, backTo }: { roles: Readonly<Record<string, unknown>>; backTo: string }) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oidcClient.id,
        client_secret: oidcClient.secret,
        redirect_uris: [`${backTo}/staff/sign-in/oidc/back`],
      },
    ],
    claims: { openid: ['sub', 'preferred_username', 'roles'], profile: [], email: [] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the tests'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id.split('/')[0], roles: roles[id] }),
    }),
  });
  server.on('request', provider.callback());
  return {
    issuer,
    async stop() {
      server.close().closeAllConnections();
      await once(server, 'close');
    },
  };
}
