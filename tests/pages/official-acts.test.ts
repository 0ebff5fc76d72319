import { randomUUID } from 'node:crypto';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type z } from 'zod';
import { type OfficialActsView } from '../../api/schemas/official-acts.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { businessNow, startRehearsal } from '../../db/register/business-clock.js';
import { createDoor } from '../../db/register/door.js';
import { createLaw } from '../../domain/law/law.js';
import { consult, greenCase, openAssessment, openProcedure, procedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { openBrowser, type Visit, type VisitOptions } from '../support/chromium.js';
import { fineOnBoth } from '../support/seen-page.js';
import { extendable, generous } from '../support/extendable-law.js';
import { at } from '../support/memory-register.js';
import { visitAs } from '../support/signed-in.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  // The law that was read lets nobody have more time: here clauses do.
  const start = startSite((usual) => {
    const catalogue = generous(extendable(usual.law.current().catalogue));
    const law = fixedLaw(createLaw(catalogue), catalogue);
    return { law, door: createDoor({ pool: usual.pool, law }) };
  });
  [site, browser] = await Promise.all([start, openBrowser()]);
  await startRehearsal(site.api.pool, 'stepped', at('2026-07-06 09:00'));
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);
const acts = async (code: string, as: string) =>
  (await site.api.call<z.output<typeof OfficialActsView>>('GET', `/cases/${code}/acts`, { as })).body;
interface Shown {
  readonly lane: string;
  readonly laneHearings: { readonly predicates: string[]; readonly reason: string; readonly outcome: string | null }[];
  readonly factQuestions: { readonly reason: string; readonly facts: { readonly fact: string; proposed: unknown }[] }[];
  readonly procedures: { readonly supplements: { readonly deadline: string }[] }[];
}
const shown = async (code: string) =>
  (await site.api.call<Shown>('GET', `/cases/${code}`, { as: 'investor.besi' })).body;
/** The form of one act, opened by the keyboard. */
const opened = async (page: Page, title: string) => {
  const form = page.locator('details', { hasText: title });
  await form.locator('summary').press('Enter');
  return form;
};
/** Whether the browser would send a field of this form as it stands. */
const isSent = async (form: Locator, field: Locator): Promise<boolean> =>
  (await field.and(form.locator(':invalid')).count()) === 0;

it('has the investor heard about the lane, shows what follows, and offers it to whoever owns the lane alone', async () => {
  const code = await greenCase(site.api);
  await openProcedure(site.api, code);
  expect((await acts(code, 'officer.shtp-board.1')).laneHearing).toBeNull();
  const { page, faults } = await signedIn('officer.dof.2', `/cases/${code}`);
  const form = await opened(page, 'Lấy ý kiến nhà đầu tư trước khi thu hồi luồng xanh');
  await form.getByLabel('Điều nhà đầu tư cần giải trình').fill('Biên bản ghi nhớ chưa được ký');
  await form.getByRole('button', { name: 'Gửi cho nhà đầu tư' }).click();
  // No test was named: the browser says so, nothing was sent.
  expect((await shown(code)).laneHearings).toEqual([]);
  await form.getByLabel('Cần ưu tiên').check();
  await fineOnBoth(page, 'hearing');
  await form.getByRole('button', { name: 'Gửi cho nhà đầu tư' }).press('Enter');
  await page.getByRole('alert').getByText('Đã gửi: nhà đầu tư được giải trình').waitFor();
  const told = page.locator('section', { hasText: 'Lấy ý kiến về luồng xanh' });
  await told.getByText('Đang chờ giải trình và quyết định').waitFor();
  await told.getByText('Biên bản ghi nhớ chưa được ký').waitFor();
  await form.waitFor({ state: 'detached' });
  expect((await shown(code)).laneHearings).toMatchObject([
    { predicates: ['needs-priority'], reason: 'Biên bản ghi nhớ chưa được ký', outcome: null },
  ]);
  expect((await acts(code, 'officer.dof.1')).laneHearing).toBeNull();

  const answer = { as: 'investor.besi', body: { statement: 'Đã ký ngày 1/7' } };
  await site.api.call('POST', `/cases/${code}/lane-hearings/answer`, answer);
  const deciding = await signedIn('head.dof', '/tasks?kind=revocation');
  await deciding.page.getByRole('table').getByRole('link').first().click();
  await deciding.page.getByLabel('Thu hồi luồng xanh', { exact: false }).first().check();
  await deciding.page.getByRole('textbox', { name: /Lý do/ }).first().fill('Không có chứng cứ');
  await deciding.page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await deciding.page.getByText('Đã ghi: Thu hồi luồng xanh.').waitFor();
  await told.getByText('Đã thu hồi luồng xanh').waitFor();
  await told.getByText('Đã ký ngày 1/7').waitFor();
  expect((await shown(code)).lane).toBe('standard');
  for (const seen of [{ page, faults }, deciding]) {
    expect(seen.faults).toEqual([]);
    await seen.page.context().close();
  }
}, 180_000);

it('gives the investor more time on the page of the task, and the agency on that of the case: once, as far as the clause goes', async () => {
  const { case: code } = await fileCase(site.api);
  const task = await openAssessment(site.api, code);
  const officer = 'officer.shtp-board.1';
  const dueDate = async () =>
    (await site.api.call<{ clock: { dueDate: string } }>('GET', `/tasks/${task}`, { as: officer })).body.clock.dueDate;
  const before = await dueDate();
  const head = await signedIn('head.shtp-board', `/cases/${code}`);
  const extending = await opened(head.page, 'Gia hạn giải quyết');
  await extending.getByText('Nhiều nhất 10 ngày làm việc.').waitFor();
  const days = extending.getByLabel('Số ngày thêm');
  await days.fill('11');
  expect(await isSent(extending, days)).toBe(false);
  await days.fill('10');
  await extending.getByLabel('Lý do gia hạn').fill('Phải xin ý kiến chuyên gia');
  await fineOnBoth(head.page, 'extension');
  await extending.getByRole('button').press('Enter');
  await head.page.getByRole('alert').getByText('Đã gia hạn').waitFor();
  await extending.waitFor({ state: 'detached' });
  expect((await dueDate()) > before).toBe(true);
  expect((await acts(code, 'head.shtp-board')).extensions).toEqual([]);

  const asked = { as: officer, body: { ground: 'supplement', items: ['báo cáo tài chính'], reason: 'thiếu' } };
  await site.api.call('POST', `/tasks/${task}/claim`, { as: officer });
  await site.api.call('POST', `/tasks/${task}/supplement-request`, asked);
  expect((await acts(code, 'officer.dost.1')).moreTime).toEqual([]);
  const { deadline } = (await shown(code)).procedures[0]?.supplements[0] ?? { deadline: '' };
  const { page, faults } = await signedIn(officer, `/tasks/${task}`);
  const form = await opened(page, 'Cho nhà đầu tư thêm thời gian trả lời');
  await form.getByLabel('Số ngày thêm').fill('15');
  await form.getByLabel('Lý do gia hạn').fill('Nhà đầu tư cần dịch hồ sơ');
  await fineOnBoth(page, 'more-time');
  await form.getByRole('button', { name: 'Cho thêm thời gian' }).press('Enter');
  await page.getByRole('alert').getByText('Đã cho thêm thời gian').waitFor();
  await form.waitFor({ state: 'detached' });
  expect(((await shown(code)).procedures[0]?.supplements[0]?.deadline ?? '') > deadline).toBe(true);
  for (const seen of [{ page, faults }, head]) {
    expect(seen.faults).toEqual([]);
    await seen.page.context().close();
  }
}, 180_000);

it('has an opinion weighed that came late', async () => {
  const { case: code } = await fileCase(site.api);
  const consultation = await consult(site.api, code);
  const through = (command: Parameters<TestSite['api']['deps']['door']['handle']>[0]['command'], occurredAt: string) =>
    site.api.deps.door.handle({
      caseCode: code,
      command,
      actor: command.type === 'giveOpinion' ? { kind: 'agency-system', agency: 'dpa' } : { kind: 'clock' },
      occurredAt,
      operationId: `${code}/${command.type}`,
      bodyHash: '',
    });
  expect((await acts(code, 'officer.shtp-board.1')).lateAnswers).toEqual([]);
  await through({ type: 'settle' }, at('2026-07-14 00:00'));
  const said = { position: 'object', conditions: [], legalBasis: 'Luật Quy hoạch', messageId: randomUUID() } as const;
  await through({ type: 'giveOpinion', consultation, agency: 'dpa', ...said }, await businessNow(site.api.pool));
  const { page, faults } = await signedIn('officer.shtp-board.1', `/cases/${code}`, { language: 'en' });
  const form = await opened(page, 'Weigh the late opinion of');
  await form.getByText('Object').waitFor();
  await form.getByLabel('Why it is weighed').fill('Quy hoạch mới được duyệt');
  await form.getByRole('button', { name: 'Weigh this opinion' }).click();
  // Not before it is understood that it stays.
  const understood = form.getByLabel('I understand that this cannot be taken back.');
  expect(await isSent(form, understood)).toBe(false);
  await understood.check();
  await fineOnBoth(page, 'late-opinion');
  await form.getByRole('button', { name: 'Weigh this opinion' }).press('Enter');
  await page.getByRole('alert').getByText('The late opinion is weighed.').waitFor();
  await form.waitFor({ state: 'detached' });
  const agenda = `/cases/${code}/procedures/${procedure}/consultations`;
  expect((await site.api.call('GET', agenda, { as: 'officer.shtp-board.1' })).body).toMatchObject({
    items: [{ reopenings: [{ agency: 'dpa', reason: 'Quy hoạch mới được duyệt' }] }],
  });
  expect(faults).toEqual([]);
  await page.context().close();
}, 180_000);

it('has a fact put right, and whoever declares an interest leaves the case with what they held', async () => {
  const { case: code } = await fileCase(site.api);
  const task = await openAssessment(site.api, code);
  const officer = 'officer.shtp-board.1';
  await site.api.call('POST', `/tasks/${task}/claim`, { as: officer });
  const { page, faults } = await signedIn(officer, `/cases/${code}`);
  const form = await opened(page, 'Đề nghị ghi đúng một dữ kiện của dự án');
  await form.getByLabel('Dữ kiện', { exact: true }).selectOption('project.foreignExperts');
  await form.getByText(/hiện ghi: \d+/).waitFor();
  await form.locator('[name="project.foreignExperts"]').fill('77');
  await form.getByLabel('Vì sao, và giấy tờ nào cho thấy').fill('Sổ quản lý lao động của doanh nghiệp');
  await fineOnBoth(page, 'correction');
  await form.getByRole('button', { name: 'Gửi để xác nhận' }).press('Enter');
  await page.getByRole('alert').getByText('Đã gửi để cơ quan phụ trách luồng xác nhận.').waitFor();
  await page.getByText('Sổ quản lý lao động của doanh nghiệp').waitFor();
  expect((await shown(code)).factQuestions).toMatchObject([
    { reason: 'Sổ quản lý lao động của doanh nghiệp', facts: [{ fact: 'project.foreignExperts', proposed: 77 }] },
  ]);
  // Nobody is asked the same twice.
  const offered = (await acts(code, 'head.shtp-board')).facts.map(({ fact }) => fact);
  expect(offered).toContain('project.construction');
  expect(offered).not.toContain('project.foreignExperts');
  expect(faults).toEqual([]);

  await page.goto(`${site.base}/tasks/${task}`);
  const declaring = await opened(page, 'Khai xung đột lợi ích trong hồ sơ này');
  await declaring.getByLabel('Bạn có xung đột lợi ích gì').fill('Người nhà góp vốn');
  await declaring.getByLabel('Tôi hiểu là lời khai không rút lại được.').press('Space');
  await fineOnBoth(page, 'interest');
  await declaring.getByRole('button', { name: 'Khai và rời hồ sơ này' }).press('Enter');
  await page.getByRole('alert').getByText('bạn không tham gia hồ sơ này nữa').waitFor();
  await fineOnBoth(page, 'recused');
  expect((await site.api.refused('GET', `/cases/${code}`, { as: officer })).body.code).toBe('ACTOR_RECUSED');
  expect(await site.api.call('GET', `/tasks/${task}`, { as: 'head.shtp-board' })).toMatchObject({
    body: { task: { claimedBy: null } },
  });
  const declared = await site.api.call('GET', `/cases/${code}/interest-declarations`, { as: 'head.shtp-board' });
  expect(declared.body).toMatchObject({ items: [{ person: { id: officer }, reason: 'Người nhà góp vốn' }] });
  // What was being read of the case when it was declared may be refused a moment later.
  expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
  await page.context().close();
}, 180_000);
