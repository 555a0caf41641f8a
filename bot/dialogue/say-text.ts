/** Texts to say, by their keys. */
import type { Facts } from '../rules/rule.ts';
import type { CommonText } from './common-texts.ts';
import type { Say } from './types.ts';

/** A bubble of its own. */
export function text(key: string, facts: Facts = {}): Say {
  return { kind: 'text', key, facts };
}

/** In one bubble with what follows. */
export function lead(key: CommonText, facts: Facts = {}): Say {
  return { kind: 'text', key, facts, leads: true };
}
