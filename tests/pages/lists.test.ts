import { readFileSync } from 'node:fs';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNotifier } from '../../db/outbound/notices.js';
import { lookReasons } from '../../domain/people/look-reasons.js';
import { openAssessment } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
import { feedSettled, projected } from '../support/feed.js';
import { readSheets } from '../support/spreadsheet.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
let code: string;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  code = (await fileCase(site.api)).case;
  await openAssessment(site.api, code);
  await projected(site.api.deps);
  await feedSettled(site.api);
  const notifier = createNotifier({ pool: site.api.pool, law: site.api.deps.law });
  while ((await notifier.runOnce()) > 0);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);

/** What the browser keeps when a list is taken as a sheet. */
async function taken(page: Page, name: RegExp) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return { name: file.suggestedFilename(), sheets: readSheets(readFileSync(await file.path())) };
}

it('finds a case by words without marks, and gives what it shows as a sheet', async () => {
  const { page, faults } = await signedIn('officer.shtp-board.1', '/cases');
  await page.locator(`a[href="/cases/${code}"]`).waitFor();
  await page.getByLabel('Tên dự án, nhà đầu tư hoặc mã').fill('khong co du an nay');
  await page.getByRole('button', { name: 'Tìm' }).click();
  await page.getByText('Không có hồ sơ nào khớp bộ lọc.').waitFor();
  await page.getByLabel('Tên dự án, nhà đầu tư hoặc mã').fill('besi');
  await page.getByLabel('Tình trạng').selectOption('open');
  await page.getByRole('button', { name: 'Tìm' }).click();
  await page.locator(`a[href="/cases/${code}"]`).waitFor();
  expect(new URL(page.url()).search).toBe('?status=open&q=besi');
  const { name, sheets } = await taken(page, /Tải bảng tính/);
  expect(name).toMatch(/^cases-\d{4}-\d{2}-\d{2}\.xlsx$/);
  expect(sheets[0]?.rows.slice(1).map(([first]) => first)).toEqual([code]);
  expect(sheets[1]?.rows).toContainEqual(['Có chữ', 'besi']);
  await page.getByRole('button', { name: 'Lập sổ' }).click();
  const book = await taken(page, /Sổ theo dõi hồ sơ/);
  expect(book.sheets[0]?.rows.length).toBeGreaterThan(1);
  await page.locator(`a[href="/cases/${code}"]`).click();
  await page.waitForURL(`${site.base}/cases/${code}`);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('gives the worklist and the board as sheets, in the language of the page', async () => {
  const worker = await signedIn('officer.shtp-board.1', '/tasks', { language: 'en' });
  const list = await taken(worker.page, /spreadsheet/);
  expect(list.sheets[0]?.name).toBe('Worklist');
  expect(list.sheets[0]?.rows.length).toBeGreaterThan(1);
  const leader = await signedIn('leader.hcmc-committee', '/board', { language: 'en' });
  const board = await taken(leader.page, /spreadsheet/);
  expect(board.sheets.map(({ name }) => name)).toEqual(['Figures', 'Agencies', 'Definitions', 'About']);
  expect([...worker.faults, ...leader.faults]).toEqual([]);
  await worker.page.context().close();
  await leader.page.context().close();
});

it('keeps in each cell of the worklist what is in it, however narrow the window', async () => {
  const { page, faults } = await signedIn('officer.shtp-board.1', '/tasks');
  await page.route('**/api/v1/tasks?*', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { items: object[] };
    const items = json.items.map((one) => ({ ...one, lane: 'standard', risk: 'at-risk' }));
    await route.fulfill({ response, json: { ...json, items } });
  });
  await page.reload();
  await page.getByRole('cell', { name: 'luồng thông thường' }).first().waitFor();
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [700, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const out = await page.evaluate(`[...document.querySelectorAll('td, th')].flatMap((cell) =>
      [...cell.children]
        .filter((one) => one.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1)
        .map((one) => one.textContent))`);
    expect(out, String(width)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

it('marks what an officer has not opened, and only that', async () => {
  const { page, faults } = await signedIn('officer.shtp-board.1', '/tasks');
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox') })
    .first();
  await row.getByText('chưa đọc').waitFor();
  await row.getByRole('link').first().click();
  await page.locator('#answer').waitFor();
  await page.goBack();
  await row.waitFor();
  await row.getByText('chưa đọc').waitFor({ state: 'hidden' });
  await page.getByLabel('Chưa đọc').check();
  await page.getByText('Không có việc nào khớp bộ lọc.').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('tells what happened, how much of it is unread, and marks it read', async () => {
  const { page, faults } = await signedIn('investor.besi', '/notices');
  const { body } = await site.api.call<{ unread: number }>('GET', '/notifications', { as: 'investor.besi' });
  const told = (n: number) => page.getByRole('link', { name: `Thông báo (${n} chưa đọc)` });
  await told(body.unread).waitFor();
  await page
    .getByRole('button', { name: /^Đánh dấu đã đọc:/ })
    .first()
    .click();
  await told(body.unread - 1).waitFor();
  await page.getByRole('button', { name: 'Đánh dấu tất cả là đã đọc' }).click();
  await page.getByText('chưa đọc', { exact: true }).first().waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Thông báo', exact: true }).waitFor();
  await page.getByLabel('Chỉ thông báo chưa đọc').check();
  await page.getByText('Bạn đã đọc hết thông báo.').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('tells an official without a task how their look is kept, takes a reason, and shows both to the investor', async () => {
  const { page, faults } = await signedIn('receiving-officer.hcmc-pasc.2', `/cases/${code}`);
  const why = page.getByLabel('Lý do xem (không bắt buộc)');
  await why.selectOption('advice');
  await expect.poll(() => why.locator('option').count()).toBe(lookReasons.length);
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
  const investor = await signedIn('investor.besi', `/cases/${code}`, { width: 320 });
  const row = investor.page.getByRole('row').filter({ hasText: 'không có việc trên hồ sơ' });
  await row.first().waitFor();
  expect(await row.first().textContent()).toContain('Hướng dẫn, trả lời nhà đầu tư');
  expect(await investor.page.getByLabel('Lý do xem (không bắt buộc)').count()).toBe(0);
  expect(await overflow(investor.page)).toBe(0);
  await investor.page.context().close();
});

/** Of Event Timing: how long the browser took from a key to the next picture, in milliseconds, of those that took at least 16. */
const slowKeys = 'window.slowKeys';

it('draws of a worklist of ten thousand rows those near what is seen, and anew those alone that a key changes', async () => {
  const { body } = await site.api.call<{ items: { id: string }[] }>('GET', '/tasks?limit=50', {
    as: 'officer.shtp-board.1',
  });
  const [one] = body.items;
  const items = Array.from({ length: 10_000 }, (_one, n) => ({ ...one, id: `${one?.id ?? ''}${n}` }));
  const { page, faults } = await signedIn('officer.shtp-board.1', '/start', { width: 1440, height: 900 });
  await page.route('**/api/v1/tasks?**', (route) => route.fulfill({ json: { ...body, items, next: null } }));
  await page.goto(`${site.base}/tasks`);
  const rows = page.locator('tbody tr:not([aria-hidden])');
  const link = (n: number) => page.locator(`a[href$="${encodeURIComponent(items[n]?.id ?? '')}"]`);
  await link(0).focus();
  expect(await rows.count()).toBeLessThanOrEqual(200);
  await page.evaluate(`${slowKeys} = [];
    window.changedRows = new Set();
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') ${slowKeys}.push(duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false });
    window.watching = new MutationObserver((changes) => {
      for (const { target } of changes) window.changedRows.add(target.closest('tr') ?? target);
    });
    window.watching.observe(document.querySelector('table'), { subtree: true, childList: true, attributes: true })`);
  const press = async (key: string) => {
    await page.keyboard.press(key);
    // The next key is pressed when the browser has drawn what came of this one.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  };
  await press('j');
  // The row that was current, and the one that is.
  expect(await page.evaluate('window.changedRows.size')).toBe(2);
  await page.evaluate('window.watching.disconnect()');
  for (let n = 0; n < 120; n++) await press('j');
  for (const key of ['k', 'j']) await press(key);
  await expect.poll(() => page.evaluate('document.activeElement.getAttribute("href")')).toContain(`${items[121]?.id}`);
  expect(await rows.count()).toBeLessThanOrEqual(300);
  const slow = (await page.evaluate<number[]>(slowKeys)).sort((a, b) => b - a);
  // Of 123 keys; those that took less than the 16 ms of a picture are not told.
  const p95 = slow[Math.floor(123 * 0.05)];
  console.log(
    `Event Timing on 10,000 rows: 123 keys, p95 ${p95 === undefined ? 'under 16' : p95} ms, the slowest ${slow.slice(0, 5).join(', ')} ms`,
  );
  expect(await page.locator('tr[data-current]').count()).toBe(1);
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  await link(9_999).waitFor();
  expect(await rows.count()).toBeLessThanOrEqual(400);
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);
