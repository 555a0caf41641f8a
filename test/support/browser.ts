/** A real browser of the tests' own: Debian's chromium, driven by playwright-core. It asks nobody but this machine for anything. */
import { mkdirSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { foundOrInstalled } from './debian.ts';

/** What the tests show a reader. */
export const pictures = new URL('../screenshots/', import.meta.url).pathname;

const browserMissing =
  'skipped: no chromium here, and it could not be installed (Debian: apt-get install chromium fonts-noto-cjk)';

/** Said where pictures cannot be drawn as they were. */
export const lettersMissing =
  'skipped: the letters of the pictures are not here, and could not be installed (Debian: apt-get install fonts-noto-cjk)';

export function findBrowser(): string | undefined {
  return foundOrInstalled(
    ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    ['chromium-headless-shell', 'fonts-noto-cjk'],
  );
}

/** For a `before` hook: a running browser, with time to install it and a place for its pictures, or the tests are skipped and say why. */
export async function browserOrSkip(context: Mocha.Context): Promise<Browser> {
  context.timeout(300_000);
  mkdirSync(pictures, { recursive: true });
  const browser = await startBrowser();
  if (browser) return browser;
  console.error(`    ${browserMissing}`);
  return context.skip();
}

/** Undefined when this machine has no chromium and none could be installed. */
async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = findBrowser();
  if (!executablePath) return undefined;
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--lang=ja', ...noCallsHome],
    env: { ...process.env, LANGUAGE: 'ja' },
  });
}

const noCallsHome = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
