import { setHandler } from '@temporalio/workflow';
import { isFinished, readyToOpen } from '../domain/case/progress.js';
import { latestAttempt, type QuestionState } from '../domain/case/state.js';
import type { ScopeInput } from '../domain/engine.js';
import { eventsSignal, progressQuery } from './messages.js';
import { ScopeRun } from './runtime.js';
import { latestTask } from './tasks.js';

/** One project: opens each procedure when what it waits for is there, and closes the case when every mandatory approval is in. */
export async function greenLaneLicensing(input: ScopeInput): Promise<void> {
  const run = new ScopeRun(input);
  setHandler(eventsSignal, (message) => run.take(message));
  setHandler(progressQuery, () => run.progress());

  await run.tell(async () => {
    const closed = () => run.state.closed !== null;
    // The investor may take up a deferred approval, file for another one or ask between the last result and the end: then it goes on.
    while (!closed()) {
      await run.all([() => laneDecided(run), () => approved(run), () => questionsAnswered(run)]);
      await run.command('closeCase', { type: 'closeCase' }, () => !closed() && finished(run));
    }
  });
}

/** An open question of screening is an officer's to decide, and so is each proposal after a refusal; it holds nothing up. */
async function laneDecided(run: ScopeRun): Promise<void> {
  const agency = run.setting.laneOwner;
  while (!finished(run)) {
    const { laneProposals } = run.state;
    const key = laneProposals === 0 ? 'lane' : `lane/${laneProposals + 1}`;
    const done = () => run.state.lane !== 'undecided' || run.state.laneProposals !== laneProposals || finished(run);
    await run.ensureTask({ key, kind: 'lane', agency, role: 'officer' }, done);
    await run.until('', () => finished(run) || run.state.lane === 'undecided');
  }
}

async function approved(run: ScopeRun): Promise<void> {
  while (!finished(run)) {
    for (const { procedure } of readyToOpen(run.state)) {
      const opened = () => latestAttempt(run.state, procedure) !== undefined || !stillReady(run, procedure);
      await run.ensure(`openProcedure/${procedure}`, opened, { type: 'openProcedure', procedure });
    }
    await run.until('approvals', () => finished(run) || readyToOpen(run.state).length > 0);
  }
}

/** Every question is somebody's task, whoever else is busy with what. */
async function questionsAnswered(run: ScopeRun): Promise<void> {
  const keyOf = ({ id }: QuestionState) => `question/${id}`;
  const unheard = () =>
    Object.values(run.state.questions).find(
      (one) => one.answeredAt === null && !latestTask(run.state, run.scope, keyOf(one)),
    );
  while (!finished(run)) {
    await run.until('', () => finished(run) || unheard() !== undefined);
    const question = unheard();
    if (!question) continue;
    const { agency } = question;
    await run.openTask({ key: keyOf(question), kind: 'question', agency, role: 'officer' });
  }
}

const stillReady = (run: ScopeRun, procedure: string): boolean =>
  readyToOpen(run.state).some((item) => item.procedure === procedure);

/** Every mandatory approval is in, and nothing that was begun beside them is left hanging. A refusal blocks only what depends on it. */
const finished = (run: ScopeRun): boolean => isFinished(run.state);
