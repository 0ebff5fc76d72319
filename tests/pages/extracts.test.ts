import { randomUUID } from 'node:crypto';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { businessNow } from '../../db/register/business-clock.js';
import { canonicalExtract } from '../../domain/case/extract/content.js';
import { type Difference } from '../../domain/case/extract/words.js';
import { procedureScope } from '../../domain/case/scope.js';
import { openAssessment, openIntake, openProcedure, procedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow } from '../support/chromium.js';
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

/** What a register answered of BESI's right to its land. */
async function answered(code: string, differences: readonly Difference[] = []): Promise<void> {
  const scope = procedureScope(code, procedure, 1);
  const now = await businessNow(site.api.pool);
  await site.api.deps.door.handle({
    caseCode: code,
    command: {
      type: 'finishExtract',
      procedure: scope,
      document: 'location-right',
      look: 1,
      missed: null,
      found: {
        requestId: 'R-1',
        reference: 'KTDL-7',
        asOf: now,
        issuedOn: null,
        validUntil: null,
        differences,
        content: canonicalExtract({
          purpose: { vi: 'Giải quyết thủ tục', en: 'Handling of a procedure' },
          legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
          about: { name: 'BE Semiconductor Industries N.V.', number: null },
          fields: [{ code: 'zone', name: { vi: 'Khu', en: 'Zone' }, value: 'Khu Công nghệ cao, Lô E2a-7' }],
        }),
      },
    },
    actor: { kind: 'engine', scope },
    occurredAt: now,
    operationId: `test/${randomUUID()}`,
    bodyHash: '',
  });
}

const screens = process.env['SCREENS'];
const wide = { width: 1440, language: 'vi' } as const;
const narrow = { width: 320, language: 'en', dark: true } as const;

it('shows an officer what a register said of the dossier, with source and time, and its page', async () => {
  const { case: code } = await fileCase(site.api);
  const task = await openIntake(site.api, code);
  await answered(code);
  for (const options of [wide, narrow]) {
    const { page, faults } = await visitAs(browser, site, 'receiving-officer.hcmc-pasc.1', `/tasks/${task}`, options);
    await page.locator('summary', { hasText: /national land database|cơ sở dữ liệu quốc gia về đất đai/ }).click();
    await page.getByText('Khu Công nghệ cao, Lô E2a-7').waitFor();
    await page.getByText(/KTDL-7/).waitFor();
    await page.getByRole('link', { name: /^(Mở bản thể hiện|Open the page): / }).waitFor();
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    if (screens !== undefined)
      await page.screenshot({ path: `${screens}/extracts-${options.width}.png`, fullPage: true });
    expect(faults).toEqual([]);
    await page.context().close();
  }
}, 180_000);

it('puts both sides before an officer where a register contradicts the filing, who says which stands', async () => {
  const { case: code } = await fileCase(site.api, 'besi', 'investor.besi', 'Lô mâu thuẫn 1');
  await openAssessment(site.api, code);
  const zone = { vi: 'Khu', en: 'Zone' };
  await answered(code, [{ against: 'filed', code: 'zone', name: zone, ours: 'SHTP', theirs: 'Khu phần mềm DTP' }]);
  const { rows } = await site.api.pool.query<{ id: string }>(
    `select id from task where case_code = $1 and kind = 'extract'`,
    [code],
  );
  const task = rows[0]?.id ?? '';
  const small = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${task}`, narrow);
  await small.page.getByText('Khu phần mềm DTP').waitFor();
  expect([await axe(small.page), await overflow(small.page)]).toEqual([[], 0]);
  await small.page.context().close();
  const { page, faults } = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${task}`, wide);
  await page.getByText('Khu phần mềm DTP').waitFor();
  await page.getByText('Chưa có kết luận:').waitFor();
  if (screens !== undefined) await page.screenshot({ path: `${screens}/extract-question.png`, fullPage: true });
  await page.getByRole('radio', { name: /Theo cơ sở dữ liệu/ }).check();
  await page.getByRole('textbox', { name: /Lý do/ }).first().fill('Bản trích lục ghi khu DTP.');
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText(/^Đã ghi:/).waitFor();
  await page.reload();
  await page.locator('summary', { hasText: 'cơ sở dữ liệu quốc gia về đất đai' }).click();
  await page.getByText('Bản trích lục ghi khu DTP.').first().waitFor();
  expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);

it('shows the investor what was taken from registers, and takes a consent back', async () => {
  const { case: code } = await fileCase(site.api, 'besi', 'investor.besi', 'Lô đồng ý 1');
  await openProcedure(site.api, code);
  const { status } = await site.api.call('POST', `/cases/${code}/procedures/${procedure}/dossier`, {
    as: 'investor.besi',
    body: { documents: [{ code: 'location-right', obtainedFrom: 'national-land-database' }] },
  });
  expect(status).toBe(200);
  await answered(code);
  const { page, faults } = await visitAs(browser, site, 'investor.besi', `/cases/${code}`, wide);
  await page.getByText('Giấy tờ khai thác từ cơ sở dữ liệu, theo thủ tục').click();
  await page.locator('summary', { hasText: 'cơ sở dữ liệu quốc gia về đất đai' }).click();
  await page.getByText('Khu Công nghệ cao, Lô E2a-7').waitFor();
  const button = page.getByRole('button', { name: 'Rút lại sự đồng ý cho khai thác' });
  expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
  await button.click();
  await button.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);
