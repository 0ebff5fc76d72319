import { readFile } from 'node:fs/promises';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { carryOut } from '../../db/register/erasure.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, upload } from '../api/support.js';
import { openBrowser } from '../support/chromium.js';
import { fine, shot } from '../support/seen-page.js';
import { projected } from '../support/feed.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
let code: string;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  code = (await fileCase(site.api)).case;
  await projected(site.api.deps);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const why = { askedBy: 'Đơn 12/2026 của chủ thể dữ liệu', basis: 'Luật 91/2025/QH15' };

it('an erasure is proposed on one administrator’s page, confirmed on another’s, and its certificate taken along', async () => {
  const document = await upload(site.api, 'investor.besi', 'passport');
  const first = await visitAs(browser, site, 'admin.1', '/admin/erasures', { language: 'vi', width: 1280 });
  const { page } = first;
  await page.getByText('Chưa có lệnh xóa nào.').waitFor();
  await page.getByText('Đề xuất xóa', { exact: true }).click();
  await page.getByLabel('Xóa gì').selectOption('document');
  await page.getByLabel('Mã của đối tượng').fill(document);
  const asked = page.locator('#erasure-asked');
  await asked.fill(why.askedBy);
  await page.locator('#erasure-basis').fill(why.basis);
  await page.getByRole('button', { name: 'Đề xuất', exact: true }).click();
  const order = page.getByRole('article', { name: `Tài liệu ${document}` });
  await order.getByText('một quản trị viên khác phải xác nhận').waitFor();
  expect(await order.getByRole('button', { name: 'Xác nhận xóa' }).count()).toBe(0);
  await fine(page);
  await shot(page, 'erasures-proposed');

  const second = await visitAs(browser, site, 'admin.2', '/admin/erasures', { language: 'en', width: 320, dark: true });
  const theirs = second.page.getByRole('article', { name: `Document ${document}` });
  await theirs.getByRole('button', { name: 'Confirm the erasure' }).click();
  await theirs.getByText('To be carried out').waitFor();
  await fine(second.page);
  await shot(second.page, 'erasures-confirmed');

  const [{ id = '' } = {}] = (
    await site.api.call<{ items: { id: string }[] }>('GET', '/erasures?status=confirmed', { as: 'admin.1' })
  ).body.items;
  const owner = createPool(site.api.database.migratorUrl, { max: 1 });
  const sign = () => Promise.resolve({ signature: 's', algorithm: 'Ed25519', keyId: 'k' });
  await carryOut(owner, id, { now: '2026-07-08T03:00:00.000Z', sign, remove: () => Promise.resolve() });
  await owner.end();
  await page.reload();
  await order.getByText('Đã xóa', { exact: true }).waitFor();
  const taken = page.waitForEvent('download');
  await order.getByRole('link', { name: 'Tải chứng nhận tiêu hủy (.json)' }).click();
  const file = JSON.parse(await readFile(await (await taken).path(), 'utf8')) as {
    certificate: { content: { ref: string; confirmedBy: string } };
  };
  expect(file.certificate.content).toMatchObject({ ref: document, confirmedBy: 'admin.2' });
  await fine(page);
  for (const one of [first, second]) {
    expect(one.faults).toEqual([]);
    await one.page.context().close();
  }
}, 180_000);

it('a legal hold stands in the way at once, and only another administrator lifts it', async () => {
  const { page, faults } = await visitAs(browser, site, 'admin.1', '/admin/erasures', { language: 'en', width: 1280 });
  await page.getByText('Hold a case or a person', { exact: true }).click();
  await page.getByLabel('Code of the case, or account of the person').fill(code);
  await page.locator('#hold-basis').fill('CV 7/TTr');
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  const hold = page.getByRole('article', { name: `Case ${code}` });
  await hold.getByText('only another administrator lifts it').waitFor();
  // An erasure that the hold stands in the way of says so in words.
  await page.getByText('Propose an erasure', { exact: true }).click();
  await page.getByLabel('What to erase').selectOption('case');
  await page.getByLabel('Its id').fill(code);
  await page.locator('#erasure-asked').fill(why.askedBy);
  await page.locator('#erasure-basis').fill(why.basis);
  await page.getByRole('button', { name: 'Propose', exact: true }).click();
  await page.getByRole('alert').first().waitFor();
  await fine(page);
  await shot(page, 'erasures-held');
  const other = await visitAs(browser, site, 'admin.2', '/admin/erasures', { language: 'vi', width: 320 });
  const theirs = other.page.getByRole('article', { name: `Hồ sơ ${code}` });
  await theirs.locator('summary').click();
  await theirs.getByLabel('Căn cứ gỡ').fill('CV 9/TTr');
  await theirs.getByRole('button', { name: 'Gỡ lệnh giữ lại' }).click();
  await other.page.getByRole('table', { name: 'Lệnh giữ lại đã gỡ' }).waitFor();
  await fine(other.page);
  await shot(other.page, 'erasures-lifted');
  // Refusals are told on the console by the browser itself.
  expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  expect(other.faults).toEqual([]);
  await page.context().close();
  await other.page.context().close();
}, 180_000);

it.each([
  { language: 'vi', width: 1280, name: 'Tải dữ liệu của tôi (.json)' },
  { language: 'en', width: 320, name: 'Download my data (.json)' },
] as const)('investors take what is kept of them along from their page: $language', async ({ name, ...options }) => {
  const { page, faults } = await visitAs(browser, site, 'investor.besi', '/projects', options);
  const taken = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const mine = JSON.parse(await readFile(await (await taken).path(), 'utf8')) as {
    person: { id: string };
    cases: { case: string }[];
  };
  expect([mine.person.id, mine.cases.map((one) => one.case)]).toEqual(['investor.besi', [code]]);
  await fine(page);
  expect(faults).toEqual([]);
  await page.context().close();
});
