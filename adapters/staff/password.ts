/** Passwords at rest: Argon2id (RFC 9106), with a salt each and the second recommended setting of its section 4 (64 MiB, 3 passes). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const setting = { parallelism: 4, tagLength: 32, memory: 64 * 1024, passes: 3 } as const;

const digest = promisify(argon2);

/** Longer ones only keep the machine busy. */
export const longestPassword = 200;
export const shortestPassword = 10;

/** `<salt>.<tag>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await digest('argon2id', { message: password.normalize('NFKC'), nonce, ...setting });
  return `${nonce.toString('base64url')}.${tag.toString('base64url')}`;
}

/** Takes as long for an account that is not there (undefined), so that nobody learns which there are. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [salt = '', known = ''] = (hash ?? nobodysHash).split('.');
  const nonce = Buffer.from(salt, 'base64url');
  const tag = await digest('argon2id', { message: password.normalize('NFKC'), nonce, ...setting });
  const expected = Buffer.from(known, 'base64url');
  return expected.length === tag.length && timingSafeEqual(expected, tag) && hash !== undefined;
}

const nobodysHash = `${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
