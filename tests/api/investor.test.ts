import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaw } from '../../db/law/law.js';
import { createDoor } from '../../db/register/door.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { exampleProjects } from '../../seeds/index.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { engineDoes, openIntake, openProcedure, receive, intakeTask } from './engine-by-hand.js';
import { type Receipt, startApi, fileCase, type TestApi, upload } from './support.js';

interface CaseBody {
  readonly lane: string;
  readonly asked: readonly Record<string, unknown>[];
  readonly mayFile: readonly { procedure: string; documents: readonly { code: string }[]; open: boolean }[];
  readonly procedures: readonly {
    readonly procedure: string;
    readonly now: {
      readonly holders: readonly { code: string; name: { vi: string; en: string } }[];
      readonly daysLeft: number | null;
      readonly dueDate: string | null;
      readonly reception: { by: string; late: boolean } | null;
      readonly text: { vi: string; en: string };
    } | null;
  }[];
}

const permit = 'foreign-expert-work-permit';
let api: TestApi;
beforeAll(async () => {
  api = await startApi(({ pool, law: usual }) => {
    const { catalogue } = usual.current();
    const fees = { [permit]: { amountVnd: '600000', basis: 'a test', verified: false } };
    const law = fixedLaw(createLaw({ ...catalogue, settings: { ...catalogue.settings, fees } }), catalogue);
    return { law, door: createDoor({ pool, law }) };
  });
});
afterAll(() => api.close());

const as = 'investor.besi';
const act = (path: string, body: unknown) => api.refused('POST', path, { as, body });
const read = async (code: string) => (await api.call<CaseBody>('GET', `/cases/${code}`, { as })).body;

describe('a project in the standard lane', () => {
  it('is proposed again with a reason, and then waits for an officer', async () => {
    const project = { ...exampleProjects.besi.project, keyProjectListed: false };
    const { body } = await api.call<Receipt>('POST', '/cases', { as, body: { ...exampleProjects.besi, project } });
    expect(body.lane).toBe('standard');
    const path = `/cases/${body.case}/lane-proposals`;
    expect((await act(path, {})).body.code).toBe('VALIDATION_FAILED');
    expect((await act(path, { reason: 'đã vào danh mục' })).status).toBe(200);
    expect((await read(body.case)).lane).toBe('undecided');
    expect((await act(path, { reason: 'nữa' })).body.code).toBe('PRECONDITION_FAILED');
    const { predicates } = body as Receipt & {
      predicates: { id: string; verdict: string; proof: { code: string }[] }[];
    };
    expect(predicates.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'no']);
    expect(predicates[2]?.proof.map(({ code }) => code)).toContain('key-project-decision');
  });
});

describe('a later approval', () => {
  const roadmap = async (code: string) =>
    (
      await api.call<{ items: { procedure: string; deferred: unknown; mayDefer: boolean; holders: string[] }[] }>(
        'GET',
        `/cases/${code}/roadmap`,
        { as },
      )
    ).body.items;

  it('is put off, stays on the roadmap as such, and is taken up again', async () => {
    const { case: code } = await fileCase(api);
    const path = `/cases/${code}/deferrals`;
    const procedure = 'tax-registration';
    const deferrable = async () => (await roadmap(code)).filter(({ mayDefer }) => mayDefer).map((one) => one.procedure);
    expect(await deferrable()).toContain(procedure);
    expect(await deferrable()).not.toContain('irc-ordinary');
    expect((await act(path, { procedure: 'irc-ordinary', reason: 'x' })).body.code).toBe('PRECONDITION_FAILED');
    expect((await act(path, { procedure, until: '2020-01-01', reason: 'x' })).body.code).toBe('VALIDATION_FAILED');
    expect((await act(path, { procedure, until: '2099-01-31', reason: 'chưa cần' })).status).toBe(200);
    expect((await act(path, { procedure, reason: 'chưa cần' })).body.code).toBe('DUPLICATE_REQUEST');
    const item = (await roadmap(code)).find((one) => one.procedure === procedure);
    expect(item).toMatchObject({ deferred: { until: '2099-01-31' }, holders: [] });
    expect(await deferrable()).not.toContain(procedure);
    expect((await act(`${path}/${procedure}/end`, {})).status).toBe(200);
    expect((await roadmap(code)).find((one) => one.procedure === procedure)?.deferred).toBeNull();
    expect((await act(`${path}/${procedure}/end`, {})).body.code).toBe('PRECONDITION_FAILED');
  });
});

describe('a fee', () => {
  it('that is asked for is shown with its amount, paid by its reference, and asked for no more', async () => {
    const { case: code } = await fileCase(api);
    const path = `/cases/${code}/procedures/${permit}`;
    // Nobody must have it: it may be filed, and is asked of nobody.
    const before = await read(code);
    expect(before.asked).toEqual([]);
    expect(before.mayFile.find((one) => one.procedure === permit)).toMatchObject({
      open: false,
      documents: [{ code: 'demand-and-request' }, { code: 'health-certificate' }, { code: 'expert-proof' }],
    });
    expect((await act(`${path}/payment`, { reference: 'NH-0001' })).body.code).toBe('FEE_NOT_DUE');
    const { documents } = api.deps.law.current().law.procedureAt(permit, '2026-07-06' as never, {});
    const documentId = await upload(api, as);
    const filed = await act(`${path}/dossier`, { documents: [{ code: documents[0]?.code, documentId }] });
    expect(filed.status, JSON.stringify(filed.body)).toBe(200);
    const scope = procedureScope(code, permit, 1);
    expect((await read(code)).mayFile.map((one) => one.procedure)).not.toContain(permit);
    const { events } = await engineDoes(api, scope, { type: 'openTask', ...intakeTask });
    const opened = events.find(({ type }) => type === 'taskOpened');
    const taskId = opened?.type === 'taskOpened' ? opened.payload.taskId : '';
    const counter = 'receiving-officer.hcmc-pasc.1';
    await api.call('POST', `/tasks/${taskId}/claim`, { as: counter });
    await api.call('POST', `/tasks/${taskId}/completion`, { as: counter, body: { outcome: 'receive' } });
    const check = {
      type: 'completeStep',
      step: 'completeness-check',
      outcome: 'complete',
      by: 'system',
      reference: null,
    } as const;
    await engineDoes(api, scope, check);
    await engineDoes(api, scope, { type: 'requestPayment', step: 'fee' });
    const due = { kind: 'payment', procedure: permit, step: 'fee', amountVnd: '600000' };
    expect((await read(code)).asked).toContainEqual(expect.objectContaining(due));
    expect((await act(`${path}/payment`, { reference: '!' })).body.code).toBe('VALIDATION_FAILED');
    expect((await act(`${path}/payment`, { reference: 'NH-0001' })).status).toBe(200);
    expect((await act(`${path}/payment`, { reference: 'NH-0001' })).body.code).toBe('DUPLICATE_REQUEST');
    expect((await read(code)).asked).not.toContainEqual(expect.objectContaining({ kind: 'payment' }));
  });
});

describe('an open procedure', () => {
  const now = async (code: string) => (await read(code)).procedures[0]?.now;

  it('says in both languages who holds the file and how many days are left', async () => {
    const { case: waiting } = await fileCase(api);
    await openProcedure(api, waiting);
    expect(await now(waiting)).toEqual({
      holders: [{ code: 'investor', name: { vi: 'nhà đầu tư', en: 'the investor' } }],
      daysLeft: null,
      unit: null,
      dueDate: null,
      reception: null,
      text: {
        vi: 'Hồ sơ đang ở: nhà đầu tư. Thời hạn chưa bắt đầu tính.',
        en: 'The file is with: the investor. The term has not begun.',
      },
    });
    const { case: counter } = await fileCase(api);
    await openIntake(api, counter);
    const atCounter = await now(counter);
    expect(atCounter?.holders.map(({ code }) => code)).toEqual(['hcmc-pasc']);
    const { reception } = atCounter ?? {};
    expect(reception).toEqual({ by: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string, late: false });
    expect(atCounter?.text.vi).toContain(
      `Chờ tiếp nhận, chậm nhất ngày ${reception?.by.split('-').reverse().join('/')}`,
    );
    const { case: running } = await fileCase(api);
    await receive(api, running);
    const standing = await now(running);
    expect(standing).toMatchObject({
      daysLeft: 10,
      unit: 'working-day',
      text: { vi: expect.stringContaining('Còn 10 ngày làm việc') as string },
    });
    expect(standing?.text.en).toContain('10 working days left');
    expect(standing?.dueDate).not.toBeNull();
    await api.call('POST', `/cases/${running}/withdrawal`, { as, body: { reason: 'thôi' } });
    expect(await now(running)).toBeNull();
    expect(caseScope(running)).toContain(running);
  });
});
