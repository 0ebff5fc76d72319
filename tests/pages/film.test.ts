import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueCertificate } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow } from '../support/chromium.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
let code = '';
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  code = (await fileCase(site.api)).case;
  await issueCertificate(site.api, code);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it.each([
  { person: 'auditor.1', width: 1440, language: 'vi' },
  { person: 'investor.besi', width: 320, language: 'en', dark: true },
] as const)('replays a case step by step: $person, $width pixels, $language', async ({ person, ...options }) => {
  const { page, faults } = await visitAs(browser, site, person, `/cases/${code}`, options);
  // Nothing moves by itself where that was asked for.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByText(/^(Xem từng sự kiện trên lộ trình|Watch event by event on the roadmap)$/).click();
  const place = page.getByRole('slider');
  await place.waitFor();
  const film = page.locator('details').filter({ has: place });
  const holders = film
    .getByRole('row')
    .filter({ hasText: /Giấy chứng nhận đăng ký đầu tư|[Ii]nvestment registration/ });
  const [, last = ''] = /\/?(\d+)(?=:)/.exec((await film.getByText(/^(Sự kiện|Event) 1/).textContent()) ?? '') ?? [];
  expect(await place.getAttribute('max')).toBe(String(Number(last) - 1));
  await holders.first().waitFor();
  await place.focus();
  await page.keyboard.press('End');
  await film.getByText(new RegExp(`^(Sự kiện ${last}/${last}|Event ${last} of ${last}):`)).waitFor();
  await page.keyboard.press('ArrowLeft');
  await film.getByText(new RegExp(`^(Sự kiện|Event) ${Number(last) - 1}\\b`)).waitFor();
  await page.keyboard.press('Home');
  await film.getByText(/^(Sự kiện|Event) 1\b/).waitFor();
  expect(await film.getByRole('button', { name: /^(Phát|Play)$/ }).count()).toBe(0);
  expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('plays by itself to the end, and pauses where it is told to', async () => {
  const { page, faults } = await visitAs(browser, site, 'auditor.1', `/cases/${code}`);
  await page.getByText('Xem từng sự kiện trên lộ trình').click();
  const place = page.getByRole('slider');
  await page.getByLabel('Tốc độ').selectOption('4');
  await page.getByRole('button', { name: 'Phát' }).click();
  await expect.poll(async () => Number(await place.inputValue()), { timeout: 15_000 }).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Tạm dừng' }).click();
  const paused = await place.inputValue();
  const last = await place.getAttribute('max');
  expect(Number(paused)).toBeLessThan(Number(last));
  await page.getByRole('button', { name: 'Phát' }).click();
  await expect.poll(() => place.inputValue(), { timeout: 60_000 }).toBe(last);
  await page.getByRole('button', { name: 'Phát' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, 120_000);
