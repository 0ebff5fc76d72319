import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileCase } from '../api/support.js';
import { startSite, type TestSite } from '../api/site.js';
import { createPool } from '../../db/pool.js';
import { decidedRow, writeDecided } from '../support/decided-rows.js';
import { axe, openBrowser, visit } from '../support/chromium.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  const owner = createPool(site.api.database.migratorUrl, { max: 1 });
  const late = { ...decidedRow, onTime: false, agency: 'dost' };
  await writeDecided(owner, [...Array.from({ length: 5 }, () => decidedRow), late]);
  await owner.end();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
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

it('tells a visitor without JavaScript how agencies kept their terms, and gives the data', async () => {
  const { page, faults } = await visit(browser, site.base, [], { script: false });
  await page.goto(`${site.base}/figures`);
  await page.getByRole('link', { name: 'Kết quả của từng cơ quan' }).first().click();
  await page.getByRole('link', { name: '2026-Q3' }).click();
  await page.getByRole('heading', { name: 'Quý 2026-Q3' }).waitFor();
  const card = (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });
  await card('Sở Tài chính').getByText('100 % (5/5)').waitFor();
  await card('Sở Khoa học và Công nghệ').getByText('dưới 5 hồ sơ').first().waitFor();
  await page.getByRole('link', { name: 'Dữ liệu mở' }).click();
  await page.getByRole('heading', { name: 'Từ điển dữ liệu' }).waitFor();
  const address = (await page.getByRole('link', { name: 'CSV 2026-Q3' }).getAttribute('href')) ?? '';
  const csv = await page.request.get(site.base + address);
  expect(await csv.text()).toContain('irc-ordinary,dof,2026-08,green,7,0,2,true');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says without JavaScript whether a project qualifies: one question a page, then clauses, pathways and dates', async () => {
  const { page, faults } = await visit(browser, site.base, [], { script: false });
  await page.goto(`${site.base}/qualify`);
  const next = page.getByRole('button', { name: 'Tiếp tục' });
  const answer = async (name: string, choice: string) => {
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByLabel(choice, { exact: true }).check();
    await next.click();
  };
  await answer('Khu nơi đặt dự án', 'Khu Công nghệ cao');
  // Nothing is lost on the way back.
  await page.getByRole('button', { name: 'Quay lại' }).click();
  expect(await page.getByLabel('Khu Công nghệ cao', { exact: true }).isChecked()).toBe(true);
  await next.click();
  for (let pages = 0; (await page.getByRole('button', { name: 'Tính lại' }).count()) === 0; pages++) {
    expect(pages).toBeLessThan(20);
    const text = page.locator('input#answer');
    if ((await text.count()) > 0) {
      const asked = (await text.getAttribute('name')) ?? '';
      await text.fill(asked.endsWith('country') ? 'NL' : asked.endsWith('registrationNumber') ? '' : '100');
    } else await page.locator('input[type=radio]').first().check();
    await next.click();
  }
  expect(page.url()).toBe(`${site.base}/qualify`);
  await page.getByRole('heading', { level: 2, name: 'Các lộ trình, cạnh nhau' }).waitFor();
  expect(await page.getByText('đề nghị', { exact: true }).count()).toBe(1);
  await page.getByLabel('Thử với ngày nộp khác').fill('2026-08-03');
  await page.getByRole('button', { name: 'Tính lại' }).click();
  await page.locator('dd', { hasText: '03/08/2026' }).first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('tries another day and another answer at once, by the engine’s own law, and asks nobody', async () => {
  const { page, faults } = await visit(browser, site.base, []);
  await page.goto(`${site.base}/qualify`);
  for (
    let pages = 0;
    (await page.getByRole('heading', { name: 'Thử ngày nộp và câu trả lời khác' }).count()) === 0;
    pages++
  ) {
    expect(pages).toBeLessThan(20);
    if ((await page.getByRole('button', { name: 'Tính lại' }).count()) > 0) {
      await page.getByRole('heading', { name: 'Thử ngày nộp và câu trả lời khác' }).waitFor();
      break;
    }
    const text = page.locator('input#answer');
    if ((await text.count()) > 0) {
      const asked = (await text.getAttribute('name')) ?? '';
      await text.fill(asked.endsWith('country') ? 'NL' : asked.endsWith('registrationNumber') ? '' : '100');
    } else await page.locator('input[type=radio]').first().check();
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
  }
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const target = page.locator('dt', { hasText: 'Ngày nộp' }).locator('xpath=following-sibling::dd').first();
  await page.getByLabel('Ngày nộp', { exact: true }).fill('2026-12-28');
  await expect.poll(() => target.textContent()).toContain('28/12/2026');
  await page.getByText(/^Theo luật xong ngày/).waitFor();
  const said = await page.getByRole('status').first().textContent();
  await page.getByLabel('Ngày nộp, kéo để lùi ngày').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => target.textContent()).toContain('29/12/2026');
  await page.getByLabel('Khu nơi đặt dự án', { exact: true }).selectOption('none');
  await expect.poll(() => page.getByRole('status').first().textContent()).not.toBe(said);
  expect(asked).toEqual([]);
  expect(await axe(page)).toEqual([]);
  // The server says the same of what stands there now.
  const facts = await page.locator('dl').first().textContent();
  await page.getByRole('button', { name: 'Tính lại' }).click();
  await page.waitForLoadState();
  expect(await page.locator('dl').first().textContent()).toBe(facts);
  expect(faults).toEqual([]);
  await page.context().close();
}, 60_000);
