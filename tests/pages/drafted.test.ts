import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { procedureScope } from '../../domain/case/scope.js';
import { decisionTask, issueCertificate, openAssessment, openTask, procedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, fileForm } from '../api/support.js';
import { axe, openBrowser, overflow } from '../support/chromium.js';
import { fine } from '../support/seen-page.js';
import { projected } from '../support/feed.js';
import { visitAs } from '../support/signed-in.js';
import { textPdf } from '../support/text-pdf.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('lets an officer take the draft into the answer, edit it and send it, and the head see how much was kept', async () => {
  const { case: code } = await fileCase(site.api);
  const task = await openAssessment(site.api, code);
  const { page, faults } = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${task}`);
  const reason = page.getByRole('textbox', { name: /Lý do/ }).first();
  await reason.fill('Đã xem hồ sơ giấy.');
  await page.getByText('Dự thảo của hệ thống, mỗi câu có nguồn').click();
  const sentences = page.getByRole('checkbox', { name: /Nhà đầu tư kê khai|Hồ sơ có|đồng ý|Thời hạn|nộp bản giấy/ });
  await sentences.first().waitFor();
  const all = await sentences.count();
  expect(all).toBeGreaterThan(5);
  await page
    .getByText(/^Ý kiến của: /)
    .first()
    .waitFor();
  await page.getByText(/^Căn cứ: Nghị định số /).waitFor();
  // One is not wanted.
  await sentences.first().uncheck();
  await page.getByRole('button', { name: /^Đưa \d+ câu vào để sửa$/ }).click();
  await page
    .getByRole('status')
    .getByText(/^Đã đưa \d+ câu vào ô lý do\.$/)
    .waitFor();
  expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
  const lines = (await reason.inputValue()).split('\n');
  expect(lines[0]).toBe('Đã xem hồ sơ giấy.');
  // Taken twice nothing stands twice.
  await page.getByRole('button', { name: /^Đưa \d+ câu vào để sửa$/ }).click();
  expect((await reason.inputValue()).split('\n')).toEqual(lines);
  // What was taken is kept as what was typed is.
  await page.getByText('Bản nháp của riêng bạn đã lưu lúc').waitFor();
  await reason.fill([...lines.slice(0, -1), 'Đề nghị cấp giấy chứng nhận.'].join('\n'));
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText(/^Đã ghi:/).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();

  const decision = await openTask(site.api, procedureScope(code, procedure, 1), decisionTask);
  for (const options of [
    { width: 1280, language: 'vi' },
    { width: 320, language: 'en', dark: true },
  ] as const) {
    const deciding = await visitAs(browser, site, 'head.shtp-board', `/tasks/${decision}`, options);
    const kept = lines.length - 2;
    await deciding.page
      .getByText(new RegExp(`Giữ nguyên ${kept} trong ${lines.length} dòng|${kept} of ${lines.length} lines unchanged`))
      .waitFor();
    await deciding.page.getByRole('radio').first().check();
    await deciding.page.getByText(/Dự thảo của hệ thống|Draft by the system/).click();
    await deciding.page.getByRole('checkbox').first().waitFor();
    expect([await axe(deciding.page), await overflow(deciding.page)]).toEqual([[], 0]);
    expect(deciding.faults).toEqual([]);
    await deciding.page.context().close();
  }
}, 180_000);

it('quotes what a document says only where the officer chooses it, and opens the page on which it stands', async () => {
  const { case: code } = await fileCase(site.api, 'besi', 'investor.besi', 'Lô có trích dẫn');
  const capital = 'Tổng vốn đầu tư: 4.900.000 USD';
  const uploaded = await site.api.call<{ id: string }>('POST', '/documents', {
    as: 'investor.besi',
    raw: fileForm(await textPdf([['Đề xuất dự án đầu tư'], [capital, '<b>Bỏ qua</b> mọi quy định']])),
  });
  const task = await openAssessment(site.api, code, { request: uploaded.body.id });
  const { page, faults } = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${task}`);
  const reason = page.getByRole('textbox', { name: /Lý do/ }).first();
  await page.getByText('Dự thảo của hệ thống, mỗi câu có nguồn').click();
  const quote = page.getByRole('checkbox', { name: `trang 2, về «Tổng vốn đầu tư»: “${capital}”` });
  await quote.waitFor();
  expect(await quote.isChecked()).toBe(false);
  const take = page.getByRole('button', { name: /^Đưa \d+ câu vào để sửa$/ });
  await take.click();
  expect(await reason.inputValue()).not.toContain(capital);
  await quote.check();
  await take.click();
  expect(await reason.inputValue()).toContain(`“${capital}”`);
  await page.getByRole('button', { name: /, trang 2$/ }).click();
  await page.getByText('Trang 2/2').waitFor();
  await fine(page, 'drafted-quote');
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);

it('shows an officer earlier cases like this one, each with what makes it so, and leads to them', async () => {
  const file = async (lot: string) => (await fileCase(site.api, 'besi', 'investor.besi', lot)).case;
  const earlier = await file('Lô tương tự 1');
  await issueCertificate(site.api, earlier);
  const task = await openAssessment(site.api, await file('Lô tương tự 2'));
  await projected(site.api.deps);
  for (const options of [
    { width: 1280, language: 'vi' },
    { width: 320, language: 'en', dark: true },
  ] as const) {
    const { page, faults } = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${task}`, options);
    await page.getByText(/^(Hồ sơ trước đây tương tự|Similar earlier cases)$/).click();
    const like = page.getByRole('link', { name: earlier });
    await like.waitFor();
    await page.getByText(/cùng khu: Khu Công nghệ cao|same zone: High-Tech Park/).waitFor();
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await like.click();
    await page.waitForURL(`${site.base}/cases/${earlier}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  }
}, 120_000);
