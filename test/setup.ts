/** Before the first test, once: programs that are not here are installed, so that files that run side by side need not wait for each other. */
import { findBrowser } from './support/browser.ts';
import { findNginx, findSystemd } from './support/debian.ts';
import { findRedis } from './support/redis.ts';

export function mochaGlobalSetup(): void {
  findRedis();
  findBrowser();
  findNginx();
  findSystemd();
}
