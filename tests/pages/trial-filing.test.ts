import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAuthority } from '../../agencies/authority/authority.js';
import { noteVouched } from '../../db/people/organisations.js';
import { exampleTrials } from '../../seeds/index.js';
import { startSite, type TestSite } from '../api/site.js';
import { axe, openBrowser, overflow } from '../support/chromium.js';
import { visitAs } from '../support/signed-in.js';
import { fillTrialPage } from '../support/trial-form.js';
import { signingBy } from '../support/signing-accounts.js';

let site: TestSite;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trial-filing-'));
  const signing = signingBy(await openAuthority(folder));
  [site, browser] = await Promise.all([startSite(() => ({ signing })), openBrowser()]);
  // Whoever signs for an enterprise is one of its people.
  const enterprise = `VN/${exampleTrials.drone.applicant.registrationNumber ?? ''}`;
  await noteVouched(site.api.pool, 'investor.drone', { enterprise, name: exampleTrials.drone.applicant.name });
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

it.each([
  { language: 'vi', width: 1280 },
  { language: 'en', width: 320, dark: true },
] as const)(
  'a solution is filed page by page, with what its regimes want declared and what they say of it: $language',
  async (options) => {
    const vi = options.language === 'vi';
    const { page, faults } = await visitAs(browser, site, 'investor.drone', '/projects', options);
    const clean = async (where: string) => {
      await expect.poll(() => page.locator('main p[role=status]').count()).toBe(0);
      expect([where, await axe(page), await overflow(page)]).toEqual([where, [], 0]);
      const pictures = process.env['SCREENS'];
      if (pictures)
        await page.screenshot({ path: `${pictures}/trial-${options.language}-${where}.png`, fullPage: true });
    };
    await page.getByRole('link', { name: vi ? 'Nộp hồ sơ xin thử nghiệm' : 'File a solution to be tried' }).click();
    for (let step = 1; step <= 5; step++) {
      await page.getByText(vi ? `Trang ${step} trong 6` : `Page ${step} of 6`).waitFor();
      if (step === 4) {
        await page.locator('[name="solution.declared.take-off-mass"]').waitFor();
        await page.getByRole('button', { name: vi ? 'Thêm một quy định' : 'Add a rule' }).click();
      }
      await fillTrialPage(page, exampleTrials.drone);
      await clean(`${step}`);
      // What is typed is there again after a reload, in the rows that were added, too.
      if (step === 4) {
        await page.reload();
        const rule = page.locator('[name="solution.exemptionsSought.0.act"]');
        await expect.poll(() => rule.inputValue()).toBe(exampleTrials.drone.solution.exemptionsSought[0]?.act);
        await expect.poll(() => page.locator('[name="solution.declared.rain"]').inputValue()).toBe('no-rain');
      }
      await page.getByRole('button', { name: vi ? 'Lưu và tiếp tục' : 'Save and continue' }).click();
    }
    await page.getByText(vi ? /^Giải pháp được nhận theo: / : /^The solution is taken under: /).waitFor();
    await clean('check');
    // One of them signs it.
    if (vi) await page.getByLabel('Ký số hồ sơ bằng tài khoản ký số từ xa').check();
    await page.getByRole('button', { name: vi ? 'Nộp hồ sơ' : 'File it', exact: true }).click();
    await page.getByRole('heading', { name: vi ? 'Đã nộp hồ sơ thử nghiệm' : 'Your trial is filed' }).waitFor();
    await page.getByText(vi ? /^Đã ký số, chứng thư / : /^Not signed$/).waitFor();
    await clean('receipt');
    const [code = ''] = await page.getByRole('alert').locator('strong').allTextContents();
    const { body } = await site.api.call<{ kind: string; signed: { kind: string } | null }>('GET', `/cases/${code}`, {
      as: 'investor.drone',
    });
    expect([body.kind, body.signed?.kind]).toEqual(['sandbox', vi ? 'certificate' : undefined]);
    const { body: drafts } = await site.api.call<{ items: { status: string }[] }>('GET', '/drafts', {
      as: 'investor.drone',
    });
    expect(drafts.items).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  },
  120_000,
);

it('says before it is filed that no regime takes it there, and leads to the page where that is changed', async () => {
  const solution = { ...exampleTrials.drone.solution, sites: [{ zone: 'none', area: 'Bến Bạch Đằng' }] };
  const content = { ...exampleTrials.drone, solution };
  const { body } = await site.api.call<{ id: string; kind: string; name: string }>('POST', '/drafts', {
    as: 'investor.drone',
    body: { content },
  });
  const { body: list } = await site.api.call<{ items: { kind: string; name: string }[] }>('GET', '/drafts', {
    as: 'investor.drone',
  });
  expect(list.items).toMatchObject([{ kind: 'sandbox', name: solution.name.vi }]);
  const { page } = await visitAs(browser, site, 'investor.drone', `/projects/new?draft=${body.id}&step=6`);
  await page.getByRole('listitem').filter({ hasText: 'không đạt' }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'Địa điểm nằm ngoài phạm vi thử nghiệm' }).waitFor();
  await page.getByRole('link', { name: /Nơi thử nghiệm và quy mô/ }).click();
  await page.locator('[name="solution.sites.0.zone"]').selectOption('SHTP');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).waitFor();
  await page.context().close();
});
