import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoor } from '../../db/register/door.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { createLaw } from '../../domain/law/law.js';
import { textsOf } from '../../db/register/texts.js';
import { generous } from '../support/extendable-law.js';
import { openAssessment, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi((usual) => {
    const catalogue = generous(usual.law.current().catalogue, procedure);
    const law = fixedLaw(createLaw(catalogue), catalogue);
    return { law, door: createDoor({ pool: usual.pool, law }) };
  });
});
afterAll(() => api.close());

const officer = { as: 'officer.shtp-board.1' };
const reason = 'Nhà đầu tư cần thêm thời gian dịch hồ sơ';

/** The board has asked BESI for more. */
async function asked(): Promise<string> {
  const { case: code } = await fileCase(api);
  const taskId = await openAssessment(api, code);
  await api.call('POST', `/tasks/${taskId}/claim`, officer);
  const body = { ground: 'supplement', items: ['financial-capacity'], reason };
  const answer = await api.call('POST', `/tasks/${taskId}/supplement-request`, { ...officer, body });
  expect(answer.status).toBe(200);
  return code;
}

const extend = (code: string, days: number, requestId = 'S1', as = officer.as) =>
  api.refused('POST', `/cases/${code}/procedures/${procedure}/supplements/${requestId}/extension`, {
    as,
    body: { days, reason },
  });

interface CaseAnswer {
  procedures: { supplements: { deadline: string; extensions: number; status: string }[] }[];
}
const supplementOf = async (code: string) =>
  (await api.call<CaseAnswer>('GET', `/cases/${code}`, { as: 'investor.besi' })).body.procedures[0]?.supplements[0];

describe('more time for the investor', () => {
  it('is given once, by whoever handles, within the law, and the investor sees the new deadline', async () => {
    const code = await asked();
    const before = await supplementOf(code);
    expect((await extend(code, 61)).body.code).toBe('EXTENSION_LIMIT');
    expect((await extend(code, 10, 'S2')).body.code).toBe('NOT_FOUND');
    expect((await extend(code, 10, 'S1', 'officer.dost.1')).body.code).toBe('CASE_NOT_YOURS');
    expect((await extend(code, 10)).status).toBe(200);
    const after = await supplementOf(code);
    expect(after).toMatchObject({ extensions: 1, status: 'asked' });
    expect((after?.deadline ?? '') > (before?.deadline ?? '')).toBe(true);
    expect((await extend(code, 10, 'S1', 'head.shtp-board')).body.code).toBe('EXTENSION_LIMIT');
  });

  it('keeps the words of the reason out of the evidence', async () => {
    const code = await asked();
    expect((await extend(code, 5)).status).toBe(200);
    const { rows } = await api.pool.query<{ canonical: string }>(
      `select canonical from case_event where case_code = $1 and type = 'supplementExtended'`,
      [code],
    );
    expect(rows[0]?.canonical).not.toContain('dịch hồ sơ');
    const { payload } = JSON.parse(rows[0]?.canonical ?? '{}') as { payload: { reason: { id: string } } };
    const { id } = payload.reason;
    expect(await textsOf(api.pool, code, [id])).toEqual(new Map([[id, reason]]));
  });
});

describe('the ledger of a case', () => {
  it('shows for each procedure the four terms, and the term of every step that was begun', async () => {
    const code = await asked();
    interface Ledger {
      procedures: {
        printed: string;
        terms: Record<string, { budget: { amount: number }; dueDate: string | null; dueIfReturned: string | null }>;
        steps: { step: string; state: string; budget: { amount: number } }[];
      }[];
    }
    const { status, body } = await api.call<Ledger>('GET', `/cases/${code}/ledger`, { as: 'investor.besi' });
    expect(status).toBe(200);
    const [one] = body.procedures;
    expect(one?.printed).toBe('statutory');
    const amounts = Object.entries(one?.terms ?? {}).map(([name, { budget }]) => [name, budget.amount]);
    expect(Object.fromEntries(amounts)).toEqual({ statutory: 10, promised: 7, ambition: 6, printed: 10 });
    expect(one?.terms['statutory']?.dueDate).toBeNull();
    expect((one?.terms['promised']?.dueIfReturned ?? '') < (one?.terms['statutory']?.dueIfReturned ?? '')).toBe(true);
    expect(one?.steps.map(({ step, state, budget }) => [step, state, budget.amount])).toEqual([
      ['opinions', 'stopped', 4],
      ['assessment', 'suspended', 4],
    ]);
  });
});
