import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProcedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { openBrowser } from '../support/chromium.js';
import { fine } from '../support/seen-page.js';
import { visitAs } from '../support/signed-in.js';

// What an investor does of their own accord on the page of a case: asks the agencies, and takes the case back.
let site: TestSite;
let browser: Browser;
const as = 'investor.besi';
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await site.api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, ['2026-07-06T02:00:00Z']);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('asks the agency that handles a procedure, and shows whom was asked and that it waits', async () => {
  const { case: code } = await fileCase(site.api, 'besi', as);
  await openProcedure(site.api, code);
  const { page } = await visitAs(browser, site, as, `/cases/${code}`, { language: 'vi', width: 1280 });
  await page.getByText('Chưa có câu hỏi nào.').waitFor();
  await page.getByText('Hỏi cơ quan').click();
  const about = page.getByLabel('Về việc gì');
  await about.selectOption('irc-ordinary');
  await page.getByLabel('Câu hỏi', { exact: true }).fill('Chúng tôi có cần bản dịch công chứng không?');
  // Typed, and not lost where the page is loaded anew.
  await page.reload();
  await page.getByText('Hỏi cơ quan').click();
  expect(await page.getByLabel('Câu hỏi', { exact: true }).inputValue()).toContain('bản dịch công chứng');
  await page.getByRole('button', { name: 'Gửi câu hỏi' }).click();
  const asked = page.getByRole('listitem').filter({ hasText: 'bản dịch công chứng' });
  await asked.getByText('Chờ trả lời').waitFor();
  await fine(page, 'question-asked');
  const { body } = await site.api.call<{ items: { procedure: string; answer: null }[] }>(
    'GET',
    `/cases/${code}/questions`,
    { as },
  );
  expect(body.items).toMatchObject([{ procedure: 'irc-ordinary', answer: null }]);
  await page.context().close();
}, 180_000);

it('takes a case back once it is said that it is meant, and offers nothing more of it', async () => {
  const { case: code } = await fileCase(site.api, 'besi', as, 'D2-lot-7');
  const { page } = await visitAs(browser, site, as, `/cases/${code}`, { language: 'vi', width: 1280 });
  await page.getByText('Rút toàn bộ hồ sơ này').click();
  const take = page.getByRole('button', { name: 'Rút hồ sơ' });
  await page.getByLabel('Lý do').last().fill('Nhà đầu tư đổi kế hoạch');
  await take.click();
  const status = async () => (await site.api.call<{ status: string }>('GET', `/cases/${code}`, { as })).body.status;
  expect(await status()).toBe('open');
  await page.getByLabel('Tôi hiểu và muốn rút hồ sơ.').check();
  await fine(page, 'withdrawal');
  await take.click();
  await page.getByText('Rút toàn bộ hồ sơ này').waitFor({ state: 'detached' });
  expect(await status()).toBe('withdrawn');
  expect(await page.getByText('Hỏi cơ quan').count()).toBe(0);
  await page.context().close();
}, 180_000);
