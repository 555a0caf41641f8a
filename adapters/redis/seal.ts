/**
 * Encryption at rest: AES-256-GCM with a ring of keys, and keyed hashes in place of user ids.
 * The first key writes, every key reads: a new key is first put last, then in front, and the old one dropped later. Residents are named by
 * the oldest key (by its id), so dropping it makes the conversations of the last half hour start afresh.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { DataKey } from '../../bot/ports.ts';
import { drawBytes } from './random.ts';

export interface Seal {
  /** `<key id>.<base64url of nonce, tag and ciphertext>`; it opens only under the same `context`. */
  seal(plain: string, context: string): string;
  /** The text, or undefined when no key of the ring opens it: it is then as good as not there. */
  open(sealed: string, context: string): string | undefined;
  /** The keys that it opens with. */
  readonly ids: readonly string[];
  /** A name for an id that nobody can turn back without the key. */
  hash(id: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** `k1` is older than `k2`, and `k9` than `k10`, wherever they stand in the ring. */
const byAge = new Intl.Collator('en', { numeric: true }).compare;

export function sealWith(ring: readonly [DataKey, ...DataKey[]]): Seal {
  const keys = ring.map(({ id, key }) => ({ id, key: createSecretKey(key) }));
  const [writing = { id: '', key: createSecretKey(ring[0].key) }] = keys;
  const oldest = ring.reduce((one, other) => (byAge(one.id, other.id) <= 0 ? one : other));
  const hashKey = createSecretKey(Buffer.from(hkdfSync('sha256', oldest.key, '', 'koshin-navi resident', 32)));
  return {
    seal(plain, context) {
      const nonce = drawBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', writing.key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${writing.id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [id, body = ''] = sealed.split('.');
      const key = keys.find((candidate) => candidate.id === id)?.key;
      const bytes = Buffer.from(body, 'base64url');
      if (!key || bytes.length < nonceBytes + tagBytes) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(context))
          .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
    ids: keys.map(({ id }) => id),
    hash: (id) => createHmac('sha256', hashKey).update(id).digest('base64url').slice(0, 32),
  };
}
