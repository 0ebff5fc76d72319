import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAuthority } from '../../agencies/authority/authority.js';
import { businessNow } from '../../db/register/business-clock.js';
import { type CalendarData, compileCalendar, isWorkingDay } from '../../domain/time/calendar.js';
import { addDays, dateOf } from '../../domain/time/instants.js';
import { exampleProjects } from '../../seeds/index.js';
import { openAssessment, openProcedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { axe, openBrowser, visit, type Visit, type VisitOptions } from '../support/chromium.js';
import { visitAs } from '../support/signed-in.js';
import { signingBy } from '../support/signing-accounts.js';
import { createLawChanges } from '../../worker/law-changes.js';

// What goes wrong before a screen: each with a sentence that says what to do, in the language of the page, and nothing lost.
let site: TestSite;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-luck-'));
  const signing = signingBy(await openAuthority(folder));
  [site, browser] = await Promise.all([startSite(() => ({ signing })), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

const as = 'investor.besi';
const signedIn = (path: string, options?: VisitOptions): Promise<Visit> => visitAs(browser, site, as, path, options);
const next = (page: Page, language: 'vi' | 'en' = 'vi') =>
  page.getByRole('button', { name: language === 'vi' ? 'Lưu và tiếp tục' : 'Save and continue' });
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);
const draftsOf = async (): Promise<{ id: string; name: string | null }[]> =>
  (await site.api.call<{ items: { id: string; name: string | null }[] }>('GET', '/drafts?limit=100', { as })).body
    .items;

/** The first page of a filing, filled in. */
async function fillProject(page: Page, name: string): Promise<void> {
  await field(page, 'project.name.vi').fill(name);
  await field(page, 'project.name.en').fill(name);
  await field(page, 'project.field').selectOption({ index: 1 });
  await field(page, 'project.summary.vi').fill('Tóm tắt');
  await field(page, 'project.summary.en').fill('Summary');
}

it('goes on with a filing whose session ended in the middle of a page', async () => {
  const { page } = await signedIn('/projects/new');
  await fillProject(page, 'Dự án mất phiên');
  const { body } = await site.api.call<{ items: { id: string; person: string }[] }>('GET', '/sessions', {
    as: 'admin.1',
  });
  for (const { id } of body.items.filter(({ person }) => person === as))
    await site.api.call('POST', `/sessions/${id}/end`, { as: 'admin.1', body: {} });
  await next(page).click();
  await page.getByText('Phiên làm việc đã kết thúc.').first().waitFor();
  expect(await axe(page)).toEqual([]);
  const tab = await page.context().newPage();
  await tab.goto(`${site.base}/login?return=/start`);
  await tab.waitForURL(`${site.base}/start`);
  await page.bringToFront();
  expect(await field(page, 'project.name.vi').inputValue()).toBe('Dự án mất phiên');
  await next(page).click();
  await page.getByText('Trang 2 trong 6').waitFor();
  await page.context().close();
});

it('says that nobody answers, and does once what is sent again', async () => {
  const { page } = await signedIn('/projects/new');
  await fillProject(page, 'Dự án mất mạng');
  // It arrives; the answer is lost.
  let lost = 0;
  await page.route('**/api/v1/drafts', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await next(page).click();
  await page.getByText('Máy chủ chưa trả lời.').waitFor();
  expect(await field(page, 'project.name.vi').inputValue()).toBe('Dự án mất mạng');
  await next(page).click();
  await page.getByText('Trang 2 trong 6').waitFor();
  expect((await draftsOf()).filter(({ name }) => name === 'Dự án mất mạng')).toHaveLength(1);
  await page.context().close();
});

it('files once, however often the button is pressed', async () => {
  const { documents: _documents, ...example } = exampleProjects.besi;
  const content = { ...example, documents: [] };
  const { body } = await site.api.call<{ id: string }>('POST', '/drafts', { as, body: { content } });
  const { page, faults } = await signedIn(`/projects/new?draft=${body.id}&step=6`);
  await page.getByText('Lộ trình đề nghị').waitFor();
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).dblclick();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  const [code = ''] = await page.getByRole('alert').locator('strong').allTextContents();
  const { body: list } = await site.api.call<{ items: { case: string }[] }>('GET', '/cases?limit=100', { as });
  expect(list.items.map((one) => one.case)).toEqual([code]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each(['vi', 'en'] as const)('lets neither of two tabs write over the other one: %s', async (language) => {
  const { page } = await signedIn('/projects/new', { language });
  await fillProject(page, `Hai thẻ ${language}`);
  await next(page, language).click();
  await page.waitForURL(/draft=/);
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(page.url().replace(/step=\d/, 'step=1'));
    await field(tab, 'project.name.vi').waitFor();
  }
  await field(other, 'project.name.vi').fill(`Thẻ thứ hai ${language}`);
  await next(other, language).click();
  await other.waitForURL(/step=2/);
  await field(page, 'project.summary.vi').fill('Viết ở thẻ thứ nhất');
  await next(page, language).click();
  await page.getByText(language === 'vi' ? /hãy tải lại trang/ : /load the page again/).waitFor();
  expect(await field(page, 'project.summary.vi').inputValue()).toBe('Viết ở thẻ thứ nhất');
  await page.reload();
  // What the other tab wrote, and what was typed here.
  await expect.poll(() => field(page, 'project.name.vi').inputValue()).toBe(`Thẻ thứ hai ${language}`);
  await expect.poll(() => field(page, 'project.summary.vi').inputValue()).toBe('Viết ở thẻ thứ nhất');
  await next(page, language).click();
  await page.waitForURL(/step=2/);
  await page.context().close();
});

it.each([
  {
    language: 'vi',
    large: /hãy chia nhỏ hoặc nén lại/,
    empty: /hãy mở tệp trên máy, lưu lại/,
    other: /hãy lưu lại tệp đúng định dạng/,
    kind: /hãy chuyển sang PDF/,
  },
  {
    language: 'en',
    large: /split or compress it/,
    empty: /save it and choose it again/,
    other: /save it in the format/,
    kind: /turn it into PDF/,
  },
] as const)(
  'takes no file that is too large, empty or of another kind, and says what to do: $language',
  async (said) => {
    const lot = `Lô tệp ${said.language}`;
    const { case: code } = await fileCase(site.api, 'besi', as, lot);
    await openProcedure(site.api, code);
    const { page } = await signedIn(`/cases/${code}`, { language: said.language });
    const input = page.locator('main form input[type=file]').first();
    const choose = (name: string, buffer: Buffer) => input.setInputFiles({ name, mimeType: 'application/pdf', buffer });
    await choose('lớn.pdf', Buffer.alloc(300_000, 32));
    await page.getByText(said.large).first().waitFor();
    await choose('trống.pdf', Buffer.alloc(0));
    await page.getByText(said.empty).first().waitFor();
    // Named as a PDF, and is none.
    await choose('giả.pdf', Buffer.from('MZ this is a program'));
    await page.getByRole('alert').filter({ hasText: said.other }).first().waitFor();
    await choose('lạ.exe', Buffer.from('MZ this is a program'));
    await page.getByRole('alert').filter({ hasText: said.kind }).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await choose('đúng.pdf', Buffer.from(pdf('đúng')));
    await page
      .getByText(said.language === 'vi' ? 'Đã tải lên: đúng.pdf' : /đúng\.pdf/)
      .first()
      .waitFor();
    await page.context().close();
  },
);

it('takes a name of two hundred letters, pasted in parts, and numbers as people write them', async () => {
  const long = 'Nghiên cứu và sản xuất thiết bị bán dẫn '.repeat(5).trim();
  const { page, faults } = await signedIn('/projects/new', { width: 320 });
  await fillProject(page, long);
  // As a Mac pastes it: letters and marks apart.
  await field(page, 'project.name.vi').fill(long.normalize('NFD'));
  await next(page).click();
  await page.getByText('Trang 2 trong 6').waitFor();
  await field(page, 'project.site.zone').selectOption('SHTP');
  await field(page, 'project.site.land').selectOption({ index: 1 });
  await field(page, 'project.site.areaM2').fill('12.500,5');
  for (const name of ['project.construction']) await page.locator(`[name="${name}"][value=yes]`).check();
  await next(page).click();
  await page.getByText('Trang 3 trong 6').waitFor();
  await field(page, 'project.capital.foreignShare').fill('62,5');
  // In another unit it is no answer; what is one is read out with its own.
  const vnd = field(page, 'project.capital.totalVnd');
  await vnd.fill('4.9 million USD');
  await page.getByText('Không đọc được số này theo đơn vị VND').waitFor();
  await vnd.fill('0,125 tỷ');
  await page.getByText('Hiểu là: 125.000.000 VND').waitFor();
  await vnd.fill('115.000.000.000 ₫');
  for (const name of ['project.termYears', 'project.staffAfterThreeYears'])
    if ((await field(page, name).count()) > 0) await field(page, name).fill('50');
  await next(page).click();
  await page.getByText('Trang 4 trong 6').waitFor();
  const draft = (await draftsOf()).find(({ name }) => name === long);
  const { body } = await site.api.call<{ content: { project: { site: object; capital: object } } }>(
    'GET',
    `/drafts/${draft?.id}`,
    { as },
  );
  expect(body.content.project).toMatchObject({
    site: { areaM2: 12_500.5 },
    capital: { foreignShare: 0.625, totalVnd: '115000000000' },
  });
  await page.goto(`${site.base}/projects`);
  await page.getByRole('link', { name: long }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  { language: 'vi', said: /lịch/ },
  { language: 'en', said: /calendar/ },
] as const)('says of a day beyond the calendar what to do: $language', async ({ language, said }) => {
  const { page } = await visit(browser, site.base, [], { language, script: false });
  await page.goto(`${site.base}/qualify`);
  const go = page.getByRole('button', { name: language === 'vi' ? 'Tiếp tục' : 'Continue' });
  const again = page.getByRole('button', { name: language === 'vi' ? 'Tính lại' : 'Compute again' });
  for (let pages = 0; (await page.locator('input[type=date]').count()) === 0; pages++) {
    expect(pages).toBeLessThan(20);
    const text = page.locator('input#answer');
    if ((await text.count()) > 0) {
      const asked = (await text.getAttribute('name')) ?? '';
      if (asked.endsWith('country')) {
        // What cannot be read is asked again; what was read is said, before and after.
        await text.fill(language === 'vi' ? 'Xứ Sở' : 'Nowhere');
        await go.click();
        await page.getByRole('alert').waitFor();
        await text.fill('my');
        await go.click();
        await page.getByText(language === 'vi' ? 'hiểu là Hoa Kỳ' : 'read as United States').waitFor();
        await page.getByRole('button', { name: language === 'vi' ? 'Quay lại' : 'Back', exact: true }).click();
        await page.getByText(language === 'vi' ? 'Hiểu là: Hoa Kỳ' : 'Read as: United States').waitFor();
      }
      await text.fill(asked.endsWith('country') ? 'NL' : asked.endsWith('registrationNumber') ? '' : '100');
    } else await page.locator('input[type=radio]').first().check();
    await go.click();
  }
  await page.locator('input[type=date]').fill('2036-01-04');
  await again.or(page.locator('main form button[type=submit]')).last().click();
  await page.getByText(said).first().waitFor();
  await page.getByRole('alert').first().waitFor();
  await page.context().close();
});

/** A draft that wants nothing but to be filed, on a lot of its own. */
async function draftOn(lot: string): Promise<{ id: string; content: Readonly<Record<string, unknown>> }> {
  const { documents: _documents, ...example } = exampleProjects.besi;
  const project = { ...example.project, site: { ...example.project.site, lot } };
  const content = { ...example, project, documents: [] };
  const { body } = await site.api.call<{ id: string }>('POST', '/drafts', { as, body: { content } });
  return { id: body.id, content };
}
const fileIt = (page: Page) => page.getByRole('button', { name: 'Nộp hồ sơ', exact: true });
const isOpen = async (id: string): Promise<boolean> => (await draftsOf()).some((draft) => draft.id === id);

/** Closes the office on the next working day but one: a day that each plan counts. */
async function closeSoon(): Promise<void> {
  const { api } = site;
  const { body: known } = await api.call<{ items: CalendarData[] }>('GET', '/calendars');
  const current = known.items.find(({ code }) => code === 'vn-state');
  if (current === undefined) throw new Error('no calendar of the State');
  const counted = compileCalendar(current);
  let date = addDays(dateOf(await businessNow(api.pool)), 2);
  while (!isWorkingDay(counted, date)) date = addDays(date, 1);
  const off = { date, name: { vi: 'Nghỉ', en: 'Off' }, source: 'test', verified: true };
  const { status, body: change } = await api.call<{ id: string }>('POST', '/calendars/vn-state/versions', {
    as: 'admin.1',
    body: { ...current, version: current.version + 1, document: 'Thông báo 1/TB', daysOff: [...current.daysOff, off] },
  });
  expect([status, change]).toMatchObject([201, {}]);
  await api.call('POST', `/law-changes/${change.id}/confirmation`, { as: 'admin.2' });
}

/** Brings what was published to the cases that run, as the worker does. */
async function redate(): Promise<void> {
  const { pool, deps } = site.api;
  const job = createLawChanges({
    pool,
    door: deps.door,
    law: deps.law,
    handOver: { poke: () => Promise.resolve() },
    onError: (error) => {
      throw error;
    },
  });
  while (await job.redate());
}

it('files nothing but what was read: a draft that was changed elsewhere is shown before it is filed', async () => {
  const { id, content } = await draftOn('Lô đã đọc');
  const { page, faults } = await signedIn(`/projects/new?draft=${id}&step=6`);
  await page.getByText('Lộ trình đề nghị').waitFor();
  await page.getByText('Lô đã đọc').waitFor();
  const { project } = content as typeof exampleProjects.besi;
  const changed = { ...content, project: { ...project, site: { ...project.site, lot: 'Lô của đồng nghiệp' } } };
  await site.api.call('POST', `/drafts/${id}`, { as, body: { version: 1, content: changed } });
  await fileIt(page).click();
  await page.getByRole('alert').filter({ hasText: 'Bản nháp vừa được sửa ở nơi khác.' }).waitFor();
  await page.getByText('Lô của đồng nghiệp').waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await isOpen(id)).toBe(true);
  await fileIt(page).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  // The refusal that the page asked for.
  expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
  await page.context().close();
});

it.each([false, true])('gives the receipt whose answer was lost, with its PIN, signed: %s', async (isSigned) => {
  const { id } = await draftOn(`Lô mất trả lời ${isSigned}`);
  const { page } = await signedIn(`/projects/new?draft=${id}&step=6`);
  await page.getByText('Lộ trình đề nghị').waitFor();
  if (isSigned) await page.getByLabel('Ký số hồ sơ bằng tài khoản ký số từ xa').check();
  // Each step arrives, and its answer is lost once.
  const lost = new Set<string>();
  await page.route(/\/api\/v1\/drafts\/[^/]+(\/filing|\/signature)?$/, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (route.request().method() !== 'POST' || lost.has(pathname)) return route.continue();
    lost.add(pathname);
    await route.fetch();
    await route.abort();
  });
  for (let times = 0; times < (isSigned ? 3 : 2); times++) {
    await fileIt(page).click();
    await expect.poll(() => lost.size).toBe(times + 1);
    await page.getByText('Máy chủ chưa trả lời.').waitFor();
  }
  expect(await isOpen(id)).toBe(false);
  await fileIt(page).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  const [code = '', pin = ''] = await page.getByRole('alert').locator('strong').allTextContents();
  expect(pin).not.toBe('');
  const { status } = await site.api.call('POST', '/public/case-status', { body: { code, pin }, key: null });
  expect(status).toBe(200);
  await page.context().close();
});

it.each([false, true])(
  'gives the receipt with its PIN after a reload, too, where the answer was lost, signed: %s',
  async (isSigned) => {
    const { id } = await draftOn(`Lô tải lại ${isSigned}`);
    const { page } = await signedIn(`/projects/new?draft=${id}&step=6`);
    await page.getByText('Lộ trình đề nghị').waitFor();
    if (isSigned) await page.getByLabel('Ký số hồ sơ bằng tài khoản ký số từ xa').check();
    let lost = 0;
    await page.route('**/filing', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await fileIt(page).click();
    await page.getByText('Máy chủ chưa trả lời.').waitFor();
    await page.reload();
    await page.getByText('Bản nháp này đã được nộp.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Lấy lại biên nhận' }).click();
    await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
    const [code = '', pin = ''] = await page.getByRole('alert').locator('strong').allTextContents();
    const { status } = await site.api.call('POST', '/public/case-status', { body: { code, pin }, key: null });
    expect(status).toBe(200);
    // Once it was read it is not shown again.
    await page.goto(`${site.base}/projects/new?draft=${id}`);
    await page.getByRole('link', { name: `Xem hồ sơ ${code}` }).waitFor();
    expect(await page.getByRole('button', { name: 'Lấy lại biên nhận' }).count()).toBe(0);
    await page.context().close();
  },
);

it.each([
  { language: 'vi', go: 'Tiếp tục', again: 'Tính lại', moved: /vừa thay đổi/, kept: /vẫn còn nguyên/ },
  { language: 'en', go: 'Continue', again: 'Compute again', moved: /has just changed/, kept: /all kept/ },
] as const)(
  'says in the dry run, without JavaScript, what a law that came in between changes, and loses no answer: $language',
  async ({ language, go, again, moved, kept }) => {
    const { page, faults } = await visit(browser, site.base, [], { language, script: false });
    await page.goto(`${site.base}/qualify`);
    const verdict = page.getByRole('button', { name: again });
    for (let pages = 0; (await verdict.count()) === 0; pages++) {
      expect(pages).toBeLessThan(20);
      const text = page.locator('input#answer');
      if ((await text.count()) > 0) {
        const asked = (await text.getAttribute('name')) ?? '';
        await text.fill(asked.endsWith('country') ? 'NL' : asked.endsWith('registrationNumber') ? '' : '100');
      } else await page.locator('input[type=radio]').first().check();
      await page.getByRole('button', { name: go }).click();
    }
    const answers = () =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('input[type=hidden][name^="project."]')].map(({ value }) => value)`,
      );
    const before = await answers();
    await verdict.click();
    // Nothing changed: nothing is said.
    await verdict.waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await closeSoon();
    await verdict.click();
    const told = page.getByRole('alert').filter({ hasText: moved });
    await told.filter({ hasText: kept }).waitFor();
    expect(await told.getByRole('listitem').count()).toBeGreaterThan(1);
    expect(await answers()).toEqual(before);
    await verdict.click();
    await told.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  },
  60_000,
);

it.each([
  {
    language: 'vi',
    send: 'Ghi kết quả',
    moved: 'Những điều bạn đang căn cứ để trả lời vừa thay đổi.',
    done: 'Đã ghi:',
  },
  { language: 'en', send: 'Record the answer', moved: 'What you answer by has just changed.', done: 'Recorded:' },
] as const)(
  'records no answer by a law that came in between: says what changed, keeps what was written, records it when it is sent again: $language',
  async ({ language, send, moved, done }) => {
    const lot = `Lô quyết định ${language}`;
    const { case: code } = await fileCase(site.api, 'besi', as, lot);
    const task = await openAssessment(site.api, code);
    const { page, faults } = await visitAs(browser, site, 'officer.shtp-board.1', `/tasks/${task}`, { language });
    await page.locator('input[name=outcome][value=done]').check();
    await page.locator('textarea[name=reason]').first().fill('Viết trước khi luật đổi');
    // News of the change does not come: the page looks for itself before anything is sent.
    await page.route('**/api/v1/events', (route) => route.abort());
    await closeSoon();
    await redate();
    const button = page.getByRole('button', { name: send, exact: true });
    await button.click();
    const told = page.getByRole('alert').filter({ hasText: moved });
    await told.waitFor();
    expect(await told.getByRole('listitem').count()).toBeGreaterThan(0);
    expect(await page.locator('textarea[name=reason]').first().inputValue()).toBe('Viết trước khi luật đổi');
    expect(await axe(page)).toEqual([]);
    const { body } = await site.api.call<{ task: { completedAt: string | null } }>('GET', `/tasks/${task}`, {
      as: 'officer.shtp-board.1',
    });
    expect(body.task.completedAt).toBeNull();
    await button.click();
    await page.getByText(done).waitFor();
    expect(faults.filter((fault) => !fault.includes('ERR_FAILED'))).toEqual([]);
    await page.context().close();
  },
  60_000,
);

it('files nothing by a law that changed while the filing was signed', async () => {
  const { id } = await draftOn('Lô ký lâu');
  const { page } = await signedIn(`/projects/new?draft=${id}&step=6`);
  await page.getByText('Lộ trình đề nghị').waitFor();
  await page.getByLabel('Ký số hồ sơ bằng tài khoản ký số từ xa').check();
  await page.route('**/signature', async (route) => {
    await closeSoon();
    await route.continue();
  });
  await fileIt(page).click();
  await page
    .getByRole('alert')
    .filter({ hasText: /vừa thay đổi/ })
    .waitFor();
  expect(await isOpen(id)).toBe(true);
  await fileIt(page).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  await page.getByText(/^Đã ký số, chứng thư /).waitFor();
  await page.context().close();
});

it('says of a page that stood open overnight that the day changed, and not the law', async () => {
  const { id } = await draftOn('Lô qua đêm');
  const { page } = await signedIn('/projects');
  // It was looked at a week ago.
  const before = `${addDays(dateOf(await businessNow(site.api.pool)), -7)}T09:00:00+07:00`;
  let looks = 0;
  await page.route('**/api/v1/screenings', (route) =>
    route.continue(looks++ === 0 ? { url: `${route.request().url()}?at=${encodeURIComponent(before)}` } : {}),
  );
  await page.goto(`${site.base}/projects/new?draft=${id}&step=6`);
  await page.getByText('Lộ trình đề nghị').waitFor();
  await fileIt(page).click();
  const told = page.getByRole('alert').filter({ hasText: 'Đã sang ngày khác' });
  await told.waitFor();
  expect(await told.getByText(/vừa thay đổi/).count()).toBe(0);
  expect(await isOpen(id)).toBe(true);
  await fileIt(page).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  await page.context().close();
});

it.each([
  { language: 'vi', file: 'Nộp hồ sơ', moved: /vừa thay đổi/, plan: 'Lộ trình đề nghị', filed: 'Đã nộp hồ sơ' },
  {
    language: 'en',
    file: 'File it',
    moved: /has just changed/,
    plan: 'Recommended pathway',
    filed: 'Your project is filed',
  },
] as const)(
  'files nothing by a law that changed under what was read: says what changed, keeps all, and files when asked again: $language',
  async (said) => {
    const lot = `Lô luật mới ${said.language}`;
    const { id } = await draftOn(lot);
    const { page, faults } = await signedIn(`/projects/new?draft=${id}&step=6`, { language: said.language });
    await page.getByText(said.plan).waitFor();
    await closeSoon();
    const button = page.getByRole('button', { name: said.file, exact: true });
    await button.click();
    const told = page.getByRole('alert').filter({ hasText: said.moved });
    await told.waitFor();
    expect(await told.getByRole('listitem').count()).toBeGreaterThan(1);
    expect(await axe(page)).toEqual([]);
    await page.getByText(lot).waitFor();
    expect(await isOpen(id)).toBe(true);
    await button.click();
    await page.getByRole('heading', { name: said.filed }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  },
  60_000,
);
