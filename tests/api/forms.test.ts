import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessNow, startRehearsal } from '../../db/register/business-clock.js';
import { procedureScope } from '../../domain/case/scope.js';
import { dateOf } from '../../domain/time/instants.js';
import { projected } from '../support/feed.js';
import { at } from '../support/memory-register.js';
import { readingOf } from '../support/poppler.js';
import { engineDoes, openAssessment, openTask, procedure, decisionTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Paper {
  readonly id: string;
  readonly form: string;
  readonly number: string | null;
  readonly agency: string;
  readonly draft: boolean;
  readonly verified: boolean;
  readonly date: string;
  readonly title: { readonly vi: string; readonly en: string };
}

let api: TestApi;
let code = '';
const officer = { as: 'officer.shtp-board.1' };
const investor = { as: 'investor.besi' };
const supplement = {
  ground: 'supplement',
  items: ['Báo cáo tài chính có kiểm toán'],
  reason: 'Chưa chứng minh năng lực tài chính',
};

beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  code = (await fileCase(api)).case;
  const taskId = await openAssessment(api, code);
  await api.call('POST', `/tasks/${taskId}/claim`, officer);
  const asked = await api.call('POST', `/tasks/${taskId}/supplement-request`, { ...officer, body: supplement });
  if (asked.status !== 200) throw new Error(`the request was answered ${asked.status} ${JSON.stringify(asked.body)}`);
});
afterAll(() => api.close());

const list = async (as: string, headers = {}): Promise<readonly Paper[]> =>
  (await api.call<{ items: Paper[] }>('GET', `/cases/${code}/forms`, { as, headers })).body.items;

async function print(
  as: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; bytes: Buffer; type: string | null }> {
  const authorization = `Bearer ${await api.issuer.tokenOf(as)}`;
  const response = await fetch(`${api.url}/api/v1${path}`, { headers: { authorization, ...headers } });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, bytes, type: response.headers.get('content-type') };
}

describe('the papers of a case', () => {
  it('are listed with number, date and what is verified; internal ones only for those who work on it', async () => {
    const papers = await list(officer.as);
    expect(papers.map(({ form }) => form)).toEqual(['01', '06', '02']);
    expect(papers[0]).toMatchObject({
      number: '01/TNHS-TTPVHCC',
      agency: 'hcmc-pasc',
      date: '2026-07-06',
      draft: false,
      verified: false,
      title: { en: 'Receipt of dossier and appointment for result' },
    });
    expect(papers[1]).toMatchObject({ number: null });
    expect(papers[2]).toMatchObject({ number: '01/HDHS-BQL KCNC', agency: 'shtp-board' });
    expect((await list(investor.as)).map(({ form }) => form)).toEqual(['01', '02']);
    expect(await list(officer.as)).toEqual(papers);
  });

  it('are printed with the names of the register, the same bytes each time and whatever language is asked for', async () => {
    const [paper] = await list(investor.as);
    const path = `/cases/${code}/forms/${paper?.id}`;
    const first = await print(investor.as, path);
    expect(first).toMatchObject({ status: 200, type: 'application/pdf' });
    expect(first.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const again = await print(officer.as, path, { 'accept-language': 'en' });
    expect(again.bytes.equals(first.bytes)).toBe(true);
    const text = (await readingOf(first.bytes)).join(' ');
    expect(text).toContain('BE Semiconductor Industries N.V.');
    expect(text).toContain('Jan Voorbeeld');
    expect(text).toContain('Lê Diễn Tập');
    expect(text).toContain('Số: 01/TNHS-TTPVHCC');
    expect(text).toMatch(/Mã hồ sơ: H29-260706-0001/);
    expect(text).toContain(`status?code=${code}`);
  });

  it('are found by the dossier code too', async () => {
    await projected(api.deps);
    const { body } = await api.call<{ items: Paper[] }>('GET', '/cases/H29-260706-0001/forms', investor);
    expect(body.items.map(({ form }) => form)).toEqual(['01', '02']);
  });

  it('that are internal, or not there, are not found by the investor', async () => {
    const control = (await list(officer.as)).find(({ form }) => form === '06');
    expect((await print(investor.as, `/cases/${code}/forms/${control?.id}`)).status).toBe(404);
    expect((await print(officer.as, `/cases/${code}/forms/${control?.id}`)).status).toBe(200);
    expect((await print(investor.as, `/cases/${code}/forms/01-99999`)).status).toBe(404);
    expect((await api.refused('GET', `/cases/${code}/forms/07-1`, investor)).body.code).toBe('VALIDATION_FAILED');
  });

  it('say that the names were erased once they were', async () => {
    const [paper] = await list(investor.as);
    await api.pool.query('update filing set body = null where case_code = $1', [code]);
    const text = (await readingOf((await print(officer.as, `/cases/${code}/forms/${paper?.id}`)).bytes)).join(' ');
    expect(text).toContain('(đã xóa · erased)');
    expect(text).not.toContain('BE Semiconductor Industries');
  });

  it('have the decision under the number it was signed with', async () => {
    const { case: other } = await fileCase(api);
    const taskId = await openAssessment(api, other);
    await api.call('POST', `/tasks/${taskId}/claim`, officer);
    await api.call('POST', `/tasks/${taskId}/completion`, { ...officer, body: { outcome: 'done' } });
    const scope = procedureScope(other, procedure, 1);
    const id = await openTask(api, scope, decisionTask);
    const head = { as: 'head.shtp-board' };
    await api.call('POST', `/tasks/${id}/claim`, head);
    await api.call('POST', `/tasks/${id}/completion`, { ...head, body: { outcome: 'approve' } });
    const seal = { documentHash: 'cd'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
    await engineDoes(api, scope, { type: 'recordSignature', number: '7/2026/GCN', ...seal });
    const { body } = await api.call<{ items: Paper[] }>('GET', `/cases/${other}/forms`, investor);
    const paper = body.items.find(({ form }) => form === 'decision');
    expect(paper).toMatchObject({ number: '7/2026/GCN', title: { vi: 'Giấy chứng nhận đăng ký đầu tư' } });
    const text = (await readingOf((await print(investor.as, `/cases/${other}/forms/${paper?.id}`)).bytes)).join(' ');
    expect(text).toContain('GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ');
    expect(text).toContain(seal.documentHash);
    // A second case: the numbers of the same agency and form go on.
    expect(body.items.find(({ form }) => form === '01')?.number).toBe('02/TNHS-TTPVHCC');
  });
});

describe('the tracking book', () => {
  const book = (agency: string, from: string, to: string) => `/agencies/${agency}/tracking-book?from=${from}&to=${to}`;

  it('lists what the agency handles, and at the one-stop unit everything', async () => {
    await projected(api.deps);
    const today = dateOf(await businessNow(api.pool));
    for (const [as, agency] of [
      ['head.shtp-board', 'shtp-board'],
      ['receiving-officer.hcmc-pasc.1', 'hcmc-pasc'],
    ] as const) {
      const { status, bytes } = await print(as, book(agency, '2026-01-01', today));
      expect(status).toBe(200);
      const text = (await readingOf(bytes)).join(' ');
      expect(text).toContain('SỔ THEO DÕI HỒ SƠ');
      expect(text.replaceAll(' ', '')).toContain('H29-260706-0001');
      expect(text).toContain('Tổng số hồ sơ: 2');
    }
    const none = await print('head.city-tax', book('city-tax', '2026-01-01', today));
    expect((await readingOf(none.bytes)).join(' ')).toContain('Tổng số hồ sơ: 0');
    const tomorrow = await print('leader.hcmc-committee', book('shtp-board', '2026-07-07', '2026-12-31'));
    expect((await readingOf(tomorrow.bytes)).join(' ')).toContain('Tổng số hồ sơ: 0');
  });

  it.each([
    ['a period that ends before it begins', 'shtp-board', '2026-07-02', '2026-07-01', 'VALIDATION_FAILED'],
    ['more than one year', 'shtp-board', '2025-12-31', '2026-01-01', 'VALIDATION_FAILED'],
    ['no day', 'shtp-board', '2026-02-30', '2026-03-01', 'VALIDATION_FAILED'],
    ['an unknown agency', 'nobody-at-all', '2026-01-01', '2026-01-31', 'NOT_FOUND'],
  ])('refuses %s', async (_what, agency, from, to, refusal) => {
    const { body } = await api.refused('GET', book(agency, from, to), { as: 'leader.hcmc-committee' });
    expect(body.code).toBe(refusal);
  });

  it('is closed to officers of other agencies', async () => {
    const { body } = await api.refused('GET', book('shtp-board', '2026-01-01', '2026-01-31'), { as: 'officer.dost.1' });
    expect(body.code).toBe('FORBIDDEN');
  });
});

it('tells anybody how the forms are made and what of them no official text confirmed', async () => {
  const { status, body } = await api.call<{ items: { code: string; verified: boolean; unverified: string[] }[] }>(
    'GET',
    '/forms',
  );
  expect(status).toBe(200);
  const ours = [
    'council-minutes',
    'decision',
    'opinion',
    'result-correction',
    'result-revocation',
    'trial-certificate',
  ];
  expect(body.items.map((one) => one.code)).toEqual(['01', '02', '03', '04', '05', '06', '07', ...ours]);
  expect(body.items.every(({ verified, unverified }) => !verified && unverified.length > 0)).toBe(true);
});
