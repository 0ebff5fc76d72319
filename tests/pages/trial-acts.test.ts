import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type TestSite } from '../api/site.js';
import { done, headOfAuthority, investor, newKey, register, standing, standStill } from '../api/trial-by-hand.js';
import { openBrowser } from '../support/chromium.js';
import { fineOnBoth } from '../support/seen-page.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await standStill(site.api);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('lets the participant register a key of devices and ask for other conditions, of which only what was changed is asked', async () => {
  const trial = await register(site.api, standing.running());
  const before = (await trial.view()).terms;
  const { page, faults } = await visitAs(browser, site, investor, `/cases/${trial.code}/trial`);

  const registering = page.locator('details', { hasText: 'Đăng ký khóa ký cho thiết bị' });
  await registering.locator('summary').press('Enter');
  await registering.getByText('Đã đăng ký: key-1.').waitFor();
  await registering.getByLabel('Mã khóa').fill('drone-2');
  await registering.getByLabel('Khóa công khai').fill('không phải khóa');
  await registering.getByRole('button').press('Enter');
  await registering.getByRole('alert').getByText('Khóa công khai:').waitFor();
  await registering.getByLabel('Khóa công khai').fill(newKey());
  await fineOnBoth(page, 'trial-key');
  await registering.getByRole('button').press('Enter');
  await registering.getByText('Đã đăng ký: key-1, drone-2.').waitFor();
  expect((await trial.view()).keys).toEqual(['key-1', 'drone-2']);

  const adjusting = page.locator('details', { hasText: 'Đề nghị thay đổi điều kiện' });
  await adjusting.locator('summary').press('Enter');
  const altitude = before?.limits.find(({ code }) => code === 'altitude');
  const highest = adjusting.locator('[name="adjust-max-altitude"]');
  expect(await highest.inputValue()).toBe(String(altitude?.max));
  await highest.fill('99,5');
  await adjusting.getByLabel('Lý do', { exact: true }).fill('Bay thấp hơn trong mùa mưa');
  await fineOnBoth(page, 'trial-adjustment');
  await adjusting.getByRole('button', { name: 'Gửi đề nghị thay đổi' }).press('Enter');
  await page.getByRole('cell', { name: 'Bay thấp hơn trong mùa mưa' }).waitFor();
  // One of a kind at a time.
  await adjusting.waitFor({ state: 'detached' });

  const task = await trial.task('trial-request/R1', 'trial-request');
  await done(trial.complete(task, headOfAuthority, { outcome: 'grant', reason: 'hợp lý' }));
  const { terms } = await trial.view();
  expect(terms?.limits.find(({ code }) => code === 'altitude')).toMatchObject({ max: 99.5, source: 'admission' });
  const rest = (one: typeof terms) => ({ ...one, limits: one?.limits.filter(({ code }) => code !== 'altitude') });
  expect(rest(terms)).toEqual(rest(before));
  // Of the key that was none the browser speaks in its console, too.
  expect(faults).toEqual([expect.stringContaining('422')]);
  await page.context().close();
}, 180_000);

it('asks for other areas, reports and places of data, and the next request begins from what was granted', async () => {
  const trial = await register(site.api, standing.running());
  const before = (await trial.view()).terms;
  const { page, faults } = await visitAs(browser, site, investor, `/cases/${trial.code}/trial`, { language: 'en' });
  const adjusting = page.locator('details', { hasText: 'Ask for other conditions' });
  await adjusting.locator('summary').press('Enter');
  await adjusting.getByRole('button', { name: 'Add an area' }).click();
  const row = before?.areas.length ?? 0;
  await adjusting.locator(`[name="area-vi-${row}"]`).fill('Bãi thử phía đông');
  await adjusting.locator(`[name="area-en-${row}"]`).fill('Eastern field');
  await adjusting.locator('[name="report-amount"]').fill('2');
  await adjusting.locator('#adjustment-reason').fill('Thêm bãi thử');
  await fineOnBoth(page, 'trial-areas');
  await adjusting.getByRole('button', { name: 'Send the request for a change' }).click();
  await page.getByRole('cell', { name: 'Thêm bãi thử' }).waitFor();
  const task = await trial.task('trial-request/R1', 'trial-request');
  await done(trial.complete(task, headOfAuthority, { outcome: 'grant', reason: 'hợp lý' }));
  const { terms } = await trial.view();
  expect(terms?.areas.slice(0, row)).toEqual(before?.areas);
  expect(terms?.areas.slice(row)).toMatchObject([{ name: { vi: 'Bãi thử phía đông', en: 'Eastern field' } }]);
  expect(terms).toMatchObject({ reportEvery: { amount: 2, unit: 'week' }, limits: before?.limits });
  await page.reload();
  await adjusting.locator('summary').click();
  expect(await adjusting.locator(`[name="area-en-${row}"]`).inputValue()).toBe('Eastern field');
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);
