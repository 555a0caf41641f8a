/** What a person does in the chat page. */
import type { Page } from 'playwright-core';

/** A quick reply. */
export function chip(page: Page, name: string) {
  return page.getByRole('group', { name: '返事の候補' }).getByRole('button', { name, exact: true });
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('メッセージ').fill(text);
  await page.getByLabel('メッセージ').press('Enter');
}

/** Waits until the bot (or the resident) has said it so many times. */
export async function said(page: Page, text: string, times = 1): Promise<void> {
  await page
    .locator('.bubble', { hasText: text })
    .nth(times - 1)
    .waitFor();
}

/** In the picker: a day, or a day and a time. */
export async function pick(page: Page, on: string, label = '日付を選ぶ'): Promise<void> {
  await chip(page, label).click();
  await page.locator('#date').fill(on);
  await page.getByRole('button', { name: '決定' }).click();
}

/** Sets the clock of the side panel, and waits until it is taken up. */
export async function pretend(page: Page, time: string, today?: string): Promise<void> {
  const panel = page.getByRole('complementary');
  if (today) await panel.getByLabel('日付').fill(today);
  const taken = page.waitForResponse((response) => response.request().postDataJSON()?.time === time);
  await panel.getByLabel('時刻').fill(time);
  await taken;
}
