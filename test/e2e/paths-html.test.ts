/** The sheet of all paths as a section chief opens it: one file, from a folder, in a real browser. */
/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { pathsHtml } from '../../bot/cli/paths-html.ts';
import { allPaths, readSamples } from '../../bot/cli/paths-page.ts';
import { browserOrSkip, pictures } from '../support/browser.ts';
import { library } from '../support/library.ts';

describe('the sheet of all paths', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'koshin-paths-'));
  let browser: Browser | undefined;
  before(async function () {
    browser = await browserOrSkip(this);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const flow of library.flows.values())
    it(`${flow.title}: opens from a file, asks for nothing else, says every sentence, and can be read by everybody`, async () => {
      const samples = readSamples(new URL(`../paths/${flow.id}.yaml`, import.meta.url).pathname);
      const html = pathsHtml(flow, library, samples);
      const file = join(folder, `${flow.id}.html`);
      writeFileSync(file, html);
      const context = await browser?.newContext({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
      assert.ok(context);
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      await page.goto(`file://${file}`);
      assert.deepEqual(asked, [`file://${file}`]);
      assert.doesNotMatch(html, /<script|undefined|NaN|\{[a-z]/);
      const said = (await page.evaluate(() => document.body.textContent)) ?? '';
      for (const { replies } of allPaths(flow, library, samples).flatMap(({ paths }) => paths))
        for (const { text, card } of replies)
          for (const sentence of [text, card?.title ?? '', ...(card?.rows.map(({ value }) => value) ?? [])])
            assert.ok(said.includes(sentence), sentence);
      await page.locator('details').nth(5).locator('summary').click();
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations, [], colorScheme);
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
        assert.equal(scrollWidth, clientWidth, 'nothing to scroll sideways');
      }
      await page.screenshot({ path: `${pictures}paths-top.png` });
      await page.locator('details').nth(4).scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${pictures}paths-open.png` });
    });
});
