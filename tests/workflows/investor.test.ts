import { findingsFor, missingEvidence } from '../support/lane.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { licenceOf } from '../../domain/case/case/adjustment.js';
import { foldCase } from '../../domain/case/fold.js';
import { allTasks } from '../../domain/case/task/state.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import { addDays, dateOf } from '../../domain/time/instants.js';
import { stepClock } from '../../db/register/business-clock.js';
import { investor, person } from '../db/support.js';
import { phaseTwo } from '../support/certificate.js';
import { eventsOf, exampleProjects, runsEnded, Town, type TownCase } from './support.js';

let town: Town;
beforeAll(async () => {
  town = await Town.found({ stepped: '2026-07-06 09:00' });
});
afterAll(() => town.close());

/** The case went through without anybody having to help the engine, and the register is the fold of its events. */
async function ended(file: TownCase) {
  const state = await file.liveOn();
  const events = await eventsOf(town, file.code);
  expect([...allTasks(state)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  expect(foldCase(file.code, events)).toEqual(state);
  await runsEnded(town, Object.keys(state.scopes));
  return { state, events };
}

describe('the second phase of BESI', () => {
  it('adjusts the licensed project in a case of its own, and is seen through to its approvals', async () => {
    const first = await town.open(exampleProjects.besi, { pathway: 'standard' });
    const { state } = await ended(first);
    const licence = licenceOf(state);
    expect(licence).toEqual({ procedure: 'irc-ordinary', licensedBy: 'standard', policyApproval: false });
    const adjustment = { change: 'other', licensedBy: 'standard', policyApproval: false } as const;
    const filing = { ...phaseTwo, project: { ...phaseTwo.project, adjustment } };
    const adjusts = { case: first.code, procedure: licence?.procedure ?? '' };
    const second = await ended(await town.open(filing, { pathway: 'standard', adjusts }));
    expect(second.state).toMatchObject({ adjusts, closed: { outcome: 'approved' } });
    expect(latestAttempt(second.state, 'irc-adjustment')?.closed).toMatchObject({ outcome: 'approved' });
    expect(latestAttempt(second.state, 'irc-ordinary')).toBeUndefined();
    expect(latestAttempt(second.state, 'feasibility-appraisal-b')?.closed).toMatchObject({ outcome: 'approved' });
  }, 60_000);
});

describe('a project proposed again for the green lane', () => {
  it('is put before an officer each time, while the procedures go on', async () => {
    const project = { ...exampleProjects.besi.project, keyProjectListed: false };
    const file = await town.open({ ...exampleProjects.besi, project });
    await file.quiet();
    expect(Object.keys((await file.state()).tasks)).toEqual([]);
    await file.act(investor, { type: 'proposeLane', reason: 'đã vào danh mục' });
    await file.complete(await file.task('lane/2'), { outcome: 'standard' });
    await file.act(investor, { type: 'proposeLane', reason: 'nay đã công bố' });
    for (const given of missingEvidence(await file.state())) await file.act(investor, given);
    // What an officer refused goes to the head.
    const again = { type: 'completeTask', taskId: (await file.task('lane/3')).id } as const;
    const completion = { outcome: 'green', reason: 'r', findings: findingsFor(await file.state(), 'green') };
    await file.act(person('head.dof', 'head', 'dof'), { ...again, completion });
    const { state } = await ended(file);
    expect(state).toMatchObject({ lane: 'green', laneProposals: 2, closed: { outcome: 'approved' } });
  }, 60_000);
});

describe('a question', () => {
  it('is somebody’s task by itself, two at once too, and keeps the case open until it is answered', async () => {
    const file = await town.open();
    await file.act(investor, { type: 'askQuestion', procedure: 'irc-ordinary', text: 'Bao giờ?' });
    await file.act(investor, { type: 'askQuestion', procedure: null, text: 'Ai phụ trách?' });
    expect(await file.task('question/Q1')).toMatchObject({ agency: 'shtp-board', role: 'officer', kind: 'question' });
    expect(await file.task('question/Q2')).toMatchObject({ agency: 'dof' });
    const unanswered = await file.liveOn(({ kind }) => kind === 'question');
    expect(unanswered.closed).toBeNull();
    const { state } = await ended(file);
    expect(Object.values(state.questions).filter(({ answeredAt }) => answeredAt === null)).toEqual([]);
    expect(state.closed?.outcome).toBe('approved');
  }, 60_000);
});

describe('a later approval that is put off', () => {
  const later = 'environmental-permit';

  it('keeps the case open no longer, and is never opened', async () => {
    const file = await town.open(exampleProjects.cmc);
    await file.act(investor, { type: 'deferProcedure', procedure: later, until: null, reason: 'xây sau' });
    const { state } = await ended(file);
    expect(state.closed?.outcome).toBe('approved');
    expect(latestAttempt(state, later)).toBeUndefined();
    expect(state.deferred).toHaveProperty(later);
  }, 60_000);

  it('is opened by itself once it is taken up, or on the day it was put off to', async () => {
    const file = await town.open(exampleProjects.cmc);
    const until = addDays(dateOf(await town.now()), 30);
    await file.act(investor, { type: 'deferProcedure', procedure: later, until, reason: 'xây sau' });
    await file.liveOn(({ agency, kind }) => agency === 'dae' || kind === 'lane');
    const deferred = await file.state();
    expect(deferred.closed).toBeNull();
    expect(latestAttempt(deferred, later)).toBeUndefined();
    await stepClock(town.register.pool, `${until}T02:00:00.000Z`);
    await file.act({ kind: 'clock' }, { type: 'settle' });
    await file.until('the permit procedure', (state) => latestAttempt(state, later));
    const { state } = await ended(file);
    expect(latestAttempt(state, later)?.closed).toMatchObject({ outcome: 'approved' });
  }, 60_000);
});

describe('taking a case back', () => {
  it('ends every kind of thing that was open with it', async () => {
    const project = { ...exampleProjects.besi.project, keyProjectListed: false };
    const file = await town.open({ ...exampleProjects.besi, project });
    await file.act(investor, { type: 'proposeLane', reason: 'lại' });
    await file.act(investor, { type: 'askQuestion', procedure: null, text: 'Ai?' });
    await file.act(investor, { type: 'deferProcedure', procedure: 'tax-registration', until: null, reason: 'sau' });
    await file.task('lane/2');
    await file.task('question/Q1');
    await file.act(investor, { type: 'withdrawCase', reason: 'thôi' });
    const { state } = await ended(file);
    expect(state.closed?.outcome).toBe('withdrawn');
    expect([...allTasks(state)].filter(({ status }) => status === 'open' || status === 'claimed')).toEqual([]);
  }, 60_000);
});
