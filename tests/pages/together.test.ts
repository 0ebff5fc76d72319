import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pagesFolder } from '../../scripts/pages/build.js';
import { openAssessment } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, type Visit, type VisitOptions } from '../support/chromium.js';
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

const first = 'officer.shtp-board.1';
const second = 'officer.shtp-board.2';

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);

/** A step of the board's that anybody of its officers may answer. */
const openTask = async (): Promise<string> => openAssessment(site.api, (await fileCase(site.api)).case);
const reason = (page: Page) => page.getByRole('textbox', { name: /Lý do/ }).first();
const words = 'Đã xem đủ hồ sơ, đề nghị chấp thuận.';

it('tells an officer who else looks, and who took the task, without a reload', async () => {
  const task = await openTask();
  const one = await signedIn(first, `/tasks/${task}`);
  const other = await signedIn(second, `/tasks/${task}`);
  await other.page.getByText('Cùng mở việc này:').waitFor();
  await site.api.call('POST', `/tasks/${task}/claim`, { as: second });
  await one.page.getByText(/giữ việc này từ/).waitFor();
  expect([...one.faults, ...other.faults]).toEqual([]);
  await one.page.context().close();
  await other.page.context().close();
});

it('keeps what an officer writes while somebody else is faster, and says so', async () => {
  const task = await openTask();
  const { page, faults } = await signedIn(first, `/tasks/${task}`);
  await reason(page).fill(words);
  await site.api.call('POST', `/tasks/${task}/claim`, { as: second });
  const { status } = await site.api.call('POST', `/tasks/${task}/completion`, {
    as: second,
    body: { outcome: 'done' },
  });
  expect(status).toBe(200);
  await page.getByText('Trong khi bạn viết, việc này đã được').waitFor();
  expect(await reason(page).inputValue()).toBe(words);
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('loses nothing that was typed by a reload, by Back or by Forward', async () => {
  const task = await openTask();
  const { page, faults } = await signedIn(first, `/tasks/${task}`);
  await reason(page).fill(words);
  await page.reload();
  await reason(page).waitFor();
  await expect.poll(() => reason(page).inputValue()).toBe(words);
  await page.goto(`${site.base}/tasks`);
  await page.goBack();
  await expect.poll(() => reason(page).inputValue()).toBe(words);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('has on another computer what was typed on the first one, and nothing of it once it was sent', async () => {
  const task = await openTask();
  const office = await signedIn(first, `/tasks/${task}`);
  await reason(office.page).fill(words);
  await office.page.getByText('Bản nháp của riêng bạn đã lưu lúc').waitFor();
  const home = await signedIn(first, `/tasks/${task}`);
  await expect.poll(() => reason(home.page).inputValue()).toBe(words);
  const colleague = await signedIn(second, `/tasks/${task}`);
  await reason(colleague.page).waitFor();
  expect(await reason(colleague.page).inputValue()).toBe('');
  await home.page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await home.page.getByText(/^Đã ghi:/).waitFor();
  const { body } = await site.api.call<{ fields: object }>('GET', `/tasks/${task}/draft`, { as: first });
  expect(body.fields).toEqual({});
  expect([...office.faults, ...home.faults, ...colleague.faults]).toEqual([]);
  for (const { page } of [office, home, colleague]) await page.context().close();
});

it('goes on with the same form after the session has ended and was begun anew in another tab', async () => {
  const task = await openTask();
  const { page } = await signedIn(first, `/tasks/${task}`);
  await reason(page).fill(words);
  const { body } = await site.api.call<{ items: { id: string; person: string }[] }>('GET', '/sessions', {
    as: 'admin.1',
  });
  for (const { id } of body.items.filter(({ person }) => person === first))
    await site.api.call('POST', `/sessions/${id}/end`, { as: 'admin.1', body: {} });
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText('Phiên làm việc đã kết thúc.').first().waitFor();
  expect(await reason(page).inputValue()).toBe(words);
  const tab = await page.context().newPage();
  // The issuer still knows who they are: nothing has to be typed.
  await tab.goto(`${site.base}/login?return=/start`);
  await tab.waitForURL(`${site.base}/start`);
  await page.bringToFront();
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText(/^Đã ghi:/).waitFor();
  const { body: after } = await site.api.call<{
    work: { people: { note: string | null }[] }[];
    task: { status: string };
  }>('GET', `/tasks/${task}`, { as: first });
  expect(after.task.status).toBe('done');
  await page.context().close();
});

it('answers once, however often the button is pressed', async () => {
  const task = await openTask();
  const { page, faults } = await signedIn(first, `/tasks/${task}`);
  await reason(page).fill(words);
  await page.getByRole('button', { name: 'Ghi kết quả' }).dblclick();
  await page.getByText(/^Đã ghi:/).waitFor();
  expect(await page.getByRole('alert').count()).toBe(1);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says that the connection is gone, and that it is back', async () => {
  const { page } = await signedIn(first, '/tasks');
  await page.context().setOffline(true);
  await page.getByText('Mất kết nối mạng.').waitFor();
  await page.context().setOffline(false);
  await page.getByText('Mất kết nối mạng.').waitFor({ state: 'hidden' });
  await page.context().close();
});

it('opens eight tabs beside each other: one of them listens for all', async () => {
  const { page, faults } = await signedIn(first, '/tasks');
  const tabs = [page];
  while (tabs.length < 8) {
    const tab = await page.context().newPage();
    tab.setDefaultTimeout(15_000);
    await tab.goto(`${site.base}/tasks`);
    await tab.getByRole('heading', { level: 1 }).waitFor();
    tabs.push(tab);
  }
  const task = await openTask();
  await tabs.at(-1)?.locator(`a[href*="${task}"]`).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

/** Of Vite's manifest. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

it('loads at most 250 KiB of script, gzipped, with any page', () => {
  const client = join(pagesFolder, 'client');
  const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const filesOf = (name: string, found = new Set<string>()): Set<string> => {
    const chunk = manifest[name];
    if (chunk === undefined || found.has(chunk.file)) return found;
    found.add(chunk.file);
    for (const other of chunk.imports ?? []) filesOf(other, found);
    return found;
  };
  const sizeOf = (names: readonly string[]): number => {
    const files = new Set(names.flatMap((name) => [...filesOf(name)]));
    return [...files]
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0);
  };
  const [entry = '', main] = Object.entries(manifest).find(([name]) => name === 'main.tsx') ?? [];
  const pages = main?.dynamicImports ?? [];
  expect(pages.length).toBeGreaterThan(3);
  const sizes = pages.map((page) => [page, Math.round(sizeOf([entry, page]) / 1024)] as const);
  console.log(`KiB of script, gzipped: ${sizes.map(([page, size]) => `${page} ${size}`).join(', ')}`);
  for (const [page, size] of sizes) expect([page, size <= 250]).toEqual([page, true]);
});
