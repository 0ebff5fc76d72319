import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScope } from '../../db/register/load-scope.js';
import { findScope } from '../../engine/register/mailbox.js';
import { eventsSignalName, type Progress, progressQueryName } from '../../engine/words.js';
import { exampleProjects, historyOf, Town } from './support.js';

describe('the one timer of a workflow, in real time', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found({});
  });
  afterAll(() => town.close());

  it('stands at the next instant that matters, and has the register look when it fires', async () => {
    const file = await town.open(exampleProjects.besi);
    const scope = file.procedure('irc-ordinary');
    await file.liveOn(({ step }) => step === 'assessment');
    // The run of the question writes its own end a moment after the officer's task is open.
    const { seq } = await file.until('the end of the question', (state) =>
      state.scopes[`${scope}/consultation/1`]?.closed ? state : undefined,
    );
    const progress = () => town.client.workflow.getHandle(scope).query<Progress>(progressQueryName);
    const nextAt = async () => (await findScope(town.register.pool, scope))?.nextAt ?? null;
    const due = await nextAt();
    expect(due).not.toBeNull();
    expect((await progress()).nextTimer).toBe(due);

    // What was read of the case when it was younger comes late: it changes nothing.
    const late = { at: '2099-01-01T00:00:00.000Z', inMs: 3_600_000 };
    const known = (await loadScope(town.register.pool, town.register.law, scope, 0)).deliveries.slice(0, 1);
    const stale = { deliveries: known, wake: late, wakeAsOf: 1 };
    await town.client.workflow.getHandle(scope).signal(eventsSignalName, stale);
    expect((await progress()).nextTimer).toBe(due);

    // The register says: sooner. A poke makes the workflow read that.
    const at = new Date(Date.parse(await town.now()) + 400).toISOString();
    await town.register.owner.query('update scope set next_at = $2 where id = $1', [scope, at]);
    await town.engine.handOver.poke({ scope, kind: 'procedure', generation: 1 });
    await expect.poll(async () => (await historyOf(town, scope)).text, { timeout: 8_000 }).toContain('timerFired');
    // Nothing was due: the true instant stands again, and nothing spins.
    await expect.poll(async () => (await progress()).nextTimer).toBe(due);
    const fired = (await historyOf(town, scope)).events.filter((event) => event.timerFiredEventAttributes);
    expect(fired).toHaveLength(1);
    expect((await file.state()).seq).toBe(seq);
  });
});

describe('while the clock is stepped', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.found();
  });
  afterAll(() => town.close());

  it('no workflow sets a timer', async () => {
    const file = await town.open(exampleProjects.besi);
    const state = await file.liveOn();
    for (const scope of Object.keys(state.scopes)) {
      const { events } = await historyOf(town, scope);
      expect(events.filter((event) => event.timerStartedEventAttributes)).toEqual([]);
    }
  });
});
