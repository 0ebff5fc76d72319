import { setHandler } from '@temporalio/workflow';
import { isFinished } from '../domain/case/procedure/progress.js';
import { makeTaskKey } from '../domain/case/task/keys.js';
import type { GreenLaneState } from '../domain/case/state.js';
import type { Loaded } from '../domain/case/activities.js';
import type { RunInput } from '../engine/words.js';
import { approved, closeCase, questionsAnswered } from './case-lines.js';
import { eventsSignal, progressQuery } from '../engine/workflow/messages.js';
import { CaseRun } from './case-run.js';

/** One project: opens each procedure when what it waits for is there, and closes the case when every mandatory approval is in. */
export async function greenLaneLicensing(input: RunInput<Loaded>): Promise<void> {
  const run = new CaseRun(input);
  setHandler(eventsSignal, (message) => run.hear(message));
  setHandler(progressQuery, () => run.progress());

  await run.tell(async () => {
    const closed = () => run.state.closed !== null;
    // The investor may take up a deferred approval, file for another one or ask between the last result and the end: then it goes on.
    while (!closed()) {
      const over = () => finished(run);
      await run.all([() => laneDecided(run), () => approved(run, over), () => questionsAnswered(run, over)]);
      await closeCase(run, over);
    }
  });
}

/** An open question of screening is an officer's to decide, and so is each proposal after a refusal; it holds nothing up. */
async function laneDecided(run: CaseRun): Promise<void> {
  const agency = run.setting.laneOwner;
  while (!finished(run)) {
    const { laneProposals } = projectOf(run);
    const key = makeTaskKey({ kind: 'lane', time: laneProposals + 1 });
    const done = () =>
      projectOf(run).lane !== 'undecided' || projectOf(run).laneProposals !== laneProposals || finished(run);
    await run.ensureTask({ key, kind: 'lane', agency }, done);
    await run.until('', () => finished(run) || projectOf(run).lane === 'undecided');
  }
}

function projectOf({ state, scope }: CaseRun): GreenLaneState {
  if (state.kind !== 'green-lane') throw new Error(`${scope} is a trial`);
  return state;
}

/** Every mandatory approval is in, and nothing that was begun beside them is left hanging. A refusal blocks only what depends on it. */
const finished = (run: CaseRun): boolean => isFinished(run.state);
