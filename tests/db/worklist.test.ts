import { findingsFor, missingEvidence } from '../support/lane.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countByRisk, findTask, listTasks, type TaskFilter } from '../../db/read/tasks.js';
import { plainDate } from '../../domain/time/instants.js';
import { assessing, at, createTestRegister, investor, person, received, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const board = 'shtp-board';
const officer = (n: number) => person(`officer.shtp-board.${n}`, 'officer', board);
const head = person('head.shtp-board', 'head', board);
const clock = { kind: 'clock' } as const;

const today = plainDate('2026-07-06');
const ids = async (filter: Partial<TaskFilter>) =>
  (await listTasks(register.pool, { today, limit: 1000, ...filter })).items.map(({ id }) => id);

async function pages(filter: Partial<TaskFilter>, limit: number): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listTasks(register.pool, {
      today,
      ...filter,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  return seen;
}

describe('a worklist', () => {
  it('rises with the risk of breach, which only events change, and pages to its end', async () => {
    const cases = [];
    for (let i = 0; i < 4; i++) cases.push(await assessing(register));
    const [late, risky, calm, waiting] = cases.map(({ file }) => file);
    if (!late || !risky || !calm || !waiting) throw new Error('four cases');
    await risky.act(clock, at('2026-07-17 12:00'), { type: 'settle' });
    await late.act(clock, at('2026-08-03 12:00'), { type: 'settle' });
    const key = 'step/assessment';
    const [a, b, c] = [await late.taskId(key), await risky.taskId(key), await calm.taskId(key)];
    const list = await ids({ agency: board });
    expect(list.indexOf(a)).toBeLessThan(list.indexOf(b));
    expect(list.indexOf(b)).toBeLessThan(list.indexOf(c));
    expect(await findTask(register.pool, a)).toMatchObject({ risk: 3 });
    expect(await findTask(register.pool, b)).toMatchObject({ risk: 2 });
    expect(await findTask(register.pool, c)).toMatchObject({ risk: 1 });
    expect(await ids({ agency: board, risk: 3 })).toEqual([a]);
    expect(await countByRisk(register.pool, board)).toEqual({ 0: 0, 1: 2, 2: 1, 3: 1 });
    for (const limit of [1, 2, 3]) expect(await pages({ agency: board }, limit)).toEqual(list);
  });

  it('pages past tasks that have no date', async () => {
    const { file } = await received(register);
    for (const n of [1, 2, 3]) {
      await file.openTask(file.scope, '2026-07-06 11:00', `lane/${n}`, 'lane', 'dof', 'officer');
    }
    const whole = await ids({ agency: 'dof', kind: 'lane' });
    expect(whole).toHaveLength(3);
    expect(await pages({ agency: 'dof', kind: 'lane' }, 1)).toEqual(whole);
  });

  it('finds by procedure, kind, lane, date, code and whether somebody holds it', async () => {
    const { file } = await assessing(register);
    const id = await file.taskId('step/assessment');
    const dossierCode = (await findTask(register.pool, id))?.dossierCode ?? '';
    const found = async (filter: Partial<TaskFilter>) => (await ids({ agency: board, ...filter })).includes(id);
    expect(await found({ procedure: 'irc-ordinary', kind: 'step', lane: 'undecided' })).toBe(true);
    expect(await found({ procedure: 'land-lease' })).toBe(false);
    expect(await found({ kind: 'opinion' })).toBe(false);
    expect(await found({ lane: 'green' })).toBe(false);
    expect(await found({ dueBefore: plainDate('2026-07-20') })).toBe(false);
    expect(await found({ dueBefore: plainDate('2026-07-21') })).toBe(true);
    expect(await ids({ code: file.code.toLowerCase() })).toEqual([id]);
    expect(await ids({ code: dossierCode })).toEqual([id]);
    expect(await ids({ code: '%%%' })).toEqual([]);
    expect(await found({ unclaimed: true })).toBe(true);
    await file.act(officer(1), at('2026-07-08 11:00'), { type: 'claimTask', taskId: id });
    expect(await found({ unclaimed: true })).toBe(false);
    expect(await findTask(register.pool, id)).toMatchObject({ claimedSince: at('2026-07-08 11:00') });
  });

  it('follows the lane of the case', async () => {
    const { file } = await assessing(register);
    await file.openTask(file.scope, '2026-07-08 11:00', 'lane/1', 'lane', 'dof', 'officer');
    for (const given of missingEvidence(await file.state())) await file.act(investor, at('2026-07-08 11:30'), given);
    await file.complete('lane/1', person('officer.dof.1', 'officer', 'dof'), '2026-07-08 12:00', {
      outcome: 'green',
      reason: 'r',
      findings: findingsFor(await file.state(), 'green'),
    });
    expect(await ids({ lane: 'green' })).toEqual([await file.taskId('step/assessment')]);
  });

  it('shows by when the step alone should be done', async () => {
    const { file } = await assessing(register);
    const found = await findTask(register.pool, await file.taskId('step/assessment'));
    expect(found?.stepDueDate).not.toBeNull();
    expect((found?.stepDueDate ?? '') < (found?.dueDate ?? '')).toBe(true);
  });

  it('shows work that was sent back first to whoever did it, as long as it is free', async () => {
    await assessing(register).then(({ file }) => file.act(clock, at('2026-08-03 12:00'), { type: 'settle' }));
    const { file, irc } = await assessing(register);
    await file.complete('step/assessment', officer(2), '2026-07-09 10:00', { outcome: 'done' });
    await file.openTask(irc, '2026-07-09 10:01', 'step/decision', 'step', board, 'head', 'decision');
    const decision = await file.taskId('step/decision');
    await file.act(head, at('2026-07-09 11:00'), { type: 'claimTask', taskId: decision });
    await file.act(head, at('2026-07-09 11:00'), {
      type: 'returnTask',
      taskId: decision,
      step: null,
      items: ['x'],
      reason: 'r',
    });
    await file.openTask(irc, '2026-07-09 11:01', 'step/assessment#2', 'step', board, 'officer', 'assessment');
    const again = await file.taskId('step/assessment#2');
    const firstOf = async (...people: string[]) => (await ids({ agency: board, returnedTo: people }))[0];
    expect(await firstOf('officer.shtp-board.2')).toBe(again);
    expect(await firstOf('officer.shtp-board.1')).not.toBe(again);
    const mine = { returnedTo: ['officer.shtp-board.2'], agency: board };
    expect(await pages(mine, 2)).toEqual(await ids(mine));
    expect([...(await ids(mine))].sort()).toEqual([...(await ids({ agency: board }))].sort());
    expect(await ids({ claimedBy: 'officer.shtp-board.2', returnedTo: ['officer.shtp-board.2'] })).toEqual([again]);
    await file.act(officer(1), at('2026-07-09 12:00'), { type: 'claimTask', taskId: again });
    expect(await firstOf('officer.shtp-board.2')).not.toBe(again);
  });
});

describe('the order of the worklist', () => {
  const agency = 'dost';
  const day = (n: number) => `2026-09-${String(n).padStart(2, '0')}`;
  /** What the rule says of one: due, lane, its place in the lane's order, risk. */
  const put = (file: { readonly code: string }, id: string, due: number | null, laneOrder: 0 | 1, risk: number) =>
    register.owner.query(
      `insert into task (id, case_code, scope, key, kind, agency, role, status, due_date, opened_at, lane, lane_order, risk)
       values ($1, $2, 's', 'k', 'step', $3, 'officer', 'open', $4, now(), $5, $6, $7)`,
      [id, file.code, agency, due === null ? null : day(due), laneOrder === 0 ? 'green' : 'standard', laneOrder, risk],
    );

  it('is what is due by today by date, whatever the lane; then risk, green before others, date; and pages so over midnight', async () => {
    const { file } = await received(register);
    await put(file, 'o-standard-overdue', 8, 1, 3);
    await put(file, 'o-green-overdue', 9, 0, 3);
    await put(file, 'o-standard-today', 10, 1, 1);
    await put(file, 'o-green-risky', 12, 0, 2);
    await put(file, 'o-standard-risky', 11, 1, 2);
    await put(file, 'o-green-calm', 14, 0, 1);
    await put(file, 'o-green-calm-later', 20, 0, 1);
    await put(file, 'o-standard-calm', 11, 1, 1);
    await put(file, 'o-without-date', null, 1, 0);
    const whole = [
      'o-standard-overdue',
      'o-green-overdue',
      'o-standard-today',
      'o-green-risky',
      'o-standard-risky',
      'o-green-calm',
      'o-green-calm-later',
      'o-standard-calm',
      'o-without-date',
    ];
    const filter = { agency, caseCode: file.code, kind: 'step' } as const;
    const tenth = plainDate('2026-09-10');
    expect(await ids({ ...filter, today: tenth })).toEqual(whole);
    for (const limit of [1, 2, 4]) expect(await pages({ ...filter, today: tenth }, limit)).toEqual(whole);
    const first = await listTasks(register.pool, { ...filter, today: tenth, limit: 4 });
    const after = await listTasks(register.pool, {
      ...filter,
      today: plainDate('2026-09-11'),
      limit: 100,
      cursor: first.next ?? '',
    });
    expect([...first.items, ...after.items].map(({ id }) => id)).toEqual(whole);
  });

  it('puts the green lane first at agencies of the City alone', async () => {
    const { file } = await assessing(register);
    await file.openTask(file.scope, '2026-07-08 11:00', 'lane/1', 'lane', 'dof', 'officer');
    await file.openTask(file.scope, '2026-07-08 11:00', 'stuck/x/1', 'stuck', 'city-tax', 'officer');
    for (const given of missingEvidence(await file.state())) await file.act(investor, at('2026-07-08 11:30'), given);
    await file.complete('lane/1', person('officer.dof.1', 'officer', 'dof'), '2026-07-08 12:00', {
      outcome: 'green',
      reason: 'r',
      findings: findingsFor(await file.state(), 'green'),
    });
    const { rows } = await register.pool.query<{ agency: string; lane_order: number }>(
      `select agency, lane_order from task where case_code = $1 and status = 'open' order by agency`,
      [file.code],
    );
    expect(rows).toEqual([
      { agency: 'city-tax', lane_order: 1 },
      { agency: board, lane_order: 0 },
    ]);
  });
});

it('is one walk along an index whatever the filter, among a hundred thousand open tasks', async () => {
  const { file } = await received(register);
  for (let from = 1; from < 100_000; from += 5_000) {
    await register.owner.query(
      `insert into task (id, case_code, scope, procedure, attempt, version, key, kind, agency, role, status, due_date, opened_at, lane, risk)
       select 'X.' || i, $1, 's', 'procedure-' || i % 27, 1, null, 'k', case when i % 3 = 0 then 'opinion' else 'step' end,
         'agency-' || i % 23, 'officer', 'open', date '2026-07-01' + i % 200, now(), 'green', i % 4
       from generate_series($2::int, $2::int + 4999) i`,
      [file.code, from],
    );
  }
  await register.owner.query('analyze task');
  // Half of all are overdue, the other half lie ahead.
  const middle = plainDate('2026-10-09');
  const filters: Partial<TaskFilter>[] = [
    {},
    { agency: 'agency-3', roles: ['officer'] },
    { agency: 'agency-3', roles: ['officer'], returnedTo: ['somebody'] },
    { agency: 'agency-3', unclaimed: true },
    { agency: 'agency-3', risk: 3 },
    { agency: 'agency-3', dueBefore: plainDate('2026-07-05') },
    { agency: 'agency-3', procedure: 'procedure-5' },
    { agency: 'agency-3', kind: 'opinion' },
    { agency: 'agency-3', lane: 'standard' },
    { procedure: 'procedure-5' },
    { kind: 'lapse' },
    { lane: 'standard' },
    { code: file.code },
    { claimedBy: 'officer.shtp-board.1' },
  ];
  for (const filter of filters) {
    const statements: { text: string; values: unknown[] }[] = [];
    const watched = {
      query: (query: { text: string; values: unknown[] }) => {
        statements.push(query);
        return register.pool.query(query);
      },
    } as unknown as typeof register.pool;
    const first = await listTasks(watched, { today: middle, ...filter, limit: 50 });
    if (first.next !== null) await listTasks(watched, { today: middle, ...filter, limit: 50, cursor: first.next });
    for (const { text, values } of statements) {
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 3; run++) {
        const { rows } = await register.pool.query<{ 'QUERY PLAN': string }>(`explain analyze ${text}`, values);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan, JSON.stringify(filter)).not.toMatch(/Seq Scan on task/);
        best = Math.min(best, Number(/Execution Time: ([\d.]+)/.exec(plan)?.[1]));
      }
      expect(best, JSON.stringify(filter)).toBeLessThan(50);
    }
  }
}, 60_000);
