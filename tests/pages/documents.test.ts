import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { intakeTask, openProcedure, openTask, procedure } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase, fileForm, pdf } from '../api/support.js';
import { axe, openBrowser, overflow, type Visit, type VisitOptions } from '../support/chromium.js';
import { visitAs } from '../support/signed-in.js';

const font = createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf');

/** A PDF with a page for each text. */
async function pages(texts: readonly string[], options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A4', autoFirstPage: false, ...options });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  document.font(font);
  for (const text of texts) document.addPage().fontSize(20).text(text);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** A red picture of four pixels. */
function png(): Uint8Array {
  const table = Array.from({ length: 256 }, (_one, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const crc = body.reduce((sum, byte) => (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc >>> 0);
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const row = [0, 255, 0, 0, 255, 0, 0];
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([...row, ...row]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

let site: TestSite;
let browser: Browser;
let task: string;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  const { api } = site;
  const as = 'investor.besi';
  const code = (await fileCase(api)).case;
  const scope = await openProcedure(api, code);
  const keep = async (bytes: Uint8Array, name: string, type?: string) => {
    const { status, body } = await api.call<{ id: string }>('POST', '/documents', {
      as,
      raw: fileForm(bytes, name, type),
    });
    expect(status).toBe(201);
    return body.id;
  };
  const filed = [
    ['request', await keep(await pages(['Văn bản đề nghị', 'Diện tích đất', 'Cam kết của nhà đầu tư']), 'đề nghị.pdf')],
    ['financial-capacity', await keep(await pages(['Bí mật'], { userPassword: '1234' }), 'tài chính.pdf')],
    ['project-proposal', await keep(pdf('hỏng'), 'đề xuất.pdf')],
    ['technology-explanation', await keep(png(), 'công nghệ.png', 'image/png')],
    [
      'other-documents',
      await keep(Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0, 0, 0]), 'quét.tif', 'image/tiff'),
    ],
  ] as const;
  const { status } = await api.call('POST', `/cases/${code}/procedures/${procedure}/dossier`, {
    as,
    body: { documents: filed.map(([document, documentId]) => ({ code: document, documentId })) },
  });
  expect(status).toBe(200);
  task = await openTask(api, scope, intakeTask);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const officer = 'receiving-officer.hcmc-pasc.1';
const signedIn = (path: string, options?: VisitOptions): Promise<Visit> =>
  visitAs(browser, site, officer, path, options);
const open = (page: Page, name: RegExp) => page.getByRole('button', { name }).click();
/** How many dots of the drawn page are not white. */
const inked = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('main canvas');
    const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return dots.filter((dot, at) => at % 4 === 0 && dot < 128).length;
  })()`);

it.each([
  { width: 1440, language: 'vi' },
  { width: 320, language: 'en', dark: true },
] as const)(
  'draws a PDF in the page of a task, with words to find, by keyboard: $width pixels, $language',
  async (options) => {
    const { page, faults } = await signedIn(`/tasks/${task}`, options);
    await open(page, /^Văn bản đề nghị|^Request to carry out/);
    const shown = page.getByRole('region', { name: /^(Trang 1\/3|Page 1 of 3)$/ });
    await shown.getByText('Văn bản đề nghị').waitFor();
    expect(await inked(page)).toBeGreaterThan(20);
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    await shown.focus();
    await page.keyboard.press('PageDown');
    await page.getByText('Diện tích đất').waitFor();
    await page.keyboard.press('End');
    await page.getByText('Cam kết của nhà đầu tư').waitFor();
    const width = () => page.evaluate<number>("document.querySelector('main canvas').getBoundingClientRect().width");
    const before = await width();
    await page.keyboard.press('+');
    await expect.poll(width).toBeGreaterThan(before * 1.2);
    expect(await overflow(page)).toBe(0);
    // What is typed without marks is found, and its page is shown.
    await page.getByRole('searchbox').fill('dien tich');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status')
      .getByText(/^(1 chỗ, ở trang 2|1 found, on page 2)/)
      .waitFor();
    await page.getByText('Diện tích đất').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('region', { name: /2/ }).last().focus();
    await page.keyboard.press('Escape');
    await page.locator('main canvas').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(
      /^(Văn bản đề nghị|Request to carry out)/,
    );
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

it('says why a file is not shown, and shows a picture', async () => {
  const { page, faults } = await signedIn(`/tasks/${task}`);
  await open(page, /^Tài liệu chứng minh năng lực tài chính/);
  await page.getByText('Tệp PDF được bảo vệ bằng mật khẩu').waitFor();
  await open(page, /^Đề xuất dự án đầu tư/);
  await page.getByText('Tệp bị hỏng, không đọc được').waitFor();
  await open(page, /^Nội dung giải trình về công nghệ/);
  const picture = page.getByRole('img', { name: /^Nội dung giải trình về công nghệ/ });
  await picture.waitFor();
  await expect.poll(() => page.evaluate('document.querySelector("main img").naturalWidth')).toBe(2);
  await open(page, /^Tài liệu khác liên quan/);
  await page.getByText('Trang này xem được tệp PDF, PNG và JPEG').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải tệp về' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('quét.tif');
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('shows the counter a document below the list that the law wants', async () => {
  const { page, faults } = await signedIn('/counter');
  await open(page, /^đề nghị\.pdf$/);
  await page.getByRole('region', { name: 'Trang 1/3' }).getByText('Văn bản đề nghị').waitFor();
  expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lets the worker that reads PDF run its decoders of scans, and no page', async () => {
  const { page, faults } = await signedIn(`/tasks/${task}`);
  const [worker] = await Promise.all([page.waitForResponse(/\/assets\/pdf\.worker\./), open(page, /^Văn bản đề nghị/)]);
  expect(worker.headers()['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  );
  const document = await page.request.get(page.url());
  expect(document.headers()['content-security-policy']).toContain("script-src 'self';");
  expect(faults).toEqual([]);
  await page.context().close();
});
