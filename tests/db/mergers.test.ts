import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmCityData, proposeCityData } from '../../db/law/city-data.js';
import { findLawChange } from '../../db/law/law-changes.js';
import { wronglyHeld } from '../../db/people/deputies.js';
import { businessNow } from '../../db/register/business-clock.js';
import { type Door } from '../../db/register/door.js';
import { Refusal } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { catalogueData } from '../../seeds/index.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { getState, rewriteState } from '../support/kept-state.js';
import { multiply } from './running-cases.js';
import { at, createChangingRegister, person, TestCase, type TestRegister } from './support.js';

let register: TestRegister;
beforeEach(async () => {
  register = await createChangingRegister();
});
afterEach(() => register.close());

async function merge(code: string, mergedInto: string): Promise<string> {
  const data = catalogueData().agencies.find((one) => one.code === code);
  if (!data) throw new Error(code);
  const { change } = await proposeCityData(
    register.pool,
    { id: randomUUID(), bodyHash: 'body', by: 'admin.1' },
    {
      change: { kind: 'agency', code, data: { ...data, mergedInto } },
      effectiveFrom: dateOf(await businessNow(register.pool)),
      document: 'Nghị quyết 7',
    },
  );
  await confirmCityData(register.pool, change.id, 'admin.2');
  await register.law.atLeast();
  return change.id;
}

/** Until no change waits; the door lets no command on `stuck` in. Answers how many batches that took. */
async function settled(stuck: string | null = null): Promise<number> {
  const door: Door = {
    ...register.door,
    handle: (envelope) =>
      envelope.caseCode === stuck ? Promise.reject(new Refusal('PRECONDITION_FAILED')) : register.door.handle(envelope),
  };
  const job = createLawChanges({
    ...{ pool: register.pool, door, law: register.law, handOver: { poke: () => Promise.resolve() } },
    onError: (_error, about) => {
      expect(about).toBe(stuck);
    },
  });
  let batches = 0;
  while (await job.redate()) batches++;
  return batches;
}

/** As cases stand that are over, and in which an agency still owes something: the story of one is told elsewhere. */
async function closedOwing(agency: string, copies: number): Promise<string[]> {
  const { code, scope } = await TestCase.open(register, at('2026-07-06 09:00'));
  const state = await getState(register.pool, code);
  const duty = {
    ...{ id: 'publish-first', code: 'publish-first', scope, on: 'agency', agency, dueDate: '2027-07-09' },
    ...{ since: at('2026-07-07 09:00'), metAt: null, missed: false, rungs: [] },
  };
  const closed = { outcome: 'approved', at: at('2026-07-07 09:00') };
  const over = { ...state, duties: { 'publish-first': duty }, closed };
  await rewriteState(register.owner, code, () => JSON.stringify(over));
  await register.owner.query('update scope set closed = true, next_at = null where case_code = $1', [code]);
  await register.owner.query(`update case_head set status = 'approved' where code = $1`, [code]);
  await register.owner.query(`update case_agency set status = 'approved' where case_code = $1`, [code]);
  const codes = [code, ...(await multiply(register, code, copies))];
  await register.owner.query(
    `insert into case_agency (agency, case_code, opened_at, status, breached)
     select $1, h.code, h.opened_at, h.status, false from case_head h on conflict do nothing`,
    [agency],
  );
  return codes;
}

const owing = async (codes: readonly string[], agency: string) => {
  const states = await Promise.all(codes.map((code) => getState(register.pool, code)));
  return states.filter(({ duties }) => duties['publish-first']?.agency === agency).map(({ code }) => code);
};

describe('a merger in a register of closed cases', () => {
  it('hands over what is left to do in each of them, however many there are, and gives their readers', async () => {
    const codes = await closedOwing('dost', 120);
    const id = await merge('dost', 'doit');
    expect(await findLawChange(register.pool, id)).toMatchObject({ status: 'pending', total: 121, finishedAt: null });
    expect(await settled()).toBe(2);
    expect(await owing(codes, 'doit')).toHaveLength(121);
    expect(await findLawChange(register.pool, id)).toMatchObject({
      status: 'done',
      done: 121,
      moved: 121,
      failures: [],
    });
    const { rows } = await register.pool.query(
      `select count(*)::int as n, count(*) filter (where status = 'approved')::int as over from case_agency where agency = 'doit'`,
    );
    expect(rows).toEqual([{ n: 121, over: 121 }]);
  });

  it('says in which of them it failed', async () => {
    const codes = await closedOwing('dost', 3);
    const [stuck = ''] = codes.slice(1);
    const id = await merge('dost', 'doit');
    await settled(stuck);
    expect(await findLawChange(register.pool, id)).toMatchObject({
      ...{ status: 'done', done: 4, moved: 3 },
      failures: [{ case: stuck, code: 'PRECONDITION_FAILED' }],
    });
    expect(await owing(codes, 'dost')).toEqual([stuck]);
  });

  it('waits for the job also where there is no case at all', async () => {
    const id = await merge('dost', 'doit');
    expect(await findLawChange(register.pool, id)).toMatchObject({ status: 'pending', total: 0 });
    expect(await settled()).toBe(1);
    expect(await findLawChange(register.pool, id)).toMatchObject({ status: 'done', done: 0, moved: 0 });
  });

  it('is settled before one that came later: its readers are passed on', async () => {
    const [code] = await closedOwing('dost', 1);
    const first = await merge('dost', 'doit');
    await register.pool.query(
      `update law_change set claimed_until = clock_timestamp() + interval '1 minute' where id = $1`,
      [first],
    );
    const second = await merge('doit', 'doc');
    expect(await settled()).toBe(0);
    await register.pool.query('update law_change set claimed_until = null where id = $1', [first]);
    expect(await settled()).toBe(2);
    expect(await findLawChange(register.pool, second)).toMatchObject({ status: 'done' });
    expect(await owing([code ?? ''], 'doc')).toEqual([code]);
    const { rows } = await register.pool.query(`select count(*)::int as n from case_agency where agency = 'doc'`);
    expect(rows).toEqual([{ n: 2 }]);
  });
});

it('a task that could not be handed over is looked at again once the merger is through', async () => {
  const file = await TestCase.open(register, at('2026-07-08 09:00'));
  await file.openTask(file.scope, '2026-07-08 10:00', 'lane', 'lane', 'dof', 'officer');
  const taskId = await file.taskId('lane');
  await file.act(person('officer.dof.1', 'officer', 'dof'), at('2026-07-08 11:00'), { type: 'claimTask', taskId });
  const held = async () =>
    (await wronglyHeld(register.pool, dateOf(await businessNow(register.pool)), 10)).map(({ id }) => id);
  await merge('dof', 'doc');
  expect(await held()).toEqual([]);
  await settled(file.code);
  expect(await held()).toEqual([taskId]);
});
