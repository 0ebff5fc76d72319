import { type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { exampleTrials, people } from '../../seeds/index.js';
import { pdf } from '../api/support.js';
import { axe, type Visit } from '../support/chromium.js';
import { answer, fillRequired, inTown, openFromWorklist } from '../support/town.js';
import { fillTrialPage } from '../support/trial-form.js';
import { shot } from '../support/seen-page.js';

// A trial from its filing to the decision, with the council that votes on it: everything a person does here is clicked and typed.
const town = inTown();
const experts = ['expert.1', 'expert.2', 'expert.3'] as const;
const evaluator = 'officer.dost.1';
const secretary = 'officer.dost.2';
const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id;
let code = '';

async function leave({ page, faults }: Visit): Promise<void> {
  expect(faults).toEqual([]);
  await page.context().close();
}

const shown = (page: Page, name: string): Promise<void> => shot(page, `council-${name}`);

it('is filed by whoever wants to try it, with its dossier', async () => {
  const seen = await town().at('investor.drone', '/projects');
  const { page } = seen;
  await page.getByRole('link', { name: 'Nộp hồ sơ xin thử nghiệm' }).click();
  for (let step = 1; step <= 5; step++) {
    await page.getByText(`Trang ${step} trong 6`).waitFor();
    if (step === 4) await page.locator('[name="solution.declared.take-off-mass"]').waitFor();
    await fillTrialPage(page, exampleTrials.drone);
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  }
  await page.getByText(/^Giải pháp được nhận theo: /).waitFor();
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ thử nghiệm' }).waitFor();
  [code = ''] = await page.getByRole('alert').locator('strong').allTextContents();
  await town().pass();
  await page.getByRole('link', { name: 'Đến trang hồ sơ' }).click();
  const asked = page.locator('details', { hasText: 'Nộp thành phần hồ sơ' }).first();
  const inputs = asked.locator('input[type=file]');
  await inputs.first().waitFor();
  for (let n = 0; n < (await inputs.count()); n++) {
    const name = `tài liệu ${n + 1}.pdf`;
    await inputs.nth(n).setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdf(name)) });
    await asked.getByText('Đã tải lên:').nth(n).waitFor();
  }
  await asked.getByRole('button', { name: 'Nộp thành phần hồ sơ này' }).click();
  await page.getByText('Đã ghi nhận.').first().waitFor();
  await leave(seen);
  await town().pass();
}, 180_000);

it('is received, and looked at by everybody who is asked', async () => {
  const { at, as, pass } = town();
  const counter = await at('receiving-officer.hcmc-pasc.1', '/counter');
  await counter.page.locator('#answer input[name=outcome][value=receive]').check();
  await counter.page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await counter.page.getByText('đã tiếp nhận (Mẫu số 01)').waitFor();
  await leave(counter);
  await pass();
  const officers = people.filter(({ id, role }) => role === 'officer' && id.endsWith('.1'));
  let asked = 0;
  for (const { id } of officers) {
    const { items } = await as(id).get<{ items: { case: string }[] }>('/tasks?kind=opinion');
    if (!items.some((one) => one.case === code)) continue;
    asked += 1;
    const seen = await at(id, '/tasks');
    await openFromWorklist(seen.page, 'opinion');
    await answer(seen.page, 'agree', (form) => fillRequired(form, 'Nghị quyết 20/2024/NQ-HĐND'));
    await leave(seen);
  }
  expect(asked).toBeGreaterThan(2);
  // Bodies with systems of their own answer by these, in some days.
  const waits = async () => (await as(evaluator).get<{ items: object[] }>('/tasks?kind=step')).items.length > 0;
  for (let day = 7; !(await waits()); day++) {
    expect(day).toBeLessThan(31);
    await pass(`2026-07-${String(day).padStart(2, '0')}T09:00:00+07:00`);
  }
}, 240_000);

it('is evaluated by its criteria, with the conditions under which it may be tried', async () => {
  const { at, pass } = town();
  const seen = await at(evaluator, '/tasks');
  const { page } = seen;
  await openFromWorklist(page, 'step');
  await page.getByRole('button', { name: 'Nhận việc' }).click();
  await page.getByRole('button', { name: 'Trả việc' }).first().waitFor();
  await page.goto(`${town().base}/cases/${code}/council`);
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Ghi đánh giá và đề xuất' }) });
  await form.locator('#finding-need').waitFor();
  for (const criterion of await form.locator('select[id^="finding-"]').all()) await criterion.selectOption('positive');
  await form.locator('#months').fill('9');
  await form.locator('#report-amount').fill('3');
  await form.locator('#data-location').selectOption('in-country');
  await form.locator('#area-vi-0').fill('Hành lang bay 1');
  await form.locator('#area-en-0').fill('Flight corridor 1');
  await form.locator('#area-corners-0').fill('10.84, 106.79\n10.84, 106.81\n10.86, 106.81\n10.86, 106.79');
  await form.getByRole('button', { name: 'Ghi đánh giá và đề xuất' }).click();
  await page.getByRole('heading', { name: 'Điều kiện được đề xuất' }).or(form.getByRole('alert')).first().waitFor();
  expect(await form.getByRole('alert').filter({ hasNotText: 'Đã ghi nhận' }).allTextContents()).toEqual([]);
  expect(await axe(page)).toEqual([]);
  await shown(page, 'evaluated');
  await openFromWorklist(page, 'step');
  await answer(page, 'done', (answered) => fillRequired(answered, 'Đủ điều kiện trình hội đồng.'));
  await leave(seen);
  await pass();
}, 120_000);

it('is voted on by the council that its secretary called: two for it, one against with a reason', async () => {
  const { at, as, pass, base } = town();
  const calling = await at(secretary, '/tasks');
  await openFromWorklist(calling.page, 'step');
  await calling.page.getByRole('button', { name: 'Nhận việc' }).click();
  await calling.page.getByRole('button', { name: 'Trả việc' }).first().waitFor();
  await calling.page.goto(`${base}/cases/${code}/council`);
  for (const expert of experts) await calling.page.getByRole('button', { name: `Mời ${nameOf(expert)}` }).click();
  const { now } = await as('operator.1').get<{ now: string }>('/rehearsal/clock');
  const meetsAt = new Date(Date.parse(now) + 25 * 3_600_000);
  const civil = new Date(meetsAt.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
  await calling.page.locator('#meetsAt').fill(civil);
  expect(await axe(calling.page)).toEqual([]);
  await calling.page.getByRole('button', { name: 'Triệu tập hội đồng' }).click();
  await calling.page.getByRole('group', { name: 'Ai có mặt' }).waitFor();
  await pass(new Date(meetsAt.getTime() + 60_000).toISOString());
  await calling.page.reload();
  for (const expert of experts) await calling.page.locator(`input[name=present][value="${expert}"]`).check();
  await calling.page.getByRole('button', { name: 'Khai mạc cuộc họp' }).click();
  await calling.page.locator('input[name=present]').first().waitFor({ state: 'detached' });
  await shown(calling.page, 'meeting');

  for (const [expert, vote] of [
    [experts[0], 'for'],
    [experts[1], 'for'],
    [experts[2], 'against'],
  ] as const) {
    const member = await at(expert, '/councils');
    await member.page.getByRole('link', { name: 'Mở hội đồng' }).first().click();
    await member.page.locator(`input[name=vote][value=${vote}]`).check();
    // The vote cannot be changed: without its reason it is refused, and nothing typed is lost.
    if (vote === 'against') await member.page.locator('#vote-reason').fill('Cần thêm bãi hạ cánh khẩn cấp.');
    await member.page.getByRole('button', { name: 'Bỏ phiếu' }).click();
    await member.page.getByText('Bạn đã bỏ phiếu:').waitFor();
    expect(await axe(member.page)).toEqual([]);
    await leave(member);
  }
  await pass();
  await openFromWorklist(calling.page, 'step');
  await answer(calling.page, 'done', (form) => fillRequired(form, 'Đã họp.'));
  await pass();
  await calling.page.goto(`${base}/cases/${code}/council`);
  await calling.page.getByRole('heading', { name: 'Biên bản' }).waitFor();
  await calling.page.getByText('Đề nghị cho phép.').waitFor();
  await calling.page.getByText('Cần thêm bãi hạ cánh khẩn cấp.').first().waitFor();
  expect(await axe(calling.page)).toEqual([]);
  await shown(calling.page, 'minutes');
  await leave(calling);
}, 240_000);

it('is decided by the City, and whoever filed sees what they may try and within which limits', async () => {
  const { at, pass, base } = town();
  const signer = await at('head.hcmc-committee', '/tasks');
  await openFromWorklist(signer.page, 'step');
  await answer(signer.page, 'approve', (form) => fillRequired(form, 'Theo biên bản của hội đồng.'));
  await leave(signer);
  await pass();
  const seen = await at('investor.drone', `/cases/${code}/trial`);
  await seen.page
    .getByRole('heading', { level: 1 })
    .getByText(/^(đã cho phép|đang thử nghiệm)$/)
    .waitFor();
  expect(await axe(seen.page)).toEqual([]);
  await shown(seen.page, 'admitted');
  await seen.page.goto(`${base}/cases/${code}`);
  await seen.page.getByText('H29-260706-0001-KQ').first().waitFor();
  await leave(seen);
}, 120_000);
