import { type CaseEvent } from '../../domain/case/events.js';
import { caseRuns } from '../../domain/case/activities.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScope } from '../../db/register/load-scope.js';
import { findScope, markSent } from '../../engine/register/mailbox.js';
import { createTemporalPort } from '../../engine/register/temporal-port.js';
import { allTasks } from '../../domain/case/task/state.js';
import { eventsSignalName, type EventsMessage, type Progress, progressQueryName } from '../../engine/words.js';
import { phases } from '../../domain/case/trial/phases.js';
import { reconcile } from '../../worker/reconcile.js';
import { investor } from '../db/support.js';
import { checkKept } from '../support/register-checks.js';
import { historyOf, runsEnded, Town } from './support.js';
import { exampleTrials, fileTrial, trialIn, type TownTrial } from './trials.js';
import { rewriteState } from '../support/kept-state.js';

describe('trouble', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found({ stepped: '2026-07-06 09:00' });
  });
  afterAll(() => town.close());

  /** It can still be brought to its end, and nothing was left to somebody because the engine was stuck. */
  const ends = async (file: TownTrial): Promise<void> => {
    const { scopes } = await file.conclude();
    await runsEnded(town, Object.keys(scopes));
    const kept = await checkKept(town.register, file.code, await town.now());
    expect([...allTasks(kept)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  };

  it('a worker that dies in the middle of a hold loses neither the hold nor its task', async () => {
    const file = await fileTrial(town);
    await file.start();
    await town.engine.stop();
    await file.exceed();
    expect(Object.values((await file.state()).tasks).map(({ key }) => key)).not.toContain('hold/H1');
    await town.work();
    const task = await file.task('hold/H1');
    await town.engine.stop();
    await file.complete(task, { outcome: 'confirm' });
    await file.act(investor, { type: 'requestTrialChange', request: { kind: 'resumption' }, reason: 'repaired' });
    await town.work();
    await file.complete(await file.task('trial-request/R1'));
    await file.reaches('running');
    await ends(file);
  });

  const rebuild = async () => {
    const { pool } = town.register;
    const { left } = await reconcile({
      pool,
      door: town.engine.door,
      port: createTemporalPort(town.client, town.queue, caseRuns),
    });
    expect(left).toEqual([]);
  };
  // A trial that is over has no run to lose.
  it.each(phases.filter((phase) => phase !== 'over'))(
    'a lost Temporal is rebuilt from the register while a trial is in %s, and the trial ends',
    async (phase) => {
      const file = await trialIn(town, phase);
      for (const [scope, { closed }] of Object.entries((await file.state()).scopes)) {
        if (!closed) await town.client.workflow.getHandle(scope).terminate('lost');
      }
      await rebuild();
      await file.quiet();
      const { scopes, tasks } = await file.state();
      expect(scopes[file.scope]?.generation).toBeGreaterThan(1);
      const asked = (state: typeof tasks) => Object.values(state).map(({ key, status }) => `${key} ${status}`);
      // Rebuilt twice, nothing is asked for twice.
      await rebuild();
      await file.quiet();
      expect(asked((await file.state()).tasks)).toEqual(asked(tasks));
      await ends(file);
    },
  );

  it('messages that come twice, out of order or not at all change nothing', async () => {
    const file = await trialIn(town, 'held');
    const { pool, law } = town.register;
    const { deliveries } = await loadScope(pool, law, file.scope, 0);
    const handle = town.client.workflow.getHandle(file.scope);
    const signal = (message: EventsMessage<CaseEvent>) => handle.signal(eventsSignalName, message);
    for (const delivery of [...deliveries].reverse()) await signal({ deliveries: [delivery] });
    await signal({ deliveries });

    // The hold is confirmed and its Signal is lost; the next message leaves a gap.
    await town.engine.stop();
    await file.complete(await file.task('hold/H1'), { outcome: 'confirm' });
    const { lastSeq, generation } = await loadScope(pool, law, file.scope, 0);
    await markSent(pool, { scope: file.scope, generation }, lastSeq);
    await town.work();
    await file.act(investor, { type: 'requestTrialChange', request: { kind: 'resumption' }, reason: 'repaired' });
    await file.complete(await file.task('trial-request/R1'));
    await file.reaches('running');
    await ends(file);
  });
});

describe('in real time', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found({});
  });
  afterAll(() => town.close());

  it('a hold leaves the workflow with exactly one timer, at the instant at which it lapses, until it is confirmed', async () => {
    const file = await fileTrial(town, { filing: exampleTrials.ai });
    await file.start();
    const atRest = await timersOf(town, file.scope);
    expect(atRest).toHaveLength(1);
    await file.exceed();
    await file.task('hold/H1');
    await file.quiet();
    const confirmBy = (await file.trial()).holds['H1']?.confirmBy ?? '';
    const progress = () => town.client.workflow.getHandle(file.scope).query<Progress>(progressQueryName);
    expect((await progress()).nextTimer).toBe(confirmBy);
    expect((await findScope(town.register.pool, file.scope))?.nextAt).toBe(confirmBy);
    const timers = await timersOf(town, file.scope);
    expect(timers).toHaveLength(1);
    // Temporal's clock is the machine's, and so is the register's here.
    expect(Math.abs((timers[0] ?? 0) - Date.parse(confirmBy))).toBeLessThan(60_000);

    await file.complete(await file.task('hold/H1'), { outcome: 'confirm' });
    // A run says that it has thought in the midst of a workflow task; its timer stands in the history when that is over.
    const next = await file.until('the timer of what comes next', async () => {
      const nextAt = (await findScope(town.register.pool, file.scope))?.nextAt ?? '';
      const [timer, ...more] = await timersOf(town, file.scope);
      return more.length === 0 && Math.abs((timer ?? 0) - Date.parse(nextAt)) < 60_000 && nextAt;
    });
    expect((await progress()).nextTimer).toBe(next);
    expect(Date.parse(next)).toBeGreaterThanOrEqual(Date.parse(confirmBy));
  });

  it('a hold is lifted by the timer of its workflow, where nobody has confirmed it', async () => {
    const file = await fileTrial(town, { filing: exampleTrials.ai });
    await file.start();
    await file.exceed();
    const task = await file.task('hold/H1');
    await file.quiet();
    // A working day cannot be waited for: the hold is as old as it would be then.
    const confirmBy = new Date(Date.parse(await town.now()) + 500).toISOString();
    await rewriteState(town.register.owner, file.code, (text) =>
      text.replace(/"confirmBy":"[^"]*"/, `"confirmBy":"${confirmBy}"`),
    );
    await town.register.owner.query("update scope set next_at = clock_timestamp() + interval '500 ms' where id = $1", [
      file.scope,
    ]);
    await town.engine.handOver.poke({ scope: file.scope, kind: 'trial', generation: 1 });
    await file.reaches('running');
    const { tasks, trial } = await file.state();
    expect(tasks[task.id]?.status).toBe('cancelled');
    expect(trial?.holds['H1']?.status).toBe('lapsed');
    await file.quiet();
  });

  it('an instant at which something may fall due costs six events of the history', async () => {
    const file = await fileTrial(town, { filing: exampleTrials.ai });
    await file.start();
    const soon = `update scope set next_at = clock_timestamp() + interval '400 ms' where id = $1`;
    await town.register.owner.query(soon, [file.scope]);
    await town.engine.handOver.poke({ scope: file.scope, kind: 'trial', generation: 1 });
    const fired = async () => {
      const { events } = await historyOf(town, file.scope);
      const at = events.findIndex((event) => event.timerFiredEventAttributes);
      return at < 0 ? [] : events.slice(at).flatMap((event) => kindOf(event));
    };
    const expected = [
      'timerFired',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'markerRecorded',
      'timerStarted',
    ];
    await expect.poll(fired, { timeout: 10_000 }).toEqual(expected);
  });
});

/** When the timers that are set now will fire, in milliseconds. */
async function timersOf(town: Town, scope: string): Promise<number[]> {
  const { events } = await historyOf(town, scope);
  const set = new Map<string, number>();
  for (const { eventTime, timerStartedEventAttributes: started, ...event } of events) {
    const seconds = Number(eventTime?.seconds ?? 0) + Number(started?.startToFireTimeout?.seconds ?? 0);
    if (started) set.set(started.timerId ?? '', seconds * 1_000);
    set.delete(event.timerFiredEventAttributes?.timerId ?? event.timerCanceledEventAttributes?.timerId ?? '');
  }
  return [...set.values()];
}

const kindOf = (event: object): string[] =>
  Object.entries(event).flatMap(([name, value]) =>
    name.endsWith('EventAttributes') && value ? [name.slice(0, -'EventAttributes'.length)] : [],
  );
