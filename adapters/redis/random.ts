/** Random bytes, drawn for many uses at once: each draw costs as much as an encryption. No byte is ever given out twice. */
import { randomFillSync } from 'node:crypto';

const drawn = Buffer.alloc(4_096);
let used = drawn.length;

/** At most 4 096 bytes at a time; they are the caller's own. */
export function drawBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += count;
  return Buffer.from(drawn.subarray(used - count, used));
}
