/** Tabs of the tests' own, each of somebody else: what goes wrong in one, and what it asks of another host, is a failure of the test. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Tabs {
  /** A browser of somebody new, on that page of the bot. */
  open(path: string, more?: BrowserContextOptions): Promise<Page>;
  /** After each test: closes them all, and fails when something was wrong in one of them. */
  close(): Promise<void>;
}

/** `where`: asked when a tab is opened, for both are only there once the tests have begun. */
export function watchedTabs(
  where: () => { readonly browser: Browser | undefined; readonly url: string },
  usual: BrowserContextOptions,
): Tabs {
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    async open(path, more = {}) {
      const { browser, url } = where();
      const context = await browser?.newContext({ locale: 'ja-JP', ...usual, ...more });
      assert.ok(context);
      context.setDefaultTimeout(10_000);
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) complaints.push(`a request to ${request.url()}`);
      });
      await page.goto(url + path);
      return page;
    },
    async close() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      assert.deepEqual(complaints.splice(0), []);
    },
  };
}
