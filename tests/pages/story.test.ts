import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleProjects } from '../../seeds/index.js';
import { openTown } from '../e2e/support.js';
import { axe, openBrowser, visit, type Visit, type VisitOptions } from '../support/chromium.js';
import { type Place, visitAs } from '../support/signed-in.js';

type Town = Awaited<ReturnType<typeof openTown>>;
let town: Town;
let browser: Browser;
beforeAll(async () => {
  [town, browser] = await Promise.all([openTown(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await town.stop();
}, 60_000);

const place = (): Place => ({
  base: town.apiUrl,
  issuer: town.system.issuer,
  password: town.system.secrets.demonstrationPassword,
});
const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, place(), person, path, options);

/** Answers every question of the page as the example project does. */
async function answerPage(page: Page): Promise<void> {
  const example: unknown = exampleProjects.besi;
  const valueAt = (path: string) =>
    path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | null)?.[part], example);
  const names = await page
    .locator('main form [name]')
    .evaluateAll((inputs) => [...new Set(inputs.map((input) => input.getAttribute('name') ?? ''))]);
  for (const name of names) {
    const value = valueAt(name);
    const input = page.locator(`[name="${name}"]`);
    if ((await input.first().getAttribute('type')) === 'radio') {
      if (typeof value === 'boolean') await page.locator(`[name="${name}"][value="${value ? 'yes' : 'no'}"]`).check();
    } else if (value === null || value === undefined) continue;
    else if (await input.evaluate((element) => element.tagName === 'SELECT')) await input.selectOption(String(value));
    else await input.fill(name === 'project.capital.foreignShare' ? String(Number(value) * 100) : String(value));
  }
}

let receipt = { code: '', pin: '' };
/** The smallest document that has a page. */
const onePage = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

it('lets an investor file a project, one subject a page, and gives the receipt', async () => {
  const { page, faults } = await signedIn('investor.besi', '/projects');
  await page.getByRole('link', { name: 'Nộp hồ sơ dự án mới' }).click();
  for (let step = 1; step <= 5; step++) {
    await page.getByText(`Trang ${step} trong 6`).waitFor();
    expect([step, await axe(page)]).toEqual([step, []]);
    await answerPage(page);
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  }
  await page.getByRole('heading', { name: 'Kiểm tra trước khi nộp' }).waitFor();
  await page.getByText('Lộ trình đề nghị').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  const [code = '', pin = ''] = await page.getByRole('alert').locator('strong').allTextContents();
  receipt = { code, pin };
  expect(code).toMatch(/^LX-260706-\d{4}[A-Z]$/);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'Đến trang hồ sơ' }).click();
  await page.getByRole('heading', { name: 'Lộ trình trên lịch' }).waitFor();
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lets the investor give the dossier, one file at a time', async () => {
  const { page, faults } = await signedIn('investor.besi', `/cases/${receipt.code}`);
  await page.getByRole('heading', { name: 'Đang chờ bạn' }).waitFor();
  const inputs = page.locator('main details input[type=file]');
  const file = { name: 'giấy-tờ.pdf', mimeType: 'application/pdf', buffer: onePage };
  for (let index = 0; index < (await inputs.count()); index++) {
    await inputs.nth(index).setInputFiles(file);
    await page.getByText('Đã tải lên:').nth(index).waitFor();
  }
  await page.getByRole('button', { name: 'Nộp thành phần hồ sơ này' }).first().click();
  await page.getByText('Đã ghi nhận.').first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('shows the counter what arrived beside what the law wants, and receives it on the same screen', async () => {
  const { page, faults } = await signedIn('receiving-officer.hcmc-pasc.1', '/counter');
  await page.getByText('Đủ thành phần, tệp đọc được: có thể tiếp nhận.').waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  const send = await page.getByRole('button', { name: 'Ghi kết quả' }).boundingBox();
  expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(900);
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Tiếp nhận hồ sơ').check();
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByRole('table', { name: /Đã xử lý hôm nay/ }).waitFor();
  await page.getByText('đã tiếp nhận (Mẫu số 01)').waitFor();
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('tells the investor why the date is what it is, day by day, and where the days went', async () => {
  const { page, faults } = await signedIn('investor.besi', `/cases/${receipt.code}`);
  const why = page.locator('details', { hasText: 'Vì sao hạn là' });
  await why.locator('summary').focus();
  await page.keyboard.press('Enter');
  await why.getByText('06/07/2026: bắt đầu').waitFor();
  // The summary and the last sentence name the same date; the last day that counts falls on it.
  const due = /\d{2}\/\d{2}\/\d{4}/.exec((await why.locator('summary').textContent()) ?? '')?.[0] ?? '';
  await why.getByText(`Vì vậy hạn là ${due}.`).waitFor();
  expect(
    await why
      .getByRole('listitem')
      .filter({ hasText: `${due}: ngày thứ` })
      .count(),
  ).toBe(1);
  await page.getByRole('heading', { name: 'Thời gian của tôi đi đâu?' }).waitFor();
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lets an officer decide on the lane by the keyboard alone', async () => {
  const { page, faults } = await signedIn('officer.dof.1', '/tasks?kind=lane');
  await page.getByRole('table').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tasks\/LX-/);
  await page.getByRole('heading', { name: 'Tiêu chí của luồng' }).waitFor();
  expect(await axe(page)).toEqual([]);
  // Everything that is needed stands on one screen.
  await page.setViewportSize({ width: 1440, height: 900 });
  const send = await page.getByRole('button', { name: 'Ghi kết quả' }).boundingBox();
  expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(900);
  await page.keyboard.press('a');
  await page.keyboard.press('ArrowDown');
  const focused = (test: string) => page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(test)})`);
  for (let stops = 0; !(await focused('button[type=submit]')); stops++) {
    expect(stops).toBeLessThan(30);
    await page.keyboard.press('Tab');
    // The last choice: nothing shows yet that a test is met.
    if (await focused('select[name^=verdict]')) await page.keyboard.press('End');
    if (await focused('textarea')) await page.keyboard.type('Chưa có giấy tờ chứng minh.');
  }
  await page.keyboard.press('Enter');
  await page.getByText('Đã ghi: Luồng thông thường.').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('tells the public where the case stands, without JavaScript', async () => {
  const { page, faults } = await visit(browser, town.apiUrl, [], { script: false });
  await page.goto(`${town.apiUrl}/status?code=${receipt.code}`);
  await page.getByLabel('Mã PIN').fill(receipt.pin);
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  await page.getByRole('heading', { name: `Hồ sơ ${receipt.code}` }).waitFor();
  expect(await page.getByText('luồng thông thường', { exact: true }).count()).toBe(1);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lets an administrator of a rehearsal go to the next event, and shows the day on every page', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin');
  const band = page.getByText(/^Chế độ diễn tập: hôm nay là/);
  const before = (await band.textContent()) ?? '';
  await page.getByRole('button', { name: /^Đến sự kiện kế tiếp/ }).click();
  await expect.poll(() => band.textContent(), { timeout: 60_000 }).not.toBe(before);
  expect(faults).toEqual([]);
  await page.context().close();
});
