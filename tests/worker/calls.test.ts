import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AgencyCall } from '../../activities/agency-client.js';
import { callDue, plan } from '../../db/register/agenda.js';
import { type Accepted, type Door } from '../../db/register/door.js';
import { type Envelope } from '../../domain/case/commands.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { Refusal } from '../../domain/errors.js';
import { createCalls, type Calls } from '../../worker/calls.js';
import { createTestRegister, received, type TestRegister } from '../db/support.js';
import { rewriteState } from '../support/kept-state.js';

const step = 'project-number';
let register: TestRegister;
let scope: ScopeId;
let code: string;
beforeAll(async () => {
  register = await createTestRegister();
  const { file, irc } = await received(register);
  [scope, code] = [irc, file.code];
  await register.owner.query('insert into filing (case_code, body) values ($1, $2)', [
    code,
    JSON.stringify({ kind: 'green-lane', investor: { name: 'A', registrationNumber: null } }),
  ]);
});
afterAll(() => register.close());

let called: AgencyCall[] = [];
let booked: Envelope[] = [];
let errors: unknown[] = [];
beforeEach(async () => {
  [called, booked, errors] = [[], [], []];
  await register.owner.query('delete from agenda');
  await register.owner.query('delete from agency_request');
  await stands({ called: true });
  await plan(register.pool, [{ kind: callDue, ref: `${scope}#${step}#1`, at: '2026-07-06T03:00:00Z' }]);
});

const stands = (how: Partial<CaseState['procedures'][string]['steps'][string]>) =>
  rewriteState(register.owner, code, (text) => {
    const state = JSON.parse(text) as CaseState;
    const procedure = state.procedures[scope];
    const begun = {
      startedAt: state.lastAt,
      completedAt: null,
      outcome: null,
      by: null,
      failed: false,
      called: false,
      round: 1,
    };
    if (procedure) procedure.steps[step] = { ...begun, ...how };
    return JSON.stringify(state);
  });

const worker = (answer: (n: number) => unknown): Calls =>
  createCalls({
    pool: register.pool,
    law: register.law,
    door: {
      handle: (envelope: Envelope) => Promise.resolve(void booked.push(envelope) as unknown as Accepted),
    } as Door,
    client: {
      post: (call) => {
        called.push(call);
        return Promise.resolve().then(() => answer(called.length));
      },
    },
    calls: { attempts: 3, firstRetryMs: 1 },
    callsPerSecond: 1_000,
    onError: (error) => errors.push(error),
    done: () => undefined,
  });

const left = async () =>
  (await register.pool.query<{ attempts: number }>('select attempts from agenda where done_at is null')).rows;

async function until(calls: Calls, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await expect.poll(() => calls.begin(), { interval: 5 }).toBe(1);
    await calls.settled();
  }
}

it('is made once however many workers look, and what comes of it is booked', async () => {
  const answer = () => ({ reference: 'R-1', projectNumber: '1234567890' });
  const workers = [worker(answer), worker(answer), worker(answer)];
  const begun = await Promise.all(workers.map((one) => one.begin()));
  await Promise.all(workers.map((one) => one.settled()));
  expect(begun.reduce((a, b) => a + b)).toBe(1);
  expect(called).toMatchObject([{ correlationId: `${scope}/${step}` }]);
  expect(booked.map(({ command, operationId }) => [command, operationId])).toEqual([
    [
      {
        type: 'finishCall',
        procedure: scope,
        step,
        round: 1,
        outcome: 'issued',
        reference: '1234567890',
        failure: null,
      },
      `call/${scope}#${step}#1`,
    ],
  ]);
  expect(await left()).toEqual([]);
  expect(errors).toEqual([]);
});

it('is tried again under the same key as often as the policy says, then its failure is booked', async () => {
  const calls = worker(() => {
    throw new Refusal('AGENCY_UNAVAILABLE');
  });
  await until(calls, 2);
  expect(booked).toEqual([]);
  expect(await left()).toEqual([{ attempts: 2 }]);
  await until(calls, 1);
  expect(new Set(called.map(({ correlationId }) => correlationId)).size).toBe(1);
  expect(called).toHaveLength(3);
  expect(booked[0]?.command).toMatchObject({ type: 'finishCall', outcome: null, failure: 'AGENCY_UNAVAILABLE' });
  expect(await left()).toEqual([]);
});

it('is not tried again where trying again does not help', async () => {
  await until(
    worker(() => {
      throw new Refusal('AGENCY_REFUSED');
    }),
    1,
  );
  expect(called).toHaveLength(1);
  expect(booked[0]?.command).toMatchObject({ failure: 'AGENCY_REFUSED' });
});

it.each([
  ['was done by hand meanwhile', { completedAt: '2026-07-06T04:00:00.000Z' }],
  ['has failed already', { failed: true }],
  ['is in another round', { round: 2 }],
])('is not made for a step that %s', async (_what, how) => {
  await stands({ called: true, ...how });
  await until(
    worker(() => ({})),
    1,
  );
  expect([called, booked, await left()]).toEqual([[], [], []]);
});
