import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe, overflow } from './chromium.js';

/** A picture of the whole page for somebody to look at, where SCREENS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENS'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Axe finds nothing wrong with the page as it is, and nothing sticks out of the window. With a name: a picture of it is kept, too (`shot`). */
export async function fine(page: Page, name?: string): Promise<void> {
  if (name !== undefined) await shot(page, name);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

/** The same on a phone and on a desk, where it stays. */
export async function fineOnBoth(page: Page, name: string): Promise<void> {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await fine(page, `${name}-${width}`);
  }
}
