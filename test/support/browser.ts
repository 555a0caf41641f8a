/** A real browser of the tests' own: Debian's chromium, driven by playwright-core. It asks nobody but this machine for anything. */
import { type Browser, chromium } from 'playwright-core';
import { foundOrInstalled } from './debian.ts';

export const browserMissing =
  'skipped: no chromium here, and it could not be installed (Debian: apt-get install chromium fonts-noto-cjk)';

export function findBrowser(): string | undefined {
  return foundOrInstalled(
    ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    ['chromium-headless-shell', 'fonts-noto-cjk'],
  );
}

/** Undefined when this machine has no chromium and none could be installed. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = findBrowser();
  if (!executablePath) return undefined;
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--lang=ja', ...noCallsHome],
    env: { ...process.env, LANGUAGE: 'ja' },
  });
}

const noCallsHome = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
