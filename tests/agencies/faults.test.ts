import { afterEach, beforeEach, expect, it } from 'vitest';
import { Faults, seededSeries } from '../../agencies/faults.js';
import { callbackHeaders } from '../../domain/schemas/agency-messages.js';
import { signCallback } from '../../agencies/signature.js';
import { question, Receiver, secret, startAgencies } from './support.js';

let agencies: Awaited<ReturnType<typeof startAgencies>>;
let receiver: Receiver;
beforeEach(async () => {
  agencies = await startAgencies();
  receiver = await new Receiver().open();
  await agencies.client.clock('2026-03-02T02:00:00Z');
});
afterEach(async () => {
  await agencies.stop();
  await receiver.close();
});
const ask = (correlationId: string, change: Record<string, unknown> = {}) =>
  agencies.client.consult('environment', question(receiver.url, { correlationId, ...change }));
const look = (key: string) => agencies.client.lookUp('name-check', { name: 'Công ty TNHH Thử Nghiệm' }, key);
const outcomes = async (system: string) =>
  ((await agencies.client.call('GET', `/${system}/journal`)).body as { outcome: string }[]).map(
    ({ outcome }) => outcome,
  );

it('faults are set whole, shown, validated, and reset', async () => {
  const set = await agencies.client.faults('environment', { silent: true });
  expect(set.body).toEqual(Faults.parse({ silent: true }));
  expect((await agencies.client.faults('environment', { latencyMs: 7 })).body).toMatchObject({
    silent: false,
    latencyMs: 7,
  });
  expect((await agencies.client.call('GET', '/tax/faults')).body).toEqual(Faults.parse({}));
  expect(await agencies.client.faults('environment', { errorRate: 2 })).toMatchObject({ status: 422 });
  expect(await agencies.client.faults('environment', { sleepy: true })).toMatchObject({
    status: 422,
    body: { code: 'UNKNOWN_FIELD' },
  });
  const nonsense = await agencies.client.faults('environment', {
    lookupAnswers: { 'name-check': { available: 'many' } },
  });
  expect(nonsense.status).toBe(422);
  expect((await agencies.client.call('GET', '/environment/faults')).body).toMatchObject({ latencyMs: 7 });
  expect((await agencies.client.call('DELETE', '/environment/faults')).body).toEqual(Faults.parse({}));
});

it('latency and jitter hold an answer back', async () => {
  await agencies.client.faults('enterprise-registry', { latencyMs: 120, jitterMs: 50 });
  const started = performance.now();
  expect((await look('slow')).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(115);
});

it('errors come at the given rate in the order of the seed, and leave nothing done', async () => {
  await agencies.client.faults('enterprise-registry', { errorRate: 0.5, errorStatus: 502, seed: 7 });
  const series = async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await look(`error/${n}`)).status);
    return statuses;
  };
  const once = await series();
  expect(new Set(once)).toEqual(new Set([200, 502]));
  await agencies.client.faults('enterprise-registry', { errorRate: 0.5, errorStatus: 502, seed: 7 });
  expect(await series()).toEqual(once);
  await agencies.client.faults('enterprise-registry', { errorRate: 1 });
  expect(await look('failed')).toMatchObject({ status: 503, body: { code: 'AGENCY_UNAVAILABLE' } });
  await agencies.client.call('DELETE', '/enterprise-registry/faults');
  await look('failed');
  expect((await outcomes('enterprise-registry')).slice(-2)).toEqual(['503', '200']);
});

it('a call that is never answered was done all the same, and the same key gets the answer later', async () => {
  await agencies.client.faults('environment', { timeoutRate: 1 });
  const asked = question(receiver.url, { correlationId: 'lost answer' });
  const hanging = fetch(`${agencies.client.url}/environment/consultations`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer token-of-the-tests-0001',
      'content-type': 'application/json',
      'idempotency-key': 'lost answer',
    },
    body: JSON.stringify(asked),
    signal: AbortSignal.timeout(150),
  });
  await expect(hanging).rejects.toThrow(/timeout/i);
  await agencies.client.call('DELETE', '/environment/faults');
  expect(await agencies.client.consult('environment', asked)).toMatchObject({ status: 202, body: { accepted: true } });
  await agencies.client.clock('2026-03-05T00:00:00Z');
  expect(receiver.correlationIds()).toEqual(['lost answer']);
  expect((await outcomes('environment')).slice(0, 2)).toEqual(['unanswered', 'replayed']);
});

it('a system that is down cuts every call and holds its callbacks until it is up, but can still be repaired', async () => {
  await ask('before');
  await agencies.client.faults('environment', { down: true });
  await expect(ask('while down')).rejects.toThrow();
  const released = await agencies.client.clock('2026-03-05T00:00:00Z');
  expect(released.body).toMatchObject({ delivered: 0, undelivered: [{ correlationId: 'before', reason: 'down' }] });
  expect((await look('neighbour')).status).toBe(200);
  await agencies.client.call('DELETE', '/environment/faults');
  await expect.poll(() => receiver.correlationIds()).toEqual(['before']);
});

it('a silent system accepts and never calls back', async () => {
  await agencies.client.faults('environment', { silent: true });
  expect((await ask('silence')).status).toBe(202);
  expect((await agencies.client.call('GET', '/control/next')).body).toEqual({ at: null, pending: 0, undelivered: 0 });
  await agencies.client.clock('2027-03-05T00:00:00Z');
  expect(receiver.received).toEqual([]);
});

it('duplicates are the same message again', async () => {
  await agencies.client.faults('environment', { duplicateCallbacks: 2 });
  await ask('thrice');
  expect((await agencies.client.clock('2026-03-05T00:00:00Z')).body).toMatchObject({ delivered: 1 });
  expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1);
  expect(receiver.received).toHaveLength(3);
  expect((await outcomes('environment')).slice(-3)).toEqual(['delivered', 'duplicate', 'duplicate']);
});

it('a late answer comes so many working days after the due date', async () => {
  await agencies.client.faults('environment', { lateByWorkingDays: 2 });
  await ask('late', { dueDate: '2026-03-12' });
  expect((await agencies.client.call('GET', '/control/next')).body).toMatchObject({ at: '2026-03-16T03:00:00.000Z' });
});

it('an answer can take its configured time', async () => {
  await agencies.client.faults('environment', { replyAfter: { workingHours: 3 } });
  await ask('soon');
  expect((await agencies.client.call('GET', '/control/next')).body).toMatchObject({ at: '2026-03-02T06:30:00.000Z' });
});

it('out of order: the first of two waits for the second, two by two', async () => {
  await agencies.client.faults('environment', { outOfOrder: true });
  for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries())
    await ask(id, { askedAt: `2026-03-02T02:0${index}:00Z` });
  const released = await agencies.client.clock('2026-03-05T00:00:00Z');
  expect(receiver.correlationIds()).toEqual(['b', 'a', 'd', 'c']);
  expect(released.body).toMatchObject({ delivered: 4, undelivered: [{ correlationId: 'e', reason: 'held' }] });
  await agencies.client.call('DELETE', '/environment/faults');
  await expect.poll(() => receiver.correlationIds()).toEqual(['b', 'a', 'd', 'c', 'e']);
});

it('out of order: one that waited its turn is tried again, not made to wait once more', async () => {
  receiver.status = (attempt) => (attempt === 2 ? 503 : 202);
  await agencies.client.faults('environment', { outOfOrder: true });
  await ask('a', { askedAt: '2026-03-02T02:00:00Z' });
  await ask('b', { askedAt: '2026-03-02T02:01:00Z' });
  expect((await agencies.client.clock('2026-03-05T00:00:00Z')).body).toMatchObject({ delivered: 2, undelivered: [] });
  expect(receiver.correlationIds()).toEqual(['b', 'a', 'a']);
});

it('a wrong signature does not verify, and the right one follows once the fault is gone', async () => {
  receiver.status = (attempt) => (attempt === 1 ? 401 : 202);
  await agencies.client.faults('environment', { wrongSignature: true });
  await ask('forged');
  await agencies.client.clock('2026-03-05T00:00:00Z');
  await agencies.client.call('DELETE', '/environment/faults');
  const verified = receiver.received.map(({ raw, headers }) => {
    const expected = signCallback(secret, 'dae', String(headers[callbackHeaders.timestamp]), raw);
    return headers[callbackHeaders.signature] === expected;
  });
  expect(verified).toEqual([false, false]);
  await agencies.client.call('POST', '/environment/redeliveries', { since: '2026-03-01T00:00:00Z' });
  await expect.poll(() => receiver.received.length).toBe(3);
  const last = receiver.received[2];
  expect(last?.headers[callbackHeaders.signature]).toBe(
    signCallback(secret, 'dae', String(last?.headers[callbackHeaders.timestamp]), last?.raw ?? ''),
  );
});

it('answers one case, procedure or agency differently from the rest', async () => {
  const condition = { subject: 'waste-water', direction: 'limits', value: '50' };
  await agencies.client.faults('environment', {
    answers: [
      { caseCode: 'LX-2', silent: true },
      {
        procedure: 'environmental-permit',
        position: 'agree-with-conditions',
        conditions: [condition],
        legalBasis: 'Điều 43',
        note: 'n',
      },
    ],
    position: 'object',
  });
  await ask('rest');
  await ask('silent', { caseCode: 'LX-2' });
  await ask('conditional', { procedure: 'environmental-permit' });
  await agencies.client.clock('2026-03-05T00:00:00Z');
  expect(receiver.received.map(({ opinion }) => opinion)).toMatchObject([
    { correlationId: 'rest', position: 'object', conditions: [] },
    {
      correlationId: 'conditional',
      position: 'agree-with-conditions',
      conditions: [condition],
      legalBasis: 'Điều 43',
      note: 'n',
    },
  ]);
});

it('a look-up can be made to find something bad', async () => {
  await agencies.client.faults('enterprise-registry', { lookupAnswers: { 'name-check': { available: false } } });
  expect((await look('bad')).body).toMatchObject({ available: false, takenBy: null });
});

it('the same seed gives the same series, evenly spread, and another seed another', () => {
  const draw = (seed: number) => {
    const random = seededSeries(seed);
    return Array.from({ length: 2_000 }, () => random());
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const numbers = draw(1);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toBeCloseTo(0.5, 1);
});
