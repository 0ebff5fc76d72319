import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAssessment } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow } from '../support/chromium.js';
import { writeHistoryOf } from '../support/decided-rows.js';
import { projected } from '../support/feed.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
let code = '';
const setClock = (now: string) => site.api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [now]);

/** Nothing on the page is still on its way. */
const settled = (page: Page) => expect.poll(() => page.locator('main p[role=status]').count()).toBe(0);

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await setClock('2026-08-03T02:00:00Z');
  ({ case: code } = await fileCase(site.api));
  await openAssessment(site.api, code);
  await projected(site.api.deps);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('says on the board that there is too little history, and forecasts nothing', async () => {
  const { page, faults } = await visitAs(browser, site, 'leader.hcmc-committee', '/board');
  await page.getByRole('heading', { name: 'Cảnh báo sớm' }).waitFor();
  await page.getByText('Chưa đủ lịch sử: mới có 0 dự báo').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

describe('with a history', () => {
  beforeAll(async () => {
    await writeHistoryOf(site.api, code);
    // Another day: what was kept of the one before is not asked.
    await setClock('2026-08-05T02:00:00Z');
  });

  it.each([
    { language: 'vi', width: 1440 },
    { language: 'en', width: 320 },
  ] as const)(
    'shows leaders what may miss its date and what helps most, with how reliable that is: $language, $width pixels',
    async (options) => {
      const vi = options.language === 'vi';
      const { page, faults } = await visitAs(browser, site, 'leader.hcmc-committee', '/board', options);
      const section = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: vi ? 'Cảnh báo sớm' : 'Early warning' }) });
      await section.getByRole('link', { name: code }).waitFor();
      await section.getByText(vi ? /Nhận ngay việc «/ : /Take “/).waitFor();
      await section.getByText(vi ? 'Dự báo này đáng tin đến đâu' : 'How far these forecasts can be trusted').click();
      await section
        .getByText(vi ? 'Điểm Brier nếu đoán một con số chung' : 'Brier score of one guess for all')
        .waitFor();
      await settled(page);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      const title = page.getByRole('heading', { level: 1 });
      const board = await title.allInnerTexts();
      await section.getByRole('link', { name: code }).click();
      await page.waitForURL(`${site.base}/cases/${code}`);
      // The board stands until the case is there, and has such a section, too.
      await expect
        .poll(async () => (await title.allInnerTexts()).filter((one) => !board.includes(one)))
        .toHaveLength(1);
      await section.getByText(vi ? /Nhận ngay việc «/ : /Take “/).waitFor();
      await settled(page);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it('shows a head the same on the page of a case, and the investor nothing of it', async () => {
    const head = await visitAs(browser, site, 'head.shtp-board', `/cases/${code}`);
    await head.page.getByRole('heading', { name: 'Cảnh báo sớm' }).waitFor();
    await head.page.context().close();
    const investor = await visitAs(browser, site, 'investor.besi', `/cases/${code}`);
    await investor.page.getByRole('heading', { level: 1 }).waitFor();
    await investor.page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await investor.page.getByRole('heading', { name: 'Cảnh báo sớm' }).count()).toBe(0);
    await investor.page.context().close();
  });
});
