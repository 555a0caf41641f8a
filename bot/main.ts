/**
 * The entry. What Node compiled last time is kept beside its temporary files and used again, a third of the start; where it cannot
 * be kept, nothing is lost but that. `start.ts` is the composition root.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';

enableCompileCache();
await import('./start.ts');
// Now, and not only at the end: a process that is killed starts again in a hurry.
flushCompileCache();
