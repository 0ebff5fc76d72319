import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import { cancelTasksOf } from '../procedure/decision.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { aboutOf } from '../task/keys.js';
import { lapseOutcomes, outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';

/** What becomes of a procedure whose investor has not answered in time. */
export function decideLapse(draft: Draft, task: TaskState, completion: Completion): void {
  const procedure = draft.getProcedure(task.scope);
  const decision = outcomeOf('lapse', completion, lapseOutcomes(draft.resolved(procedure)));
  const reason = draft.seal(reasonOf(completion));
  const lapsed =
    procedure.supplements.find(({ requestId }) => requestId === aboutOf(task, 'lapse')?.requestId) ??
    refuse('NOT_FOUND', { task: task.id });
  if (lapsed.status !== 'lapsed') refuse('PRECONDITION_FAILED', { supplement: lapsed.status });
  done(draft, task, completion);
  draft.emit('lapseDecided', task.scope, { requestId: lapsed.requestId, decision, reason });
  // Between the stop and the end of the procedure nobody goes on working on it.
  if (decision !== 'continue') cancelTasksOf(draft, procedure, 'stopped');
}
