/** Waits until something is so, and fails when it never comes to be. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, 'it never came to be');
    await sleep(5);
  }
}
