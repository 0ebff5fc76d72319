import { afterAll, beforeAll, expect, it } from 'vitest';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import { investor } from '../db/support.js';
import { eventsOf, exampleProjects, Town } from './support.js';

const procedure = 'feasibility-appraisal-b';
const project = { ...exampleProjects.cmc.project, feasibilityGroup: 'B' } as const;
const filing = { ...exampleProjects.cmc, project };
const fees = JSON.stringify({ [procedure]: { amountVnd: '9000000', basis: 'a test', verified: false } });
let charging: Town;
let free: Town;

beforeAll(async () => {
  charging = await Town.found({
    stepped: '2026-07-06 09:00',
    prepare: (owner) =>
      owner.query(`update catalogue_rules set settings = jsonb_set(settings::jsonb, '{fees}', $1::jsonb)::json`, [
        fees,
      ]),
  });
  free = await Town.found({ stepped: '2026-07-06 09:00' });
});
afterAll(async () => {
  await charging.close();
  await free.close();
});

/** Everybody does what is asked of them, until only the fee is left. */
const leaveNothing = () => false;

it('with the gate on the procedure waits for the fee, and goes on by itself once it is paid', async () => {
  const file = await charging.open(filing, { pathway: 'standard' });
  await file.liveOn(leaveNothing);
  const due = await file.until('the fee', (state) => latestAttempt(state, procedure)?.payments['fee']);
  expect(due).toMatchObject({ amountVnd: '9000000', receivedAt: null });
  const waiting = await file.state();
  expect(waiting.closed).toBeNull();
  expect(latestAttempt(waiting, procedure)?.decision).toBeNull();
  await file.act(investor, { type: 'recordPayment', procedure, step: 'fee', reference: 'NH-2026-0009' });
  const state = await file.liveOn();
  expect(state.closed?.outcome).toBe('approved');
  expect(latestAttempt(state, procedure)?.steps['fee']).toMatchObject({ outcome: 'paid', by: 'system' });
  const paid = (await eventsOf(charging, file.code)).filter(({ type }) => type.startsWith('payment'));
  expect(paid.map(({ type }) => type)).toEqual(['paymentRequested', 'paymentReceived']);
}, 90_000);

it('with the gate off nothing is asked for', async () => {
  const file = await free.open(filing, { pathway: 'standard' });
  const state = await file.liveOn();
  expect(latestAttempt(state, procedure)?.steps['fee']).toMatchObject({ outcome: 'not-collected', by: 'waived' });
  expect((await eventsOf(free, file.code)).filter(({ type }) => type.startsWith('payment'))).toEqual([]);
}, 90_000);
