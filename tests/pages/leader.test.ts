import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measures } from '../../domain/measures/catalogue.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow, visit, type Visit } from '../support/chromium.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await fileCase(site.api);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function asLeader(path: string, options: Parameters<typeof visit>[3] = {}): Promise<Visit> {
  const seen = await visit(browser, site.base, [site.issuer], options);
  const { page } = seen;
  await page.goto(`${site.base}/login?return=${encodeURIComponent(path)}`);
  const person = page.locator('input[value="leader.hcmc-committee"]');
  await person.evaluate((input) => input.closest('details')?.setAttribute('open', ''));
  await person.check();
  await page.locator('#password').fill(site.password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(site.base + path);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  return seen;
}

it.each(
  (['vi', 'en'] as const).flatMap((language) =>
    [1280, 320].flatMap((width) => [false, true].map((dark) => ({ language, width, dark }))),
  ),
)('shows the figures and the wall without a fault: $language, $width pixels, dark: $dark', async (options) => {
  const { page, faults } = await asLeader('/board', options);
  for (const path of ['/board', '/wall']) {
    if (!page.url().endsWith(path)) {
      await page.goto(site.base + path);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    }
    expect([path, await axe(page)]).toEqual([path, []]);
    expect([path, await overflow(page)]).toEqual([path, 0]);
  }
  // The wall is dark, whatever else the machine is.
  const ground = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
  expect(ground).toBe('rgb(15, 21, 18)');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('opens by keyboard what a figure means, as the catalogue says it', async () => {
  const { page } = await asLeader('/board');
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Mức rút ngắn' }) });
  await card.locator('summary').focus();
  await page.keyboard.press('Enter');
  await card.getByText(measures.reduction.definition.vi).waitFor();
  await page.context().close();
});

it('keeps the period and the lane in the address', async () => {
  const { page } = await asLeader('/board');
  await page.getByLabel('Từ ngày').fill('2026-01-01');
  await page.getByLabel('Luồng', { exact: true }).selectOption('green');
  await page.getByRole('button', { name: 'Xem' }).click();
  await page.getByText('Kỳ từ 01/01/2026').waitFor();
  expect(new URL(page.url()).search).toBe('?from=2026-01-01&lane=green');
  await page.goBack();
  await page.getByText('Từ khi bắt đầu').waitFor();
  await page.context().close();
});

it('makes of a browser a screen on a wall, which lives for a month and reads nothing but figures', async () => {
  const { page } = await asLeader('/board');
  await page.getByRole('button', { name: 'Biến trình duyệt này thành màn hình lớn' }).click();
  await page.waitForURL(`${site.base}/wall`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  const session = (await page.context().cookies()).find(({ name }) => name === '__Host-session');
  expect((session?.expires ?? 0) * 1000 - Date.now()).toBeGreaterThan(29 * 86_400_000);
  const statusOf = (path: string) => page.evaluate<number>(`fetch('/api/v1${path}').then(({ status }) => status)`);
  expect(await statusOf('/dashboard/summary')).toBe(200);
  for (const path of ['/tasks', '/cases', '/notifications', '/delegations'])
    expect([path, await statusOf(path)]).toEqual([path, 403]);
  await page.context().close();
});
