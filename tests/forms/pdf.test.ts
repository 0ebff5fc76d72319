import QRCode from 'qrcode';
import { beforeAll, describe, expect, it } from 'vitest';
import { formOf } from '../../forms/case-form.js';
import { type FormModel, linesOf } from '../../forms/model.js';
import { type Paper } from '../../forms/papers.js';
import { printable, renderForm } from '../../forms/pdf.js';
import { trackingBookOf } from '../../forms/tracking-book.js';
import { catalogue } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { infoOf, type Picture, pictureOf, poppler, readingOf, textOf } from '../support/poppler.js';
import { code, context, everyLetter, Story, bookOf } from './story.js';

const model = (story: Story, form: Paper['form'], n = 0): FormModel =>
  formOf(story.paper(form, n), story.named(), context);

const book = (n: number): FormModel =>
  trackingBookOf(
    bookOf(n, () => ({ applicant: everyLetter })),
    catalogue(),
    at('2026-08-01 08:00'),
  );

const full = () => new Story().assessing().supplemented('2026-07-14 09:00').decided();
const forms: Readonly<Record<string, () => FormModel>> = {
  '01': () => model(full(), '01'),
  '02 at the counter': () => model(full(), '02'),
  '02 during examination': () => model(full(), '02', 1),
  '03': () =>
    model(
      new Story().file('2026-07-06 09:05').intake(1, '2026-07-06 10:00', { outcome: 'refuse', reason: everyLetter }),
      '03',
    ),
  '04': () => model(new Story().assessing().apologyDrafted().apologySent(), '04'),
  '05': () => model(new Story().assessing().supplemented(null).stopped(), '05'),
  '06': () => model(full(), '06'),
  '07': () => book(3),
  decision: () => model(full(), 'decision'),
};

const letters = everyLetter.split(' ');
const plain = (text: string): string => text.replaceAll(/\s+/g, '');
/** Without which form it is and the number of the page: they stand between the lines of two pages. */
const withoutFoot = (page: string): string =>
  page.replace(/(Mẫu số|Form) 0\d.*?\d+\/\d+$|Kết quả giải quyết \d+\/\d+$|Result;.*$/, '');

beforeAll(poppler, 240_000);

describe.each(Object.entries(forms))('form %s as PDF', (form, make) => {
  it('gives back every Vietnamese letter with its marks, and all that the form says, in both languages', async () => {
    const drawn = make();
    const text = plain((await readingOf(await renderForm(drawn))).map(withoutFoot).join(''));
    expect(text.normalize('NFC')).toBe(text);
    // A table cuts words where its cells end: there the letters are looked for one by one.
    const said = form === '06' || form === '07' ? letters : drawn.letters.flatMap(saidBy);
    const foot = drawn.letters.map(({ mark }) => mark);
    for (const line of said.filter((one) => !foot.includes(one))) expect(text).toContain(plain(line));
    for (const letter of plain(everyLetter)) expect(text).toContain(letter);
  });

  it('says in the file that no official text was read, and not on the page', async () => {
    const bytes = await renderForm(make());
    const info = await infoOf(bytes);
    expect(info['Keywords']).toMatch(/^verified: false; unverified: /);
    expect(info['Author']).toBe(make().author);
    expect((await textOf(bytes)).join(' ')).not.toMatch(/unverified|chưa xác minh/i);
  });

  it('is the same to the last byte when printed again', async () => {
    expect((await renderForm(make())).equals(await renderForm(make()))).toBe(true);
  });
});

/** Upper case in the letterhead, broken by nothing but white space everywhere else. */
const saidBy = (letter: FormModel['letters'][number]): string[] =>
  linesOf(letter).map((line) => (line === letter.over || line === letter.agency ? line.toUpperCase() : line));

describe('the pages', () => {
  it('have the paper of the form, numbers by language, and the English after the Vietnamese', async () => {
    const receipt = await renderForm(forms['01']?.() as FormModel);
    const info = await infoOf(receipt);
    expect(info['Page size']).toMatch(/^419\.5\d x 595\.28/);
    const pages = await textOf(receipt);
    expect(pages).toHaveLength(Number(info['Pages']));
    expect(pages[0]).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    const english = pages.findIndex((page) => page.includes('SOCIALIST REPUBLIC OF VIET NAM'));
    expect(english).toBeGreaterThan(0);
    expect(pages[0]).toMatch(new RegExp(` 1/${english}$`));
    expect(pages[english]).toMatch(new RegExp(` 1/${pages.length - english}$`));
    expect(pages.slice(english).join(' ')).not.toContain('CỘNG HÒA');
  });

  it('go on where a text is longer than one of them, and lose no word', async () => {
    const reason = Array.from({ length: 900 }, (_, i) => `chữ${i}`).join(' ');
    const story = new Story().file('2026-07-06 09:05').intake(1, '2026-07-06 10:00', { outcome: 'refuse', reason });
    const bytes = await renderForm(model(story, '03'));
    const pages = await readingOf(bytes);
    expect(pages.length).toBeGreaterThanOrEqual(6);
    const words = new Set(pages.join(' ').split(' '));
    expect(reason.split(' ').filter((word) => !words.has(word))).toEqual([]);
  });

  it('of a book repeat the head of the table, and no row is lost', async () => {
    const pages = await textOf(await renderForm(book(60)));
    const vietnamese = pages.filter((page) => page.includes('Mẫu số 07'));
    expect(vietnamese.length).toBeGreaterThan(3);
    for (const page of vietnamese.filter((one) => one.includes('H29-'))) expect(page).toContain('Mã hồ sơ');
    const codes = vietnamese.join(' ').match(/H29-260706-\d{4}/g) ?? [];
    expect(new Set(codes).size).toBe(60);
    expect(codes).toHaveLength(60);
  });

  it('of a draft say so in words and across the page, those of a letter that was sent do not', async () => {
    const draft = model(new Story().assessing().apologyDrafted(), '04');
    const [vietnamese, english] = await readingOf(await renderForm(draft));
    expect(vietnamese).toContain('(Dự thảo)');
    expect(english).toContain('(Draft)');
    const sent = forms['04']?.() as FormModel;
    expect((await readingOf(await renderForm(sent))).join(' ')).not.toMatch(/Dự thảo|Draft/);
    expect((await renderForm({ ...sent, draft: true })).equals(await renderForm(sent))).toBe(false);
  });

  it('show decomposed letters as composed ones, and nothing that turns the order of others', () => {
    expect(printable('Việt\u202E Nam\u200B'.normalize('NFD'))).toBe('Việt Nam');
  });
});

describe('the code on the page', () => {
  it('is the QR code of the public status page, module by module', async () => {
    const drawn = forms['04']?.() as FormModel;
    const url = `https://luong-xanh.example/status?code=${code}`;
    expect(drawn.statusUrl).toBe(url);
    const { size, data } = QRCode.create(url, { errorCorrectionLevel: 'M' }).modules;
    const wanted = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, c) => data[row * size + c] === 1),
    );
    expect(matrixIn(await pictureOf(await renderForm(drawn), 1, 300), size)).toEqual(wanted);
  });
});

/** Reads a code of that many modules: its finder patterns are dark, light, dark, light, dark as 1:1:3:1:1. */
function matrixIn(picture: Picture, size: number): boolean[][] {
  const corner = finderOf(picture);
  if (!corner) throw new Error('no code on the page');
  const { x, y, module } = corner;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => picture.dark(x + (column + 0.5) * module, y + (row + 0.5) * module)),
  );
}

function finderOf(picture: Picture): { x: number; y: number; module: number } | undefined {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 1; x < picture.width; x++) {
      if (picture.dark(x - 1, y) || !picture.dark(x, y)) continue;
      const right = edge(picture, x, y, 1, 0);
      const bottom = edge(picture, x, y, 0, 1);
      const module = right / 7;
      if (module < 3 || Math.abs(right - bottom) > 2) continue;
      const inside = (column: number, row: number) =>
        picture.dark(x + (column + 0.5) * module, y + (row + 0.5) * module);
      const rings = [0, 1, 3, 5, 6].map((column) => inside(column, 3));
      if (rings.join() === 'true,false,true,false,true') return { x, y, module };
    }
  }
  return undefined;
}

/** How many dark pixels from here in that direction. */
function edge({ dark, width, height }: Picture, x: number, y: number, dx: number, dy: number): number {
  let n = 0;
  while (x + n * dx < width && y + n * dy < height && dark(x + n * dx, y + n * dy)) n++;
  return n;
}
