import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileCase } from '../api/support.js';
import { startSite, type TestSite } from '../api/site.js';
import { axe, openBrowser, overflow, visit } from '../support/chromium.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const paths = ['/', '/status', '/decisions', '/procedures', '/pathways', '/holidays', '/publications', '/trials'];

it.each(
  (['vi', 'en'] as const).flatMap((language) =>
    [1280, 320].flatMap((width) => [false, true].map((dark) => ({ language, width, dark }))),
  ),
)('shows every public page without a fault: $language, $width pixels, dark: $dark', async (options) => {
  const { page, faults } = await visit(browser, site.base, [], options);
  for (const path of paths) {
    await page.goto(site.base + path);
    expect([path, await axe(page)]).toEqual([path, []]);
    expect([path, await overflow(page)]).toEqual([path, 0]);
  }
  expect(await page.evaluate(`document.fonts.check('16px "Be Vietnam Pro"', 'ỡ')`)).toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('tells a visitor without JavaScript where a case stands, by code and PIN', async () => {
  const receipt = await fileCase(site.api);
  const { page, faults } = await visit(browser, site.base, [], { script: false });
  await page.goto(`${site.base}/status?code=${receipt.public.code}`);
  await page.getByLabel('Mã PIN').fill(receipt.public.pin);
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  await page.getByRole('heading', { name: `Hồ sơ ${receipt.public.code}` }).waitFor();
  expect(await page.getByText('đang giải quyết').count()).toBeGreaterThan(0);
  expect(page.url()).toBe(`${site.base}/status`);
  expect(faults).toEqual([]);
  await page.context().close();
});
