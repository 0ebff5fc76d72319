import { readyToOpen } from '../domain/case/procedure/progress.js';
import { latestAttempt } from '../domain/case/procedure/state.js';
import type { QuestionState } from '../domain/case/question/state.js';
import type { CaseRun } from './case-run.js';
import { latestTask } from '../domain/case/task/find.js';
import { makeTaskKey } from '../domain/case/task/keys.js';

/** Opens each procedure of the plan when what it waits for is there. */
export async function approved(run: CaseRun, finished: () => boolean): Promise<void> {
  while (!finished()) {
    for (const { procedure } of readyToOpen(run.state)) {
      const opened = () => latestAttempt(run.state, procedure) !== undefined || !stillReady(run, procedure);
      await run.ensure(`openProcedure/${procedure}`, opened, { type: 'openProcedure', procedure });
    }
    await run.until('approvals', () => finished() || readyToOpen(run.state).length > 0);
  }
}

const stillReady = (run: CaseRun, procedure: string): boolean =>
  readyToOpen(run.state).some((item) => item.procedure === procedure);

/** Asks for the end of a case whose story is over; the investor may go on with something in the meantime, then it is not asked for. */
export async function closeCase(run: CaseRun, finished: () => boolean): Promise<void> {
  const ended = () => run.state.closed !== null || !finished();
  const close = { action: 'closeCase', request: { type: 'closeCase' }, done: ended } as const;
  if (run.isOlder) await run.command(close.action, close.request, () => !ended());
  else await run.end([close]);
}

/** Every question is somebody's task, whoever else is busy with what. */
export async function questionsAnswered(run: CaseRun, finished: () => boolean): Promise<void> {
  const keyOf = ({ id }: QuestionState) => makeTaskKey({ kind: 'question', questionId: id });
  const unheard = () =>
    Object.values(run.state.questions).find(
      (one) => one.answeredAt === null && !latestTask(run.state, run.scope, keyOf(one)),
    );
  while (!finished()) {
    await run.until('', () => finished() || unheard() !== undefined);
    const question = unheard();
    if (!question) continue;
    const { agency } = question;
    await run.openTask({ key: keyOf(question), kind: 'question', agency });
  }
}
