import { type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { exampleProjects, people } from '../../seeds/index.js';
import { pdf } from '../api/support.js';
import { axe, visit, type Visit } from '../support/chromium.js';
import { signIn } from '../support/signed-in.js';
import { answer, fillRequired, inTown, openFromWorklist } from '../support/town.js';

// One project from the question whether it qualifies to its certificate: everything a person does here is clicked and typed.
const town = inTown();
const project: unknown = exampleProjects.besi;
const valueAt = (path: string) =>
  path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | null)?.[part], project);
const typedAt = (path: string): string => {
  const value = valueAt(path);
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return path === 'project.capital.foreignShare' ? String(Number(value) * 100) : String(value);
};
const procedure = 'irc-ordinary';
let code = '';
let pin = '';
let decision = '';

/** Goes away, and nothing may have gone wrong. */
async function leave({ page, faults }: Visit): Promise<void> {
  expect(faults).toEqual([]);
  await page.context().close();
}

/** Fills in what stands empty on this page of the filing; answers how many answers were there already. */
async function fillPage(page: Page): Promise<number> {
  const names = await page
    .locator('main form [name]')
    .evaluateAll((inputs) => [...new Set(inputs.map((input) => input.getAttribute('name') ?? ''))]);
  let there = 0;
  for (const name of names) {
    const typed = typedAt(name);
    const input = page.locator(`[name="${name}"]`);
    if ((await input.first().getAttribute('type')) === 'radio') {
      if (typed === '') continue;
      const choice = page.locator(`[name="${name}"][value="${typed}"]`);
      if (await choice.isChecked()) there += 1;
      await choice.check();
      continue;
    }
    if ((await input.inputValue()) !== '') there += 1;
    else if (await input.evaluate((element) => element.tagName === 'SELECT')) await input.selectOption(typed);
    else await input.fill(typed);
  }
  return there;
}

const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdf(name)) });

it('tells a visitor lane, pathways and days, and takes the answers along to the filing', async () => {
  const { base, browser, place } = town();
  const visitor = await visit(browser, base, [place.system.issuer]);
  const { page } = visitor;
  await page.goto(base);
  await page.getByRole('link', { name: /Dự án của tôi có vào luồng xanh không/ }).click();
  for (let pages = 0; (await page.getByRole('button', { name: 'Tiếp tục' }).count()) > 0; pages++) {
    expect(pages).toBeLessThan(20);
    const input = page.locator(
      'main form [name^="project."]:not([type=hidden]), main form [name^="investor."]:not([type=hidden])',
    );
    const name = (await input.first().getAttribute('name')) ?? '';
    const typed = typedAt(name);
    if ((await input.first().getAttribute('type')) === 'radio') {
      await page.locator(`input[type=radio][name="${name}"][value="${typed}"]`).check();
    } else await input.fill(typed);
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
  }
  await page.getByRole('heading', { name: 'Các lộ trình', exact: false }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await signIn(
    page,
    { base, issuer: place.system.issuer, password: place.system.secrets.demonstrationPassword },
    'investor.besi',
    '/projects',
  );
  await page.getByRole('link', { name: 'Nộp hồ sơ dự án mới' }).click();
  await page.getByText('được điền sẵn').waitFor();
  let there = 0;
  for (let step = 1; step <= 5; step++) {
    await page.getByText(`Trang ${step} trong 6`).waitFor();
    there += await fillPage(page);
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  }
  expect(there).toBeGreaterThanOrEqual(10);
  await page.getByText('Lộ trình đề nghị').waitFor();
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  [code = '', pin = ''] = await page.getByRole('alert').locator('strong').allTextContents();
  expect(code).toMatch(/^LX-260706-\d{4}[A-Z]$/);
  // Nothing of it is carried into the next filing.
  expect((await page.context().cookies(`${base}/projects/new`)).map(({ name }) => name)).not.toContain('dry-run');
  await town().pass();
  await page.getByRole('link', { name: 'Đến trang hồ sơ' }).click();
  await page.getByRole('heading', { name: 'Đang chờ bạn' }).waitFor();
  const asked = page.locator('details', { hasText: 'Nộp thành phần hồ sơ' }).first();
  const inputs = asked.locator('input[type=file]');
  await inputs.first().waitFor();
  for (let n = 0; n < (await inputs.count()); n++) {
    await inputs.nth(n).setInputFiles(file(`tài liệu ${n + 1}.pdf`));
    await asked.getByText('Đã tải lên:').nth(n).waitFor();
  }
  await asked.getByRole('button', { name: 'Nộp thành phần hồ sơ này' }).click();
  await page.getByText('Đã ghi nhận.').first().waitFor();
  await leave(visitor);
}, 180_000);

it('is received at the counter', async () => {
  await town().pass();
  // What the planning department's own system will say is theirs, not ours.
  const { agenciesUrl, secrets } = town().place.system;
  const told = await fetch(`${agenciesUrl}/land-planning/faults`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${secrets.agencyToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      position: 'agree-with-conditions',
      conditions: [{ subject: 'site-coverage', direction: 'limits', value: '40' }],
    }),
  });
  expect(told.status).toBe(200);
  const seen = await town().at('receiving-officer.hcmc-pasc.1', '/counter');
  await seen.page.locator('#answer input[name=outcome][value=receive]').check();
  await seen.page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await seen.page.getByText('đã tiếp nhận (Mẫu số 01)').waitFor();
  await leave(seen);
  await town().pass();
}, 60_000);

it('is asked about: one agency limits what another one requires, and the chair settles it with its minutes', async () => {
  const { as, at, pass } = town();
  const dost = await at('officer.dost.1', '/tasks');
  await openFromWorklist(dost.page, 'opinion');
  await answer(dost.page, 'agree-with-conditions', async (form) => {
    await form.locator('#subject-0').selectOption('site-coverage');
    await form.locator('#direction-0').selectOption('requires');
    await form.locator('#value-0').fill('55');
    // The whole is as grave as the gravest of its parts.
    await form.getByLabel('Tiêu chí công nghệ cao').selectOption('agree-with-conditions');
    await fillRequired(form, 'Luật Công nghệ cao');
  });
  await leave(dost);
  await pass('2026-07-09T09:00:00+07:00');
  const { procedures } = await as('investor.besi').get<{ procedures: { procedure: string }[] }>(`/cases/${code}`);
  expect(procedures.map((one) => one.procedure)).toContain(procedure);

  const chair = await at('head.shtp-board', '/tasks');
  await openFromWorklist(chair.page, 'conference');
  await chair.page.getByRole('link', { name: 'Mở bàn giải quyết mâu thuẫn' }).click();
  const bench = chair.page.getByRole('group', { name: 'Mật độ xây dựng' });
  await bench.getByText(/55/).first().waitFor();
  await bench.getByText(/40/).first().waitFor();
  expect(await axe(chair.page)).toEqual([]);
  await bench.getByLabel(/theo ý kiến của Sở Quy hoạch/).check();
  await chair.page.getByLabel(/Ý kiến bảo lưu: Sở Khoa học và Công nghệ/).fill('Cần diện tích cho phòng sạch.');
  await chair.page.getByLabel('Lý do', { exact: true }).fill('Theo quy hoạch phân khu đã duyệt.');
  // The minutes as they will read, while one writes.
  const minutes = chair.page.getByRole('complementary');
  await minutes.getByText(/Cần diện tích cho phòng sạch/).waitFor();
  await chair.page.getByRole('button', { name: 'Ghi kết luận' }).click();
  await chair.page.getByText('đã kết luận').waitFor();
  await minutes.getByText(/Theo quy hoạch phân khu đã duyệt/).waitFor();
  expect(await axe(chair.page)).toEqual([]);
  await leave(chair);
  await pass();
}, 120_000);

it('waits for what the officer asks the investor to add, and goes on with it', async () => {
  const { at, pass } = town();
  const officer = await at('officer.shtp-board.1', '/tasks');
  await openFromWorklist(officer.page, 'step');
  await officer.page.getByRole('button', { name: 'Nhận việc' }).click();
  await officer.page.getByText('Yêu cầu nhà đầu tư bổ sung (Mẫu số 02)').click();
  await officer.page.locator('#supplement-items').fill('Báo cáo tài chính hai năm gần nhất');
  await officer.page.locator('#supplement-reason').fill('Báo cáo đã nộp thiếu năm 2025.');
  await officer.page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await officer.page.getByText('Đã gửi yêu cầu; đồng hồ dừng nếu luật cho phép.').waitFor();
  await leave(officer);
  await pass('2026-07-10T09:00:00+07:00');

  const investor = await at('investor.besi', '/projects');
  await investor.page
    .getByRole('link', { name: /bổ sung/i })
    .first()
    .click();
  await investor.page.getByText('Báo cáo đã nộp thiếu năm 2025.').waitFor();
  await investor.page.getByLabel('Giải trình bằng lời').fill('Gửi kèm báo cáo năm 2025.');
  const input = investor.page.locator('input[type=file][id$="financial-capacity"]');
  await input.setInputFiles(file('báo cáo tài chính 2025.pdf'));
  await investor.page.getByText('Đã tải lên:').first().waitFor();
  await investor.page.getByRole('button', { name: 'Gửi trả lời' }).click();
  await investor.page.getByText('Đã ghi nhận.').first().waitFor();
  await leave(investor);
  await pass();
}, 120_000);

it('is examined by the colleague who stands in for the officer, once that colleague has agreed', async () => {
  const { at, pass } = town();
  const away = await at('officer.shtp-board.1', '/delegations');
  const deputy = 'officer.shtp-board.2';
  const label = people.find(({ id }) => id === deputy)?.name ?? '';
  await away.page.getByLabel('Người làm thay').selectOption({ label });
  await away.page.getByLabel('Ngày vắng đầu tiên').fill('2026-07-13');
  await away.page.getByLabel('Ngày vắng cuối cùng').fill('2026-07-17');
  await away.page.getByLabel('Lý do').fill('Nghỉ phép');
  await away.page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await away.page.getByRole('row').filter({ hasText: 'Nghỉ phép' }).waitFor();
  expect(await axe(away.page)).toEqual([]);
  await leave(away);
  const other = await at(deputy, '/delegations');
  await other.page.getByRole('button', { name: 'Đồng ý' }).click();
  await other.page.getByText('có hiệu lực').first().waitFor();
  await pass('2026-07-13T09:00:00+07:00');
  await openFromWorklist(other.page, 'step');
  await answer(other.page, 'done', async (form) => {
    await fillRequired(form, 'Đủ điều kiện, đề nghị cấp.');
  });
  await leave(other);
  await pass();
}, 120_000);

it('is decided by the head with its content, and the investor has the certificate with its proof', async () => {
  const { at, pass } = town();
  const head = await at('head.shtp-board', '/tasks');
  await openFromWorklist(head.page, 'step');
  await answer(head.page, 'approve', async (form) => {
    await form.getByLabel('Thêm căn cứ từ mẫu').selectOption('dossier-complete');
    await fillRequired(form, 'Theo hồ sơ');
  });
  await leave(head);
  await pass();
  const investor = await at('investor.besi', `/cases/${code}`);
  const { page } = investor;
  await page.getByRole('heading', { name: 'Kết quả đã quyết định' }).waitFor();
  decision = (/H29-\d{6}-\d{4}-KQ/.exec((await page.locator('main').textContent()) ?? '') ?? [''])[0];
  expect(decision).not.toBe('');
  const waterfall = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Thời gian của tôi đi đâu?' }) });
  await waterfall.getByText('Tổng', { exact: true }).first().waitFor();
  const [proof] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /bằng chứng/i })
      .first()
      .click(),
  ]);
  expect(proof.suggestedFilename()).toBe(`${code}-proof.json`);
  expect(await axe(page)).toEqual([]);
  await leave(investor);
}, 120_000);

it('leads a leader from the wall over a figure to the case', async () => {
  const seen = await town().at('leader.hcmc-committee', '/wall');
  const { page } = seen;
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.getByRole('link', { name: 'Về bảng điều hành' }).click();
  await page.waitForURL(/\/board/);
  const figures = page.getByRole('table', { name: 'Con số của kỳ, theo cách chia đã chọn' });
  await figures.locator('details > summary').first().click();
  await page.getByRole('link', { name: code }).first().click();
  await page.waitForURL(`${town().base}/cases/${code}`);
  await page.getByRole('heading', { name: 'Lộ trình trên lịch' }).waitFor();
  await leave(seen);
}, 60_000);

it('tells the public without JavaScript where the case stands and that the decision is genuine', async () => {
  const { base, browser } = town();
  const seen = await visit(browser, base, [], { script: false });
  const { page } = seen;
  await page.goto(base);
  await page
    .getByRole('link', { name: /Tra cứu tình trạng hồ sơ/ })
    .first()
    .click();
  await page.getByLabel('Mã hồ sơ').fill(code);
  await page.getByLabel('Mã PIN').fill(pin);
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  await page.getByRole('heading', { name: `Hồ sơ ${code}` }).waitFor();
  expect(decision).not.toBe('');
  await page.goto(`${base}/decisions`);
  await page.getByRole('textbox').first().fill(decision);
  await page.locator('main button[type=submit]').first().click();
  await page.getByText(decision).first().waitFor();
  await page.getByText('Quyết định này đã được ký trên hệ thống.').waitFor();
  await leave(seen);
}, 60_000);
