import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteSecurity } from '../../db/people/security.js';
import { openReport } from '../../db/leadership/reports.js';
import { measures } from '../../domain/measures/catalogue.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { projected } from '../support/feed.js';
import { query } from '../support/sql.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  await fileCase(site.api);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const asLeader = (path: string, options: VisitOptions = {}): Promise<Visit> =>
  as('leader.hcmc-committee', path, options);

async function as(who: string, path: string, options: VisitOptions = {}): Promise<Visit> {
  const seen = await visitAs(browser, site, who, path, options);
  await seen.page.getByRole('heading', { level: 2 }).first().waitFor();
  return seen;
}

it('is dark on a wall, whatever else the machine is', async () => {
  const { page } = await asLeader('/wall');
  const ground = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
  expect(ground).toBe('rgb(15, 21, 18)');
  await page.context().close();
});

it('fits a wall of any usual height without a scroll, with the longest names', async () => {
  for (const language of ['vi', 'en'] as const) {
    const { page } = await as('leader.hcmc-committee', '/board', { language });
    const item = {
      procedure: 'irc-ordinary',
      attempt: 1,
      agency: 'shtp-board',
      target30: 'at-risk',
      target30Due: '2026-12-14',
      target40: 'missed',
      target40Due: '2026-12-10',
    };
    await page.route('**/api/v1/dashboard/summary*', async (route) => {
      const response = await route.fetch();
      const json = (await response.json()) as { targets: object };
      const items = [1, 2, 3, 4, 5, 6].map((n) => ({ ...item, case: `LX-261130-000${n}A` }));
      await route.fulfill({ response, json: { ...json, targets: { ...json.targets, items } } });
    });
    await page.goto(`${site.base}/wall`);
    await page.getByText('LX-261130-0005A').waitFor();
    for (const [width, height] of [
      [1440, 900],
      [1920, 1080],
      [2560, 1440],
    ] as const) {
      await page.setViewportSize({ width, height });
      const folder = process.env['SCREENS'];
      if (folder) await page.screenshot({ path: join(folder, `wall-${language}-${width}.png`) });
      expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight'), `${language} ${height}`).toBe(
        0,
      );
      expect(await overflow(page)).toBe(0);
    }
    await page.context().close();
  }
}, 120_000);

it('says what a case adds to a figure in words and the unit of the figure', async () => {
  await projected(site.api.deps);
  const { page } = await asLeader('/board');
  await page.route('**/api/v1/dashboard/cuts*', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { rows: { periods: object[] }[] };
    const reduction = { n: 1, whole: 0.3211, city: 0.35, overall: 0.3211, atLeast30: { count: 1, n: 1, share: 1 } };
    const rows = json.rows.map((row) => ({ ...row, periods: row.periods.map((one) => ({ ...one, reduction })) }));
    await route.fulfill({ response, json: { ...json, rows } });
  });
  await page.route('**/api/v1/dashboard/figures/reduction/cases*', async (route) => {
    const response = await route.fetch();
    const days = { whole: 14.9358, city: 13, baseline: 22, cityBaseline: 20 };
    const one = { case: 'LX-261130-0001A', procedure: null, procedureName: null, attempt: null, counted: null, days };
    const json = (await response.json()) as object;
    await route.fulfill({ response, json: { ...json, n: 1, items: [{ ...one, value: '0.3211' }], next: null } });
  });
  await page.reload();
  const figures = page.getByRole('table', { name: 'Con số của kỳ, theo cách chia đã chọn' });
  await figures.locator('summary', { hasText: '32,1' }).first().click();
  const item = figures.getByRole('listitem').first();
  await item.waitFor();
  expect((await item.textContent())?.replace(/\s/g, ' ')).toBe(
    'LX-261130-0001A · 32,1 % (14,94 so với mức nền 22 ngày làm việc)',
  );
  await page.context().close();
});

it('opens by keyboard what a figure means, as the catalogue says it', async () => {
  const { page } = await asLeader('/board');
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Mức rút ngắn' }) });
  await card.locator('summary').focus();
  await page.keyboard.press('Enter');
  await card.getByText(measures.reduction.definition.vi).waitFor();
  await page.context().close();
});

it('keeps the period and the lane in the address', async () => {
  const { page } = await asLeader('/board');
  await page.getByLabel('Từ ngày').fill('2026-01-01');
  await page.getByLabel('Luồng', { exact: true }).selectOption('green');
  await page.getByRole('button', { name: 'Xem' }).click();
  await page.getByText('Kỳ từ 01/01/2026').waitFor();
  expect(new URL(page.url()).search).toBe('?from=2026-01-01&lane=green');
  await page.goBack();
  await page.getByText('Từ khi bắt đầu').waitFor();
  await page.context().close();
});

it.each([
  { language: 'vi', width: 1440 },
  { language: 'en', width: 320 },
] as const)(
  'shows auditors security events and who looked into what, without a fault: $language, $width pixels',
  async (options) => {
    const { pool } = site.api;
    const event = { account: 'officer.dost.1', subject: '', caller: '', times: 120 } as const;
    await noteSecurity(pool, [
      { kind: 'access-refused', ...event },
      { kind: 'callback-forged', account: '', subject: 'dost', caller: 'ab12cd34ef567890', times: 1 },
    ]);
    const { page, faults } = await as('auditor.1', '/security', options);
    const events = page.getByRole('table').first();
    await events.getByText('officer.dost.1').first().waitFor();
    await events
      .getByText(options.language === 'vi' ? 'Khẩn' : 'Alarm')
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.locator('#person').fill('nobody.at.all');
    await page.locator('form').getByRole('button').click();
    await page.getByText(options.language === 'vi' ? 'Không có lần xem nào khớp.' : 'No look matches.').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

describe('a report on the green lane', () => {
  const id = 'quarter-2-2026-06-30';
  const openedReport = async (): Promise<void> => {
    const { pool, deps } = site.api;
    await projected(deps);
    await pool.query(`update rehearsal_clock set mode = 'stepped', now = '2026-07-01T02:00:00Z'`);
    await query(site.api.database.migratorUrl, `update case_fact set opened_on = '2026-06-01'`);
    await query(
      site.api.database.migratorUrl,
      `insert into agency_fact (case_code, n, lane, pathway, kind, agency, "on", result)
       select case_code, 900 + i, lane, pathway, 'opinion', case when i < 3 then 'dost' else 'doc' end, '2026-06-10', case when i < 2 then 'in-time' else 'late' end
       from case_fact, generate_series(0, 3) i`,
    );
    await openReport(pool, deps.law.current().law, id, '2026-07-01T02:00:00.000Z');
  };
  beforeAll(openedReport);

  it('keeps what a head writes through a reload, a refusal and a reading that failed', async () => {
    const { page } = await as('head.dost', '/team');
    await page.goto(`${site.base}/reports/${id}`);
    const words = page.getByLabel('Nội dung phần của cơ quan');
    await words.fill('Đã viết cả buổi sáng.');
    await page.reload();
    await words.waitFor();
    await expect.poll(() => words.inputValue()).toBe('Đã viết cả buổi sáng.');
    const problem = { title: 'Số liệu đã khác', detail: 'Hãy xem lại.', status: 409, code: 'STALE', requestId: 'r' };
    await page.route('**/chapters/dost/signature', (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.route(`**/api/v1/reports/${id}`, (route) => route.abort());
    await page.getByRole('button', { name: 'Ký phần của cơ quan' }).click();
    await page.getByText('Số liệu đã khác').waitFor();
    await page.getByRole('alert').nth(1).waitFor();
    expect(await words.inputValue()).toBe('Đã viết cả buổi sáng.');
    await page.context().close();
  });

  it('is signed by its head, gathered, approved, and read by everybody', async () => {
    const signing = await as('head.dost', '/team');
    await signing.page.goto(`${site.base}/reports/${id}`);
    const words = signing.page.getByLabel('Nội dung phần của cơ quan');
    await words.waitFor();
    expect(await words.inputValue()).toContain('Trả lời ý kiến trong hạn');
    await words.press('Control+End');
    await words.pressSequentially('đôn đốc hằng tuần.');
    await signing.page.getByRole('button', { name: 'Ký phần của cơ quan' }).click();
    await signing.page.getByText('đôn đốc hằng tuần.').first().waitFor();
    await signing.page.getByText('đã ký', { exact: true }).waitFor();
    await site.api.pool.query(`update rehearsal_clock set now = '2026-07-14T02:00:00Z'`);
    await signing.page.reload();
    await signing.page.getByLabel('Phần mở đầu').fill('Kính trình Ủy ban nhân dân Thành phố.');
    await signing.page.getByRole('button', { name: 'Tổng hợp và trình phê duyệt' }).click();
    await signing.page.getByText('không ký trong hạn').waitFor();
    await signing.page.context().close();

    const { page } = await asLeader('/board');
    await page.getByRole('link', { name: 'Báo cáo quý II' }).click();
    await page.getByRole('button', { name: 'Phê duyệt báo cáo' }).click();
    await page.getByText('đã phê duyệt').first().waitFor();
    await page.getByText('Chưa có đính chính.').waitFor();
    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải bảng tính (.xlsx): Báo cáo quý II' }).click(),
    ]);
    expect(sheet.suggestedFilename()).toBe(`${id}.xlsx`);
    // Where the sheet leads: the figure with its cases.
    await page.goto(`${site.base}/reports/${id}#dost-opinions`);
    await page.reload();
    await page.locator('details#dost-opinions').getByRole('listitem').first().waitFor();
    await page.goto(`${site.base}/figures`);
    await page.getByText('Báo cáo quý II').waitFor();
    expect(await page.getByRole('link', { name: 'XLSX' }).getAttribute('href')).toContain(`${id}/sheet`);
    const address = await page.getByRole('link', { name: 'JSON' }).getAttribute('href');
    expect(await page.evaluate<string>(`fetch('${address ?? ''}').then((answer) => answer.text())`)).toContain(
      'đôn đốc hằng tuần.',
    );
    await page.context().close();
  });
});

it('sets an agency a target on the board, and says how it stands', async () => {
  const { page } = await asLeader('/board');
  await page.getByText('Giao hoặc đổi chỉ tiêu').click();
  await page.getByLabel('Cơ quan', { exact: true }).selectOption('dost');
  await page.getByLabel('Con số', { exact: true }).selectOption('opinions');
  await page.getByLabel('Giá trị').fill('92,5');
  await page.getByLabel('Căn cứ', { exact: true }).fill('Kế hoạch năm của Thành phố');
  await page.getByRole('button', { name: 'Giao chỉ tiêu' }).click();
  await page.getByText('≥ 92,5 %').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.context().close();
});

it('makes of a browser a screen on a wall, which lives for a month and reads nothing but figures', async () => {
  const { page } = await asLeader('/board');
  await page.getByRole('button', { name: 'Biến trình duyệt này thành màn hình lớn' }).click();
  await page.waitForURL(`${site.base}/wall`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  const session = (await page.context().cookies()).find(({ name }) => name === '__Host-session');
  expect((session?.expires ?? 0) * 1000 - Date.now()).toBeGreaterThan(29 * 86_400_000);
  const statusOf = (path: string) => page.evaluate<number>(`fetch('/api/v1${path}').then(({ status }) => status)`);
  expect(await statusOf('/dashboard/summary')).toBe(200);
  for (const path of ['/tasks', '/cases', '/notifications', '/delegations'])
    expect([path, await statusOf(path)]).toEqual([path, 403]);
  await page.context().close();
});
