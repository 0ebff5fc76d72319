import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { engineDoes, openTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

const procedure = 'irc-special';
const as = 'investor.cmc';
const counter = { as: 'receiving-officer.hcmc-pasc.1' };

interface Duty {
  readonly id: string;
  readonly on: string;
  readonly agency: string | null;
  readonly dueDate: string | null;
  readonly status: string;
  readonly metAt: string | null;
}

let api: TestApi;
let code: string;
beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  code = (await fileCase(api, 'cmc')).case;
  await atCounter(code);
});
afterAll(() => api.close());

/** The special certificate of the case stands at the counter with its whole dossier. */
async function atCounter(caseCode: string): Promise<void> {
  await engineDoes(api, caseScope(caseCode), { type: 'openProcedure', procedure });
  const documentId = await upload(api, as);
  const documents = ['request-with-commitments', 'financial-capacity', 'project-proposal-special'].map((one) => ({
    code: one,
    documentId,
  }));
  await api.call('POST', `/cases/${caseCode}/procedures/${procedure}/dossier`, { as, body: { documents } });
}

async function receive(caseCode: string) {
  const task = { key: 'intake/1', kind: 'intake', agency: 'hcmc-pasc', role: 'receiving-officer', step: null } as const;
  const id = await openTask(api, procedureScope(caseCode, procedure, 1), task);
  await api.call('POST', `/tasks/${id}/claim`, counter);
  return api.call<{ code?: string }>('POST', `/tasks/${id}/completion`, { ...counter, body: { outcome: 'receive' } });
}

const duties = async (who = as) =>
  (await api.call<{ items: Duty[] }>('GET', `/cases/${code}/duties`, { as: who })).body.items;
const duty = async (id: string) => (await duties()).find((one) => one.id === id);
const fulfil = (who: string, id: string, evidence: object = { reference: 'BC-12/2026' }) =>
  api.call<{ code?: string; caseSeq?: number }>('POST', `/cases/${code}/duties/${encodeURIComponent(id)}/fulfilment`, {
    as: who,
    body: { evidence },
  });

describe('the duties of a case', () => {
  it('begin with the valid dossier and are shown with their dates, the earliest first', async () => {
    expect(await duties()).toEqual([]);
    expect((await receive(code)).status).toBe(200);
    const shown = await duties();
    expect(shown.map(({ id, dueDate, status }) => [id, dueDate, status])).toEqual([
      ['publish-first-valid-dossier', '2026-07-08', 'open'],
      ['first-valid-dossier-first', null, 'met'],
    ]);
    expect(shown[0]).toMatchObject({ on: 'agency', agency: 'shtp-board', procedure, verified: true });
    expect(await duties('officer.shtp-board.1')).toEqual(shown);
  });

  it('a second dossier for the same site is refused on reception, naming dossiers there and near, not their cases', async () => {
    const other = (await fileCase(api, 'cmc')).case;
    await atCounter(other);
    const { status, body } = await receive(other);
    expect([status, body.code]).toEqual([409, 'SITE_TAKEN']);
    expect(JSON.stringify(body)).toContain('2026-07-06');
    expect(JSON.stringify(body)).not.toContain(code);
    const { lot } = exampleProjects.cmc.project.site;
    const near = [{ dossierCode: expect.any(String) as string, procedure, receivedOn: '2026-07-06', lot, same: true }];
    expect(body).toMatchObject({ details: { nearSites: near } });
  });

  it('are met by whoever owes them, once; nobody else’s word counts', async () => {
    const planned = { evidence: { reference: 'KH-1' }, on: '2026-09-01' };
    const { status } = await api.call('POST', `/cases/${code}/gates/commencement-planned`, { as, body: planned });
    expect(status).toBe(200);
    expect(await duty('commencement-notice')).toMatchObject({ on: 'investor', agency: null, dueDate: '2026-08-02' });
    const { asked } = (await api.call<{ asked: object[] }>('GET', `/cases/${code}`, { as })).body;
    expect(asked).toContainEqual(
      expect.objectContaining({ kind: 'duty', duty: 'commencement-notice', dueDate: '2026-08-02', overdue: false }),
    );
    expect((await fulfil('officer.shtp-board.1', 'commencement-notice')).body.code).toBe('FORBIDDEN');
    expect((await fulfil('investor.besi', 'commencement-notice')).body.code).toBe('CASE_NOT_YOURS');
    expect((await fulfil(as, 'publish-first-valid-dossier')).body.code).toBe('FORBIDDEN');
    expect((await fulfil(as, 'commencement-notice', { documentId: randomUUID() })).status).toBe(422);
    expect((await fulfil(as, 'commencement-notice', { documentId: await upload(api, as) })).status).toBe(200);
    expect((await fulfil(as, 'commencement-notice')).body.code).toBe('DUTY_CLOSED');
    expect((await fulfil(as, 'no-such-duty')).body.code).toBe('NOT_FOUND');
    expect((await fulfil(as, 'Not A Duty')).status).toBe(422);
    expect(await duty('commencement-notice')).toMatchObject({ status: 'met' });
  });

  it('a day that cannot be is refused: a commencement planned for yesterday, a start tomorrow or before its permits', async () => {
    const say = async (gate: string, on?: string) =>
      (
        await api.call<{ code?: string }>('POST', `/cases/${code}/gates/${gate}`, {
          as,
          body: { evidence: { reference: 'KC-1' }, ...(on !== undefined && { on }) },
        })
      ).body.code;
    expect(await say('construction-started', '2026-07-07')).toBe('VALIDATION_FAILED');
    expect(await say('construction-started')).toBe('PRECONDITION_FAILED');
    expect(await say('operation-started', '2026-02-30')).toBe('VALIDATION_FAILED');
    expect(await say('no-such-gate')).toBe('VALIDATION_FAILED');
  });

  it('one that is met late is missed all the same', async () => {
    await stepClock(api.pool, at('2026-07-10 09:00'));
    expect((await fulfil('officer.shtp-board.1', 'publish-first-valid-dossier')).status).toBe(200);
    const { rows } = await api.pool.query<{ type: string; late: boolean | null; at: string }>(
      `select type, (canonical::json -> 'payload' ->> 'late')::bool as late, occurred_at as at from case_event
       where case_code = $1 and type in ('dutyMissed', 'dutyMet') and canonical like '%publish-first%' order by seq`,
      [code],
    );
    expect(rows).toEqual([
      { type: 'dutyMissed', late: null, at: at('2026-07-09 00:00') },
      { type: 'dutyMet', late: true, at: at('2026-07-10 09:00') },
    ]);
  });
});
