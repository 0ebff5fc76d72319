import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { businessNow } from '../../db/register/business-clock.js';
import { addDays, dateOf } from '../../domain/time/instants.js';
import { openAssessment } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { createStandIns } from '../../api/stand-ins.js';
import { startAgencies, token } from '../agencies/support.js';
import { fileCase } from '../api/support.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
import { projected } from '../support/feed.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
let code: string;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
beforeAll(async () => {
  agencies = await startAgencies();
  const standIns = createStandIns({ baseUrl: agencies.client.url, token });
  [site, browser] = await Promise.all([startSite(() => ({ standIns })), openBrowser()]);
  code = (await fileCase(site.api)).case;
  await openAssessment(site.api, code);
  await projected(site.api.deps);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
  await agencies.stop();
});

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);

it('shows what a day off would move before the calendar with it is proposed, and holds once another administrator confirms it', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/calendars');
  const section = page.locator('main section').first();
  const calendar = site.api.deps.law.current().law.calendar('vn-state');
  const from = addDays(dateOf(await businessNow(site.api.pool)), 20);
  const [first = from, second = from] = calendar.workingDates.filter((date) => date > from);
  const written = (date: string) => date.split('-').reverse().join('/');
  for (const [date, name] of [
    [first, 'Ngày thử'],
    [second, 'Ngày thử hai'],
  ] as const) {
    await section.getByLabel('Ngày', { exact: true }).fill(date);
    await section.getByLabel('Tên bằng tiếng Việt').fill(name);
    await section.getByLabel('Tên bằng tiếng Anh').fill(`${name} (en)`);
    await section.getByRole('button', { name: 'Thêm vào phiên bản mới' }).click();
  }
  await section.getByRole('button', { name: `Bỏ ngày ${written(second)}` }).click();
  await section.getByLabel('Văn bản quy định').fill('Văn bản thử 1/2026');
  await section.getByRole('button', { name: 'Xem tác động trước khi công bố' }).click();
  await section.getByText(`Ngày thay đổi: ${written(first)}.`).waitFor();
  expect(await axe(page)).toEqual([]);
  await section.getByRole('button', { name: 'Đề nghị phiên bản lịch này' }).click();
  await section.getByText(/^Đã đề nghị; chưa áp dụng/).waitFor();
  const other = await signedIn('admin.2', '/admin');
  const row = other.page.getByRole('row').filter({ hasText: 'Văn bản thử 1/2026' });
  await row.getByText('Xem tác động').first().click();
  await row.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await row.getByText(/^xác nhận: /).waitFor();
  const { catalogue } = await site.api.deps.law.atLeast();
  expect(catalogue.calendars.get('vn-state')?.data.daysOff.map(({ date }) => date)).toContain(first);
  expect([...faults, ...other.faults]).toEqual([]);
  for (const one of [page, other.page]) await one.context().close();
});

it('lets one administrator propose an entry of a list and another one confirm it', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/city-data');
  const list = page.locator('main section').filter({ has: page.getByRole('heading', { name: 'Dự án trọng điểm' }) });
  await list.getByText('Thêm một mục').click();
  await list.getByLabel('Số mục').fill('DA-01');
  await list.getByLabel('Nội dung bằng tiếng Việt').fill('Nhà máy bán dẫn BESI');
  await list.getByLabel('Nội dung bằng tiếng Anh').fill('BESI semiconductor factory');
  await list.getByLabel('Văn bản quyết định').fill('Quyết định 45/QĐ-UBND');
  await list.getByRole('button', { name: 'Đề xuất' }).click();
  await page.getByText('Đã đề xuất: Dự án trọng điểm').waitFor();
  const other = await signedIn('admin.2', '/admin');
  await other.page.getByText('Xem tác động').first().click();
  await other.page.getByText('Nhà máy bán dẫn BESI').waitFor();
  const confirm = other.page.getByRole('button', { name: 'Xác nhận', exact: true });
  await confirm.click();
  await confirm.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('rowheader', { name: 'DA-01' }).waitFor();
  expect([...faults, ...other.faults]).toEqual([]);
  for (const one of [page, other.page]) await one.context().close();
});

it('changes a setting in a form: units and names, what holds now beside what is proposed, looked at, kept over a reload', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/city-data');
  const form = page.locator('details').filter({ has: page.getByText('Ngày cho từng loại việc', { exact: true }) });
  await form.getByText('Ngày cho từng loại việc', { exact: true }).click();
  const intake = form.getByRole('group', { name: 'Tiếp nhận hồ sơ' });
  const days = intake.getByLabel('Số ngày', { exact: true });
  const now = await days.inputValue();
  await days.fill('4');
  await intake.getByText(`Hiện nay: ${now}`).waitFor();
  await intake.getByLabel('Đơn vị').selectOption('calendar-day');
  expect(await axe(page)).toEqual([]);
  await page.reload();
  await form.getByText('Ngày cho từng loại việc', { exact: true }).click();
  await expect.poll(() => days.inputValue()).toBe('4');
  await form.getByLabel('Văn bản quyết định').fill('Quyết định 46/QĐ-UBND');
  await form.getByRole('button', { name: 'Xem thay đổi' }).click();
  await form.getByRole('row', { name: /Tiếp nhận hồ sơ › Số ngày/ }).waitFor();
  await form.getByRole('button', { name: 'Đề xuất' }).click();
  await page.getByText('Đã đề xuất: Ngày cho từng loại việc').waitFor();
  // Every setting has a form, and none of them shows data or keys.
  const closed = page.locator('main section').last().locator(':scope > details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
  expect(
    await page
      .locator('main textarea')
      .filter({ hasText: /^\s*[{[]/ })
      .count(),
  ).toBe(0);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await overflow(page)).toBe(0);
  const other = await signedIn('admin.2', '/admin');
  const row = other.page.getByRole('row').filter({ hasText: 'Quyết định 46/QĐ-UBND' });
  await row.getByText('Xem tác động').first().click();
  await row.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await row.getByText(/^xác nhận: /).waitFor();
  const { catalogue } = await site.api.deps.law.atLeast();
  expect(catalogue.settings.taskDays.intake).toEqual({ amount: 4, unit: 'calendar-day' });
  expect([...faults, ...other.faults]).toEqual([]);
  for (const one of [page, other.page]) await one.context().close();
}, 120_000);

it('lets an administrator take somebody in, move them and let them go', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/people');
  const joining = page.locator('main section').filter({ has: page.getByRole('heading', { name: 'Thêm người' }) });
  await joining.getByLabel('Mã tài khoản ở cổng đăng nhập').fill('officer.dost.77');
  await joining.getByLabel('Tên', { exact: true }).fill('Trần Thị Mới');
  await joining.getByLabel('Cơ quan').selectOption('dost');
  await joining.getByLabel('Thư điện tử').fill('moi@luong-xanh.example');
  await joining.getByLabel('Văn bản quy định').fill('Quyết định 7/QĐ-SKHCN');
  await joining.getByRole('button', { name: 'Thêm người' }).click();
  await page.getByText('Đã ghi: officer.dost.77.').waitFor();
  await page.locator('#of-agency').selectOption('dost');
  const row = page.getByRole('row').filter({ hasText: 'officer.dost.77' });
  await row.getByText('Thôi việc').first().click();
  await row.getByLabel('Văn bản quy định').last().fill('Quyết định 8/QĐ-SKHCN');
  await row.getByRole('button', { name: 'Thôi việc' }).click();
  await row.waitFor({ state: 'hidden' });
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('publishes the next version of a procedure under two people after a look at its changes and its effect, and takes it back', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/law/procedures/irc-ordinary');
  await page.getByRole('rowheader', { name: 'Căn cứ của thời hạn', exact: true }).waitFor();
  const from = addDays(dateOf(await businessNow(site.api.pool)), 30);
  await page.getByLabel('Áp dụng cho hồ sơ tiếp nhận từ ngày').fill(from);
  await page.getByLabel('Thời hạn', { exact: true }).fill('12');
  await page.getByLabel('Căn cứ của thời hạn').fill('Nghị định thử, Điều 1');
  await page.reload();
  // A reload costs nothing of what was typed.
  await expect.poll(() => page.getByLabel('Căn cứ của thời hạn').inputValue()).toBe('Nghị định thử, Điều 1');
  await page.getByRole('button', { name: 'Xem thay đổi' }).click();
  const changed = page.getByRole('table', { name: 'Thay đổi so với hiện nay' });
  await changed.getByRole('row', { name: /Thời hạn theo luật › Số 10 12/ }).waitFor();
  await page.getByRole('button', { name: 'Xem tác động trước khi công bố' }).click();
  await page.getByText('Phiên bản này hợp lệ').waitFor();
  await page
    .getByRole('table', { name: /Nếu chuyển/ })
    .getByRole('link', { name: code })
    .waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Đề nghị phiên bản này' }).click();
  await page.getByText(/^Đã đề nghị; chưa áp dụng/).waitFor();
  const other = await signedIn('admin.2', '/admin/law/procedures/irc-ordinary');
  const waiting = other.page.getByRole('row').filter({ hasText: `irc-ordinary@${from}` });
  await waiting.getByText('Xem tác động').first().click();
  await waiting.getByText('giữ phiên bản đang theo').waitFor();
  await waiting.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await waiting.getByText(/^xác nhận: /).waitFor();
  expect(await axe(other.page)).toEqual([]);
  expect(other.faults).toEqual([]);
  await other.page.context().close();
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: `irc-ordinary@${from}` });
  await row.getByText('Thu hồi trước khi áp dụng').first().click();
  await row.getByLabel('Lý do').fill('Nhầm ngày');
  await row.getByRole('button', { name: 'Thu hồi trước khi áp dụng' }).click();
  await row.getByText('Nhầm ngày').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('shows what moving a procedure to another version would do before it is moved', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/law/procedures/irc-ordinary');
  await page.getByRole('button', { name: 'Xem trước, chưa đổi gì' }).click();
  const table = page.getByRole('table', { name: /^Sẽ thành irc-ordinary@/ });
  await table.getByRole('link', { name: code }).waitFor();
  await table.getByText('đã theo phiên bản này').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lets one administrator propose a new ward and another one confirm it with the changes before their eyes', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/law/agencies/new');
  await page.getByLabel('Mã trong hệ thống').fill('ward-thu-thiem');
  await page.getByLabel('Tên bằng tiếng Việt').fill('Ủy ban nhân dân phường Thủ Thiêm');
  await page.getByLabel('Tên bằng tiếng Anh').fill('People’s Committee of Thủ Thiêm Ward');
  await page.getByLabel('Tên viết tắt').fill('UBND Thủ Thiêm');
  await page.getByLabel('Văn bản quyết định').fill('Nghị quyết thử 1/NQ-HĐND');
  await page.getByRole('button', { name: 'Xem thay đổi' }).click();
  await page.getByRole('button', { name: 'Đề nghị phiên bản này' }).click();
  await page.getByText(/^Đã đề nghị; chưa áp dụng/).waitFor();
  expect(await axe(page)).toEqual([]);
  const other = await signedIn('admin.2', '/admin');
  const row = other.page.getByRole('row').filter({ hasText: 'ward-thu-thiem' });
  await row.getByText('Xem tác động').click();
  await row.getByRole('table', { name: 'Thay đổi so với hiện nay' }).waitFor();
  expect(await axe(other.page)).toEqual([]);
  const confirm = row.getByRole('button', { name: 'Xác nhận', exact: true });
  await confirm.click();
  await confirm.waitFor({ state: 'hidden' });
  await other.page.goto(`${site.base}/admin/law`);
  await other.page.getByRole('link', { name: 'Ủy ban nhân dân phường Thủ Thiêm' }).waitFor();
  expect([...faults, ...other.faults]).toEqual([]);
  for (const one of [page, other.page]) await one.context().close();
});

it('shows a pathway as people read it, what a next version changes beside what it would do, and proposes only what holds together', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/law/pathways/standard');
  await page
    .getByRole('table', { name: 'Thủ tục', exact: true })
    .getByRole('rowheader', { name: /Cấp Giấy chứng nhận đăng ký đầu tư/ })
    .first()
    .waitFor();
  await page
    .getByText(/ là có và /)
    .first()
    .waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.getByText('Phần còn lại, dưới dạng dữ liệu (JSON)').click();
  const field = page.getByLabel('Giá trị (JSON)');
  const data = JSON.parse(await field.inputValue()) as {
    name: { en: string };
    procedures: { procedure: string; mandatory: boolean }[];
  };
  const change = async (next: object) => {
    await field.fill(JSON.stringify(next));
    await page.getByLabel('Văn bản quyết định').fill('Quyết định thử 12/QĐ-UBND');
    await page.getByRole('button', { name: 'Xem thay đổi' }).click();
  };
  const [first, ...others] = data.procedures;
  await change({ ...data, procedures: [{ ...first, procedure: 'no-such-procedure' }, ...others] });
  await page.getByRole('alert').first().waitFor();
  expect(await page.getByRole('button', { name: 'Đề nghị phiên bản này' }).isDisabled()).toBe(true);
  await change({ ...data, procedures: [{ ...first, mandatory: false }, ...others] });
  const changed = page.getByRole('table', { name: 'Thay đổi so với hiện nay' });
  await changed.getByRole('row', { name: /^Thủ tục › .+ › Bắt buộc có không$/ }).waitFor();
  await page
    .getByText(/^Liên quan \d+ trong \d+ hồ sơ/)
    .first()
    .waitFor();
  await page.getByText('Toàn bộ phiên bản mới, chỗ thay đổi có đánh dấu').click();
  await page.getByText('thay đổi', { exact: true }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Đề nghị phiên bản này' }).click();
  await page.getByText(/^Đã đề nghị; chưa áp dụng/).waitFor();
  expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  await page.context().close();
});

it('refuses data that is none, and keeps it', async () => {
  const { page } = await signedIn('admin.1', '/admin/law/pathways/standard');
  await page.getByText('Phần còn lại, dưới dạng dữ liệu (JSON)').click();
  await page.getByLabel('Giá trị (JSON)').fill('{"code": ');
  await page.getByLabel('Văn bản quyết định').fill('Quyết định thử');
  await page.getByRole('button', { name: 'Xem thay đổi' }).click();
  await page.getByRole('alert').filter({ hasText: 'Dòng 1, cột 10: chỗ này không phải JSON hợp lệ' }).waitFor();
  expect(await page.getByLabel('Giá trị (JSON)').inputValue()).toBe('{"code": ');
  // Whoever types stands where it is wrong.
  expect(await page.evaluate('document.activeElement.name')).toBe('data');
  await page.context().close();
});

it('adds a system outside, shows its key once, and how its deliveries went', async () => {
  const { page, faults } = await signedIn('admin.1', '/admin/webhooks');
  await page.getByLabel('Địa chỉ của hệ thống mới').fill('https://city.example/events');
  await page.getByLabel('Chỉ gửi những sự kiện này').selectOption(['caseOpened']);
  await page.getByRole('button', { name: 'Thêm', exact: true }).click();
  await page.getByText('Khóa ký, chỉ hiện một lần:').waitFor();
  const one = page
    .locator('main section')
    .filter({ has: page.getByRole('heading', { name: 'https://city.example/events' }) });
  await one.getByText(/^Chỉ gửi: /).waitFor();
  await one.getByText('Các lần gửi gần nhất').click();
  await one.getByText('Chưa gửi gì.').waitFor();
  await one.getByText('chờ xác nhận').waitFor();
  expect(await axe(page)).toEqual([]);
  const other = await signedIn('admin.2', '/admin/webhooks');
  await other.page.getByRole('button', { name: 'Xác nhận gửi đến https://city.example/events' }).click();
  await other.page.getByRole('button', { name: /^Tạm dừng/ }).waitFor();
  expect(other.faults).toEqual([]);
  await other.page.context().close();
  await page.reload();
  await one.getByRole('button', { name: /^Tạm dừng/ }).click();
  await one.getByRole('button', { name: /^Gửi tiếp/ }).waitFor();
  expect(await axe(page)).toEqual([]);
  await one.getByText('Xóa', { exact: true }).first().click();
  await one.getByRole('button', { name: 'Xóa https://city.example/events' }).click();
  await page.getByText('Chưa có hệ thống nào.').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lets a system misbehave in rehearsal and behave again, and says so beside its name', async () => {
  await site.api.pool.query(`update rehearsal_clock set mode = 'stepped', now = clock_timestamp()`);
  const { page, faults } = await signedIn('operator.1', '/admin/rehearsal');
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Môi trường', exact: true }) });
  await row.getByText('không lỗi', { exact: true }).waitFor();
  await row.getByText('Gây lỗi').first().click();
  await row.getByLabel('nhận lấy ý kiến nhưng không trả lời').check();
  await row.getByLabel('tỷ lệ gọi bị lỗi (%)').fill('12,5');
  await row.getByRole('button', { name: 'Gây lỗi: Môi trường' }).click();
  await row.getByText(/nhận lấy ý kiến nhưng không trả lời; tỷ lệ gọi bị lỗi: 12,5/).waitFor();
  const told = (await agencies.client.call('GET', '/environment/faults')).body as object;
  expect(told).toMatchObject({ silent: true, errorRate: 0.125, down: false });
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await overflow(page)).toBe(0);
  await row.getByRole('button', { name: 'Hết lỗi: Môi trường' }).click();
  await row.getByText('không lỗi', { exact: true }).waitFor();
  expect((await agencies.client.call('GET', '/environment/faults')).body).toMatchObject({
    silent: false,
    errorRate: 0,
  });
  expect(faults).toEqual([]);
  await page.context().close();
});
