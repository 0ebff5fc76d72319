import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseScope } from '../../domain/case/scope.js';
import { predicateIds, proofs } from '../../domain/lane/evidence.js';
import { openTask } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
import { shot } from '../support/seen-page.js';
import { visitAs } from '../support/signed-in.js';

// The investor's way into the green lane, on the pages alone.
let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const [investor, officer, head] = ['investor.besi', 'officer.dof.1', 'head.dof'];
const signedIn = async (person: string, path: string, options?: VisitOptions): Promise<Visit> => {
  const seen = await visitAs(browser, site, person, path, options);
  // Of a busy machine.
  seen.page.setDefaultTimeout(60_000);
  return seen;
};
const askLane = (code: string, time: number): Promise<string> =>
  openTask(site.api, caseScope(code), {
    key: time === 1 ? 'lane' : `lane/${time}`,
    kind: 'lane',
    agency: 'dof',
    role: 'officer',
    step: null,
  });
/** The section of the lane on the page of the case. */
const laneOf = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: /^Luồng xanh/ }) });

async function give(page: Page, predicate: (typeof predicateIds)[number]): Promise<void> {
  const form = laneOf(page).locator('form', { has: page.locator(`#lane-${predicate}`) });
  const kind = proofs[predicate].find((one) => one.kind === 'document');
  await form.getByLabel('Loại giấy tờ').selectOption(kind?.code ?? '');
  const file = { name: `${predicate}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(pdf(predicate)) };
  await form.locator('input[type=file]').setInputFiles(file);
  await form.getByText(`Đã tải lên: ${predicate}.pdf`).waitFor();
  await form.getByRole('button', { name: 'Nộp chứng cứ' }).click();
  await form.getByText('Đã ghi nhận.').waitFor();
  await laneOf(page)
    .getByRole('button', { name: kind?.name.vi ?? '' })
    .first()
    .waitFor();
}

async function decide(task: string, lane: 'green' | 'standard', by: string = officer): Promise<void> {
  const { page, faults } = await signedIn(by, `/tasks/${task}`);
  await page.getByLabel(lane === 'green' ? 'Vào luồng xanh' : 'Luồng thông thường').check();
  for (const predicate of predicateIds) {
    await page.locator(`[name=verdict-${predicate}]`).selectOption(lane === 'green' ? 'yes' : 'no');
    if (lane === 'green') await page.locator(`[name=basis-${predicate}]`).selectOption({ index: 1 });
    await page.locator(`[name=reason-${predicate}]`).fill(`Đã xem giấy tờ: ${predicate}`);
  }
  await page.locator('#answer textarea[name=reason]').fill('Theo giấy tờ đã nộp');
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText(lane === 'green' ? 'Đã ghi: Vào luồng xanh.' : 'Đã ghi: Luồng thông thường.').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}

it('lets an investor prove each test on the page, and the officer say green by it', async () => {
  const { case: code } = await fileCase(site.api);
  const task = await askLane(code, 1);
  const { page, faults } = await signedIn(investor, `/cases/${code}`);
  const holder = /^Quyết định luồng: .+ đang giữ, hạn \d{2}\/\d{2}\/\d{4}\.$/;
  await laneOf(page).getByText(holder).waitFor();
  // Who has the file names the owner of the lane, too.
  expect(await page.getByText(holder).count()).toBe(2);
  expect(await laneOf(page).getByText('cần chứng cứ').count()).toBeGreaterThan(0);
  const missing = laneOf(page).getByText(/^Chưa có chứng cứ nào được nộp cho: /);
  expect(await missing.textContent()).toContain('Dự án công nghệ cao; Liên kết quốc tế; Cần ưu tiên');
  for (const predicate of predicateIds) await give(page, predicate);
  await missing.waitFor({ state: 'detached' });
  expect(await laneOf(page).getByText('Chứng cứ đã nộp:').count()).toBe(predicateIds.length);
  // The button waits for another document: nothing is given twice by a second click.
  expect(await laneOf(page).getByRole('button', { name: 'Nộp chứng cứ' }).first().isDisabled()).toBe(true);
  expect(await axe(page)).toEqual([]);
  await shot(page, 'lane-evidence');
  await decide(task, 'green');
  await page.reload();
  await laneOf(page).getByText('Đã quyết định vào luồng xanh').waitFor();
  expect(await laneOf(page).locator('form').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('shows why the lane was refused, and lets the investor ask again and give evidence', async () => {
  const { case: code } = await fileCase(site.api);
  await decide(await askLane(code, 1), 'standard');
  const { page, faults } = await signedIn(investor, `/cases/${code}`, { width: 390 });
  await laneOf(page).getByText('Lý do: Theo giấy tờ đã nộp').waitFor();
  for (const predicate of predicateIds)
    await laneOf(page).getByText(`Lần quyết định gần nhất: chưa đạt. Đã xem giấy tờ: ${predicate}`).waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await shot(page, 'lane-refused');
  await page.getByLabel('Vì sao đề nghị xem xét lại').fill('Nay đã có giấy chứng nhận');
  await page.getByRole('button', { name: 'Đề nghị xem xét lại' }).click();
  await laneOf(page)
    .getByText(/^Quyết định luồng: .+ đang giữ\.$/)
    .waitFor();
  expect(await page.getByRole('button', { name: 'Đề nghị xem xét lại' }).count()).toBe(0);
  const again = await askLane(code, 2);
  for (const predicate of predicateIds) await give(page, predicate);
  await shot(page, 'lane-asked-again');
  // What an officer refused goes to the head.
  await decide(again, 'green', head);
  await page.reload();
  await laneOf(page).getByText('Đã quyết định vào luồng xanh').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says it in English', async () => {
  const { case: code } = await fileCase(site.api);
  await askLane(code, 1);
  const { page, faults } = await signedIn(investor, `/cases/${code}`, { language: 'en' });
  await page.getByRole('heading', { name: /^Green lane/ }).waitFor();
  expect(await page.getByRole('button', { name: 'Give as evidence' }).count()).toBe(predicateIds.length);
  expect(await page.getByText(/^Decision on the lane: with .+, due .+\.$/).count()).toBe(2);
  expect(faults).toEqual([]);
  await page.context().close();
});
