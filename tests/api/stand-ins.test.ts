import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { absenceBegins } from '../../db/people/delegations.js';
import { noticesDue } from '../../db/outbound/notices.js';
import { createPool } from '../../db/pool.js';
import { procedureScope } from '../../domain/case/scope.js';
import { callDue } from '../../db/register/agenda.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { handOverAbsence } from '../../worker/delegations.js';
import { lookAfterHolders } from '../../worker/holders.js';
import { at } from '../support/memory-register.js';
import { openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let lot = 0;
beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
});
afterAll(() => api.close());

const board = 'shtp-board';
const [one, two, head, leader] = [
  'officer.shtp-board.1',
  'officer.shtp-board.2',
  'head.shtp-board',
  'leader.hcmc-committee',
];

const look = async () => {
  const onError = (error: unknown) => expect(error).toBeUndefined();
  const deps = { pool: api.pool, door: api.deps.door, onError };
  const handlers = { [absenceBegins]: handOverAbsence(deps), [noticesDue]: () => Promise.resolve() };
  await workOffAgenda({ ...deps, handlers, except: [callDue] });
  await lookAfterHolders(deps);
};
const act = async (as: string, taskId: string, name: string, body?: object) => {
  const answer = await api.refused('POST', `/tasks/${taskId}/${name}`, { as, ...(body && { body }) });
  return answer.status < 300 ? 'done' : answer.body.code;
};
interface Task {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly dueDate: string | null;
  readonly claimedBy: { readonly id: string } | null;
}
const taskOf = async (id: string): Promise<Task> =>
  (await api.call<{ task: Task }>('GET', `/tasks/${id}`, { as: 'auditor.1' })).body.task;
const asksOf = async (code: string): Promise<Task[]> =>
  (await api.call<{ items: Task[] }>('GET', `/tasks?case=${code}&kind=signatory`, { as: leader })).body.items;

/** Assessed by the first officer; the decision waits for the head. */
async function deciding(by = one): Promise<{ code: string; decision: string }> {
  const { case: code } = await fileCase(api, 'besi', 'investor.besi', `Lô ký thay ${++lot}`);
  expect(await act(by, await openAssessment(api, code), 'completion', { outcome: 'done' })).toBe('done');
  const decision = await openTask(api, procedureScope(code, procedure, 1), {
    key: 'step/decision',
    kind: 'step',
    agency: board,
    role: 'head',
    step: 'decision',
  });
  return { code, decision };
}
const recuse = (code: string) =>
  api.call('POST', `/cases/${code}/interest-declarations`, { as: head, body: { reason: 'người nhà' } });
/** As the owner of the register, until people are kept by the application. */
const change = async (text: string) => {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await owner.query(text);
  await owner.end();
};

describe('where nobody of the agency may decide', () => {
  it('asks nobody while the head may', async () => {
    const { code } = await deciding();
    await look();
    expect(await asksOf(code)).toEqual([]);
  });

  it('leadership names who signs that one decision when the only head takes no part', async () => {
    const { code, decision } = await deciding();
    const other = await deciding();
    await recuse(code);
    await look();
    await look();
    const asked = await asksOf(code);
    expect(asked).toMatchObject([{ kind: 'signatory', status: 'open' }]);
    expect(asked[0]?.dueDate).not.toBeNull();
    const id = asked[0]?.id ?? '';
    const name = (signatory: string) =>
      act(leader, id, 'completion', { outcome: 'name', signatory, reason: 'thủ trưởng tự rút' });
    expect(await name('officer.dost.1')).toBe('UNKNOWN_VALUE');
    expect(await name('nobody')).toBe('UNKNOWN_VALUE');
    expect(await name(head)).toBe('ACTOR_RECUSED');
    // Whoever proposed never approves.
    expect(await name(one)).toBe('PROPOSER_CANNOT_APPROVE');
    expect(await act(head, id, 'completion', { outcome: 'name', signatory: two, reason: 'x' })).toBe('TASK_NOT_YOURS');
    expect(await name(two)).toBe('done');
    expect(await taskOf(decision)).toMatchObject({ status: 'claimed', claimedBy: { id: two } });
    expect(await act(two, other.decision, 'claim')).toBe('TASK_NOT_YOURS');
    await look();
    expect(await taskOf(decision)).toMatchObject({ claimedBy: { id: two } });
    expect(await act(two, decision, 'completion', { outcome: 'approve' })).toBe('done');
    const { rows } = await api.pool.query(
      `select canonical::json -> 'payload' ->> 'signatory' as signatory, actor ->> 'id' as by from case_event where case_code = $1 and type = 'signatoryNamed'`,
      [code],
    );
    expect(rows).toEqual([{ signatory: two, by: leader }]);
  });

  it('leadership is asked when the post is vacant, and no longer once somebody is there', async () => {
    const { code, decision } = await deciding();
    await act(head, decision, 'claim');
    await change(`update person set active = false where id = '${head}'`);
    try {
      await look();
      expect(await taskOf(decision)).toMatchObject({ status: 'open', claimedBy: null });
      expect(await asksOf(code)).toHaveLength(1);
    } finally {
      await change(`update person set active = true where id = '${head}'`);
    }
    await look();
    expect(await asksOf(code)).toEqual([]);
  });

  it('a decision that is taken otherwise ends the question', async () => {
    const { code, decision } = await deciding();
    await change(`update person set active = false where id = '${head}'`);
    await look();
    await change(`update person set active = true where id = '${head}'`);
    expect(await act(head, decision, 'completion', { outcome: 'approve' })).toBe('done');
    expect(await asksOf(code)).toEqual([]);
  });

  it('a head who is away is stood in for by whoever accepts; before that leadership is asked', async () => {
    const { code, decision } = await deciding();
    const asked = await api.call<{ id: string }>('POST', '/delegations', {
      as: head,
      body: { delegate: two, from: '2026-07-06', to: '2026-07-07', reason: 'công tác' },
    });
    await look();
    expect(await asksOf(code)).toHaveLength(1);
    expect(await act(two, decision, 'claim')).toBe('TASK_NOT_YOURS');
    await api.call('POST', `/delegations/${asked.body.id}/acceptance`, { as: two });
    await look();
    expect(await asksOf(code)).toEqual([]);
    expect(await act(two, decision, 'claim')).toBe('done');
    // What only the head may hold falls free with the last day.
    await stepClock(api.pool, at('2026-07-08 00:00'));
    await look();
    expect(await taskOf(decision)).toMatchObject({ status: 'open', claimedBy: null });
    expect(await act(head, decision, 'claim')).toBe('done');
  });
});

describe('colleagues', () => {
  interface Colleague {
    readonly id: string;
    readonly role: string;
    readonly absentUntil: string | null;
    readonly standIn: { readonly id: string } | null;
  }
  const of = (agency: string, as: string) =>
    api.refused('GET', `/agencies/${agency}/people`, { as }) as unknown as Promise<{
      status: number;
      body: { items: Colleague[]; code: string };
    }>;

  it('are listed within the agency, with who is away and who stands in; everywhere for leadership', async () => {
    const made = await api.call<{ id: string }>('POST', '/delegations', {
      as: head,
      body: { person: one, delegate: two, from: '2026-07-09', to: '2026-07-10', reason: 'ốm' },
    });
    expect(made.status).toBe(201);
    await stepClock(api.pool, at('2026-07-09 08:00'));
    const away = async () => (await of(board, two)).body.items.find(({ id }) => id === one);
    expect(await away()).toMatchObject({ role: 'officer', absentUntil: '2026-07-10', standIn: null });
    await api.call('POST', `/delegations/${made.body.id}/acceptance`, { as: two });
    expect(await away()).toMatchObject({ standIn: { id: two } });
    expect((await of(board, leader)).body.items[0]).toMatchObject({ id: head, role: 'head', absentUntil: null });
    expect((await of('dost', two)).body.code).toBe('FORBIDDEN');
    expect((await of('nowhere', leader)).body.code).toBe('NOT_FOUND');
  });

  it('note nobody else’s absence unless they are the head', async () => {
    const body = { person: one, delegate: head, from: '2026-08-09', to: '2026-08-10', reason: 'x' };
    const answer = await api.refused('POST', '/delegations', { as: two, body });
    expect(answer.body).toMatchObject({ code: 'UNKNOWN_VALUE', details: { field: 'person' } });
    const long = { ...body, to: '2030-08-10' };
    expect((await api.refused('POST', '/delegations', { as: head, body: long })).body.code).toBe('TERM_TOO_LONG');
  });
});
