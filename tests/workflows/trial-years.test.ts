import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseEvent, type EventOf, type EventType } from '../../domain/case/events.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { dateOf, instantAfter } from '../../domain/time/instants.js';
import { investor } from '../db/support.js';
import { checkKept } from '../support/register-checks.js';
import { eventsOf, runsEnded, Town } from './support.js';
import { fileTrial, headOf, type TownTrial } from './trials.js';

const weeks = 103;
const mostEvents = 2_000;
/** In real time, each instant at which something may fall due: timer set and fired, task scheduled, started, completed, the register's answer. */
const eventsOfTimer = 6;

interface RunLength {
  readonly scope: ScopeId;
  readonly length: number;
}

/** Every run of one workflow, from the first through each continue-as-new. */
async function runsOf(town: Town, scope: ScopeId): Promise<RunLength[]> {
  const runs: RunLength[] = [];
  for await (const { runId } of town.client.workflow.list({ query: `WorkflowId = '${scope}'` })) {
    const { historyLength } = await town.client.workflow.getHandle(scope, runId).describe();
    runs.push({ scope, length: historyLength });
  }
  return runs;
}

const allOf = <T extends EventType>(events: readonly CaseEvent[], type: T): EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type);

describe('a trial of two years that reports every week', () => {
  let town: Town;
  beforeAll(async () => {
    // So that the published calendars cover both years.
    town = await Town.found({ stepped: '2024-12-02 09:00' });
  });
  afterAll(() => town.close());

  /** Of its run, once that has nothing in hand any more. */
  async function lengthOf(file: TownTrial): Promise<number> {
    await file.quiet();
    for (;;) {
      const { historyLength, raw } = await town.client.workflow.getHandle(file.scope).describe();
      if (!raw.pendingWorkflowTask) return historyLength;
      await sleep(10);
    }
  }

  /**
   * Empty messages, as the sweeper sends them, until the run makes room for another one; resolves to their number. One after the other: a message in the very
   * task that ends a run is given back by Temporal, which costs the next task ten seconds (SDK 1.24).
   */
  async function pokeUntilRenewed(file: TownTrial): Promise<number> {
    const { scope } = file;
    const run = async () => (await town.client.workflow.getHandle(scope).describe()).runId;
    const first = await run();
    for (let pokes = 1; pokes < mostEvents; pokes++) {
      await town.engine.handOver.poke({ scope, kind: 'trial', generation: 1 });
      await lengthOf(file);
      if ((await run()) !== first) return pokes;
    }
    throw new Error('one run for ever');
  }

  it('has no run of 2,000 events, and whatever it owes comes round once', { timeout: 180_000 }, async () => {
    const file = await fileTrial(town, { terms: { months: 12, reportEvery: { amount: 1, unit: 'week' } } });
    const { supervises } = await file.start();
    const began = await town.now();
    let instants = 0;
    let pokes = 0;
    const grown: number[] = [];
    for (let week = 1; week <= weeks; week++) {
      const before = await lengthOf(file);
      instants += await file.advance(instantAfter(began, 7 * 24 * week));
      await file.allIsWell();
      await file.act(investor, { type: 'fileTrialReport', duty: null, documentId: null, figures: { flights: week } });
      if (week % 26 === 20) {
        const on = dateOf(await town.now());
        await file.act(headOf(supervises), { type: 'recordVisit', on, result: 'in-order', findings: 'as admitted' });
      }
      grown.push((await lengthOf(file)) - before);
      if (week === 40) {
        const extension = { kind: 'extension', months: 12 } as const;
        await file.act(investor, { type: 'requestTrialChange', request: extension, reason: 'one more year' });
        await file.complete(await file.task('trial-request/R1'));
        await file.until('the extension', ({ trial }) => trial?.until === '2026-12-01');
      }
      if (week === weeks - 3) await file.finalReport();
      if (week === 52) pokes = await pokeUntilRenewed(file);
    }
    // What no workflow hears causes nothing in Temporal: two years of reports, metrics and visits leave no trace there.
    expect(grown.filter((events) => events > 0)).toEqual([]);
    const { scopes } = await file.conclude();
    await runsEnded(town, Object.keys(scopes));

    const { duties } = await checkKept(town.register, file.code, await town.now());
    const events = await eventsOf(town, file.code);
    const reports = allOf(events, 'dutyIncurred').filter(({ payload }) => payload.code === 'trial-report');
    const ids = reports.map(({ payload }) => payload.duty);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.map((_, n) => `trial-report#${n + 1}`));
    expect(ids.length).toBeGreaterThanOrEqual(weeks);
    expect(Object.values(duties).filter(({ missed }) => missed)).toEqual([]);
    expect(allOf(events, 'trialReportFiled').map(({ payload }) => payload.duty)).toEqual(ids.slice(0, weeks));
    expect(allOf(events, 'metricsAccepted').map(({ payload }) => payload.batch)).toEqual(
      ids.slice(0, weeks).map((_, n) => n + 1),
    );

    const runs = (await Promise.all(Object.keys(scopes).map((scope) => runsOf(town, scope)))).flat();
    expect(runs.filter(({ scope }) => scope === file.scope).length).toBeGreaterThan(1);
    expect(runs.filter(({ length }) => length >= mostEvents)).toEqual([]);
    const total = runs.reduce((sum, { length }) => sum + length, 0);
    const lengths = runs.map(({ scope, length }) => `${scope.split('/').slice(2).join('/') || 'case'} ${length}`);
    console.log(
      `${events.length} events in the register, ${total} in Temporal (${lengths.join(', ')}; with ${pokes} pokes); ` +
        `${instants} instants, in real time ${instants * eventsOfTimer} events more`,
    );
  });
});
