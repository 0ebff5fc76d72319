import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { stepClock } from '../../db/register/business-clock.js';
import { type Phase } from '../../domain/case/trial/phases.js';
import { startApi, type TestApi } from './support.js';
import {
  done,
  investor,
  newKey,
  now,
  register,
  type RegisteredTrial,
  standing,
  standStill,
  type View,
  headOfAuthority,
  headOfSupervisor,
  reason,
} from './trial-by-hand.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await standStill(api);
});
afterAll(() => api.close());

const inPhase = (phase: Phase): Promise<RegisteredTrial> => register(api, standing[phase]());
describe('what the participant asks for', () => {
  it('is other conditions within the regime; what is not named stays as it was', async () => {
    const trial = await inPhase('running');
    const ask = (change: object) => trial.refusal('adjustments', investor, { ...change, reason });
    expect(await ask({})).toBe('VALIDATION_FAILED');
    expect(await ask({ limits: [{ code: 'mood', max: 1 }] })).toBe('UNKNOWN_VALUE');
    expect(await ask({ limits: [{ code: 'altitude', max: 300, inclusive: false }] })).toBe('LIMIT_LOOSER_THAN_REGIME');
    expect(await ask({ limits: [{ code: 'altitude', min: 10 }] })).toBe('LIMIT_LOOSER_THAN_REGIME');
    expect(await ask({ dataLocation: 'abroad' })).toBe('OUTSIDE_TERRITORY');
    expect(await ask({ reportEvery: { amount: 6, unit: 'month' } })).toBe('AMOUNT_OUT_OF_RANGE');
    expect(await ask({ exemptions: [], dataLocation: 'none' })).toBe('UNKNOWN_FIELD');
    const before = (await trial.view()).terms;
    const limits = [
      { code: 'altitude', max: 120, inclusive: true },
      { code: 'users', max: 1500 },
    ];
    await done(trial.post('adjustments', investor, { limits, reason }));
    const taskId = await trial.task('trial-request/R1', 'trial-request');
    await done(trial.complete(taskId, headOfAuthority, { outcome: 'grant', reason: 'hợp lý' }));
    const view = await trial.view();
    expect(view.requests).toMatchObject([
      { id: 'R1', kind: 'adjustment', status: 'granted', reason, answer: 'hợp lý' },
    ]);
    expect(view.terms?.limits.find(({ code }) => code === 'altitude')).toMatchObject({ max: 120, source: 'admission' });
    expect(view.terms?.limits.find(({ code }) => code === 'users')).toMatchObject({ max: 1500 });
    expect({ ...view.terms, limits: [] }).toEqual({ ...before, limits: [] });
    const rest = (terms: View['terms']) => terms?.limits.filter(({ code }) => code !== 'altitude' && code !== 'users');
    expect(rest(view.terms)).toEqual(rest(before));
  });

  it('is more time, as often and as long as the regime allows', async () => {
    const trial = await inPhase('running');
    expect(await trial.refusal('extension', investor, { months: 13, reason })).toBe('TERM_TOO_LONG');
    await done(trial.post('extension', investor, { months: 2, reason }));
    expect(await trial.refusal('extension', investor, { months: 2, reason })).toBe('DUPLICATE_REQUEST');
    const taskId = await trial.task('trial-request/R1', 'trial-request');
    await done(trial.complete(taskId, headOfAuthority, { outcome: 'grant', reason }));
    expect(await trial.view()).toMatchObject({
      until: '2027-10-23',
      extensions: 1,
      exemptions: [{ to: '2027-10-23' }],
    });
    expect(await trial.refusal('extension', investor, { months: 2, reason })).toBe('EXTENSION_LIMIT');
  });

  it('is a certificate: final report with lessons, then the authority’s word', async () => {
    const trial = await inPhase('running');
    expect(await trial.refusal('final-report', investor, {})).toBe('VALIDATION_FAILED');
    const lessons = [{ act: 'Luật Phòng không nhân dân', article: 'Điều 28', change: 'cho bay ban đêm' }];
    await done(trial.post('final-report', investor, { lessons, figures: { flights: 900 } }));
    expect(await trial.refusal('final-report', investor, { lessons })).toBe('DUPLICATE_REQUEST');
    const taskId = await trial.task('completion', 'completion');
    expect((await trial.complete(taskId, headOfSupervisor, { outcome: 'completed', reason })).body.code).toBe(
      'TASK_NOT_YOURS',
    );
    await done(trial.complete(taskId, headOfAuthority, { outcome: 'completed', reason: 'đạt mục tiêu' }));
    const view = await trial.view();
    expect(view).toMatchObject({ phase: 'ended', ending: 'completed', endedAt: now, endedBecause: 'đạt mục tiêu' });
    expect(view.finalReport).toMatchObject({ filedAt: now, lessons, figures: { flights: 900 } });
    expect(view.userDuties).toMatchObject([{ duty: 'trial-users#1', name: { en: 'Return data' }, status: 'open' }]);
    const duty = `/cases/${trial.code}/duties/${encodeURIComponent('trial-users#1')}/fulfilment`;
    await done(api.call('POST', duty, { as: investor, body: { evidence: { reference: 'BB-01' } } }));
    expect((await trial.view()).userDuties[0]?.status).toBe('met');
  });

  it.each<[string, string, string]>([
    ['leaves', investor, 'withdrawn'],
    ['loses its admission', headOfAuthority, 'revoked'],
  ])('is nothing any more once it %s', async (_what, as, ending) => {
    const trial = await inPhase('running');
    expect(await trial.refusal('termination', headOfSupervisor, { reason })).toBe('FORBIDDEN');
    await done(trial.post('termination', as, { reason }));
    expect(await trial.view()).toMatchObject({ phase: 'ended', ending, endedBecause: reason });
    expect(await trial.refusal('termination', as, { reason })).toBe('PRECONDITION_FAILED');
  });
});

describe('for whom somebody acts', () => {
  it('a representative does what a power of attorney names, in the participant’s name', async () => {
    const grant = async (acts: string[], procedures: string[] | null) => {
      const { body: power } = await api.call<{ id: string }>('POST', '/powers-of-attorney', {
        as: investor,
        body: { representative: 'representative.besi', acts, procedures, from: '2026-11-16', to: '2026-12-31' },
      });
      return api.call('POST', `/powers-of-attorney/${power.id}/acceptance`, { as: 'representative.besi' });
    };
    expect((await grant(['reportIncident', 'fileTrialReport'], null)).status).toBe(200);
    expect((await grant(['endTrial'], ['irc-ordinary'])).status).toBe(200);
    const trial = await inPhase('running');
    const as = 'representative.besi';
    expect((await trial.view(as)).may).toEqual(['fileReport', 'reportIncident']);
    await done(trial.post('reports', as, { figures: { flights: 1 } }));
    for (const [act, body] of [
      ['termination', { reason }],
      ['resumption', { reason }],
      ['extension', { months: 1, reason }],
      ['keys', { keyId: 'key-2', publicKey: newKey() }],
    ] as const) {
      expect(await trial.refusal(act, as, body), act).toBe('OUTSIDE_POWER_OF_ATTORNEY');
    }
    const { rows } = await api.pool.query<{ actor: unknown }>(
      `select actor from case_event where case_code = $1 and type = 'trialReportFiled'`,
      [trial.code],
    );
    expect(rows[0]?.actor).toMatchObject({ id: as, onBehalfOf: investor });
  });

  it('another investor neither reads nor acts', async () => {
    const trial = await inPhase('running');
    expect((await trial.get('', 'investor.cmc')).status).toBe(403);
    expect(await trial.refusal('termination', 'investor.cmc', { reason })).toBe('CASE_NOT_YOURS');
  });

  it('the same key gives the same answer, and none to another request', async () => {
    const trial = await inPhase('running');
    const send = (why: string) =>
      trial.post<{ code?: string; caseSeq?: number }>('suspension', headOfSupervisor, { reason: why }, 'suspend-once');
    const first = await send(reason);
    const again = await send(reason);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await send('khác')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('words stay out of the evidence, and are gone from the answer once they are erased', async () => {
    const trial = await inPhase('running');
    await done(trial.post('suspension', headOfSupervisor, { reason: 'bí mật của ông Ba' }));
    const { rows } = await api.pool.query<{ canonical: string }>(
      'select canonical from case_event where case_code = $1',
      [trial.code],
    );
    expect(rows.map(({ canonical }) => canonical).join('')).not.toContain('ông Ba');
    const owner = createPool(api.database.migratorUrl, { max: 1 });
    await owner.query('update case_text set body = null, sealed = null where case_code = $1', [trial.code]);
    await owner.end();
    expect((await trial.view()).suspensions[0]?.reason).toBeNull();
  });
});

// Last: time passes for every trial of this file.
it('lifts a hold that nobody confirmed by the end of the next working day, and shows it as lapsed', async () => {
  const trial = await inPhase('held');
  await stepClock(api.pool, '2026-11-17T17:00:00.000Z');
  await api.deps.door.handle({
    caseCode: trial.code,
    command: { type: 'settle' },
    actor: { kind: 'clock' },
    occurredAt: '2026-11-17T17:00:00.000Z',
    operationId: `settle/${trial.code}`,
    bodyHash: '',
  });
  expect(await trial.view()).toMatchObject({
    phase: 'running',
    holds: [{ status: 'lapsed', decidedAt: '2026-11-17T17:00:00.000Z', reason: null }],
  });
});
