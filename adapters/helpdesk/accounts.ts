/** Who may sign in, and who has: accounts with hashed passwords, and sign-ins that end when nothing is done for half an hour. */
import { createHash, randomBytes } from 'node:crypto';
import { hashPassword, isPassword, longestPassword } from './password.ts';
import { changeRecord, type Records } from './records.ts';

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
  readonly role: Role;
  /** Has to come with everything that changes something: another site's form does not know it. */
  readonly csrf: string;
}

export interface Accounts {
  add(account: { name: string; role: Role; password: string }): Promise<void>;
  remove(name: string): Promise<void>;
  all(): Promise<readonly string[]>;
  /** The secret of the cookie, or undefined: name or password is wrong. */
  signIn(name: string, password: string): Promise<string | undefined>;
  /** Undefined: unknown, or idle too long. Being asked is not being idle. */
  signedIn(secret: string): Promise<SignIn | undefined>;
  /** The same without counting as something done. */
  isSignedIn(secret: string): Promise<boolean>;
  signOut(secret: string): Promise<void>;
}

const idleMs = 30 * 60_000;
/** Until it is removed. */
const forGoodMs = 100 * 365 * 86_400_000;

export function openAccounts(accounts: Records<Account>, signIns: Records<SignIn>): Accounts {
  return {
    async add({ name, role, password }) {
      const hash = await hashPassword(password);
      await changeRecord(accounts, name, { lifeMs: forGoodMs, change: () => ({ name, role, hash }) });
    },
    remove: (name) => accounts.remove(name),
    all: () => accounts.ids(),
    async signIn(name, password) {
      const { value: account } = await accounts.load(name);
      if (password.length > longestPassword || !(await isPassword(password, account?.hash)) || !account)
        return undefined;
      const secret = randomBytes(32).toString('base64url');
      const csrf = randomBytes(32).toString('base64url');
      const signIn = { name: account.name, role: account.role, csrf };
      await changeRecord(signIns, idOf(secret), { lifeMs: idleMs, change: () => signIn });
      return secret;
    },
    async signedIn(secret) {
      const signIn = await changeRecord(signIns, idOf(secret), { lifeMs: idleMs, change: (value) => value });
      // An account that was removed in the meantime is nobody's any more.
      return signIn && (await accounts.load(signIn.name)).value ? signIn : undefined;
    },
    async isSignedIn(secret) {
      const { value } = await signIns.load(idOf(secret));
      return value !== undefined && (await accounts.load(value.name)).value !== undefined;
    },
    signOut: (secret) => signIns.remove(idOf(secret)),
  };
}

/** The store does not hold what a cookie holds. */
function idOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
