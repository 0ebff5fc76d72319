import { setHandler } from '@temporalio/workflow';
import { outstanding, readyToOpen } from '../domain/case/progress.js';
import { latestAttempt } from '../domain/case/state.js';
import type { ScopeInput } from '../domain/engine.js';
import { eventsSignal, progressQuery } from './messages.js';
import { ScopeRun } from './runtime.js';

/** One project: opens each procedure when what it waits for is there, and closes the case when every mandatory approval is in. */
export async function greenLaneLicensing(input: ScopeInput): Promise<void> {
  const run = new ScopeRun(input);
  setHandler(eventsSignal, (message) => run.take(message));
  setHandler(progressQuery, () => run.progress());

  await run.tell(async () => {
    await run.all([() => laneDecided(run), () => approved(run)]);
    await run.ensure('closeCase', () => run.state.closed !== null, { type: 'closeCase' });
  });
}

/** An open question of screening is an officer's to decide; it holds nothing up. */
async function laneDecided(run: ScopeRun): Promise<void> {
  const done = () => run.state.lane !== 'undecided' || finished(run);
  await run.ensureTask({ key: 'lane', kind: 'lane', agency: run.setting.laneOwner, role: 'officer' }, done);
}

async function approved(run: ScopeRun): Promise<void> {
  while (!finished(run)) {
    for (const { procedure } of readyToOpen(run.state)) {
      const opened = () => latestAttempt(run.state, procedure) !== undefined;
      await run.ensure(`openProcedure/${procedure}`, opened, { type: 'openProcedure', procedure });
    }
    await run.until('approvals', () => finished(run) || readyToOpen(run.state).length > 0);
  }
}

/** Every mandatory approval is in, and nothing that was begun beside them is left hanging. A refusal blocks only what depends on it. */
function finished(run: ScopeRun): boolean {
  return outstanding(run.state).length === 0 && Object.values(run.state.procedures).every((one) => one.closed !== null);
}
