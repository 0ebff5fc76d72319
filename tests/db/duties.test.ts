import { afterAll, beforeAll, expect, it } from 'vitest';
import { dueItems, dutyDue } from '../../db/register/agenda.js';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { dutiesOf } from '../../domain/case/duty/shown.js';
import { findCaseState } from '../../db/read/case-state.js';
import { nextInstant } from '../../db/register/rehearsal.js';
import { caseScope } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { workOffAgenda } from '../../worker/agenda.js';
import { settleDuties } from '../../worker/duties.js';
import { at, createTestRegister, investor, TestCase, type TestRegister } from './support.js';
import { getState, rewriteState } from '../support/kept-state.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
  await startRehearsal(register.pool, 'stepped', at('2026-07-20 10:00'));
});
afterAll(() => register.close());

const errors: unknown[] = [];
const round = () =>
  workOffAgenda({
    pool: register.pool,
    handlers: { [dutyDue]: settleDuties({ door: register.door }) },
    onError: (error) => errors.push(error),
  });

it('a closed case goes on owing its reports: the agenda opens and misses each, and the rehearsal clock stops at each', async () => {
  const one = await TestCase.open(register, at('2026-07-06 09:00'));
  await makeClosed(one, at('2026-07-20 09:00'));
  await one.act({ kind: 'clock' }, at('2026-07-20 10:00'), { type: 'settle' });
  const stops: string[] = [];
  for (;;) {
    const next = await nextInstant(register.pool);
    if (next === null || next > at('2027-02-01 00:00')) break;
    stops.push(next);
    await stepClock(register.pool, next);
    while (await round());
  }
  expect(errors).toEqual([]);
  const state = (await findCaseState(register.pool, one.code)) as CaseState;
  const items = dutiesOf(state, register.law.current().law).filter(({ code }) => code === 'quarterly-annual-report');
  expect(items.map(({ id, dueDate, status }) => [id, dueDate, status])).toEqual([
    ['quarterly-annual-report#2026-Q3', '2026-10-10', 'overdue'],
    ['quarterly-annual-report#2026-Q4', '2027-01-10', 'overdue'],
    ['quarterly-annual-report#2026', '2027-03-31', 'open'],
  ]);
  expect(stops).toContain(at('2026-10-01 00:00'));
  expect(stops).toContain(at('2026-10-11 00:00'));
  expect(await dueItems(register.pool, at('2027-01-31 00:00'), 10)).toEqual([]);

  const meet = { type: 'meetDuty', duty: 'quarterly-annual-report#2026-Q3', evidence: 'reference:BC-Q3' } as const;
  await one.act(investor, at('2027-02-01 09:00'), meet);
  const after = (await findCaseState(register.pool, one.code)) as CaseState;
  expect(after.duties[meet.duty]).toMatchObject({ missed: true, metAt: at('2027-02-01 09:00') });
});

/** As a case stands when its special certificate was issued and everything is over: the story of it is told elsewhere. */
async function makeClosed({ code }: TestCase, on: string): Promise<void> {
  const state = await getState(register.pool, code);
  const scope = `${caseScope(code)}/irc-special/1`;
  const { version, calendar, handlingAgency } = register.law
    .current()
    .law.procedureAt('irc-special', state.lawAt, state.facts);
  const item = { ...state.plan[0], procedure: 'irc-special', version, after: [], gates: [] };
  const procedure = {
    scope,
    procedure: 'irc-special',
    attempt: 1,
    version,
    calendar,
    handlingAgency,
    competentAgency: handlingAgency,
    receivedAt: null,
    ledger: [],
    filings: [],
    supplements: [],
    steps: {},
    tasks: {},
    apologies: [],
    rungs: [],
    decision: { outcome: 'approved', at: on, by: null, reason: null },
    closed: { outcome: 'approved', at: on },
  };
  const box = { lastSeq: 1, generation: 1, closed: true };
  const closed = {
    ...state,
    pathway: 'special',
    plan: [item],
    procedures: { [scope]: procedure },
    scopes: { [caseScope(code)]: box },
    closed: { outcome: 'approved', at: on },
  };
  await rewriteState(register.owner, code, () => JSON.stringify(closed));
  await register.owner.query('update scope set closed = true, next_at = null where case_code = $1', [code]);
}
