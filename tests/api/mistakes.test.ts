import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoor } from '../../db/register/door.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { createLaw } from '../../domain/law/law.js';
import { extendable } from '../support/extendable-law.js';
import { openAssessment, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi((usual) => {
    const catalogue = extendable(usual.law.current().catalogue, procedure);
    const law = fixedLaw(createLaw(catalogue), catalogue);
    return { law, door: createDoor({ pool: usual.pool, law }) };
  });
});
afterAll(() => api.close());

const officer = { as: 'officer.shtp-board.1' };
const head = { as: 'head.shtp-board' };
const reason = 'Gửi nhầm hồ sơ';

async function assessing(): Promise<{ code: string; taskId: string }> {
  const { case: code } = await fileCase(api);
  const taskId = await openAssessment(api, code);
  await api.call('POST', `/tasks/${taskId}/claim`, officer);
  return { code, taskId };
}

interface Shown {
  procedures: {
    attempt: number;
    stage: string;
    outcome: string | null;
    countedFrom: string | null;
    printedDueDate: string | null;
    supplements: { status: string; decision: string | null; reviewOn: string | null }[];
  }[];
  asked: { kind: string; requestId?: string }[];
}
const shown = async (code: string) => (await api.call<Shown>('GET', `/cases/${code}`, { as: 'investor.besi' })).body;
const told = async (code: string) =>
  (
    await api.call<{ items: { type: string; payload: Record<string, unknown> }[] }>('GET', `/cases/${code}/timeline`, {
      as: 'investor.besi',
    })
  ).body.items;

describe('an agency takes back what it did by mistake, and the investor sees it', () => {
  it('a request for a supplement', async () => {
    const { code, taskId } = await assessing();
    const body = { ground: 'supplement', items: ['báo cáo tài chính'], reason };
    expect((await api.call('POST', `/tasks/${taskId}/supplement-request`, { ...officer, body })).status).toBe(200);
    expect((await shown(code)).asked.some(({ requestId }) => requestId === 'S1')).toBe(true);
    const path = `/cases/${code}/procedures/${procedure}/supplements/S1/withdrawal`;
    expect((await api.refused('POST', path, { as: 'officer.dost.1', body: { reason } })).body.code).toBe('FORBIDDEN');
    expect((await api.call('POST', path, { ...officer, body: { reason } })).status).toBe(200);
    const after = await shown(code);
    expect(after.asked.some(({ requestId }) => requestId === 'S1')).toBe(false);
    expect(after.procedures[0]?.supplements).toMatchObject([{ status: 'withdrawn' }]);
    expect((await told(code)).map(({ type }) => type)).toContain('supplementWithdrawn');
    // The one notice of the law is still there.
    expect((await api.call('POST', `/tasks/${taskId}/supplement-request`, { ...officer, body })).status).toBe(200);
    expect((await api.refused('POST', path, { ...officer, body: { reason } })).body.code).toBe('PRECONDITION_FAILED');
  });

  it('an extension', async () => {
    const { code } = await assessing();
    const path = `/cases/${code}/procedures/${procedure}/extension`;
    expect((await api.refused('POST', path, { ...head, body: { days: 11, reason } })).body.code).toBe(
      'EXTENSION_LIMIT',
    );
    expect((await api.call('POST', path, { ...head, body: { days: 10, reason } })).status).toBe(200);
    expect((await api.call('POST', `${path}/withdrawal`, { ...head, body: { reason } })).status).toBe(200);
    expect((await api.refused('POST', `${path}/withdrawal`, { ...head, body: { reason } })).body.code).toBe(
      'PRECONDITION_FAILED',
    );
    const [last] = (await told(code)).filter(({ type }) => type === 'extensionWithdrawn');
    expect(last?.payload).toMatchObject({ days: 10, dueDate: (await shown(code)).procedures[0]?.printedDueDate });
  });

  it('a reception: the dossier is examined anew as of the day it came', async () => {
    const { code } = await assessing();
    const before = (await shown(code)).procedures[0];
    const path = `/cases/${code}/procedures/${procedure}/receipt/withdrawal`;
    const to = 'enterprise-registration';
    expect((await api.refused('POST', path, { ...officer, body: { reason, to } })).body.code).toBe(
      'PRECONDITION_FAILED',
    );
    const answer = await api.call('POST', path, { as: 'receiving-officer.hcmc-pasc.1', body: { reason } });
    expect(answer.status).toBe(200);
    const [first, second] = (await shown(code)).procedures;
    expect(first).toMatchObject({ attempt: 1, outcome: 'receipt-withdrawn' });
    expect(second).toMatchObject({ attempt: 2, stage: 'intake', outcome: null });
    expect(before?.countedFrom).not.toBeNull();
  });
});

describe('the handling of a violation', () => {
  it('takes the number of its decision, and is ended by whoever handles it', async () => {
    const { code, taskId } = await assessing();
    const ask = (more: object) =>
      api.refused('POST', `/tasks/${taskId}/supplement-request`, {
        ...officer,
        body: { ground: 'violation-handling', items: ['xử phạt'], reason, ...more },
      });
    expect((await ask({})).body.code).toBe('VALIDATION_FAILED');
    expect((await ask({ decision: '45/QĐ-XPHC' })).status).toBe(200);
    const open = await shown(code);
    expect(open.procedures[0]?.supplements).toMatchObject([{ status: 'asked', decision: '45/QĐ-XPHC' }]);
    expect(open.asked.some(({ requestId }) => requestId === 'S1')).toBe(false);
    const at = (act: string) => `/cases/${code}/procedures/${procedure}/supplements/S1/${act}`;
    expect((await api.call('POST', at('review'), { ...officer, body: { reason } })).status).toBe(200);
    expect((await api.call('POST', at('end'), { ...officer, body: { reason } })).status).toBe(200);
    expect((await shown(code)).procedures[0]?.supplements).toMatchObject([{ status: 'handled', reviewOn: null }]);
  });
});
