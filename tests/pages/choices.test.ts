import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openIntake } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { openBrowser } from '../support/chromium.js';
import { fine } from '../support/seen-page.js';
import { projected } from '../support/feed.js';
import { visitAs as visitOf } from '../support/signed-in.js';

// What an investor may do and nobody waits for, and that the counter has a date like everybody.
let site: TestSite;
let browser: Browser;
const as = 'investor.besi';
const setClock = (now: string) => site.api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [now]);
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await setClock('2026-07-06T02:00:00Z');
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

// The first upload starts a process that looks into it: not soon done on a busy machine.
const visitAs: typeof visitOf = async (...visit) => {
  const seen = await visitOf(...visit);
  seen.page.setDefaultTimeout(60_000);
  return seen;
};
const permit = 'Cấp giấy phép lao động cho người lao động nước ngoài (chuyên gia)';
const tax = 'Đăng ký thuế lần đầu';

it('says what is still to be proved where no agency asks, files an optional approval, puts another off and takes it up', async () => {
  const { case: code } = await fileCase(site.api, 'besi', as);
  const { page, faults } = await visitAs(browser, site, as, `/cases/${code}`, { language: 'vi', width: 1280 });
  await page.getByText(/^Chưa cơ quan nào yêu cầu bạn, nhưng để vào luồng xanh còn thiếu chứng cứ cho: /).waitFor();
  expect(await page.getByText('Hiện không có gì chờ bạn').count()).toBe(0);

  await page.getByText(`Nộp hồ sơ thủ tục không bắt buộc: ${permit}`).click();
  const form = page.locator('details', { hasText: permit }).locator('form');
  const inputs = form.locator('input[type=file]');
  await inputs.first().waitFor();
  await fine(page, 'choices');
  for (let index = 0; index < (await inputs.count()); index++) {
    const name = `giấy-${index}.pdf`;
    await inputs.nth(index).setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdf(name)) });
    await form.getByText(`Đã tải lên: ${name}`).waitFor();
  }
  await form.getByRole('button', { name: 'Nộp thành phần hồ sơ này' }).click();
  await page.getByText(`Nộp hồ sơ thủ tục không bắt buộc: ${permit}`).waitFor({ state: 'detached' });
  await page.getByText(/Chờ tiếp nhận, chậm nhất ngày 07\/07\/2026/).waitFor();

  await page.getByText('Làm sau một thủ tục').click();
  await page.getByLabel('Thủ tục', { exact: true }).selectOption({ label: tax });
  await page.getByLabel(/^Hoãn đến ngày/).fill('2026-07-01');
  await page.getByLabel('Vì sao làm sau').fill('Chưa cần đến');
  await page.getByRole('button', { name: 'Hoãn thủ tục này' }).click();
  // Where the focus is after a refusal: on what it says.
  await page.getByRole('alert').first().waitFor();
  expect(await page.evaluate('document.activeElement.querySelector("[role=alert]") !== null')).toBe(true);
  await page.getByLabel(/^Hoãn đến ngày/).fill('2026-08-03');
  await page.getByRole('button', { name: 'Hoãn thủ tục này' }).click();
  await page.getByText(`Đã hoãn đến ngày 03/08/2026: ${tax}.`).waitFor();
  const row = page.getByRole('row', { name: new RegExp(`^${tax}`) });
  await row.getByText('đã hoãn đến 03/08/2026').waitFor();
  await fine(page, 'choices-deferred');
  await page.getByRole('button', { name: 'Làm tiếp thủ tục này' }).click();
  await row.getByText('chờ thủ tục trước').waitFor();
  expect(faults.filter((fault) => !/\b(400|422)\b/.test(fault))).toEqual([]);
  await page.context().close();
}, 180_000);

it('says by when the counter has to receive a dossier, and that it is late', async () => {
  const {
    case: code,
    public: { pin },
  } = await fileCase(site.api, 'besi', as, 'T4-lot-9');
  await openIntake(site.api, code);
  await projected(site.api.deps);
  const { page } = await visitAs(browser, site, as, `/cases/${code}`, { language: 'vi', width: 1280 });
  await page.getByText(/Chờ tiếp nhận, chậm nhất ngày 07\/07\/2026/).waitFor();
  const lookUp = async () => {
    await page.goto(`${site.base}/status`);
    await page.locator('#code').fill(code);
    await page.locator('#pin').fill(pin);
    await page.getByRole('button', { name: 'Tra cứu', exact: true }).click();
    await page.getByRole('heading', { name: `Hồ sơ ${code}` }).waitFor();
  };
  await lookUp();
  await page.getByText('chờ tiếp nhận, chậm nhất ngày 07/07/2026').waitFor();
  await setClock('2026-07-08T02:00:00Z');
  await lookUp();
  await page.getByText('tiếp nhận quá hạn ngày 07/07/2026').waitFor();
  await fine(page, 'reception-late');
  await page.goto(`${site.base}/cases/${code}`);
  await page.getByText(/Việc tiếp nhận đã quá hạn 07\/07\/2026/).waitFor();
  await page.context().close();
}, 180_000);
