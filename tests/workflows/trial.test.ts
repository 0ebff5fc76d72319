import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepClock } from '../../db/register/business-clock.js';
import { admissionOf } from '../../domain/case/trial/state.js';
import { allTasks } from '../../domain/case/task/state.js';
import { type Progress, progressQueryName } from '../../engine/words.js';
import { addDays, instantAfter, startOf } from '../../domain/time/instants.js';
import { investor } from '../db/support.js';
import { at } from '../support/memory-register.js';
import { checkKept } from '../support/register-checks.js';
import { eventsOf, runsEnded, Town } from './support.js';
import { exampleTrials, fileTrial, headOf, type TownTrial } from './trials.js';

let town: Town;
beforeAll(async () => {
  town = await Town.found({ stepped: '2026-07-06 09:00' });
});
afterAll(() => town.close());

const waitingFor = async (file: TownTrial): Promise<readonly string[]> =>
  (await town.client.workflow.getHandle(file.scope).query<Progress>(progressQueryName)).waitingFor;

/** Closed, every run of it completed, nothing was handed to somebody because the engine was stuck, and the register is what its events say. */
async function isOver(file: TownTrial): Promise<string | undefined> {
  await file.until('the end', ({ closed, scopes }) => closed && Object.values(scopes).every((one) => one.closed));
  const { scopes, closed } = await file.state();
  await runsEnded(town, Object.keys(scopes));
  for (const scope of Object.keys(scopes)) {
    const { status } = await town.client.workflow.getHandle(scope).describe();
    expect(`${scope} ${status.name}`).toBe(`${scope} COMPLETED`);
  }
  const kept = await checkKept(town.register, file.code, await town.now());
  expect([...allTasks(kept)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  return closed?.outcome;
}

describe('a whole trial', () => {
  it('of drones goes from filing to certificate, through council, permit, hold, resumption and extension', async () => {
    const file = await fileTrial(town, { terms: { months: 6 } });
    await file.admit();
    const admitted = await file.state();
    expect(admitted.trial).toMatchObject({ phase: 'admitted', permits: { 'flight-permission': null } });
    expect(Object.keys(admissionOf(admitted)?.steps ?? {})).toContain('council');
    const opinions = Object.values(admitted.consultations).flatMap((one) => Object.values(one.opinions));
    expect(opinions.find(({ agency }) => agency === 'city-police')).toMatchObject({
      channel: 'system',
      status: 'given',
    });
    expect(opinions.length).toBeGreaterThanOrEqual(4);
    expect(opinions.every(({ status }) => status === 'given')).toBe(true);
    expect(await waitingFor(file)).toContain('permits');
    const { authority, supervises } = await file.start();

    await file.advance(at('2026-08-04 10:00'));
    await file.exceed();
    const hold = await file.task('hold/H1');
    expect(hold).toMatchObject({ kind: 'hold', agency: supervises, role: 'head', dueDate: '2026-08-05' });
    await file.complete(hold, { outcome: 'confirm' });
    await file.reaches('suspended');
    await file.act(investor, { type: 'requestTrialChange', request: { kind: 'resumption' }, reason: 'repaired' });
    const request = await file.task('trial-request/R1');
    expect(request).toMatchObject({ agency: authority, role: 'head' });
    await file.complete(request);
    await file.reaches('running');

    await file.advance(at('2026-10-12 09:00'));
    await file.act(investor, { type: 'fileTrialReport', duty: null, documentId: 'doc', figures: { flights: 40 } });
    const extension = { kind: 'extension', months: 3 } as const;
    await file.act(investor, { type: 'requestTrialChange', request: extension, reason: 'one more season' });
    await file.complete(await file.task('trial-request/R2'));
    await file.until('the extension', ({ trial }) => trial?.until === '2027-04-05');

    await file.advance(at('2027-03-01 09:00'));
    await file.finalReport();
    await file.complete(await file.task('completion'), { outcome: 'completed' });
    const certified = await file.until('the certificate', ({ trial }) => trial?.certificate !== null && trial);
    expect(certified).toMatchObject({ phase: 'ended', ending: 'completed' });
    await file.quiet();
    expect((await file.state()).closed).toBeNull();
    await file.payUsers();
    expect(await isOver(file)).toBe('approved');
    expect((await file.trial()).phase).toBe('over');
  });

  it('of artificial intelligence needs no council and no permit; reported on at the last moment it is assessed after its last day, and goes on in a transition', async () => {
    const terms = { months: 3, transitionMonths: 2 };
    const file = await fileTrial(town, { filing: exampleTrials.ai, terms });
    await file.admit();
    expect(Object.keys(admissionOf(await file.state())?.steps ?? {})).not.toContain('council');
    const { until } = await file.reaches('running');
    if (until === null) throw new Error('no end');
    await file.advance(instantAfter(startOf(until), 8));
    await file.finalReport();
    await file.advance(startOf(addDays(until, 1)));
    const task = await file.task('completion');
    expect((await file.trial()).phase).toBe('assessment');
    await file.complete(task, { outcome: 'completed' });
    await file.until('the certificate', ({ trial }) => trial?.certificate);
    const { transitionUntil } = await file.reaches('transition');
    if (transitionUntil === null) throw new Error('no transition');
    await file.advance(startOf(addDays(transitionUntil, 1)));
    await file.reaches('ended');
    await file.payUsers();
    expect(await isOver(file)).toBe('approved');
  });

  it('that nobody reports on expires on its last day', async () => {
    const file = await fileTrial(town, { terms: { months: 1, userDuties: [] } });
    const { until } = await file.start();
    if (until === null) throw new Error('no end');
    await file.advance(startOf(addDays(until, 1)));
    expect(await isOver(file)).toBe('approved');
    expect(await file.trial()).toMatchObject({ phase: 'over', ending: 'expired', certificate: null });
  });
});

describe('an admission', () => {
  const unknown = {
    ...exampleTrials.drone,
    applicant: { ...exampleTrials.drone.applicant, operatesInPark: null },
  };

  it('does not begin before an officer has said that an unclear trial fits', async () => {
    const file = await fileTrial(town, { filing: unknown });
    const task = await file.task('fit');
    await file.quiet();
    expect(task).toMatchObject({ kind: 'fit', agency: 'dost', role: 'officer' });
    expect(admissionOf(await file.state())).toBeUndefined();
    await file.complete(task, { outcome: 'fits' });
    await file.start();
  });

  it('is never asked for where the officer says that it does not fit, and the case ends as refused', async () => {
    const file = await fileTrial(town, { filing: unknown });
    await file.complete(await file.task('fit'), { outcome: 'does-not-fit' });
    expect(await isOver(file)).toBe('refused');
    expect((await file.state()).procedures).toEqual({});
  });

  it('that is refused may be filed for again, and the trial runs after the second attempt', async () => {
    const file = await fileTrial(town);
    await file.dossier();
    await file.liveOn(({ step }) => step === 'decision');
    await file.complete(await file.task('step/decision'), { outcome: 'refuse' });
    await file.until('the refusal', (state) => admissionOf(state)?.closed?.outcome === 'refused');
    await file.quiet();
    expect((await file.trial()).phase).toBe('admission');
    await file.dossierAgain();
    await file.liveOn(() => false);
    expect(admissionOf(await file.state())).toMatchObject({ attempt: 2, closed: { outcome: 'approved' } });
    await file.start();
  });

  it('that is withdrawn ends every workflow of the case, opinions that are out included', async () => {
    const file = await fileTrial(town);
    await file.dossier();
    await file.liveOn(({ kind }) => kind === 'opinion');
    await file.act(investor, { type: 'withdrawCase', reason: 'plans changed' });
    expect(await isOver(file)).toBe('withdrawn');
    expect(Object.keys((await file.state()).scopes)).toHaveLength(3);
  });
});

describe('a running trial', () => {
  it('that its participant leaves ends when its users have what they are owed', async () => {
    const file = await fileTrial(town);
    await file.start();
    await file.exceed();
    await file.task('hold/H1');
    await file.act(investor, { type: 'endTrial', ending: 'withdrawn', reason: 'no money' });
    await file.reaches('ended');
    await file.quiet();
    expect([...allTasks(await file.state())].filter(({ status }) => status === 'open')).toEqual([]);
    await file.payUsers();
    expect(await isOver(file)).toBe('withdrawn');
  });

  it('that is revoked before its permits came never starts', async () => {
    const file = await fileTrial(town, { terms: { userDuties: [] } });
    const { authority } = await file.admit();
    await file.act(headOf(authority), { type: 'endTrial', ending: 'revoked', reason: 'unsafe' });
    await isOver(file);
    expect((await eventsOf(town, file.code)).filter(({ type }) => type === 'trialStarted')).toEqual([]);
  });

  it('whose hold nobody confirms runs on after the next working day, and may be held again', async () => {
    const file = await fileTrial(town);
    await file.start();
    await file.exceed();
    const { dueDate } = await file.task('hold/H1');
    if (dueDate === null) throw new Error('no date');
    const { incidents, holds } = await file.trial();
    await file.advance(holds['H1']?.confirmBy ?? '');
    expect(await file.trial()).toMatchObject({ phase: 'running', holds: { H1: { status: 'lapsed' } }, incidents });
    expect(holds['H1']?.confirmBy).toBe(startOf(addDays(dueDate, 1)));
    await file.exceed();
    await file.complete(await file.task('hold/H2'), { outcome: 'lift' });
    await file.reaches('running');
  });

  it('that gets more time after its final report reports again, and that report is looked at anew', async () => {
    const file = await fileTrial(town, { terms: { months: 6 } });
    await file.start();
    await file.finalReport();
    const first = await file.task('completion');
    const extension = { kind: 'extension', months: 3 } as const;
    await file.act(investor, { type: 'requestTrialChange', request: extension, reason: 'one more season' });
    await file.complete(await file.task('trial-request/R1'));
    await file.until(
      'the extension',
      ({ trial, tasks }) => !trial?.finalReport && tasks[first.id]?.status === 'cancelled',
    );
    await file.quiet();
    expect([...allTasks(await file.state())].filter(({ status }) => status === 'open')).toEqual([]);
    await file.finalReport();
    const second = await file.task('completion');
    expect(second.id).not.toBe(first.id);
    await file.complete(second, { outcome: 'failed' });
    expect(await file.reaches('ended')).toMatchObject({ ending: 'failed', certificate: null });
  });

  it('has everything decided that comes at once: several requests, incidents, a question and a hold', async () => {
    const file = await fileTrial(town);
    const { terms } = await file.start();
    if (!terms) throw new Error('no terms');
    const now = await town.now();
    const when = { happenedAt: instantAfter(now, -2), knownAt: instantAfter(now, -1) };
    const told = { ...when, description: 'it fell', documentId: null };
    await town.engine.stop();
    const extension = { kind: 'extension', months: 1 } as const;
    await file.act(investor, { type: 'requestTrialChange', request: extension, reason: 'longer' });
    await stepClock(town.register.pool, instantAfter(now, 24 * 7));
    await file.act(investor, { type: 'requestTrialChange', request: { kind: 'adjustment', terms }, reason: 'else' });
    await file.act(investor, { type: 'reportIncident', incident: null, severity: 'minor', ...told });
    await file.act(investor, { type: 'reportIncident', incident: null, severity: 'critical', ...told });
    await file.act(investor, { type: 'askQuestion', procedure: null, text: 'What now?' });
    await town.work();
    // Nobody waits for another matter to be decided first.
    const keys = ['hold/H1', 'trial-request/R1', 'trial-request/R2', 'incident/I1', 'incident/I2', 'question/Q1'];
    for (const key of keys) await file.task(key);
    const { R1, R2 } = (await file.trial()).requests;
    expect(R1?.decideBy).not.toBe(R2?.decideBy);
    expect((await file.task('trial-request/R1')).dueDate).toBe(R1?.decideBy);
    expect((await file.task('trial-request/R2')).dueDate).toBe(R2?.decideBy);
    await file.complete(await file.task('trial-request/R2'), { outcome: 'refuse' });
    const state = await file.liveOn(() => false);
    expect(state.trial).toMatchObject({ phase: 'running', extensions: 1, requests: { R2: { status: 'refused' } } });
    expect(Object.values(state.trial?.incidents ?? {}).every(({ examinedAt }) => examinedAt !== null)).toBe(true);
  });
});
