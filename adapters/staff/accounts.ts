/** Who may sign in, and who has: accounts with hashed passwords, and sign-ins that end when nothing is done for half an hour. */
import { createHash, randomBytes } from 'node:crypto';
import { allOf, changeRecord, type Records } from '../records.ts';
import { hashPassword, isPassword, longestPassword } from './password.ts';

/** Each may what the one before may. */
export const roles = ['agent', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly hash: string;
}

export interface SignIn {
  readonly name: string;
  /** Of the account as it was: another password ends every sign-in. Or the role that somebody else vouches for. */
  readonly by: { readonly account: string } | { readonly role: Role };
  /** Has to come with everything that changes something: another site's form does not know it. */
  readonly csrf: string;
  readonly since: number;
}

/** Somebody who is signed in, as their account stands now. */
export interface Clerk {
  readonly name: string;
  readonly role: Role;
  readonly csrf: string;
}

export interface Accounts {
  add(account: { name: string; role: Role; password: string }): Promise<void>;
  remove(name: string): Promise<void>;
  all(): Promise<readonly string[]>;
  /** The secret of the cookie, or undefined: name or password is wrong. */
  signIn(name: string, password: string): Promise<string | undefined>;
  /** For whom somebody else vouches: the secret of the cookie. */
  begin(clerk: { readonly name: string; readonly role: Role }): Promise<string>;
  /** Undefined: unknown, idle too long, or signed in since yesterday. `isDoing`: it counts as something done. */
  signedIn(secret: string, how: { readonly isDoing: boolean }): Promise<Clerk | undefined>;
  signOut(secret: string): Promise<void>;
  /** Names of those who are signed in. */
  here(): Promise<readonly string[]>;
}

const idleMs = 30 * 60_000;
/** A working day. */
const longestMs = 12 * 60 * 60_000;
/** Until it is removed. */
export const forGoodMs = 100 * 365 * 86_400_000;

export function openAccounts(
  accounts: Records<Account>,
  signIns: Records<SignIn>,
  now: () => number = Date.now,
): Accounts {
  const put = <Value>(records: Records<Value>, id: string, value: Value, lifeMs: number) =>
    changeRecord(records, id, { lifeMs: () => lifeMs, change: () => value });
  async function begin(name: string, by: SignIn['by']): Promise<string> {
    const [secret, csrf] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
    await put(signIns, fingerprint(secret), { name, by, csrf, since: now() }, idleMs);
    return secret;
  }
  async function roleOf({ name, by }: SignIn): Promise<Role | undefined> {
    if ('role' in by) return by.role;
    const { value: account } = await accounts.load(name);
    return account && fingerprint(account.hash) === by.account ? account.role : undefined;
  }
  return {
    async add({ name, role, password }) {
      await put(accounts, name, { name, role, hash: await hashPassword(password) }, forGoodMs);
    },
    remove: (name) => accounts.remove(name),
    all: () => accounts.ids(),
    async signIn(name, password) {
      const { value: account } = await accounts.load(name);
      if (password.length > longestPassword || !(await isPassword(password, account?.hash)) || !account)
        return undefined;
      // Written anew, so that it is sealed with the key that writes today.
      await put(accounts, name, account, forGoodMs);
      return begin(name, { account: fingerprint(account.hash) });
    },
    begin: ({ name, role }) => begin(name, { role }),
    async signedIn(secret, { isDoing }) {
      const { value: signIn } = await signIns.load(fingerprint(secret));
      if (!signIn || now() - signIn.since > longestMs) return undefined;
      const role = await roleOf(signIn);
      if (!role) return undefined;
      if (isDoing) await put(signIns, fingerprint(secret), signIn, idleMs);
      return { name: signIn.name, role, csrf: signIn.csrf };
    },
    signOut: (secret) => signIns.remove(fingerprint(secret)),
    here: async () => [...new Set((await allOf(signIns)).map(({ name }) => name))].sort(),
  };
}

/** The store does not hold what a cookie holds. */
function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
