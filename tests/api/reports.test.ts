import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findReport, openReport, planReports, reportOpens, reportRung } from '../../db/leadership/reports.js';
import { businessNow } from '../../db/register/business-clock.js';
import { verifyChains } from '../../db/register/chain.js';
import { chainAct, chainedActs, lockSubject } from '../../db/register/leadership-acts.js';
import type { ReportAct } from '../../domain/leadership/report.js';
import { agencyFigures, reportFigures } from '../../domain/leadership/report-figures.js';
import { climbReports, openReports } from '../../worker/reports.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { at } from '../db/support.js';
import { projected } from '../support/feed.js';
import { readingOf } from '../support/poppler.js';
import { type ReadCell, readSheets } from '../support/spreadsheet.js';
import { query } from '../support/sql.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Figure {
  readonly figure: string;
  readonly n: number;
  readonly value: string | null;
  readonly cases: string;
}
interface View {
  readonly status: string;
  readonly number: string | null;
  readonly contentHash: string | null;
  readonly city: readonly Figure[];
  readonly chapters: readonly {
    readonly agency: string;
    readonly state: string;
    readonly figures: readonly Figure[];
    readonly figuresHash: string;
    readonly draft: { readonly vi: string } | null;
    readonly text: string | null;
    readonly signedBy: { readonly name: string | null } | null;
  }[];
  readonly errata: readonly { readonly reason: string; readonly before: Figure; readonly now: Figure }[];
  readonly changed: readonly { readonly agency: string | null; readonly before: Figure; readonly now: Figure }[];
}

let api: TestApi;
let code = '';
const id = 'quarter-2-2026-06-30';
const leader = { as: 'leader.hcmc-committee' };
const head = { as: 'head.shtp-board' };
const gatherer = { as: 'head.dost' };

const clock = (local: string) => api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at(local)]);
const agenda = () =>
  workOffAgenda({
    pool: api.pool,
    handlers: {
      [reportOpens]: openReports({ pool: api.pool, law: api.deps.law }),
      [reportRung]: climbReports({ pool: api.pool, law: api.deps.law }),
    },
    only: [reportOpens, reportRung],
    onError: (error) => {
      throw error;
    },
  });
const view = async (who = leader) => (await api.call<View>('GET', `/reports/${id}`, who)).body;
const chapterOf = async (agency: string) =>
  (await view()).chapters.find((one) => one.agency === agency) ?? expect.unreachable(`no chapter of ${agency}`);
const post = (path: string, as: string, body: object, key?: string) =>
  api.refused('POST', `/reports/${id}/${path}`, { as, body, ...(key !== undefined && { key }) });
const owner = (sql: string) => query(api.database.migratorUrl, sql);
const told = async (kind: string) => {
  const { rows } = await api.pool.query<{ person: string }>(
    `select distinct person from notice where kind = $1 and ref like 'report/' || $2 || '/%' order by person`,
    [kind, id],
  );
  return rows.map(({ person }) => person);
};

beforeAll(async () => {
  api = await startApi();
  await clock('2026-06-01 09:00');
  ({ case: code } = await fileCase(api));
  await openAssessment(api, code);
  await projected(api.deps);
});
afterAll(() => api.close());

describe('a target of the year', () => {
  const set = (more: object = {}, as = leader.as, key?: string) =>
    api.refused('POST', '/targets', {
      as,
      body: { year: 2026, agency: 'shtp-board', figure: 'overdue', value: '0', basis: 'Kế hoạch năm 2026', ...more },
      ...(key !== undefined && { key }),
    });

  it('is set by leadership, once under its key, and read by the head who answers for it', async () => {
    expect((await set({}, head.as)).status).toBe(403);
    expect((await set({ agency: 'city-tax' })).body.code).toBe('AGENCY_NOT_COMMANDED');
    expect((await set({ figure: 'onTime', value: '95' })).body.code).toBe('VALIDATION_FAILED');
    expect((await set({ value: '1' }, leader.as, 'target')).status).toBe(200);
    expect((await set({ value: '1' }, leader.as, 'target')).status).toBe(200);
    expect((await set()).status).toBe(200);
    const { body } = await api.call<{ year: number; items: { heads: string[] }[] }>('GET', '/targets', head);
    expect(body).toMatchObject({
      year: 2026,
      items: [{ agency: 'shtp-board', figure: 'overdue', value: '0', side: 'at-most', met: true, changes: 1 }],
    });
    expect(body.items[0]?.heads.length).toBeGreaterThan(0);
    expect((await api.call<{ items: object[] }>('GET', '/targets?year=2027', leader)).body.items).toEqual([]);
  });
});

describe('a report of a quarter', () => {
  it('opens by itself once its period is over, with a chapter for each agency that has figures', async () => {
    const now = async () => planReports(api.pool, api.deps.law.current().law, await businessNow(api.pool));
    await now();
    await agenda();
    expect((await api.call('GET', '/reports', leader)).body).toEqual({ items: [] });
    await clock('2026-07-01 09:00');
    await agenda();
    await now();
    await agenda();
    const { body } = await api.call<{ items: object[] }>('GET', '/reports', head);
    expect(body.items).toMatchObject([{ id, status: 'open', due: '2026-07-15', mine: 'unsigned', verified: false }]);
    expect(await told('report-opened')).toEqual(expect.arrayContaining([head.as, gatherer.as]));
    const chapter = await chapterOf('shtp-board');
    expect(chapter).toMatchObject({ state: 'open', text: null });
    expect(chapter.figures.find(({ figure }) => figure === 'overdue')).toMatchObject({ n: 1, value: '1' });
    expect(chapter.draft?.vi).toContain('1 thủ tục quá hạn chưa xong');
    expect(chapter).toMatchObject({ targets: [{ figure: 'overdue', met: false }] });
    expect(chapter.draft?.vi).toContain('≤ 0: chưa đạt');
  });

  it('has behind every figure its cases', async () => {
    const report = await view();
    for (const { n, cases } of [...report.city, ...report.chapters.flatMap(({ figures }) => figures)]) {
      const { body } = await api.call<{ n: number; items: { case: string }[] }>(
        'GET',
        cases.replace('/api/v1', ''),
        leader,
      );
      expect([cases, body.n]).toEqual([cases, n]);
      expect(body.items.every((one) => one.case === code)).toBe(true);
    }
  });

  it('has cases of one agency behind the figures of chapters alone', async () => {
    for (const figure of Object.keys(reportFigures)) {
      const { status } = await api.refused('GET', `/reports/${id}/figures/${figure}/cases?agency=shtp-board`, leader);
      expect([figure, status]).toEqual([figure, agencyFigures.some((one) => one === figure) ? 200 : 422]);
    }
  });

  it('has the rungs of its ladder on the agenda, those too that had no instant when it opened', async () => {
    const rungs = async () =>
      (await owner(`select ref from agenda where kind = '${reportRung}' order by ref`)).map(({ ref }) => ref);
    const planned = await rungs();
    expect(planned.length).toBeGreaterThan(0);
    await owner(`delete from agenda where kind = '${reportRung}'`);
    for (const _ of [1, 2]) await planReports(api.pool, api.deps.law.current().law, await businessNow(api.pool));
    expect(await rungs()).toEqual(planned);
  });

  it('is signed chapter by chapter, by the head of that agency, over the figures they looked at', async () => {
    const { figuresHash, draft } = await chapterOf('shtp-board');
    const text = `${draft?.vi ?? ''}Bố trí thêm người.`;
    const sign = (as: string, more: object = {}, key?: string) =>
      post('chapters/shtp-board/signature', as, { text, figuresHash, ...more }, key);
    expect((await sign('head.dof')).body.code).toBe('FORBIDDEN');
    expect((await sign(leader.as)).status).toBe(403);
    expect((await sign(head.as, { figuresHash: '0'.repeat(64) })).body.code).toBe('STALE');
    expect((await sign(head.as, { text: '' })).status).toBe(422);
    expect((await sign(head.as, {}, 'sign-once')).status).toBe(200);
    expect((await sign(head.as, {}, 'sign-once')).status).toBe(200);
    const signed = await chapterOf('shtp-board');
    expect(signed).toMatchObject({ state: 'signed', text });
    expect(signed.signedBy?.name).not.toBeNull();
    const { rows } = await api.pool.query(`select 1 from leadership_act where subject = $1 and kind = 'signed'`, [
      `report/${id}`,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('is gathered after the date of the chapters, and says who did not sign; heads were reminded by the ladder', async () => {
    expect((await post('gathering', gatherer.as, { text: 'Mở đầu' })).body.code).toBe('PRECONDITION_FAILED');
    expect((await api.refused('GET', `/reports/${id}/paper`, leader)).body.code).toBe('PRECONDITION_FAILED');
    await clock('2026-07-13 09:00');
    await agenda();
    expect(await told('report-due')).not.toContain(head.as);
    expect((await told('report-due')).length).toBeGreaterThan(0);
    expect((await post('gathering', 'head.dof', { text: 'Mở đầu' })).body.code).toBe('FORBIDDEN');
    expect((await post('gathering', gatherer.as, { text: 'Mở đầu' })).status).toBe(200);
    expect(await told('report-to-approve')).toContain(leader.as);
    const states = new Set((await view()).chapters.map(({ state }) => state));
    expect(states).toEqual(new Set(['signed', 'missing']));
    const { figuresHash } = await chapterOf('shtp-board');
    const late = await post('chapters/shtp-board/signature', head.as, { text: 'x', figuresHash });
    expect(late.body.code).toBe('PRECONDITION_FAILED');
  });

  it('is approved by leadership as it was looked at, takes a number, and is there for everybody', async () => {
    const open = () => api.call<{ items: object[] }>('GET', '/public/reports');
    expect((await open()).body.items).toEqual([]);
    expect((await api.refused('GET', `/public/reports/${id}/content`)).status).toBe(404);
    const { contentHash } = await view();
    expect((await post('approval', leader.as, { contentHash: '0'.repeat(64) })).body.code).toBe('STALE');
    expect((await post('approval', gatherer.as, { contentHash })).status).toBe(403);
    expect((await post('approval', leader.as, { contentHash }, 'approve')).status).toBe(200);
    expect((await post('approval', leader.as, { contentHash }, 'approve')).status).toBe(200);
    expect((await post('approval', leader.as, { contentHash })).body.code).toBe('PRECONDITION_FAILED');
    const { number } = await view();
    expect(number).toMatch(/^01\/BC-/);
    expect((await open()).body.items).toMatchObject([{ id, number, contentHash, errata: 0 }]);
    const content = await fetch(`${api.url}/api/v1/public/reports/${id}/content`);
    expect(
      createHash('sha256')
        .update(await content.text())
        .digest('hex'),
    ).toBe(contentHash);
    const paper = await fetch(`${api.url}/api/v1/public/reports/${id}/paper`);
    const pages = await readingOf(new Uint8Array(await paper.arrayBuffer()));
    const text = pages.join(' ').normalize('NFC').replaceAll(/\s+/g, ' ');
    expect(text).toContain(number);
    expect(text).toContain('BÁO CÁO QUÝ II');
    expect(text).toContain('Bố trí thêm người.');
    expect(text).toContain('Thủ tục đúng hạn theo cơ quan');
    expect(text).toContain('không ký trong hạn');
    expect(text).toContain('≤ 0 (chưa đạt)');
    expect(text).not.toMatch(/undefined|null|NaN|DỰ THẢO/);
  });

  it('is a spreadsheet of the same figures, each with its definition and the way to its cases', async () => {
    const sheetsOf = async (path: string, as?: string) => {
      const token = as === undefined ? undefined : await api.issuer.tokenOf(as);
      const answer = await fetch(`${api.url}/api/v1${path}`, {
        headers: { 'accept-language': 'en', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      });
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${id}.xlsx"`);
      return readSheets(Buffer.from(await answer.arrayBuffer()));
    };
    const { city, chapters, number } = await view();
    const [ofCity, ofAgencies, , targets, , meanings, about] = await sheetsOf(`/reports/${id}/sheet`, leader.as);
    const values = (rows: readonly (readonly ReadCell[])[] | undefined) =>
      (rows ?? [])
        .slice(1)
        .map((row) => row.slice(2, 4).flatMap((cell) => (typeof cell === 'object' ? [cell.number] : [])));
    const frozen = (figures: readonly Figure[]) => figures.map(({ value }) => (value === null ? [] : [Number(value)]));
    expect(values(ofCity?.rows)).toEqual(frozen(city));
    expect(values(ofAgencies?.rows)).toEqual(frozen(chapters.flatMap(({ figures }) => figures)));
    expect([...(ofAgencies?.links.values() ?? [])]).toContain(
      `https://luong-xanh.example/reports/${id}#shtp-board-overdue`,
    );
    expect(targets?.rows.length).toBeGreaterThan(1);
    expect(meanings?.rows.length).toBeGreaterThan(5);
    expect(about?.rows.flat().join(' ')).toContain(number);
    const [open] = await sheetsOf(`/public/reports/${id}/sheet`);
    expect(values(open?.rows)).toEqual(frozen(city));
    expect(open?.links.size).toBe(0);
  });

  it('names no account to everybody, not even where the name of whoever signed is erased', async () => {
    const open = async (what: string) =>
      new Uint8Array(await (await fetch(`${api.url}/api/v1/public/reports/${id}/${what}`)).arrayBuffer());
    const papers = async () => {
      const paper = (await readingOf(await open('paper'))).join(' ').normalize('NFC');
      return [new TextDecoder().decode(await open('content')), paper.replaceAll(/\s+/g, '')];
    };
    const accounts = (await owner('select id from person')).map((row) => String(row.id));
    const named = (texts: readonly string[]) =>
      accounts.filter((account) => texts.some((text) => text.includes(account)));
    expect(accounts).toContain(head.as);
    expect(named(await papers())).toEqual([]);
    await owner(`update person set erased_at = now() where id = '${head.as}'`);
    expect(named(await papers())).toEqual([]);
    await owner(`update person set erased_at = null where id = '${head.as}'`);
  });

  it('says what the register says otherwise later, and takes it as an erratum, never into its content', async () => {
    expect((await view()).changed).toEqual([]);
    expect((await post('errata', leader.as, { agency: null, figure: 'opened', reason: 'x' })).body.code).toBe(
      'PRECONDITION_FAILED',
    );
    await query(api.database.migratorUrl, `update case_fact set opened_on = '2026-03-02' where case_code = '${code}'`);
    const before = await view();
    expect(before.changed).toMatchObject([
      { agency: null, before: { figure: 'opened', value: '1' }, now: { value: '0' } },
    ]);
    const body = { agency: null, figure: 'opened', reason: 'Ngày nộp ghi nhầm quý.' };
    expect((await post('errata', 'head.dof', body)).body.code).toBe('FORBIDDEN');
    expect((await post('errata', leader.as, body)).status).toBe(200);
    const after = await view();
    expect(after.errata).toMatchObject([{ reason: body.reason, before: { value: '1' }, now: { value: '0' } }]);
    expect(after.changed).toEqual([]);
    expect(after.contentHash).toBe(before.contentHash);
    expect(after.city).toEqual(before.city);
  });

  it('lies in a chain: what its owner of the database changes is found and located', async () => {
    const broken = async () => (await verifyChains(api.pool)).broken.filter(({ reason }) => reason === 'act-differs');
    expect(await broken()).toEqual([]);
    await expect(api.pool.query(`update leadership_act set canonical = ''`)).rejects.toThrow(/permission denied/);
    const change = (from: string, to: string) =>
      owner(`update leadership_act set canonical = replace(canonical, '${from}', '${to}') where kind = 'signed'`);
    await change('Bố trí', 'Giảm bớt');
    expect(await broken()).toMatchObject([
      { seq: expect.any(Number) as number, detail: `report/${id}: the text is not what was hashed` },
    ]);
    await change('Giảm bớt', 'Bố trí');
    expect(await broken()).toEqual([]);
    await owner(`update leadership_act set person = 'head.dof' where kind = 'signed'`);
    expect(await broken()).toMatchObject([{ detail: `report/${id}: a column contradicts the text` }]);
    await owner(`update leadership_act set person = '${head.as}' where kind = 'signed'`);
    await owner(`delete from leadership_act where kind = 'signed'`);
    expect((await broken())[0]?.detail).toContain('is missing');
  });
});

describe('several at once, and the same again', () => {
  const open = (report: string) => openReport(api.pool, api.deps.law.current().law, report, at('2026-07-13 09:00'));
  const chapter = async (report: string) => {
    const { body } = await api.call<View>('GET', `/reports/${report}`, leader);
    return body.chapters.find(({ agency }) => agency === 'shtp-board') ?? expect.unreachable(`no chapter in ${report}`);
  };

  it('opens once the facts have everything of its period, whatever came after it', async () => {
    await owner(`update feed_cursor set epoch = 0, xid = '0', id = 0 where reader = 'projector'`);
    await expect(open('quarter-3-2026-09-30')).rejects.toThrow(/behind/);
    expect(await findReport(api.pool, 'quarter-3-2026-09-30')).toBeUndefined();
    await expect(open('half-year-2026-05-14')).resolves.toBeUndefined();
    await projected(api.deps);
    await open('quarter-3-2026-09-30');
    expect((await findReport(api.pool, 'quarter-3-2026-09-30'))?.agencies).toContain('shtp-board');
  });

  it('has a chapter once that is signed while the report is being gathered', async () => {
    const report = 'quarter-3-2026-09-30';
    const subject = `report/${report}`;
    const client = await api.pool.connect();
    try {
      await client.query('begin');
      await lockSubject(client, subject);
      const gathering = api.refused('POST', `/reports/${report}/gathering`, {
        as: gatherer.as,
        body: { text: 'Mở đầu' },
      });
      const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      await expect.poll(async () => (await owner(waits)).length, { interval: 20 }).toBe(1);
      const agencies = (await findReport(api.pool, report))?.agencies ?? [];
      let n = (await chainedActs(client, subject)).length;
      for (const agency of agencies) {
        const act: ReportAct = { kind: 'signed', agency, text: 'Kịp ký', figures: [], reasons: [] };
        await chainAct(client, subject, { n: (n += 1), at: at('2026-07-13 09:00'), by: head.as, act }, null);
      }
      await client.query('commit');
      expect((await gathering).status).toBe(200);
      const chapters = (await findReport(api.pool, report))?.chapters ?? [];
      expect(chapters.map(({ agency, text }) => [agency, text])).toEqual(agencies.map((one) => [one, 'Kịp ký']));
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('answers a signature that comes again as the first time, also where the figures moved since', async () => {
    const report = 'quarter-4-2026-12-31';
    await open(report);
    const body = { text: 'Đã xem', figuresHash: (await chapter(report)).figuresHash };
    const sign = (key: string) =>
      api.refused('POST', `/reports/${report}/chapters/shtp-board/signature`, { as: head.as, body, key });
    expect((await sign('sign-last')).status).toBe(200);
    await owner(`update procedure_fact set due_date = '2027-06-01', breached_on = null where agency = 'shtp-board'`);
    expect((await sign('sign-last')).status).toBe(200);
    expect((await sign('sign-anew')).body.code).toBe('STALE');
    expect(await chapter(report)).toMatchObject({ state: 'signed', figuresHash: body.figuresHash });
  });
});
