/** Learns what is learnt when it is first asked, before a resident asks: language by language, and others are answered in between. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Library } from './dialogue/library.ts';

/** Between two languages (ms): whoever writes meanwhile waits for one of them at most. */
const pauseMs = 50;

export async function warm({ languages, spokenIn }: Library): Promise<void> {
  for (const { tag, matcher } of languages.values()) {
    await sleep(pauseMs, undefined, { ref: false });
    matcher.match('');
    spokenIn('ok', tag);
  }
}
