import { randomUUID } from 'node:crypto';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteVouched } from '../../db/people/organisations.js';
import { exampleProjects } from '../../seeds/index.js';
import { openProcedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { pdf } from '../api/support.js';
import { openBrowser } from '../support/chromium.js';
import { fine, shot } from '../support/seen-page.js';
import { visitAs } from '../support/signed-in.js';
import { query } from '../support/sql.js';

// The people of an organisation act for it on the pages, each as what they are in it.
let site: TestSite;
let browser: Browser;
let organisation = '';
let code = '';
const [manager, files, reads] = ['investor.besi', 'investor.cmc', 'investor.drone'];
const name = 'Công ty TNHH BESI Việt Nam';
const post = <T>(as: string, path: string, body: unknown = {}) =>
  site.api.call<T>('POST', path, { as, key: randomUUID(), body });

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await noteVouched(site.api.pool, manager, { enterprise: 'VN/0312345678', name });
  const founded = await post<{ items: { id: string }[] }>(manager, '/organisations');
  organisation = founded.body.items[0]?.id ?? '';
  for (const [person, as] of [
    [files, 'files'],
    [reads, 'reads'],
  ] as const) {
    await post(manager, `/organisations/${organisation}/invitations`, { person, as });
    await post(person, `/organisations/${organisation}/invitations/acceptance`);
  }
  const filed = await post<{ case: string }>(manager, '/cases', {
    ...exampleProjects.besi,
    onBehalfOf: organisation,
  });
  code = filed.body.case;
  await openProcedure(site.api, code);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('who files uploads to the organisation in its case; who reads is offered no form', async () => {
  const one = await visitAs(browser, site, files, `/cases/${code}`, { language: 'vi', width: 1280 });
  await one.page.getByText(`Bạn làm việc ở đây cho ${name} (nộp và ký hồ sơ).`).waitFor();
  const input = one.page.locator('main form input[type=file]').first();
  await input.setInputFiles({ name: 'giấy.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf('giấy')) });
  await one.page.getByText('Đã tải lên: giấy.pdf').first().waitFor();
  const { rows } = await site.api.pool.query<{ owner: string }>('select owner from document where uploaded_by = $1', [
    files,
  ]);
  expect(rows).toEqual([{ owner: organisation }]);
  await fine(one.page);
  await shot(one.page, 'organisation-case-vi-1280');

  const other = await visitAs(browser, site, reads, `/cases/${code}`, { language: 'en', width: 320 });
  await other.page.getByText(`You are here for ${name} (reads only).`).waitFor();
  await other.page.getByText('You only read in this organisation').nth(1).waitFor();
  expect(await other.page.locator('main form input[type=file]').count()).toBe(0);
  await other.page.getByRole('heading', { name: 'What happened' }).waitFor();
  await fine(other.page);
  await shot(other.page, 'organisation-reads-en-320');
  expect([...one.faults, ...other.faults]).toEqual([]);
  await one.page.context().close();
  await other.page.context().close();
}, 180_000);

it('whoever files says for whom, and the draft and its pages are the organisation’s', async () => {
  const { page, faults } = await visitAs(browser, site, files, '/projects/new', { language: 'vi', width: 320 });
  await page.getByLabel('Nộp cho ai').selectOption({ label: name });
  for (const field of ['project.name.vi', 'project.name.en'])
    await page.locator(`[name="${field}"]`).fill('Dự án của tổ chức');
  await page.locator('[name="project.field"]').selectOption({ index: 1 });
  for (const field of ['project.summary.vi', 'project.summary.en'])
    await page.locator(`[name="${field}"]`).fill('Tóm tắt');
  await fine(page);
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.getByText('Trang 2 trong 6').waitFor();
  await page.getByText(`Bạn làm việc ở đây cho ${name}`).waitFor();
  await fine(page);
  await shot(page, 'organisation-filing-vi-320');
  const { rows } = await site.api.pool.query<{ owner: string }>('select owner from draft');
  expect(rows).toEqual([{ owner: organisation }]);
  await page.goto(`${site.base}/projects`);
  await page.getByText('Dự án của tổ chức').waitFor();
  await fine(page);
  await shot(page, 'organisation-projects-vi-320');
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);

it('where nobody is left who manages it, somebody vouched for takes it over; whom a manager saw out is told what leads back', async () => {
  const vouched = { enterprise: 'VN/0312345678', name };
  await post(manager, `/organisations/${organisation}/members/${files}/departure`);
  for (const person of [files, reads]) await noteVouched(site.api.pool, person, vouched);
  const out = await visitAs(browser, site, files, '/organisation', { language: 'en', width: 320 });
  await out.page.getByText('A manager has seen you out of it').waitFor();
  expect(await out.page.getByRole('button', { name: 'Join it' }).count()).toBe(0);
  await fine(out.page);
  await shot(out.page, 'organisation-seen-out-en-320');
  await query(site.api.database.migratorUrl, 'update person set active = false where id = $1', [manager]);
  const { page, faults } = await visitAs(browser, site, reads, '/organisation', { language: 'vi', width: 1280 });
  await page.getByText('Tổ chức không còn ai quản lý.').waitFor();
  await fine(page);
  await page.getByRole('button', { name: 'Nhận quản lý tổ chức' }).click();
  await page.getByText('VN/0312345678 · vai trò của bạn: quản lý, nộp và ký hồ sơ').waitFor();
  await fine(page);
  await shot(page, 'organisation-taken-over-vi-1280');
  expect([...faults, ...out.faults]).toEqual([]);
  await page.context().close();
  await out.page.context().close();
}, 180_000);
