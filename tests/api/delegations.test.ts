import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { absenceBegins } from '../../db/people/delegations.js';
import { noticesDue } from '../../db/outbound/notices.js';
import { procedureScope } from '../../domain/case/scope.js';
import { callDue } from '../../db/register/agenda.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { handOverAbsence } from '../../worker/delegations.js';
import { at } from '../support/memory-register.js';
import { openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
});
afterAll(() => api.close());

const [one, two, head] = ['officer.shtp-board.1', 'officer.shtp-board.2', 'head.shtp-board'];
const reason = 'nghỉ phép';

interface Made {
  readonly id: string;
  readonly code?: string;
}
/** Asked, and accepted by whoever stands in. */
const away = async (as: string, delegate: string, from: string, to: string) => {
  const asked = await api.call<Made>('POST', '/delegations', { as, body: { delegate, from, to, reason } });
  if (asked.status === 201) await api.call('POST', `/delegations/${asked.body.id}/acceptance`, { as: delegate });
  return asked;
};
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return status < 300 ? 'done' : body.code;
};
const act = (as: string, taskId: string, name: string, body?: object) =>
  codeOf(api.refused('POST', `/tasks/${taskId}/${name}`, { as, ...(body && { body }) }));
const tasksOf = async (as: string, query: string) =>
  (await api.call<{ items: { id: string }[] }>('GET', `/tasks?${query}`, { as })).body.items.map(({ id }) => id);
const dayBegins = async (day: string) => {
  await stepClock(api.pool, at(`${day} 00:00`));
  const handlers = {
    [absenceBegins]: handOverAbsence({ pool: api.pool, door: api.deps.door }),
    [noticesDue]: () => Promise.resolve(),
  };
  const onError = (error: unknown) => expect(error).toBeUndefined();
  await workOffAgenda({ pool: api.pool, handlers, onError, except: [callDue] });
};

/** The certificate assessed by this officer; its decision waits for the head. */
async function deciding(by: string): Promise<{ code: string; decision: string }> {
  const { case: code } = await fileCase(api);
  const taskId = await openAssessment(api, code);
  await act(by, taskId, 'claim');
  await act(by, taskId, 'completion', { outcome: 'done' });
  const decision = await openTask(api, procedureScope(code, procedure, 1), {
    key: 'step/decision',
    kind: 'step',
    agency: 'shtp-board',
    role: 'head',
    step: 'decision',
  });
  return { code, decision };
}

describe('delegations over HTTP', () => {
  it('refuse oneself, strangers, days gone by and terms upside down, each with its code', async () => {
    expect(await codeOf(away(one, one, '2026-09-01', '2026-09-02'))).toBe('DELEGATION_TO_SELF');
    expect(await codeOf(away(one, 'officer.dost.1', '2026-09-01', '2026-09-02'))).toBe('UNKNOWN_VALUE');
    expect(await codeOf(away(one, two, '2026-07-01', '2026-09-02'))).toBe('VALIDATION_FAILED');
    expect(await codeOf(away(one, two, '2026-09-02', '2026-09-01'))).toBe('VALIDATION_FAILED');
    expect(await codeOf(away(one, two, '2026-02-30', '2026-09-01'))).toBe('VALIDATION_FAILED');
    expect(await codeOf(away('investor.besi', two, '2026-09-01', '2026-09-02'))).toBe('FORBIDDEN');
    const { status, body } = await away(one, two, '2026-09-01', '2026-09-02');
    expect([status, body]).toMatchObject([201, { person: { id: one }, delegate: { id: two }, revokedAt: null }]);
    expect(await codeOf(away(one, two, '2026-09-02', '2026-09-03'))).toBe('PRECONDITION_FAILED');
    const revoke = (as: string) => codeOf(api.refused('POST', `/delegations/${body.id}/revocation`, { as }));
    expect(await revoke('officer.dost.1')).toBe('NOT_FOUND');
    expect(await revoke('head.city-tax')).toBe('NOT_FOUND');
    // Whoever stands in may end it, too.
    expect(await revoke(two)).toBe('done');
    expect(await revoke(head)).toBe('done');
    expect(await revoke(one)).toBe('done');
    const seen = async (as: string) =>
      (await api.call<{ items: Made[] }>('GET', '/delegations', { as })).body.items.map(({ id }) => id);
    for (const as of [one, two, head, 'auditor.1', 'admin.1']) expect(await seen(as), as).toContain(body.id);
    for (const as of ['officer.dost.1', 'head.city-tax']) expect(await seen(as), as).toEqual([]);
  });

  it('let an officer sign for the absent head and in their name, from the first day to the last', async () => {
    const { code, decision } = await deciding(one);
    const { decision: held } = await deciding(one);
    const { decision: later } = await deciding(one);
    await act(head, held, 'claim');
    expect(await act(two, decision, 'claim')).toBe('TASK_NOT_YOURS');
    await away(head, two, '2026-07-08', '2026-07-09');
    expect(await act(two, decision, 'claim')).toBe('TASK_NOT_YOURS');
    await dayBegins('2026-07-08');
    expect(await tasksOf(two, 'mine=true')).toEqual([held]);
    expect(await tasksOf(two, `case=${code}`)).toEqual([decision]);
    expect(await tasksOf(one, `case=${code}`)).toEqual([]);
    expect(await act(one, decision, 'claim')).toBe('TASK_NOT_YOURS');
    expect(await act(two, decision, 'claim')).toBe('done');
    expect(await act(two, decision, 'completion', { outcome: 'approve' })).toBe('done');
    const { rows } = await api.pool.query(
      `select actor from case_event where case_code = $1 and type = 'decisionMade'`,
      [code],
    );
    expect(rows).toMatchObject([{ actor: { id: two, role: 'head', onBehalfOf: head } }]);
    await stepClock(api.pool, at('2026-07-10 00:00'));
    expect(await tasksOf(two, 'mine=true')).toEqual([held]);
    expect(await act(two, held, 'completion', { outcome: 'approve' })).toBe('TASK_NOT_YOURS');
    expect(await act(two, later, 'claim')).toBe('TASK_NOT_YOURS');
    expect(await act(head, held, 'reassign', { to: head, reason: 'đã trở lại' })).toBe('done');
    expect(await act(head, held, 'completion', { outcome: 'approve' })).toBe('done');
  });

  it('do not let the delegate sign what they or the absent head proposed', async () => {
    const own = await deciding(two);
    const heads = await deciding(head);
    await away(head, two, '2026-07-13', '2026-07-13');
    await dayBegins('2026-07-13');
    for (const { decision } of [own, heads]) {
      expect(await act(two, decision, 'claim')).toBe('done');
      expect(await act(two, decision, 'completion', { outcome: 'approve' })).toBe('PROPOSER_CANNOT_APPROVE');
      expect(await act(two, decision, 'release')).toBe('done');
    }
  });

  it('give the delegate what is reassigned to the absent person', async () => {
    const { case: code } = await fileCase(api);
    const taskId = await openAssessment(api, code);
    await away(one, two, '2026-07-15', '2026-07-16');
    await dayBegins('2026-07-15');
    expect(await act(head, taskId, 'reassign', { to: one, reason })).toBe('done');
    const { body } = await api.call<{ task: { claimedBy: { id: string } } }>('GET', `/tasks/${taskId}`, { as: head });
    expect(body.task.claimedBy.id).toBe(two);
  });
});
