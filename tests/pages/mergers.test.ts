import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type TestSite } from '../api/site.js';
import { openBrowser } from '../support/chromium.js';
import { fine, shot } from '../support/seen-page.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('an agency is merged on one administrator’s page, looked at and confirmed on another’s', async () => {
  const place = '/admin/law/agencies/dost';
  const first = await visitAs(browser, site, 'admin.1', place, { language: 'vi', width: 1280 });
  const { page } = first;
  const into = page.getByLabel('Sáp nhập vào');
  await into.getByRole('option', { name: 'Sở Công Thương' }).waitFor({ state: 'attached' });
  // Nobody is merged into themselves: it is not offered.
  expect(await into.locator('option[value="dost"]').count()).toBe(0);
  await into.selectOption('doit');
  await page.locator('#agency-decision').fill('Nghị quyết 7/NQ-HĐND');
  await page.getByRole('button', { name: 'Xem thay đổi' }).click();
  await page.getByRole('button', { name: 'Đề nghị phiên bản này' }).click();
  await page.getByText('Đã đề nghị; chưa áp dụng').waitFor();
  await fine(page);
  await shot(page, 'merger-proposed');

  const second = await visitAs(browser, site, 'admin.2', place, { language: 'vi', width: 320, dark: true });
  await second.page.getByText('Xem tác động').click();
  await second.page.getByText('Chuyển sang Sở Công Thương').waitFor();
  await second.page.getByText('head.dost): Thủ trưởng cơ quan → Cán bộ').waitFor();
  await fine(second.page);
  await shot(second.page, 'merger-preview');
  await second.page.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await second.page.getByText('Xem tác động').waitFor({ state: 'detached' });
  await second.page.goto(new URL('/admin/law', second.page.url()).href);
  await second.page.getByText('đã sáp nhập vào Sở Công Thương').waitFor();
  await shot(second.page, 'merger-in-force');

  const third = await visitAs(browser, site, 'officer.doit.1', '/cases', { language: 'vi', width: 320 });
  const books = third.page.locator('#book-agency');
  await books.locator('option[value="dost"]').waitFor({ state: 'attached' });
  expect(await books.inputValue()).toBe('doit');
  expect(await books.locator('option').count()).toBe(2);
  await books.selectOption('dost');
  await third.page.getByRole('button', { name: 'Lập sổ' }).click();
  const paper = third.page.getByRole('link', { name: 'Sổ để in' });
  const address = new URL((await paper.getAttribute('href')) ?? '', third.page.url());
  expect(address.pathname).toBe('/api/v1/agencies/dost/tracking-book');
  const book = await third.page.evaluate(async (from) => {
    const { status, headers } = await fetch(from);
    return [status, headers.get('content-type')];
  }, address.href);
  expect(book).toEqual([200, 'application/pdf']);
  await fine(third.page);
  await shot(third.page, 'merger-books');
  for (const one of [first, second, third]) {
    expect(one.faults).toEqual([]);
    await one.page.context().close();
  }
});
