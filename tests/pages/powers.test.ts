import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProcedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { openBrowser } from '../support/chromium.js';
import { fine, shot } from '../support/seen-page.js';
import { visitAs } from '../support/signed-in.js';

// An investor lets somebody act; the representative answers, sees in whose name they act, and does only what was granted.
let site: TestSite;
let browser: Browser;
const agent = 'representative.besi';
const term = { from: '2026-01-01', to: '2027-12-31' };
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const grant = async (as: string, acts: string[], procedures: string[] | null = null): Promise<string> => {
  const body = { representative: agent, acts, procedures, ...term };
  const { body: power } = await site.api.call<{ id: string }>('POST', '/powers-of-attorney', { as, body });
  await site.api.call('POST', `/powers-of-attorney/${power.id}/acceptance`, { as: agent });
  return power.id;
};
const revoke = (as: string, id: string) => site.api.call('POST', `/powers-of-attorney/${id}/revocation`, { as });

it('is granted on the investor’s page, accepted on the representative’s, works, and ends when it is taken back', async () => {
  const { case: code } = await fileCase(site.api, 'cmc', 'investor.cmc');
  const { page, faults } = await visitAs(browser, site, 'investor.cmc', '/powers', { language: 'vi', width: 1280 });
  await page.getByText('Chưa có giấy ủy quyền nào còn hiệu lực').waitFor();
  await page.getByLabel('Mã tài khoản của người đại diện').fill('khong-co-ai');
  await page.getByLabel('Đến hết ngày').fill('2027-06-30');
  await page.getByLabel('Mọi hồ sơ và mọi thủ tục').check();
  await page.getByLabel('Nộp thành phần hồ sơ của thủ tục').check();
  await page.getByRole('button', { name: 'Ủy quyền', exact: true }).click();
  await page.getByText('không có người đại diện với mã tài khoản này').waitFor();
  await fine(page);
  await page.reload();
  // What was chosen is still there.
  await expect.poll(() => page.getByLabel('Nộp thành phần hồ sơ của thủ tục').isChecked()).toBe(true);
  await page.getByLabel('Mã tài khoản của người đại diện').fill(agent);
  await page.getByRole('button', { name: 'Ủy quyền', exact: true }).click();
  const theirs = page.getByRole('article', { name: /Trần Minh Họa/ });
  await theirs.getByText('chờ người đại diện chấp nhận').waitFor();
  await fine(page);
  await shot(page, 'powers-granted-vi');

  const other = await visitAs(browser, site, agent, '/powers', { language: 'en', width: 320 });
  const offered = other.page.getByRole('article', { name: /CMC/ });
  await offered.getByText('waits for the representative').waitFor();
  await fine(other.page);
  await shot(other.page, 'powers-offered-en-320');
  await offered.getByRole('button', { name: 'Accept' }).click();
  await offered.getByText('in force').waitFor();
  await other.page.goto(`${site.base}/cases/${code}`);
  await other.page.getByText(/You act for .*CMC/).waitFor();
  await fine(other.page);
  await shot(other.page, 'powers-acting-en-320');

  await theirs.locator('summary').click();
  await theirs.getByRole('button', { name: 'Thu hồi ngay' }).click();
  await page.getByText('Đã kết thúc (1)').waitFor();
  await other.page.reload();
  await other.page.getByRole('heading', { level: 1, name: code }).waitFor();
  await other.page.getByRole('alert').first().waitFor();
  await fine(other.page);
  await shot(other.page, 'powers-refused-en-320');
  expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  expect(other.faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  await page.context().close();
  await other.page.context().close();
}, 180_000);

it('of two investors: files are theirs whose case it is, what was not granted is said, and a new case is filed for one of them', async () => {
  const power = await grant('investor.cmc', ['openCase', 'askQuestion']);
  const { case: theirs } = await fileCase(site.api, 'besi', 'investor.besi', 'D2-lot-9');
  const { case: others } = await fileCase(site.api, 'besi', 'investor.cmc', 'T4-lot-9');
  await openProcedure(site.api, theirs);
  await openProcedure(site.api, others);
  const { page, faults } = await visitAs(browser, site, agent, `/cases/${theirs}`, { language: 'vi' });
  await page.getByText(/Bạn đang làm thay BE Semiconductor/).waitFor();
  const input = page.locator('main form input[type=file]').first();
  await input.setInputFiles({ name: 'giấy.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf('giấy')) });
  await page.getByText('Đã tải lên: giấy.pdf').first().waitFor();
  await page.goto(`${site.base}/cases/${others}`);
  await page.getByText('Giấy ủy quyền của bạn không gồm việc «Nộp thành phần hồ sơ của thủ tục»').first().waitFor();
  expect(await page.locator('main form input[type=file]').count()).toBe(0);
  await fine(page);
  await page.goto(`${site.base}/projects/new`);
  await page.getByRole('heading', { name: 'Bạn nộp hồ sơ thay ai?' }).waitFor();
  await fine(page);
  await page.getByRole('link', { name: /CMC/ }).click();
  await page.getByText(/Bạn đang làm thay .*CMC/).waitFor();
  for (const name of ['project.name.vi', 'project.name.en'])
    await page.locator(`[name="${name}"]`).fill('Dự án nộp thay');
  await page.locator('[name="project.field"]').selectOption({ index: 1 });
  for (const name of ['project.summary.vi', 'project.summary.en'])
    await page.locator(`[name="${name}"]`).fill('Tóm tắt');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.getByText('Trang 2 trong 6').waitFor();
  await page.getByText(/Bạn đang làm thay .*CMC/).waitFor();
  const { body } = await site.api.call<{ items: { name: string; owner: string }[] }>('GET', '/drafts', {
    as: 'investor.cmc',
  });
  expect(body.items).toMatchObject([{ name: 'Dự án nộp thay', owner: 'investor.cmc' }]);
  await page.goto(`${site.base}/projects`);
  await page.getByText('Dự án nộp thay').waitFor();
  // Whose each project is.
  const row = (code: string) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name: code }).or(page.getByText(code)) });
  await row(others).getByText(/CMC/).waitFor();
  await row(theirs)
    .getByText(/BE Semiconductor/)
    .waitFor();
  await fine(page);
  await shot(page, 'powers-projects-vi');
  await revoke('investor.cmc', power);
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);

it('for some procedures shows those alone', async () => {
  const { case: code } = await fileCase(site.api, 'besi', 'investor.cmc', 'T4-lot-10');
  await openProcedure(site.api, code);
  const power = await grant('investor.cmc', ['fileDossier'], ['irc-ordinary']);
  const { page, faults } = await visitAs(browser, site, agent, `/cases/${code}`, { language: 'en', width: 390 });
  await page.getByText('Your power of attorney shows you a part of this case').waitFor();
  await page.locator('main form input[type=file]').first().waitFor();
  expect(await page.getByRole('heading', { name: 'What happened' }).count()).toBe(0);
  await fine(page);
  await shot(page, 'powers-part-en-390');
  await revoke('investor.cmc', power);
  expect(faults).toEqual([]);
  await page.context().close();
}, 120_000);
