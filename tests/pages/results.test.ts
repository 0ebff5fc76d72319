import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueCertificate } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow, visit, type Visit, type VisitOptions } from '../support/chromium.js';
import { projected } from '../support/feed.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
let code = '';
let number = '';
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  code = (await fileCase(site.api)).case;
  number = await issueCertificate(site.api, code);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);

it('lets the agency propose a revocation, the investor speak and the head decide, and the check page answers it', async () => {
  const proposing = await signedIn('officer.shtp-board.2', `/cases/${code}`);
  await proposing.page.getByText('Đề xuất đính chính hoặc thu hồi').click();
  expect(await axe(proposing.page)).toEqual([]);
  await proposing.page.getByLabel('Đề xuất', { exact: true }).selectOption('revocation');
  await proposing.page.getByLabel('Lý do', { exact: true }).fill('Diện tích ghi sai');
  await proposing.page.getByLabel('Căn cứ pháp lý').fill('NĐ 30/2020/NĐ-CP, Điều 18');
  await proposing.page.getByRole('button', { name: 'Gửi đề xuất' }).click();
  await proposing.page.getByText(`Đề xuất đối với kết quả ${number}`).waitFor();

  const hearing = await signedIn('investor.besi', `/cases/${code}`);
  const asked = hearing.page.locator('details', { hasText: 'Giải trình trước khi quyết định thu hồi kết quả' });
  await asked.getByText(`Cơ quan đề xuất thu hồi kết quả số ${number}`).waitFor();
  await asked.getByLabel('Ý kiến giải trình').fill('Chúng tôi đã đo lại');
  await asked.getByRole('button').click();
  await hearing.page.getByText('Chúng tôi đã đo lại').waitFor();

  const deciding = await signedIn('head.shtp-board', '/tasks?kind=result-change');
  await deciding.page.getByRole('table').getByRole('link').first().click();
  await deciding.page.getByText('Chúng tôi đã đo lại').waitFor();
  expect(await axe(deciding.page)).toEqual([]);
  await deciding.page.getByLabel('Ban hành văn bản đính chính hoặc thu hồi').check();
  await deciding.page.getByRole('textbox', { name: /Lý do/ }).fill('Đã kiểm tra');
  await deciding.page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await deciding.page.getByText('Đã ghi: Ban hành văn bản đính chính hoặc thu hồi.').waitFor();
  await projected(site.api.deps);

  for (const options of [
    { width: 1280, language: 'vi' },
    { width: 320, language: 'en', dark: true },
  ] as const) {
    const looking = await visit(browser, site.base, [], options);
    await looking.page.goto(`${site.base}/decisions/${number}?hash=${'ab'.repeat(8)}`);
    await looking.page
      .getByRole('alert')
      .getByText(new RegExp(`${number}-TH1`))
      .waitFor();
    expect([await axe(looking.page), await overflow(looking.page)]).toEqual([[], 0]);
    // The code of another paper.
    await looking.page.goto(`${site.base}/decisions/${number}?hash=${'cd'.repeat(8)}`);
    await looking.page
      .getByRole('alert')
      .getByText(/văn bản khác|another paper/)
      .waitFor();
    expect(looking.faults).toEqual([]);
    await looking.page.context().close();
  }
  await hearing.page.reload();
  await hearing.page.getByText('Đã bị thu hồi').waitFor();
  // The act itself is among the papers.
  await hearing.page.getByRole('button', { name: 'Quyết định thu hồi kết quả giải quyết' }).click();
  const shown = hearing.page.getByRole('region', { name: 'Quyết định thu hồi kết quả giải quyết' });
  await shown
    .getByRole('region', { name: /^Trang 1\// })
    .getByText('QUYẾT ĐỊNH', { exact: true })
    .waitFor();
  const paper = await shown.getByRole('link', { name: 'Tải tệp về' }).getAttribute('href');
  const printed = await hearing.page.request.get(site.base + String(paper));
  expect([printed.status(), printed.headers()['content-type']]).toEqual([200, 'application/pdf']);
  expect([await axe(hearing.page), await overflow(hearing.page)]).toEqual([[], 0]);
  for (const { page, faults } of [proposing, hearing, deciding]) {
    expect(faults).toEqual([]);
    await page.context().close();
  }
}, 180_000);
