import { type CaseEvent } from '../../domain/case/events.js';
import { caseRuns } from '../../domain/case/activities.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepClock } from '../../db/register/business-clock.js';
import { loadScope } from '../../db/register/load-scope.js';
import { markSent } from '../../engine/register/mailbox.js';
import { createTemporalPort } from '../../engine/register/temporal-port.js';
import type { TaskState } from '../../domain/case/task/state.js';
import { eventsSignalName, type EventsMessage, type Progress, progressQueryName } from '../../engine/words.js';
import { addDays, plainDate, startOf } from '../../domain/time/instants.js';
import { reconcile } from '../../worker/reconcile.js';
import { investor } from '../db/support.js';
import { exampleProjects, historyOf, runsEnded, Town, type TownCase } from './support.js';

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town.close());

const irc = 'irc-ordinary';
const assessment = ({ step }: TaskState) => step === 'assessment';

/** BESI up to where its officer assesses the certificate. */
async function assessing(): Promise<TownCase> {
  const file = await town.open(exampleProjects.besi);
  await file.liveOn(assessment);
  return file;
}

const progress = (scope: string): Promise<Progress> =>
  town.client.workflow.getHandle(scope).query<Progress>(progressQueryName);

describe('without a worker', () => {
  it('people finish the tasks that are open, and nothing opens until it is back', async () => {
    const file = await assessing();
    await town.engine.stop();
    await file.complete(await file.task('step/assessment'));
    await sleep(600);
    const open = Object.values((await file.state()).procedures[file.procedure(irc)]?.tasks ?? {});
    expect(open.filter(({ status }) => status === 'open')).toEqual([]);
    await town.work();
    await file.complete(await file.task('step/decision'));
    expect((await file.liveOn()).closed?.outcome).toBe('approved');
  });

  it('a dossier is sent back and filed again, and is examined anew once it is back', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ kind }) => kind === 'intake');
    await town.engine.stop();
    await file.complete(await file.task('intake/1'), { outcome: 'complete', items: ['request'] });
    await file.fileDossier(irc, 'request');
    await town.work();
    await file.complete(await file.task('intake/2'));
    await file.liveOn(assessment);
  });
});

describe('a lost Temporal', () => {
  const rebuild = () =>
    reconcile({
      pool: town.register.pool,
      door: town.engine.door,
      port: createTemporalPort(town.client, town.queue, caseRuns),
    });

  it('is rebuilt from the register in the middle of a case, twice in a row if need be, and the case ends', async () => {
    const file = await assessing();
    for (const [scope, { closed }] of Object.entries((await file.state()).scopes)) {
      if (!closed) await town.client.workflow.getHandle(scope).terminate('lost');
    }
    const { rebuilt, left } = await rebuild();
    expect(rebuilt).toBeGreaterThanOrEqual(2);
    expect(left).toEqual([]);
    await rebuild();
    const state = await file.liveOn();
    expect(state.closed?.outcome).toBe('approved');
    expect(state.scopes[file.scope]?.generation).toBe(3);
  });

  it('leaves no run of an older generation that could still speak for its scope', async () => {
    const file = await assessing();
    const scope = file.procedure(irc);
    const { runId: before } = await town.client.workflow.getHandle(scope).describe();
    await rebuild();
    await file.quiet();
    expect((await town.client.workflow.getHandle(scope).describe()).runId).not.toBe(before);
    expect((await town.client.workflow.getHandle(scope, before).describe()).status.name).toBe('TERMINATED');
    expect((await progress(scope)).generation).toBe(2);
    await file.liveOn();
  });

  it('is started again for a scope the register knows as open when a message finds no workflow', async () => {
    const file = await assessing();
    const scope = file.procedure(irc);
    await town.client.workflow.getHandle(scope).terminate('lost');
    await file.complete(await file.task('step/assessment'));
    expect((await file.task('step/decision')).role).toBe('head');
    await file.liveOn();
  });
});

describe('messages', () => {
  it('that come twice, out of order or not at all change nothing', async () => {
    const file = await assessing();
    const { pool, law } = town.register;
    const scope = file.procedure(irc);
    const handle = town.client.workflow.getHandle(scope);
    const signal = (message: EventsMessage<CaseEvent>) => handle.signal(eventsSignalName, message);
    const all = (await loadScope(pool, law, scope, 0)).deliveries;
    for (const delivery of [...all].reverse()) await signal({ deliveries: [delivery] });
    await signal({ deliveries: all });
    const seen = (await loadScope(pool, law, scope, 0)).lastSeq;
    expect((await progress(scope)).seen).toBe(seen);

    // The officer's act is committed, its Signal is lost; the next message leaves a gap.
    await town.engine.stop();
    await file.complete(await file.task('step/assessment'));
    const { lastSeq, generation, deliveries } = await loadScope(pool, law, scope, 0);
    await markSent(pool, { scope, generation }, lastSeq);
    await town.work();
    const last = deliveries.at(-1);
    expect(last?.prev).toBeGreaterThan(seen);
    await signal({ deliveries: last ? [last] : [] });
    await file.complete(await file.task('step/decision'));
    expect((await file.liveOn()).closed?.outcome).toBe('approved');
  });

  it('in their hundreds make a quiet run begin anew, which loads and goes on', async () => {
    const file = await assessing();
    const scope = file.procedure(irc);
    const handle = town.client.workflow.getHandle(scope);
    const { runId } = await handle.describe();
    let pokes = 0;
    for (; pokes < 200 && (await handle.describe()).runId === runId; pokes += 1) {
      await town.engine.handOver.poke({ scope, kind: 'procedure', generation: 1 });
      await file.quiet();
    }
    expect(pokes).toBeGreaterThan(5);
    // Pokes that come while it thinks are one to it, so their number depends on the machine; the length of its history does not.
    expect(pokes).toBeLessThan(200);
    const before = await town.client.workflow.getHandle(scope, runId).fetchHistory();
    expect(before.events?.length).toBeLessThan(320);
    await file.complete(await file.task('step/assessment'));
    expect((await file.liveOn()).closed?.outcome).toBe('approved');
  });

  it('that are empty make the workflow load and say again that it is done', async () => {
    const file = await assessing();
    const scope = file.procedure(irc);
    await town.register.pool.query('update scope set done_seq = 0 where id = $1', [scope]);
    await town.engine.handOver.poke({ scope, kind: 'procedure', generation: 1 });
    await file.quiet();
    await file.liveOn();
  });
});

describe('opinions', () => {
  it('join by themselves within a second of the last answer', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ kind }) => kind === 'opinion');
    await file.until('the answer of the system', (state) =>
      Object.values(state.consultations).every(({ opinions }) => opinions['dpa']?.status === 'given'),
    );
    const task = await file.task('opinion/dost');
    await file.complete(task);
    const started = performance.now();
    await file.task('step/assessment');
    expect(performance.now() - started).toBeLessThan(1_000);
    await file.liveOn();
  });

  it('of an agency whose system is down become a task of its officer', async () => {
    await town.agencies.client.faults('land-planning', { down: true });
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ kind, agency }) => kind === 'opinion' && agency === 'dpa');
    const task = await file.task('opinion/dpa');
    expect(task).toMatchObject({ agency: 'dpa', role: 'officer' });
    await town.agencies.client.call('DELETE', '/land-planning/faults');
    await file.liveOn();
  });

  it('that nobody gives are settled by the law on the day they fall due, and the case goes on', async () => {
    const own = await Town.found({ stepped: '2026-07-06 09:00' });
    try {
      await own.agencies.client.faults('land-planning', { silent: true });
      const file = await own.open(exampleProjects.besi);
      await expect(file.liveOn(({ kind }) => kind === 'opinion', 500)).rejects.toThrow('an answer of an agency');
      const { opinions } = Object.values((await file.state()).consultations)[0] ?? {};
      const due = opinions?.['dpa']?.dueDate ?? '';
      await stepClock(own.register.pool, startOf(addDays(plainDate(due), 1)));
      await file.act({ kind: 'clock' }, { type: 'settle' });
      await file.task('step/assessment');
      const state = await file.state();
      expect(Object.values(state.consultations)[0]?.opinions['dpa']?.lapsed?.legalEffect).toBe('deemed-agreed');
    } finally {
      await own.close();
    }
  });
});

describe('an automatic step whose system is down', () => {
  it('becomes a task by hand and goes on with the number that somebody brought', async () => {
    await town.agencies.client.faults('national-investment', { down: true });
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ kind }) => kind === 'by-hand');
    const task = await file.task('by-hand/online-declaration');
    await file.complete(task, { reference: 'KB-2026/17' });
    const state = await file.liveOn(({ key }) => key === 'by-hand/project-number');
    expect(state.procedures[file.procedure(irc)]?.declaration?.id).toBe('KB-2026/17');
    await town.agencies.client.call('DELETE', '/national-investment/faults');
    await file.complete(await file.task('by-hand/project-number'), { reference: '0123456789' });
    expect((await file.liveOn()).procedures[file.procedure(irc)]?.steps['project-number']).toMatchObject({
      by: 'person',
    });
  });
});

describe('a withdrawal', () => {
  it('ends every workflow of the case at once, opinions that are out included', async () => {
    const file = await town.open(exampleProjects.besi);
    await file.liveOn(({ kind }) => kind === 'opinion');
    await file.act(investor, { type: 'withdrawCase', reason: 'plans changed' });
    await file.until('every scope to close', ({ scopes }) => Object.values(scopes).every(({ closed }) => closed));
    const state = await file.state();
    expect(Object.keys(state.scopes).some((scope) => scope.includes('consultation'))).toBe(true);
    await runsEnded(town, Object.keys(state.scopes));
    for (const scope of Object.keys(state.scopes)) {
      expect((await historyOf(town, scope)).text).not.toContain('CancelRequested');
    }
  });
});
