import { setHandler } from '@temporalio/workflow';
import {
  missingPermits,
  openHold,
  openRequests,
  unexamined,
  type TrialState,
  admissionOf,
} from '../domain/case/trial/state.js';
import { isEnded } from '../domain/case/trial/phases.js';
import type { Loaded } from '../domain/case/activities.js';
import type { RunInput } from '../engine/words.js';
import { approved, closeCase, questionsAnswered } from './case-lines.js';
import { eventsSignal, progressQuery } from '../engine/workflow/messages.js';
import { CaseRun, type TaskRequest } from './case-run.js';
import { latestTask } from '../domain/case/task/find.js';
import { makeTaskKey } from '../domain/case/task/keys.js';

/** One trial, from filing to exit: its admission is a procedure like any other; then it runs, and people decide about what happens to it. */
export async function sandboxAdmission(input: RunInput<Loaded>): Promise<void> {
  const run = new CaseRun(input);
  setHandler(eventsSignal, (message) => run.hear(message));
  setHandler(progressQuery, () => run.progress());

  await run.tell(async () => {
    const closed = () => run.state.closed !== null;
    while (!closed()) {
      const over = () => finished(run);
      await run.all([
        () => fitDecided(run),
        () => approved(run, over),
        () => questionsAnswered(run, over),
        () => lived(run),
      ]);
      await closeCase(run, over);
    }
  });
}

/** No regime takes it, or its trial is over for good; and nobody waits for an answer. */
const finished = (run: CaseRun): boolean => {
  const { fit, phase } = trialOf(run);
  const asked = Object.values(run.state.questions).some(({ answeredAt }) => answeredAt === null);
  return (fit === 'no' || phase === 'over') && !asked;
};

/** What the test of regime and territory could not say is an officer's to decide. */
async function fitDecided(run: CaseRun): Promise<void> {
  const decided = () => trialOf(run).fit !== 'unknown';
  if (decided()) return;
  const key = makeTaskKey({ kind: 'fit' });
  await run.ensureTask({ key, kind: 'fit', agency: trialOf(run).evaluates }, decided);
}

async function lived(run: CaseRun): Promise<void> {
  const admitted = () => trialOf(run).phase !== 'admission';
  await run.until('', () => admitted() || isApproved(run) || finished(run));
  if (finished(run)) return;
  await run.ensure('admitTrial', admitted, { type: 'admitTrial' });
  await run.all([() => started(run), () => decided(run), () => certified(run)]);
}

const isApproved = (run: CaseRun): boolean => admissionOf(run.state)?.closed?.outcome === 'approved';

/** Nothing runs before every permit of another body is there. */
async function started(run: CaseRun): Promise<void> {
  const waits = () => trialOf(run).phase === 'admitted';
  await run.until('permits', () => !waits() || missingPermits(trialOf(run)).length === 0);
  await run.ensure('startTrial', () => !waits(), { type: 'startTrial' });
}

/** Whatever is there to decide is somebody's task, each at once: no request waits until another one is decided. */
async function decided(run: CaseRun): Promise<void> {
  const over = () => trialOf(run).phase === 'over';
  const unasked = () =>
    over() ? undefined : [...decisionsOf(trialOf(run))].find(({ key }) => !latestTask(run.state, run.scope, key));
  while (!over()) {
    await run.until('', () => over() || unasked() !== undefined);
    const task = unasked();
    if (task) await run.openTask(task, () => unasked()?.key !== task.key);
  }
}

/**
 * A protective hold goes to the head of the supervisor; what the participant asks for and the final report go to the head of the authority. Every incident
 * that was reported is examined by the supervisor, also after the trial has ended.
 */
function* decisionsOf(trial: TrialState): Generator<TaskRequest> {
  const { supervises, authority, phase, finalReport } = trial;
  for (const { id } of unexamined(trial)) {
    const key = makeTaskKey({ kind: 'incident', incidentId: id });
    yield { key, kind: 'incident', agency: supervises };
  }
  if (isEnded(phase)) return;
  const hold = openHold(trial);
  if (hold) {
    const key = makeTaskKey({ kind: 'hold', holdId: hold.id });
    yield { key, kind: 'hold', agency: supervises };
  }
  for (const { id } of openRequests(trial)) {
    const key = makeTaskKey({ kind: 'trial-request', requestId: id });
    yield { key, kind: 'trial-request', agency: authority };
  }
  if (finalReport) {
    yield { key: makeTaskKey({ kind: 'completion' }), kind: 'completion', agency: authority };
  }
}

/** A trial that was completed gets its certificate; the end of the trial is awaited here. */
async function certified(run: CaseRun): Promise<void> {
  await run.until('trial', () => isEnded(trialOf(run).phase));
  if (trialOf(run).ending !== 'completed') return;
  await run.ensure('certifyCompletion', () => trialOf(run).certificate !== null, { type: 'certifyCompletion' });
}

function trialOf(run: CaseRun): TrialState {
  const { trial } = run.state;
  if (!trial) throw new Error(`${run.scope} is no trial`);
  return trial;
}
