import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAssessment, openProcedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { projected } from '../support/feed.js';
import { openBrowser } from '../support/chromium.js';
import { fine } from '../support/seen-page.js';
import { visitAs as visitOf } from '../support/signed-in.js';

// What an investor gives, and what anybody looks up: nothing is filed by mistake, a lost PIN is replaced, late days are said in words.
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
const file = (name: string, text = name) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(text === '' ? 'no PDF' : pdf(text)),
});

/** The public status, looked up on its page. */
async function lookUp(page: Page, code: string, pin: string): Promise<void> {
  await page.goto(`${site.base}/status`);
  await page.locator('#code').fill(code);
  await page.locator('#pin').fill(pin);
  await page.getByRole('button', { name: 'Tra cứu', exact: true }).click();
}

it('files no empty dossier, nor one whose upload failed; what is missing is named and confirmed once', async () => {
  const { case: code } = await fileCase(site.api, 'besi', as);
  await openProcedure(site.api, code);
  const filed: unknown[] = [];
  const { page } = await visitAs(browser, site, as, `/cases/${code}`, { language: 'vi', width: 1280 });
  await page.route('**/dossier', (route) => {
    filed.push(route.request().postDataJSON());
    return route.continue();
  });
  const asked = page.locator('details', { hasText: 'Nộp thành phần hồ sơ' }).first();
  const inputs = asked.locator('input[type=file]');
  const send = asked.getByRole('button', { name: 'Nộp thành phần hồ sơ này' });
  await inputs.first().waitFor();
  await asked.getByText('Còn thiếu 4 giấy tờ bắt buộc:').waitFor();
  expect(await send.isDisabled()).toBe(true);
  expect(await asked.getByLabel(/Tôi vẫn nộp/).count()).toBe(0);
  await fine(page, 'dossier-empty');

  await inputs.first().setInputFiles(file('một.pdf'));
  await asked.getByText('Đã tải lên: một.pdf').waitFor();
  await asked.getByText('Còn thiếu 3 giấy tờ bắt buộc:').waitFor();
  await inputs.nth(1).setInputFiles(file('hỏng.pdf', ''));
  await asked.getByText('Có tệp chưa tải lên được.').waitFor();
  expect(await send.isDisabled()).toBe(true);
  await asked.getByRole('alert').first().waitFor();
  await fine(page, 'dossier-failed-upload');
  await asked.getByRole('button', { name: /Bỏ tệp này/ }).click();
  await asked.getByText('Có tệp chưa tải lên được.').waitFor({ state: 'detached' });

  // Not before it is said that it is meant.
  await send.click();
  expect(filed).toEqual([]);
  await asked.getByLabel(/Tôi vẫn nộp/).check();
  await fine(page, 'dossier-lacking');
  await send.click();
  await page.getByText('Đã ghi nhận.').first().waitFor();
  expect(filed).toHaveLength(1);
  await page.context().close();
}, 180_000);

it('a lost PIN is replaced on the page of the case: the new one is shown once and opens the status, the old one does not', async () => {
  const {
    case: code,
    public: { pin: old },
  } = await fileCase(site.api, 'besi', as, 'D2-lot-9');
  await projected(site.api.deps);
  const { page } = await visitAs(browser, site, as, `/cases/${code}`, { language: 'vi', width: 1280 });
  await page.getByText('Mất mã PIN? Tạo mã mới').click();
  const make = page.getByRole('button', { name: 'Tạo mã PIN mới' });
  await make.click();
  expect(await page.getByText('Mã PIN mới chỉ hiện một lần').count()).toBe(0);
  await page.getByLabel(/mã PIN cũ không dùng được nữa/).check();
  await make.click();
  await page.getByText('Mã PIN mới chỉ hiện một lần').waitFor();
  const [shown, pin = ''] = await page.getByRole('alert').locator('strong').allTextContents();
  expect(shown).toBe(code);
  expect(pin).not.toBe(old);
  await fine(page, 'pin-made');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.base });
  await page.getByRole('button', { name: 'Chép mã' }).click();
  await page.getByText('Đã chép.').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain(pin);
  // The slip alone is printed.
  await page.evaluate(`window.print = () => {
    document.body.dataset.seen = String(document.querySelectorAll('[data-printed-alone]').length);
  }`);
  await page.getByRole('button', { name: 'In mã' }).click();
  expect(await page.evaluate('document.body.dataset.seen')).toBe('1');
  await page.reload();
  await page.getByText('Mất mã PIN? Tạo mã mới').waitFor();
  expect(await page.getByText(pin).count()).toBe(0);
  await lookUp(page, code, old);
  await page.getByText('Mã hồ sơ hoặc mã PIN không đúng').waitFor();
  await lookUp(page, code, pin);
  await page.getByRole('heading', { name: `Hồ sơ ${code}` }).waitFor();
  await page.context().close();
}, 180_000);

it('days past a term are said in words to the public and to the officer; a case that is late is marked in the list', async () => {
  const {
    case: code,
    public: { pin },
  } = await fileCase(site.api, 'besi', as, 'T4-lot-9');
  const taskId = await openAssessment(site.api, code);
  await projected(site.api.deps);
  const { page } = await visitAs(browser, site, as, '/projects', { language: 'vi', width: 1280 });
  await page.route(/\/api\/v1\/cases\?/, async (route) => {
    const response = await route.fetch();
    const { items, ...rest } = (await response.json()) as { items: { case: string }[] };
    const late = items.map((one) => (one.case === code ? { ...one, breachedOn: '2026-07-21' } : one));
    await route.fulfill({ response, json: { ...rest, items: late } });
  });
  await page.reload();
  await page.getByRole('row', { name: code }).getByText('quá hạn', { exact: true }).waitFor();
  expect(await page.getByText('quá hạn', { exact: true }).count()).toBe(1);
  await fine(page, 'projects-late');

  const { body } = await site.api.call<{ procedures: { now: { dueDate: string } }[] }>('GET', `/cases/${code}`, { as });
  expect(body.procedures[0]?.now.dueDate).toBe('2026-07-20');
  await setClock('2026-07-27T02:00:00Z');
  await lookUp(page, code, pin);
  const row = page.getByRole('row', { name: /quá hạn/ });
  expect(await row.textContent()).toMatch(/quá hạn [1-9]\d* ngày làm việc/);
  expect(await row.textContent()).not.toMatch(/-\d+ ?ngày|^-\d/);
  await fine(page, 'status-late');
  await page.context().close();

  const officer = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${taskId}`, {
    language: 'vi',
    width: 1280,
  });
  await officer.page
    .getByText(/· quá hạn [1-9]\d* ngày làm việc/)
    .first()
    .waitFor();
  await officer.page.context().close();
}, 180_000);
