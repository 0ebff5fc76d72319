import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessNow } from '../../db/register/business-clock.js';
import { instructionRung } from '../../db/leadership/instructions.js';
import { at } from '../db/support.js';
import { climbInstructions } from '../../worker/instructions.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly case: string | null;
    readonly task: string | null;
    readonly status: string;
    readonly overdue: boolean;
    readonly text: string | null;
    readonly answer: { readonly text: string | null; readonly by: { readonly name: string | null } } | null;
  }[];
  readonly open: number;
  readonly overdue: number;
}

let api: TestApi;
let code = '';
const leader = { as: 'leader.hcmc-committee' };
const head = { as: 'head.shtp-board' };
const words = 'Vì sao hồ sơ này đứng yên?';

const clock = (local: string) => api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at(local)]);
const list = async (as: string, query = '') => (await api.call<Listed>('GET', `/instructions${query}`, { as })).body;
const give = (body: object) => api.refused('POST', `/cases/${code}/instructions`, { ...leader, body });
const asked = { want: 'explain', agency: 'shtp-board', procedure: null, dueDate: '2026-07-10', text: words };

beforeAll(async () => {
  api = await startApi();
  await clock('2026-07-06 09:00');
  ({ case: code } = await fileCase(api));
  await openAssessment(api, code);
});
afterAll(() => api.close());

describe('an instruction on a case', () => {
  it('is read by leadership and by the head it was given to, and told to them', async () => {
    expect((await give(asked)).status).toBe(200);
    const found = await list(leader.as);
    expect(found).toMatchObject({
      open: 1,
      overdue: 0,
      items: [{ id: 'D1', case: code, status: 'open', text: words }],
    });
    expect((await list(head.as)).items).toHaveLength(1);
    expect((await list('head.city-tax')).items).toEqual([]);
    const task = found.items[0]?.task ?? '';
    const detail = await api.call('GET', `/tasks/${task}`, head);
    expect(detail.body).toMatchObject({ instruction: { id: 'D1', want: 'explain', text: words } });
    const { body } = await api.call('GET', `/cases/${code}/timeline`, { as: 'investor.besi' });
    expect(JSON.stringify(body)).not.toContain('instruction');
  });

  it('is answered through its task; the words are leadership’s to read', async () => {
    const [open] = (await list(leader.as)).items;
    const body = { outcome: 'answer', reason: 'Đang chờ ý kiến của Sở Xây dựng.' };
    expect((await api.call('POST', `/tasks/${open?.task ?? ''}/completion`, { ...head, body })).status).toBe(200);
    const [answered] = (await list('auditor.1')).items;
    expect(answered).toMatchObject({ status: 'answered', answer: { text: body.reason } });
    expect(answered?.answer?.by.name).not.toBeNull();
    expect((await list(leader.as, '?status=open')).items).toEqual([]);
  });

  it('has its date moved and is taken back by leadership alone', async () => {
    await give(asked);
    const at = (name: string, body: object, as = leader.as) =>
      api.refused('POST', `/cases/${code}/instructions/D2/${name}`, { as, body });
    expect((await at('date', { dueDate: '2026-07-13', reason: 'x' }, head.as)).status).toBe(403);
    expect((await at('date', { dueDate: '2026-07-13', reason: 'x' })).status).toBe(200);
    expect((await at('date', { dueDate: '2026-07-05', reason: 'x' })).body.code).toBe('VALIDATION_FAILED');
    expect((await at('withdrawal', { reason: 'x' })).status).toBe(200);
    expect((await at('withdrawal', { reason: 'x' })).body.code).toBe('TASK_CLOSED');
    expect((await list(leader.as, `?case=${code}`)).items.map(({ status }) => status).sort()).toEqual([
      'answered',
      'withdrawn',
    ]);
  });

  it('is refused to agencies that the City does not command, saying what to do', async () => {
    const { status, body } = await give({ ...asked, agency: 'city-tax' });
    expect([status, body.code]).toEqual([422, 'AGENCY_NOT_COMMANDED']);
    expect((await give({ ...asked, want: 'hurry' })).body.code).toBe('UNKNOWN_VALUE');
    expect((await give({ ...asked, text: '' })).body.code).toBe('VALIDATION_FAILED');
  });
});

describe('an instruction to an agency', () => {
  const body = { want: 'act', agency: 'shtp-board', dueDate: '2026-07-08', text: 'Bố trí thêm người ở khâu thẩm định' };
  const toAgency = (more: object = {}, key?: string) =>
    api.call<{ id: string; status: string }>('POST', '/instructions', {
      ...leader,
      body: { ...body, ...more },
      ...(key !== undefined && { key }),
    });

  it('is given once under its key, and answered by the head of that agency', async () => {
    const [first, again] = [await toAgency({}, 'one-instruction'), await toAgency({}, 'one-instruction')];
    expect(again.body.id).toBe(first.body.id);
    const answer = (as: string) =>
      api.refused('POST', `/instructions/${first.body.id}/answer`, { as, body: { text: 'Đã thêm hai người.' } });
    expect((await answer('head.city-tax')).body.code).toBe('NOT_FOUND');
    expect((await answer(leader.as)).status).toBe(403);
    expect((await answer(head.as)).status).toBe(200);
    expect((await answer(head.as)).body.code).toBe('TASK_CLOSED');
    const found = (await list(head.as)).items.find(({ id }) => id === first.body.id);
    expect(found).toMatchObject({ status: 'answered', case: null, answer: { text: 'Đã thêm hai người.' } });
    expect((await toAgency({ agency: 'city-tax' })).status).toBe(422);
    expect((await toAgency({ dueDate: '2026-07-05' })).status).toBe(422);
  });

  it('climbs its ladder by the agenda, each rung once, and tells leadership when nobody answers', async () => {
    const { body: given } = await toAgency();
    const kinds = async () => {
      const { rows } = await api.pool.query<{ person: string; kind: string }>(
        `select person, kind from notice where ref like 'instruction/' || $1 || '/%' order by kind, person`,
        [given.id],
      );
      return rows;
    };
    expect(await kinds()).toEqual([{ person: head.as, kind: 'task-opened' }]);
    await clock('2026-07-20 09:00');
    const climb = () =>
      workOffAgenda({
        pool: api.pool,
        handlers: { [instructionRung]: climbInstructions({ pool: api.pool, law: api.deps.law }) },
        only: [instructionRung],
        onError: (error) => {
          throw error;
        },
      });
    await climb();
    const told = await kinds();
    expect(told.filter(({ kind }) => kind === 'rung').map(({ person }) => person)).toContain(leader.as);
    const acts = () =>
      api.pool.query(
        `select act ->> 'rung' as rung from instruction_act where instruction = $1 and kind = 'rung' order by n`,
        [given.id],
      );
    const { rows } = await acts();
    expect(rows.map((row: { rung: string }) => row.rung)).toEqual(
      api.deps.law.current().law.settings.ladders.task.map((rung) => rung.code),
    );
    await climb();
    expect((await acts()).rows).toEqual(rows);
    expect((await list(leader.as)).overdue).toBe(1);
    expect(await businessNow(api.pool)).toBe(at('2026-07-20 09:00'));
  });
});
