import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiBase } from '../../api/app.js';
import { mostRows, sheetOf, workbookFile } from '../../api/sheets/workbook.js';
import { text } from '../../api/sheets/words.js';
import { createPool } from '../../db/pool.js';
import { dayOfSerial, type ReadCell, readSheets, type ReadSheet } from '../support/spreadsheet.js';
import { projected } from '../support/feed.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

describe('a sheet', () => {
  interface Row {
    readonly name: string | null;
    readonly days: number;
    readonly capital: string;
    readonly share: number;
    readonly due: string;
    readonly at: string;
  }
  const row: Row = {
    name: 'Nhà máy <A> & "B" _x0041_\u0001 ỡ',
    days: -3,
    capital: '115000000000',
    share: 0.3125,
    due: '2026-02-28',
    at: '2026-07-06T18:30:00.000Z',
  };
  const sheet = (rows: readonly Row[]) =>
    sheetOf<Row>(
      text('Tên [dài]: hơn ba mươi mốt chữ thì phải cắt', 'Name'),
      [
        { name: text('Dự án', 'Project'), value: ({ name }) => name },
        { name: text('Ngày', 'Days'), kind: 'whole', value: ({ days }) => days },
        { name: text('Vốn', 'Capital'), kind: 'whole', value: ({ capital }) => capital },
        { name: text('Tỷ lệ', 'Share'), kind: 'share', value: (one) => one.share },
        { name: text('Hạn', 'Due'), kind: 'day', value: ({ due }) => due },
        { name: text('Lúc', 'At'), kind: 'moment', value: ({ at }) => at },
        {
          name: text('Mã', 'Code'),
          value: () => ({ text: 'LX', to: 'https://example.vn/cases/LX?a=1&b=2' }),
        },
      ],
      rows,
    );
  const asOf = '2026-07-07T03:00:00.000Z';
  const book = (rows: readonly Row[]) => ({
    title: text('Thử', 'Trial'),
    asOf,
    about: [[text('Luồng', 'Lane'), text('Luồng xanh', 'Green lane')] as const],
    sheets: [sheet(rows)],
  });

  it('keeps dates as dates and numbers as numbers, text as it was given, and links', async () => {
    const [first, about] = readSheets(await workbookFile(book([row]), 'vi'));
    expect(first?.name).toBe('Tên  dài   hơn ba mươi mốt chữ ');
    expect(first?.rows[0]).toEqual(['Dự án', 'Ngày', 'Vốn', 'Tỷ lệ', 'Hạn', 'Lúc', 'Mã']);
    const [name, days, capital, share, due, at, code] = first?.rows[1] ?? [];
    expect(name).toBe('Nhà máy <A> & "B" _x005F_x0041_ ỡ');
    expect([days, capital]).toEqual([
      { number: -3, format: '#,##0' },
      { number: 115_000_000_000, format: '#,##0' },
    ]);
    expect(share).toEqual({ number: 0.3125, format: '0.0%' });
    expect(dated(due)).toEqual(['2026-02-28T00:00:00.000Z', 'dd/mm/yyyy']);
    // In Viet Nam it is the next day already.
    expect(dated(at)).toEqual(['2026-07-07T01:30:00.000Z', 'dd/mm/yyyy hh:mm']);
    expect(code).toBe('LX');
    expect(first?.links.get('G2')).toBe('https://example.vn/cases/LX?a=1&b=2');
    expect(about?.rows).toEqual([
      ['Mục', 'Giá trị'],
      ['Nội dung', 'Thử'],
      ['Số liệu tính đến', '10:00 07/07/2026'],
      ['Luồng', 'Luồng xanh'],
    ]);
  });

  it('is written in the language of its reader, and makes the same bytes each time', async () => {
    const english = await workbookFile(book([row]), 'en');
    expect(readSheets(english).map(({ name }) => name)).toEqual(['Name', 'About']);
    expect((await workbookFile(book([row]), 'en')).equals(english)).toBe(true);
  });

  it('leaves out what is not known, and writes as text what a spreadsheet could not keep to the last digit', async () => {
    const odd = { ...row, name: null, capital: '12345678901234567890', due: '1900-01-31' };
    const [first] = readSheets(await workbookFile(book([odd]), 'vi'));
    const [name, , capital, , due] = first?.rows[1] ?? [];
    expect([name, capital, due]).toEqual(['', '12345678901234567890', '1900-01-31']);
  });

  it('lets others in between the rows of the longest list', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const bytes = await workbookFile(book(Array.from({ length: mostRows }, () => row)), 'vi');
    clearInterval(counting);
    expect(turns).toBeGreaterThan(2);
    expect(readSheets(bytes)[0]?.rows).toHaveLength(mostRows + 1);
  });
});

const dated = (cell: ReadCell | undefined): readonly [string, string] | undefined =>
  typeof cell === 'object' ? [dayOfSerial(cell.number), cell.format] : undefined;

describe('lists as sheets', () => {
  let api: TestApi;
  let code: string;
  let task: string;
  beforeAll(async () => {
    api = await startApi();
    code = (await fileCase(api)).case;
    task = await openAssessment(api, code);
    await fileCase(api);
    await projected(api.deps);
  });
  afterAll(() => api.close());

  const take = async (as: string, path: string, language = 'vi'): Promise<readonly ReadSheet[]> => {
    const response = await fetch(`${api.url}${apiBase}${path}`, {
      headers: { Authorization: `Bearer ${await api.issuer.tokenOf(as)}`, 'Accept-Language': language },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toContain('spreadsheetml.sheet');
    expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="[\w-]+\.xlsx"$/);
    return readSheets(Buffer.from(await response.arrayBuffer()));
  };
  const column = (sheet: ReadSheet | undefined, heading: string): readonly (ReadCell | undefined)[] => {
    const at = sheet?.rows[0]?.indexOf(heading) ?? -1;
    expect(at, heading).toBeGreaterThanOrEqual(0);
    return sheet?.rows.slice(1).map((cells) => cells[at]) ?? [];
  };

  it('gives the worklist in its order and by its filters, to whom it is shown', async () => {
    const listed = await api.call<{ items: { id: string; case: string; dueDate: string }[] }>(
      'GET',
      '/tasks?risk=on-track',
      { as: 'officer.shtp-board.1' },
    );
    const [sheet, about] = await take('officer.shtp-board.1', '/sheets/tasks?risk=on-track');
    expect(column(sheet, 'Mã hồ sơ')).toEqual(listed.body.items.map((one) => one.case));
    expect(column(sheet, 'Hạn').map((due) => dated(due)?.[0].slice(0, 10))).toEqual(
      listed.body.items.map(({ dueDate }) => dueDate),
    );
    expect(sheet?.links.get('C2')).toBe(`${api.deps.publicUrl}/tasks/${listed.body.items[0]?.id}`);
    expect(listed.body.items.map(({ id }) => id)).toContain(task);
    expect(about?.rows).toContainEqual(['Rủi ro', 'Đúng tiến độ']);
    const others = await take('officer.city-tax.1', '/sheets/tasks', 'en');
    expect(column(others[0], 'Case')).not.toContain(code);
    const { status, body } = await api.refused('GET', '/sheets/tasks?agency=dost', { as: 'officer.shtp-board.1' });
    expect([status, body.code]).toEqual([403, 'TASK_NOT_YOURS']);
  });

  it('gives an investor their own cases, and a leader those that fit', async () => {
    const own = await take('investor.besi', '/sheets/cases');
    expect(column(own[0], 'Mã hồ sơ')).toHaveLength(2);
    expect(column((await take('investor.cmc', '/sheets/cases'))[0], 'Mã hồ sơ')).toEqual([]);
    const [found, about] = await take('leader.hcmc-committee', `/sheets/cases?status=open&q=${code}`, 'en');
    expect(column(found, 'Case')).toEqual([code]);
    expect(column(found, 'State')).toEqual(['In progress']);
    expect(about?.rows).toContainEqual(['With the words', code]);
  });

  it('gives the figures of the board as the board has them, with their definitions', async () => {
    const { body } = await api.call<{ rows: { periods: { opened: number }[] }[]; figures: unknown[] }>(
      'GET',
      '/dashboard/cuts?by=lane',
      { as: 'leader.hcmc-committee' },
    );
    const [cuts, agencies, meanings] = await take('leader.hcmc-committee', '/sheets/figures?by=lane', 'en');
    expect(column(cuts, 'Cases opened').map((cell) => (typeof cell === 'object' ? cell.number : null))).toEqual(
      body.rows.map(({ periods }) => periods[0]?.opened),
    );
    expect(column(agencies, 'Agency').length).toBeGreaterThan(0);
    expect(meanings?.rows).toHaveLength(body.figures.length + 1);
    const [cases] = await take('leader.hcmc-committee', '/sheets/figures/opened/cases', 'en');
    expect(column(cases, 'Case')).toContain(code);
  });

  it('gives form 07 as a sheet of the same dossiers', async () => {
    const year = new Date().getUTCFullYear();
    const path = `/sheets/tracking-book/shtp-board?from=${year}-01-01&to=${year}-12-31`;
    const [book] = await take('officer.shtp-board.1', path);
    expect(book?.rows[0]).toHaveLength(10);
    expect(book?.rows.length).toBeGreaterThan(1);
    expect((await api.refused('GET', path, { as: 'officer.city-tax.1' })).body.code).toBe('FORBIDDEN');
  });

  it('refuses a list that is longer than a sheet, and says what to do', async () => {
    const { status, body } = await longList(api);
    expect([status, body.code]).toEqual([422, 'SHEET_TOO_LONG']);
    expect(body.title).toContain('lọc bớt');
  });
});

/** One task more than a sheet takes, copied from one that is there. */
async function longList(api: TestApi) {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  const { rows } = await owner.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_schema = 'public' and table_name = 'task' and is_generated = 'NEVER'`,
  );
  const names = rows.map(({ column_name }) => column_name);
  const values = names.map((name) => (name === 'id' ? `t.id || n` : `t.${name}`));
  await owner.query(
    `insert into task (${names.join(', ')}) select ${values.join(', ')}
     from (select * from task where status = 'open' limit 1) t, generate_series(1, ${mostRows + 1}) n`,
  );
  await owner.end();
  return api.refused('GET', '/sheets/tasks', { as: 'auditor.1' });
}
