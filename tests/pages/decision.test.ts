import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { procedureScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import { decisionTask, openAssessment, openTask, procedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
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

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);

it('lets the head say what is granted, from what was filed, with reasons from a template, and shows it to the investor', async () => {
  const { case: code } = await fileCase(site.api);
  const assessment = await openAssessment(site.api, code);
  const officer = { as: 'officer.shtp-board.1' };
  await site.api.call('POST', `/tasks/${assessment}/completion`, { ...officer, body: { outcome: 'done' } });
  const task = await openTask(site.api, procedureScope(code, procedure, 1), decisionTask);

  const { page, faults } = await signedIn('head.shtp-board', `/tasks/${task}`);
  await page.getByLabel('Chấp thuận', { exact: false }).first().check();
  const objectives = page.getByRole('textbox', { name: 'Mục tiêu, quy mô dự án' });
  expect(await objectives.inputValue()).toBe(exampleProjects.besi.project.summary.vi);
  await page.getByRole('textbox', { name: /Ưu đãi, hỗ trợ/ }).fill('Miễn thuế 04 năm theo Luật Công nghệ cao');
  await page.getByLabel('Thêm căn cứ từ mẫu').selectOption('dossier-complete');
  await page.getByLabel(/Tài liệu kèm theo/).setInputFiles({
    name: 'biên bản thẩm định.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(pdf('biên bản')),
  });
  await page.getByRole('listitem').filter({ hasText: 'biên bản thẩm định.pdf' }).waitFor();
  const why = page.getByRole('textbox', { name: 'Căn cứ 1' });
  await why.fill(`${await why.inputValue()} Đã đối chiếu bản gốc.`);
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 900 });
  expect(await overflow(page)).toBe(0);
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText('Đã ghi:').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();

  const investor = await signedIn('investor.besi', `/cases/${code}`);
  const result = investor.page
    .getByRole('region')
    .or(investor.page.locator('section'))
    .filter({
      has: investor.page.getByRole('heading', { name: 'Kết quả đã quyết định' }),
    });
  await result.locator('summary').first().click();
  await result.getByText('Miễn thuế 04 năm theo Luật Công nghệ cao').first().waitFor();
  await result.getByText(/Đã đối chiếu bản gốc/).waitFor();
  expect(await axe(investor.page)).toEqual([]);
  expect(investor.faults).toEqual([]);
  // Signed by nobody yet in this test: what officials put beside their answers is not the investor's.
  expect(await investor.page.getByText('biên bản thẩm định.pdf').count()).toBe(0);
  await investor.page.context().close();
}, 120_000);
