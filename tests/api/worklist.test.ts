import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoor } from '../../db/register/door.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { createPool } from '../../db/pool.js';
import { buildCatalogue } from '../../domain/law/catalogue.js';
import { createLaw } from '../../domain/law/law.js';
import { procedureScope } from '../../domain/case/scope.js';
import { catalogueData } from '../../seeds/index.js';
import { openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const [one, two, head] = ['officer.shtp-board.1', 'officer.shtp-board.2', 'head.shtp-board'];
const board = 'shtp-board';

interface Listed {
  readonly id: string;
  readonly risk: string;
  readonly claimedBy: { id: string } | null;
  readonly claimedSince: string | null;
  readonly remainingDays: number | null;
}
interface Worklist {
  readonly items: readonly Listed[];
  readonly counts: Record<string, number> | null;
  readonly next: string | null;
}

async function assessment(on = api): Promise<{ code: string; taskId: string }> {
  const { case: code } = await fileCase(on);
  return { code, taskId: await openAssessment(on, code) };
}
const act = (as: string, taskId: string, name: string, body?: object, on = api) =>
  on.refused('POST', `/tasks/${taskId}/${name}`, { as, ...(body && { body }) });
const list = async (as: string, query = '') =>
  (await api.call<Worklist>('GET', `/tasks${query === '' ? '' : `?${query}`}`, { as })).body;
const codeOf = async (asked: ReturnType<typeof act>) => {
  const { status, body } = await asked;
  return status === 200 ? 'done' : body.code;
};
const reason = 'phân công lại cho đúng chuyên môn';

it('lets one of fifty who claim at the same moment win, and tells the others so', async () => {
  const { taskId } = await assessment();
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await owner.query(
    `insert into person (id, name, role, agency, email, language)
     select 'crowd.' || n, 'Cán bộ ' || n, 'officer', 'shtp-board', n || '@luong-xanh.example', 'vi' from generate_series(1, 50) n`,
  );
  await owner.end();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => codeOf(act(`crowd.${n + 1}`, taskId, 'claim'))),
  );
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'CONFLICT')).toHaveLength(49);
  const { body } = await api.call<{ task: Listed }>('GET', `/tasks/${taskId}`, { as: one });
  expect(body.task.claimedBy?.id).toBe(`crowd.${answers.indexOf('done') + 1}`);
  expect(body.task.claimedSince).not.toBeNull();
});

describe('the worklist over HTTP', () => {
  it('shows risk, days left and holder, and the head how many tasks stand at each risk', async () => {
    const { code, taskId } = await assessment();
    const { items, counts } = await list(head, `case=${code}`);
    expect(items).toMatchObject([{ id: taskId, risk: 'on-track', claimedBy: null, remainingDays: 10 }]);
    expect(counts?.['on-track']).toBeGreaterThanOrEqual(1);
    expect((await list(one)).counts).toBeNull();
    expect((await list('leader.hcmc-committee', 'agency=shtp-board')).counts).toEqual((await list(head)).counts);
  });

  it('narrows by what is asked, and refuses what it does not know', async () => {
    const { code, taskId } = await assessment();
    const found = async (query: string) => (await list(one, `case=${code}&${query}`)).items.map(({ id }) => id);
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
    for (const query of ['unclaimed=true', 'risk=on-track', `procedure=${procedure}`, `q=${code}`, 'lane=undecided'])
      expect(await found(query), query).toEqual([taskId]);
    for (const query of ['overdue=true', 'risk=breached', 'procedure=land-lease', 'q=LX-0', `dueBefore=${day(-1)}`])
      expect(await found(query), query).toEqual([]);
    for (const query of ['risk=high', 'overdue=maybe', 'q=%25%25%25', 'dueBefore=2026-02-30', 'lane=fast']) {
      expect((await api.refused('GET', `/tasks?${query}`, { as: one })).status, query).toBe(422);
    }
  });
});

describe('reassigning over HTTP', () => {
  it('is the head’s, to active people of the agency whose role fits', async () => {
    const { taskId } = await assessment();
    const to = (who: string, as = head) => codeOf(act(as, taskId, 'reassign', { to: who, reason }));
    expect(await to(two, one)).toBe('FORBIDDEN');
    expect(await to(two, 'head.city-tax')).toBe('TASK_NOT_YOURS');
    expect(await to('officer.dost.1')).toBe('UNKNOWN_VALUE');
    expect(await to('nobody')).toBe('UNKNOWN_VALUE');
    expect(await codeOf(act(head, taskId, 'reassign', { to: two }))).toBe('VALIDATION_FAILED');
    expect(await codeOf(act(head, taskId, 'reassign', { to: two, reason: '  ' }))).toBe('VALIDATION_FAILED');
    expect(await to(two)).toBe('done');
    const { items } = await list(two, 'mine=true');
    expect(items.map(({ id }) => id)).toEqual([taskId]);
    expect(await codeOf(act(one, taskId, 'completion', { outcome: 'done' }))).toBe('CONFLICT');
    expect(await codeOf(act(two, taskId, 'completion', { outcome: 'done' }))).toBe('done');
    expect(await to(one)).toBe('TASK_CLOSED');
  });
});

describe('returning work over HTTP', () => {
  it('names what is missing; the words are shown with the task and stand in no event', async () => {
    const { code, taskId } = await assessment();
    await act(two, taskId, 'claim');
    await act(two, taskId, 'completion', { outcome: 'done' });
    const scope = procedureScope(code, procedure, 1);
    const step = (key: string, name: string, role: 'officer' | 'head') =>
      openTask(api, scope, { key, kind: 'step', agency: board, role, step: name });
    const decision = await step('step/decision', 'decision', 'head');
    await act(head, decision, 'claim');
    const items = ['Báo cáo tài chính 2025'];
    const back = (body: object) => codeOf(act(head, decision, 'return', body));
    expect(await back({ items })).toBe('VALIDATION_FAILED');
    expect(await back({ reason })).toBe('VALIDATION_FAILED');
    expect(await back({ items: [], reason })).toBe('VALIDATION_FAILED');
    expect(await back({ items, reason, step: 'opinions' })).toBe('UNKNOWN_VALUE');
    expect(await codeOf(act(one, decision, 'return', { items, reason }))).toBe('TASK_NOT_YOURS');
    expect(await back({ items, reason })).toBe('done');
    expect(await back({ items, reason })).toBe('TASK_CLOSED');
    const again = await step('step/assessment#2', 'assessment', 'officer');
    const { body } = await api.call<{ returns: object[]; task: object }>('GET', `/tasks/${again}`, { as: two });
    expect(body.returns).toMatchObject([{ step: 'assessment', items, reason, by: { id: head } }]);
    expect(body.task).toMatchObject({ status: 'open', returnedTo: two });
    expect((await list(two)).items[0]?.id).toBe(again);
    const { rows } = await api.pool.query<{ canonical: string }>(
      'select canonical from case_event where case_code = $1',
      [code],
    );
    expect(rows.some(({ canonical }) => canonical.includes(reason))).toBe(false);
  });
});

describe('a conflict of interest over HTTP', () => {
  it('is declared by who works in the case, frees what they hold, and the head sees it', async () => {
    const { code, taskId } = await assessment();
    const declare = (as: string) =>
      codeOf(
        api.refused('POST', `/cases/${code}/interest-declarations`, {
          as,
          body: { reason: 'người thân của nhà đầu tư' },
        }),
      );
    await act(one, taskId, 'claim');
    expect(await declare('officer.city-tax.1')).toBe('CASE_NOT_YOURS');
    expect(await declare('investor.besi')).toBe('FORBIDDEN');
    expect(await declare(one)).toBe('done');
    expect(await declare(one)).toBe('DUPLICATE_REQUEST');
    expect((await list(two, `case=${code}`)).items).toMatchObject([{ id: taskId, claimedBy: null }]);
    expect(await codeOf(api.refused('GET', `/tasks?case=${code}`, { as: one }))).toBe('ACTOR_RECUSED');
    expect(await codeOf(act(one, taskId, 'claim'))).toBe('ACTOR_RECUSED');
    expect(await codeOf(act(head, taskId, 'reassign', { to: one, reason }))).toBe('ACTOR_RECUSED');
    expect(await codeOf(act(two, taskId, 'claim'))).toBe('done');
    const seen = await api.call('GET', `/cases/${code}/interest-declarations`, { as: head });
    expect(seen.body).toMatchObject({ items: [{ person: { id: one }, reason: 'người thân của nhà đầu tư' }] });
  });
});

it('asks a second officer where the procedure says so, and refuses the first one', async () => {
  const data = catalogueData();
  const procedures = data.procedures.map((definition) => ({
    ...definition,
    steps: definition.steps.map((step) => (step.code === 'assessment' ? { ...step, fourEyes: true as const } : step)),
  }));
  const catalogue = buildCatalogue({ ...data, procedures });
  const law = fixedLaw(createLaw(catalogue), catalogue);
  const strict = await startApi(({ pool }) => ({ law, door: createDoor({ pool, law }) }));
  try {
    const { code, taskId } = await assessment(strict);
    await act(one, taskId, 'claim', undefined, strict);
    expect(await codeOf(act(one, taskId, 'completion', { outcome: 'done' }, strict))).toBe('done');
    const second = await openTask(strict, procedureScope(code, procedure, 1), {
      key: 'step/assessment/second',
      kind: 'step',
      agency: board,
      role: 'officer',
      step: 'assessment',
    });
    expect(await codeOf(act(one, second, 'claim', undefined, strict))).toBe('FOUR_EYES');
    expect(await codeOf(act(head, second, 'reassign', { to: one, reason }, strict))).toBe('FOUR_EYES');
    expect(await codeOf(act(two, second, 'claim', undefined, strict))).toBe('done');
    expect(await codeOf(act(two, second, 'completion', { outcome: 'done' }, strict))).toBe('done');
  } finally {
    await strict.close();
  }
});
