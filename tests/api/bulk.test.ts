import { afterAll, beforeAll, expect, it } from 'vitest';
import { procedureScope } from '../../domain/case/scope.js';
import { openAssessment, openIntake, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const [one, two, head] = ['officer.shtp-board.1', 'officer.shtp-board.2', 'head.shtp-board'];

interface Result {
  readonly id: string;
  readonly status: 'done' | 'refused';
  readonly code: string | null;
  readonly title: string | null;
}
interface Bulk {
  readonly preview: boolean;
  readonly done: number;
  readonly refused: number;
  readonly results: readonly Result[];
}

const assessment = async (): Promise<string> => openAssessment(api, (await fileCase(api)).case);
const item = (id: string, outcome = 'done') => ({ id, completion: { outcome } });
const send = (tasks: object[], options: { preview?: boolean; key?: string; as?: string; language?: string } = {}) => {
  const { as = one, key, language, preview } = options;
  return api.call<Bulk & { code?: string }>('POST', '/tasks/bulk-completion', {
    as,
    body: { tasks, ...(preview !== undefined && { preview }) },
    ...(key !== undefined && { key }),
    ...(language !== undefined && { headers: { 'accept-language': language } }),
  });
};
const told = ({ results }: Bulk) => results.map(({ status, code }) => code ?? status);
const eventsOf = async (id: string) => {
  const { rows } = await api.pool.query<{ type: string }>(
    'select type from case_event where case_code = $1 order by seq',
    [id.slice(0, id.lastIndexOf('.'))],
  );
  return rows.map(({ type }) => type);
};

/** What may go wrong with one of many, beside two that are right. */
async function mixed() {
  const [free, held, theirs, done, wrong] = [
    await assessment(),
    await assessment(),
    await assessment(),
    await assessment(),
    await assessment(),
  ];
  const intake = await openIntake(api, (await fileCase(api)).case);
  await api.call('POST', `/tasks/${held}/claim`, { as: one });
  await api.call('POST', `/tasks/${theirs}/claim`, { as: two });
  await api.call('POST', `/tasks/${done}/claim`, { as: one });
  await api.call('POST', `/tasks/${done}/completion`, { as: one, body: { outcome: 'done' } });
  const missing = `${free.slice(0, free.lastIndexOf('.'))}.999`;
  const tasks = [
    ...[item(free), item(held), item(theirs), item(done), item(wrong, 'approve'), item(intake, 'receive')],
    ...[item(missing), item(free)],
  ];
  const answers = [
    ...['done', 'done', 'CONFLICT', 'TASK_CLOSED', 'VALIDATION_FAILED', 'TASK_NOT_YOURS'],
    ...['NOT_FOUND', 'DUPLICATE_REQUEST'],
  ];
  return { tasks, answers, free, held, wrong };
}

it('previews by the same rules and writes nothing, then does what is valid and names the rest', async () => {
  const { tasks, answers, free, held, wrong } = await mixed();
  const before = [await eventsOf(free), await eventsOf(held), await eventsOf(wrong)];
  const preview = await send(tasks, { preview: true });
  expect(preview.status).toBe(200);
  expect(told(preview.body)).toEqual(answers);
  expect([await eventsOf(free), await eventsOf(held), await eventsOf(wrong)]).toEqual(before);
  const real = await send(tasks, { language: 'vi' });
  expect(told(real.body)).toEqual(answers);
  expect(real.body).toMatchObject({ preview: false, done: 2, refused: 6 });
  expect(real.body.results[3]?.title).toBe('Việc này đã xong hoặc không còn');
  expect((await eventsOf(free)).slice(before[0]?.length)).toEqual(
    expect.arrayContaining(['taskClaimed', 'taskCompleted', 'stepCompleted']),
  );
  // Nothing half-done: what was refused is not claimed either.
  expect(await eventsOf(wrong)).toEqual(before[2]);
});

it('does nothing twice under one key, and refuses the key for another list', async () => {
  const [a, b] = [await assessment(), await assessment()];
  const key = `bulk-${a}`;
  const answers = await Promise.all([1, 2, 3].map(() => send([item(a), item(b)], { key })));
  for (const { body } of answers) expect(told(body)).toEqual(['done', 'done']);
  expect((await eventsOf(a)).filter((type) => type === 'taskCompleted')).toHaveLength(2); // the intake and this one
  expect((await send([item(a)], { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect((await send([item(await assessment())], { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

it('keeps each rule: whoever proposed signs none of the many', async () => {
  const { case: code } = await fileCase(api);
  const taskId = await openAssessment(api, code);
  await send([item(taskId)], { as: head });
  const decision = await openTask(api, procedureScope(code, procedure, 1), {
    key: 'step/decision',
    kind: 'step',
    agency: 'shtp-board',
    role: 'head',
    step: 'decision',
  });
  for (const preview of [true, false])
    expect(told((await send([item(decision, 'approve')], { as: head, preview })).body)).toEqual([
      'PROPOSER_CANNOT_APPROVE',
    ]);
});

it('refuses an empty list, more than a hundred, and a completion that is none', async () => {
  const id = await assessment();
  expect((await send([])).body.code).toBe('VALIDATION_FAILED');
  expect((await send(Array.from({ length: 101 }, () => item(id)))).body.code).toBe('VALIDATION_FAILED');
  expect((await send([{ id, completion: { outcome: 'fly' } }])).body.code).toBe('UNKNOWN_VALUE');
  expect((await send([{ id: 'x', completion: { outcome: 'done' } }])).body.code).toBe('VALIDATION_FAILED');
  expect((await send([item(id)], { as: 'investor.besi' })).body.code).toBe('FORBIDDEN');
});
