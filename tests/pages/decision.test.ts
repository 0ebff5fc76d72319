import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { procedureScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import { consult, decisionTask, openAssessment, openProcedure, openTask, procedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, pdf } from '../api/support.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
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

const signedIn = (person: string, path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, person, path, options);

/** A decision that its head may take now. */
async function openDecision(): Promise<{ readonly code: string; readonly task: string }> {
  const { case: code } = await fileCase(site.api);
  const assessment = await openAssessment(site.api, code);
  const officer = { as: 'officer.shtp-board.1' };
  await site.api.call('POST', `/tasks/${assessment}/completion`, { ...officer, body: { outcome: 'done' } });
  return { code, task: await openTask(site.api, procedureScope(code, procedure, 1), decisionTask) };
}

it('lets the head say what is granted, from what was filed, with reasons from a template, and shows it to the investor', async () => {
  const { code, task } = await openDecision();
  const { page, faults } = await signedIn('head.shtp-board', `/tasks/${task}`);
  await page.getByLabel('Chấp thuận', { exact: false }).first().check();
  const objectives = page.getByRole('textbox', { name: 'Mục tiêu, quy mô dự án' });
  expect(await objectives.inputValue()).toBe(exampleProjects.besi.project.summary.vi);
  await page.getByRole('textbox', { name: /Ưu đãi, hỗ trợ/ }).fill('Miễn thuế 04 năm theo Luật Công nghệ cao');
  await page.getByLabel('Thêm căn cứ từ mẫu').selectOption('dossier-complete');
  await page.getByLabel(/Tài liệu kèm theo/).setInputFiles({
    name: 'biên bản thẩm định.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(pdf('biên bản')),
  });
  await page.getByRole('listitem').filter({ hasText: 'biên bản thẩm định.pdf' }).waitFor();
  const why = page.getByRole('textbox', { name: 'Căn cứ 1' });
  await why.fill(`${await why.inputValue()} Đã đối chiếu bản gốc.`);
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 900 });
  expect(await overflow(page)).toBe(0);
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText('Đã ghi:').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();

  const investor = await signedIn('investor.besi', `/cases/${code}`);
  const result = investor.page
    .getByRole('region')
    .or(investor.page.locator('section'))
    .filter({
      has: investor.page.getByRole('heading', { name: 'Kết quả đã quyết định' }),
    });
  await result.locator('summary').first().click();
  await result.getByText('Miễn thuế 04 năm theo Luật Công nghệ cao').first().waitFor();
  await result.getByText(/Đã đối chiếu bản gốc/).waitFor();
  expect(await axe(investor.page)).toEqual([]);
  expect(investor.faults).toEqual([]);
  // Signed by nobody yet in this test: what officials put beside their answers is not the investor's.
  expect(await investor.page.getByText('biên bản thẩm định.pdf').count()).toBe(0);
  await investor.page.context().close();
}, 120_000);

it('has what was edited and picked again after a reload, another outcome and on another computer', async () => {
  const { task } = await openDecision();
  const head = await signedIn('head.shtp-board', `/tasks/${task}`);
  const objectivesOf = ({ page }: Visit) => page.getByRole('textbox', { name: 'Mục tiêu, quy mô dự án' });
  const whyOf = ({ page }: Visit, n: number) => page.getByRole('textbox', { name: `Căn cứ ${n}` });
  const choose = (outcome: string) => head.page.locator(`input[name=outcome][value=${outcome}]`).check();
  const hasAll = async (visit: Visit): Promise<void> => {
    await expect.poll(() => objectivesOf(visit).inputValue()).toMatch(/^Ít hơn đã xin/);
    expect(await whyOf(visit, 1).inputValue()).toMatch(/Đã đối chiếu bản gốc\.$/);
    expect(await whyOf(visit, 2).count()).toBe(0);
  };
  await choose('approve');
  await objectivesOf(head).fill('Ít hơn đã xin');
  const template = head.page.getByLabel('Thêm căn cứ từ mẫu');
  for (const n of [1, 2]) {
    await template.selectOption('dossier-complete');
    await whyOf(head, n).waitFor();
  }
  await whyOf(head, 2).fill(`${await whyOf(head, 2).inputValue()} Đã đối chiếu bản gốc.`);
  await head.page.getByRole('button', { name: 'Bỏ căn cứ 1' }).click();
  await hasAll(head);
  await choose('refuse');
  await objectivesOf(head).waitFor({ state: 'hidden' });
  await choose('approve');
  await hasAll(head);
  await head.page.reload();
  await hasAll(head);
  await objectivesOf(head).fill('Ít hơn đã xin.');
  const draft = async () =>
    (await site.api.call<{ fields: object }>('GET', `/tasks/${task}/draft`, { as: 'head.shtp-board' })).body.fields;
  await expect.poll(async () => Object.values(await draft())).toContain('Ít hơn đã xin.');
  const home = await signedIn('head.shtp-board', `/tasks/${task}`);
  await hasAll(home);

  // A reason without its clause is asked for, not left out.
  await home.page.getByLabel('Căn cứ pháp lý').last().fill('');
  await home.page.getByRole('button', { name: 'Ghi kết quả' }).click();
  expect(await home.page.locator('input[name^="why-basis-"]:invalid').count()).toBe(1);
  expect([...head.faults, ...home.faults]).toEqual([]);
  for (const { page } of [head, home]) await page.context().close();
}, 120_000);

it('sends nothing while a file is on its way, and takes a file away again', async () => {
  const { task } = await openDecision();
  const { page, faults } = await signedIn('head.shtp-board', `/tasks/${task}`);
  await page.getByLabel('Chấp thuận', { exact: false }).first().check();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(`**/tasks/${task}/documents`, async (route) => {
    await held;
    await route.continue();
  });
  const choose = (name: string) =>
    page
      .getByLabel(/Tài liệu kèm theo/)
      .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdf(name)) });
  await choose('một.pdf');
  const send = page.locator('#answer button[type=submit]');
  await expect.poll(() => send.isDisabled()).toBe(true);
  letGo();
  await expect.poll(() => send.isDisabled()).toBe(false);
  await choose('hai.pdf');
  await page.getByRole('button', { name: 'Bỏ tệp một.pdf' }).click();
  await page.getByRole('button', { name: 'Bỏ tệp hai.pdf' }).waitFor();
  expect(await page.getByRole('button', { name: /^Bỏ tệp/ }).count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
}, 120_000);

it('lets an investor send nothing while a file is on its way', async () => {
  const { case: code } = await fileCase(site.api);
  await openProcedure(site.api, code);
  const { page, faults } = await signedIn('investor.besi', `/cases/${code}`);
  const inputs = page.locator('main form input[type=file]');
  const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdf(name)) });
  const send = page
    .locator('main form')
    .filter({ has: page.locator('input[type=file]') })
    .first()
    .locator('button[type=submit]');
  await inputs.nth(0).setInputFiles(file('một.pdf'));
  await expect.poll(() => send.isEnabled()).toBe(true);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/api/v1/documents', async (route) => {
    await held;
    await route.continue();
  });
  await inputs.nth(1).setInputFiles(file('hai.pdf'));
  await expect.poll(() => send.isDisabled()).toBe(true);
  letGo();
  await expect.poll(() => send.isEnabled()).toBe(true);
  // What is missing is meant.
  await page.getByLabel(/^Tôi vẫn nộp khi còn thiếu/).check();
  await send.click();
  await page.getByText('Đã ghi nhận.').first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
}, 120_000);

it('drops no condition that has a value and no subject: it says what is missing, and nothing typed is lost', async () => {
  const { case: code } = await fileCase(site.api);
  const task = await openTask(site.api, await consult(site.api, code), {
    key: 'opinion/dost',
    kind: 'opinion',
    agency: 'dost',
    role: 'officer',
    step: null,
  });
  const { page, faults } = await signedIn('officer.dost.1', `/tasks/${task}`);
  await page.locator('input[name=outcome][value=agree-with-conditions]').check();
  // However many fields there are, the way to send them is in view, whatever is scrolled.
  await page.setViewportSize({ width: 1440, height: 900 });
  const bottomOfSend = async () => {
    const box = await page.locator('#answer button[type=submit]').boundingBox();
    return (box?.y ?? Infinity) + (box?.height ?? 0);
  };
  expect(await bottomOfSend()).toBeLessThanOrEqual(900);
  await page.getByLabel('Giá trị').first().fill('35');
  expect(await bottomOfSend()).toBeLessThanOrEqual(900);
  await page.getByLabel('Điều kiện sử dụng công nghệ').selectOption('agree');
  await page.getByLabel('Tiêu chí công nghệ cao').selectOption('agree-with-conditions');
  for (const field of await page.locator('#answer [required]').all()) {
    if ((await field.getAttribute('type')) !== 'radio' && (await field.inputValue()) === '')
      await field.fill('Luật thử');
  }
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByRole('alert').filter({ hasText: 'Điều kiện 1 có giá trị nhưng chưa chọn nội dung' }).waitFor();
  expect(await page.evaluate<string>('document.activeElement?.id ?? ""')).toBe('subject-0');
  expect(await page.getByLabel('Giá trị').first().inputValue()).toBe('35');
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
}, 120_000);

it('answers what was asked one by one, with a reason from a template, and the lead reads it beside the others', async () => {
  const { case: code } = await fileCase(site.api);
  const about = { key: 'opinion/dost', kind: 'opinion', agency: 'dost', role: 'officer', step: null } as const;
  const task = await openTask(site.api, await consult(site.api, code), about);
  const { page, faults } = await signedIn('officer.dost.1', `/tasks/${task}`);
  await page.locator('input[name=outcome][value=agree]').check();
  const question = (name: string) => page.getByLabel(name);
  expect(await question('Tiêu chí công nghệ cao').inputValue()).toBe('agree');
  await page.locator('input[name=outcome][value=object]').check();
  await page.getByLabel('Lý do', { exact: true }).fill('Chưa đạt tiêu chí');
  await page.locator('#legalBasis').fill('Luật Công nghệ cao');
  await question('Điều kiện sử dụng công nghệ').selectOption('agree');
  await question('Tiêu chí công nghệ cao').selectOption('agree');
  await page.getByLabel('Thêm căn cứ từ mẫu').selectOption('does-not-comply');
  const why = page.getByRole('textbox', { name: 'Căn cứ 1' });
  await why.fill(`${await why.inputValue()}tỷ lệ chi cho nghiên cứu`);
  // The whole is graver than its parts: the page says so, and nothing typed is lost.
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText(/kết luận nghiêm nhất/).waitFor();
  await question('Tiêu chí công nghệ cao').selectOption('object');
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 900 });
  expect(await overflow(page)).toBe(0);
  await page.getByRole('button', { name: 'Ghi kết quả' }).click();
  await page.getByText('Đã ghi:').waitFor();
  // The browser tells of the answer that was refused, and of nothing else.
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await page.context().close();

  const lead = await signedIn('officer.shtp-board.1', `/cases/${code}/conference/${procedure}`);
  const row = lead.page.getByRole('row').filter({ hasText: 'tỷ lệ chi cho nghiên cứu' });
  await row.getByText(/Tiêu chí công nghệ cao/).waitFor();
  expect(await axe(lead.page)).toEqual([]);
  expect(await overflow(lead.page)).toBe(0);
  expect(lead.faults).toEqual([]);
  await lead.page.context().close();
}, 120_000);
